/**
 * A login session, and where it sits.
 *
 * Models: systemd v219 src/login/logind-dbus.c method_create_session, logind-session.c session_save
 *
 * The terminal decides the seat: a virtual console is on seat0, a serial line and an ssh pty are on none.
 * `su` and `sudo` make no session of their own; the user who logged in is the one who counts.
 */
export type Session = Readonly<{
  id: string;
  uid: number;
  user: string;
  /** 'user' or 'greeter'. */
  class: string;
  service: string;
  tty: string;
  seat: string | null;
  /** The number of the virtual terminal; 0 for none. */
  vt: number;
  /** The process that opened it. */
  leader: number;
}>;

/** tty_is_vc: `tty1` is a virtual console, `ttyS0` and `pts/0` are not. */
export function seatOf(tty: string): { seat: string | null; vt: number } {
  const [, vt] = /^tty(\d+)$/.exec(tty) ?? [];
  if (vt !== undefined) return { seat: 'seat0', vt: Number(vt) };
  return tty === 'console' ? { seat: 'seat0', vt: 0 } : { seat: null, vt: 0 };
}

/** seat_active_vt_changed: the session whose VT is in front; null for a getty. */
export const inFront = (sessions: readonly Session[], activeVt: number): Session | null =>
  sessions.find((s) => s.seat === 'seat0' && s.vt === activeVt) ?? null;

/** seat_save: what udev's uaccess builtin will read. No ACTIVE line when nobody is in front. */
export function seatFile(sessions: readonly Session[], active: Session | null): string {
  const onSeat = sessions.filter((s) => s.seat === 'seat0');
  const lines = [
    '# This is private data. Do not parse.',
    'IS_SEAT0=1',
    'CAN_MULTI_SESSION=1',
    'CAN_TTY=1',
    'CAN_GRAPHICAL=1',
    ...(active ? [`ACTIVE=${active.id}`, `ACTIVE_UID=${active.uid}`] : []),
    ...(onSeat.length > 0 ? [`SESSIONS=${onSeat.map((s) => s.id).join(' ')}`] : []),
    ...(onSeat.length > 0 ? [`UIDS=${onSeat.map((s) => s.uid).join(' ')}`] : []),
  ];
  return `${lines.join('\n')}\n`;
}

export const sessionFile = (s: Session, active: boolean): string =>
  [
    '# This is private data. Do not parse.',
    `UID=${s.uid}`,
    `USER=${s.user}`,
    `ACTIVE=${active ? 1 : 0}`,
    `STATE=${active ? 'active' : 'online'}`,
    `REMOTE=${s.service === 'sshd' ? 1 : 0}`,
    `TYPE=tty`,
    `CLASS=${s.class}`,
    ...(s.seat ? [`SEAT=${s.seat}`, `VTNR=${s.vt}`] : []),
    `TTY=${s.tty}`,
    `SERVICE=${s.service}`,
    `LEADER=${s.leader}`,
    '',
  ].join('\n');
