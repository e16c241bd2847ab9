/**
 * The C library's buffer before standard output: written when it is full, when something else is written there, at the end.
 *
 * Models: glibc 2.17 libio/fileops.c _IO_new_file_overflow, _IO_new_file_xsputn, stdlib/exit.c (flush at exit)
 *
 * Standard error has none. So in `getfacl file nosuch 2>&1 | cat` the complaint comes first, and on a terminal it does not.
 * The GNU tools flush before each complaint (gnulib error.c): for them write(2) will do.
 * It is no part of a real kernel; it lives here because a task's end must empty it, and a signal's must not.
 */
import { type After, type Call, fileOf, type Outcome, withTask } from '../call.ts';
import { failed } from '../errno.ts';
import { writeNow } from './files.ts';

/** st_blksize of a pipe. */
const SIZE = 4096;
const STDOUT = 1;

const hasBecome = (outcome: Outcome): outcome is After =>
  typeof outcome === 'object' && outcome !== null && 'becomes' in outcome;

/** The call as it is once all that was held has gone out. */
export function flushed(call: Call): Call {
  const { held, ...task } = call.task;
  if (held === undefined) return call;
  const bare = { ...call, task, kernel: withTask(call.kernel, task) };
  const done = writeNow(bare, STDOUT, held);
  return hasBecome(done) ? { ...bare, kernel: done.becomes } : bare;
}

/** fwrite: whole blocks go out, the rest waits. */
export function print(call: Call, data: string): Outcome {
  const kind = fileOf(call, STDOUT)?.file.kind;
  if (kind !== 'stream' && kind !== 'inode') return writeNow(call, STDOUT, data);
  const all = (call.task.held ?? '') + data;
  const full = all.length - (all.length % SIZE);
  const { held: _, ...task } = call.task;
  const rest = all.slice(full);
  const kernel = withTask(call.kernel, rest === '' ? task : { ...task, held: rest });
  if (full === 0) return { becomes: kernel, answer: data.length };
  const done = writeNow({ ...call, kernel }, STDOUT, all.slice(0, full));
  if (failed(done) || !hasBecome(done)) return done;
  return { ...done, answer: data.length };
}

export function write(call: Call, fd: number, data: string): Outcome {
  const after = fd === STDOUT ? flushed(call) : call;
  const done = writeNow(after, fd, data);
  // What was held has gone out even where this write fails.
  return after === call || hasBecome(done) ? done : { becomes: after.kernel, answer: done };
}
