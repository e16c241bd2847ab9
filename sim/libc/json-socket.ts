/**
 * One question and one answer over a local socket: a JSON object a line.
 *
 * Stands for D-Bus, udev's control socket and libvirt's RPC, whose bytes the simulated tools do not show.
 */
import { type Failure, failed } from '../kernel/errno.ts';
import type { Sys } from '../kernel/program.ts';
import { accept, close, connect, read, write } from './sys.ts';

/** Connect, ask, wait for the answer, close. A peer that hangs up answers EPIPE. */
export function* askSocket<Answer>(path: string, question: unknown): Sys<Answer | Failure> {
  const fd = yield* connect(path);
  if (failed(fd)) return fd;
  const sent = yield* write(fd, `${JSON.stringify(question)}\n`);
  const line = failed(sent) ? sent : yield* read(fd);
  yield* close(fd);
  if (failed(line)) return line;
  return line === '' ? { errno: 'EPIPE' } : (JSON.parse(line) as Answer);
}

type Answered<Memory> = Readonly<{ memory: Memory; reply: unknown }>;

/** Take one connection, answer its one question, hang up. Answers the memory to go on with. */
export function* serveOne<Memory, Question>(
  socket: number,
  memory: Memory,
  answer: (memory: Memory, question: Question) => Sys<Answered<Memory>>,
): Sys<Memory> {
  const fd = yield* accept(socket);
  if (failed(fd)) return memory;
  const question = yield* readQuestion<Question>(fd);
  if (question === null) {
    yield* close(fd);
    return memory;
  }
  const done = yield* answer(memory, question);
  yield* answerSocket(fd, done.reply);
  return done.memory;
}

/** Read one question from an accepted connection; null when the peer has gone. */
export function* readQuestion<Question>(fd: number): Sys<Question | null> {
  const line = yield* read(fd);
  return failed(line) || line === '' ? null : (JSON.parse(line) as Question);
}

export function* answerSocket(fd: number, answer: unknown): Sys<void> {
  yield* write(fd, `${JSON.stringify(answer)}\n`);
  yield* close(fd);
}
