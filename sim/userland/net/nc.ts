/**
 * nc -U and socat: standard input into a Unix socket, its answers to standard output.
 *
 * Models: nmap-ncat 7.50 (`nc -U`, el7's nc); socat 1.7.3 (`- UNIX-CONNECT:PATH`)
 * Leaves out: everything but that; TCP is refused by name.
 *
 * After the end of its input ncat waits for the peer; here it ends when the peer has nothing more to say
 * for a moment, as a person would press Ctrl-C.
 */
import { failed, strerror } from '../../kernel/errno.ts';
import { command } from '../../kernel/program.ts';
import { connect, err, out, poll, read, type Sys, write } from '../../libc/sys.ts';

const PATIENCE_MS = 100;

function* pump(fd: number): Sys<number> {
  const text: string[] = [];
  for (;;) {
    const piece = yield* read(0);
    if (failed(piece) || piece === '') break;
    text.push(piece);
  }
  if (text.length > 0) yield* write(fd, text.join(''));
  for (;;) {
    const ready = yield* poll([fd], PATIENCE_MS);
    if (failed(ready) || ready.length === 0) return 0;
    const answer = yield* read(fd);
    if (failed(answer) || answer === '') return 0;
    yield* out(answer);
  }
}

export const nc = command(function* ({ argv: [, ...args] }) {
  const path = args[args.length - 1];
  if (!args.includes('-U') || path === undefined || path === '-U') {
    yield* err('Ncat: only Unix sockets are modelled on this host: use nc -U PATH. QUITTING.\n');
    return 2;
  }
  const fd = yield* connect(path);
  if (failed(fd)) {
    yield* err(`Ncat: ${strerror(fd.errno)}.\n`);
    return 1;
  }
  return yield* pump(fd);
});

export const socat = command(function* ({ argv: [, ...addresses] }) {
  const [, path] =
    /^UNIX(?:-CONNECT)?:(.*)$/i.exec(addresses.find((a) => /^unix/i.test(a)) ?? '') ?? [];
  if (path === undefined || !addresses.some((a) => a === '-' || /^stdio$/i.test(a))) {
    yield* err('socat: only `socat - UNIX-CONNECT:PATH` is modelled on this host\n');
    return 1;
  }
  const fd = yield* connect(path);
  if (failed(fd)) {
    yield* err(`socat E connect(, AF=1 "${path}", ${path.length + 3}): ${strerror(fd.errno)}\n`);
    return 1;
  }
  return yield* pump(fd);
});
