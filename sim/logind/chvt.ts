/**
 * chvt: bring another virtual terminal to the front.
 *
 * Models: kbd 1.15 src/chvt.c
 */
import { failed, strerror } from '../kernel/errno.ts';
import { command } from '../kernel/program.ts';
import { err, ioctl, open } from '../libc/sys.ts';

export const chvt = command(function* ({ argv: [, number] }) {
  const vt = Number(number);
  if (number === undefined || !Number.isInteger(vt)) {
    yield* err('usage: chvt N\n');
    return 1;
  }
  const fd = yield* open('/dev/tty1', ['read', 'write']);
  if (failed(fd)) {
    yield* err("Couldn't get a file descriptor referring to the console\n");
    return 1;
  }
  const done = yield* ioctl(fd, { name: 'VT_ACTIVATE', vt });
  if (failed(done)) yield* err(`chvt: VT_ACTIVATE: ${strerror(done.errno)}\n`);
  return failed(done) ? 1 : 0;
});
