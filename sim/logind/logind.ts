/**
 * systemd-logind: who is logged in where, and who is in front of the seat.
 *
 * Models: systemd v219 src/login/logind.c manager_startup, logind-dbus.c method_create_session, method_release_session,
 *   logind-seat.c seat_set_active, seat_apply_acls, seat_save, seat_read_active_vt; logind-session.c session_load
 * Leaves out: D-Bus, users' runtime directories, inhibitors, the session's fifo (a session ends when its leader says so).
 *
 * The order inside seat_set_active is the seed of a race: ACLs first, seat file afterwards. A logind that
 * crashes forgets whom it gave devices to: after its restart nobody takes the old user's entry away.
 */
import { failed } from '../kernel/errno.ts';
import { daemon } from '../kernel/program.ts';
import { journal } from '../libc/journal.ts';
import { serveOne } from '../libc/json-socket.ts';
import { replaceFile } from '../libc/replaceFile.ts';
import {
  close,
  listen,
  mkdir,
  open,
  poll,
  read,
  readDir,
  readFile,
  type Sys,
  sigaction,
  sigpending,
  stat,
  unlink,
} from '../libc/sys.ts';
import { applyAcls } from './device-acls.ts';
import { type SeatEvent, type SeatSnapshot, seatAfter, vacantSeat } from './seat.machine.ts';
import { inFront, type Session, seatFile, seatOf, sessionFile } from './session.ts';

export const SOCKET = '/run/systemd/logind.sock';
const SESSIONS = '/run/systemd/sessions';
const SEAT_FILE = '/run/systemd/seats/seat0';
const VT_FILE = '/sys/class/tty/tty0/active';

export type Question =
  | {
      verb: 'create';
      uid: number;
      user: string;
      class: string;
      service: string;
      tty: string;
      leader: number;
    }
  | { verb: 'release'; id: string }
  | { verb: 'list' };

export type Reply = Readonly<{
  id?: string;
  sessions?: readonly Session[];
  active?: string | null;
}>;

type Memory = Readonly<{
  socket: number;
  vtFile: number;
  activeVt: number;
  nextId: number;
  sessions: readonly Session[];
  seat: SeatSnapshot;
}>;

function* readVt(fd: number): Sys<number> {
  const text = yield* read(fd);
  return failed(text) ? 0 : Number(text.trim().replace('tty', ''));
}

/** A fresh descriptor for each look: a sysfs file is read from its start. */
function* lookAtVt(memory: Memory): Sys<Memory> {
  yield* close(memory.vtFile);
  const fd = yield* open(VT_FILE, ['read']);
  if (failed(fd)) return memory;
  return { ...memory, vtFile: fd, activeVt: yield* readVt(fd) };
}

/** session_load: what the files under /run still say, of sessions whose leader is alive. */
function* loadSessions(): Sys<Session[]> {
  const found: Session[] = [];
  const names = yield* readDir(SESSIONS);
  for (const id of failed(names) ? [] : names) {
    const text = yield* readFile(`${SESSIONS}/${id}`);
    if (failed(text)) continue;
    const value = (key: string) => new RegExp(`^${key}=(.*)$`, 'm').exec(text)?.[1] ?? '';
    const leader = Number(value('LEADER'));
    const alive = yield* stat(`/proc/${leader}/status`);
    if (failed(alive)) {
      yield* unlink(`${SESSIONS}/${id}`);
      continue;
    }
    const tty = value('TTY');
    const who = {
      uid: Number(value('UID')),
      user: value('USER'),
      class: value('CLASS'),
      service: value('SERVICE'),
    };
    found.push({ id, ...who, tty, ...seatOf(tty), leader });
  }
  return found;
}

/** seat_set_active and all that hangs on it: ACLs, then the seat file. */
function* reseat(memory: Memory): Sys<Memory> {
  const front = inFront(memory.sessions, memory.activeVt);
  const event: SeatEvent = front
    ? { type: 'session.activated', session: front.id, uid: front.uid }
    : { type: 'seat.vacated' };
  const { seat, effects } = seatAfter(memory.seat, event);
  for (const effect of effects) {
    if (effect === 'applyAcls') yield* applyAcls(memory.seat.context.uid, seat.context.uid);
    if (effect === 'saveSeat') {
      yield* replaceFile(
        SEAT_FILE,
        seatFile(memory.sessions, front),
        0o644,
        'systemd v219 src/login/logind-seat.c seat_save',
      );
    }
  }
  return { ...memory, seat };
}

function* saveSession(memory: Memory, session: Session): Sys<void> {
  const active = memory.seat.context.session === session.id;
  yield* replaceFile(`${SESSIONS}/${session.id}`, sessionFile(session, active), 0o644);
}

function* startup(): Sys<Memory> {
  for (const path of ['/run/systemd/seats', SESSIONS, '/run/systemd/users'])
    yield* mkdir(path, 0o755);
  yield* unlink(SOCKET);
  const socket = yield* listen(SOCKET);
  const vtFile = yield* open(VT_FILE, ['read']);
  if (failed(socket) || failed(vtFile))
    throw new Error(`logind needs ${SOCKET} and ${VT_FILE}: did PID 1 mount /run and /sys?`);
  yield* sigaction(['SIGTERM']);
  const activeVt = yield* readVt(vtFile);
  const sessions = yield* loadSessions();
  const nextId = 1 + Math.max(0, ...sessions.map((s) => Number(s.id)));
  yield* journal('systemd-logind', 'New seat seat0.');
  const memory = yield* reseat({ socket, vtFile, activeVt, nextId, sessions, seat: vacantSeat });
  yield* replaceFile(SEAT_FILE, seatFile(sessions, inFront(sessions, activeVt)), 0o644);
  return memory;
}

function* create(
  memory: Memory,
  q: Question & { verb: 'create' },
): Sys<{ memory: Memory; reply: Reply }> {
  const id = String(memory.nextId);
  const { uid, user, service, tty, leader } = q;
  const session: Session = { id, uid, user, class: q.class, service, tty, ...seatOf(tty), leader };
  yield* journal('systemd-logind', `New session ${id} of user ${user}.`);
  const joined = { ...memory, nextId: memory.nextId + 1, sessions: [...memory.sessions, session] };
  const after = yield* reseat(yield* lookAtVt(joined));
  yield* saveSession(after, session);
  return { memory: after, reply: { id } };
}

function* release(memory: Memory, id: string): Sys<{ memory: Memory; reply: Reply }> {
  if (!memory.sessions.some((s) => s.id === id)) return { memory, reply: {} };
  yield* journal('systemd-logind', `Removed session ${id}.`);
  const sessions = memory.sessions.filter((s) => s.id !== id);
  const after = yield* reseat({ ...memory, sessions });
  yield* unlink(`${SESSIONS}/${id}`);
  return { memory: after, reply: {} };
}

function* answer(memory: Memory, question: Question): Sys<{ memory: Memory; reply: Reply }> {
  if (question.verb === 'create') return yield* create(memory, question);
  if (question.verb === 'release') return yield* release(memory, question.id);
  const active = memory.seat.context.session;
  return { memory, reply: { sessions: memory.sessions, active } };
}

export const logind = daemon<Memory | null>({
  begin: () => null,
  *turn(memory) {
    if (memory === null) return { again: yield* startup() };
    const ready = yield* poll([memory.socket, memory.vtFile]);
    if (failed(ready)) {
      const signals = yield* sigpending();
      return signals.includes('SIGTERM') ? { exit: 0 } : { again: memory };
    }
    if (ready.includes(memory.vtFile)) return { again: yield* reseat(yield* lookAtVt(memory)) };
    return { again: yield* serveOne(memory.socket, memory, answer) };
  },
});
