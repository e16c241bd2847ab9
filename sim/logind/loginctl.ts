/**
 * loginctl: list and end sessions.
 *
 * Models: systemd v219 src/login/loginctl.c list_sessions, show_session, show_seat, terminate_session
 * Leaves out: every verb but these, user verbs, D-Bus property filters other than -p.
 */
import { failed, strerror } from '../kernel/errno.ts';
import { command } from '../kernel/program.ts';
import { getopt } from '../libc/getopt.ts';
import { askSocket } from '../libc/jsonSocket.ts';
import { err, kill, out, type Sys } from '../libc/sys.ts';
import { type Question, type Reply, SOCKET } from './logind.ts';
import type { Session } from './session.ts';

const right = (text: string, width: number) => text.padStart(width);

function* list(sessions: readonly Session[], legend: boolean): Sys<number> {
  const row = (s: readonly string[]) =>
    `${right(s[0] ?? '', 10)} ${right(s[1] ?? '', 10)} ${(s[2] ?? '').padEnd(16)} ${(s[3] ?? '').padEnd(16)} ${s[4] ?? ''}`.trimEnd();
  if (legend) yield* out(`${row(['SESSION', 'UID', 'USER', 'SEAT'])}\n`);
  for (const s of sessions) yield* out(`${row([s.id, String(s.uid), s.user, s.seat ?? ''])}\n`);
  if (legend) yield* out(`\n${sessions.length} sessions listed.\n`);
  return 0;
}

function* showSession(session: Session, active: boolean, only: readonly string[]): Sys<number> {
  const properties: Record<string, string> = {
    Id: session.id,
    User: String(session.uid),
    Name: session.user,
    ...(session.seat ? { VTNr: String(session.vt), Seat: session.seat } : {}),
    TTY: session.tty,
    Remote: session.service === 'sshd' ? 'yes' : 'no',
    Service: session.service,
    Leader: String(session.leader),
    Type: 'tty',
    Class: session.class,
    Active: active ? 'yes' : 'no',
    State: active ? 'active' : 'online',
  };
  for (const [key, value] of Object.entries(properties)) {
    if (only.length === 0 || only.includes(key)) yield* out(`${key}=${value}\n`);
  }
  return 0;
}

export const loginctl = command(function* ({ argv }) {
  const long = { 'no-legend': 'none', 'no-pager': 'none', property: 'required' } as const;
  const parsed = getopt({ short: 'p:', long }, argv);
  if (parsed.error !== null) {
    yield* err(`${parsed.error}\n`);
    return 1;
  }
  const [verb = 'list-sessions', ...names] = parsed.operands;
  const reply = yield* askSocket<Reply>(SOCKET, { verb: 'list' } satisfies Question);
  if (failed(reply)) {
    yield* err(`Failed to get D-Bus connection: ${strerror(reply.errno)}\n`);
    return 1;
  }
  const sessions = reply.sessions ?? [];
  if (verb === 'list-sessions') {
    return yield* list(sessions, !parsed.options.some(([name]) => name === 'no-legend'));
  }
  if (verb === 'show-seat') {
    yield* out(
      `Id=seat0\nActiveSession=${reply.active ?? ''}\nCanMultiSession=yes\nCanTTY=yes\nCanGraphical=yes\n`,
    );
    return 0;
  }
  const only = parsed.options.flatMap(([name, value]) =>
    name === 'p' || name === 'property' ? [value ?? ''] : [],
  );
  for (const name of names) {
    const session = sessions.find((s) => s.id === name);
    if (session === undefined) {
      yield* err(`Failed to issue method call: No session '${name}' known\n`);
      return 1;
    }
    if (verb === 'show-session') yield* showSession(session, session.id === reply.active, only);
    else if (verb === 'terminate-session') yield* kill(session.leader, 'SIGTERM');
    else {
      yield* err(`Unknown operation ${verb}\n`);
      return 1;
    }
  }
  return 0;
});
