/**
 * All the text behind a descriptor, to its end.
 */
import { type Failure, failed } from '../kernel/errno.ts';
import { close, open, read, type Sys } from '../libc/sys.ts';

export function* readAll(fd: number): Sys<string | Failure> {
  let all = '';
  for (;;) {
    const text = yield* read(fd);
    if (failed(text)) return text;
    if (text === '') return all;
    all += text;
  }
}

/** The lines of standard input, without their ends. */
export function* stdinLines(): Sys<readonly string[]> {
  const text = yield* readAll(0);
  return failed(text) ? [] : linesOf(text);
}

export function linesOf(text: string): string[] {
  const lines = text.split('\n');
  if (lines.at(-1) === '') lines.pop();
  return lines;
}

/** The text of a file; `-` is standard input. */
export function* textOf(path: string): Sys<string | Failure> {
  if (path === '-') return yield* readAll(0);
  const fd = yield* open(path, ['read']);
  if (failed(fd)) return fd;
  const text = yield* readAll(fd);
  yield* close(fd);
  return text;
}
