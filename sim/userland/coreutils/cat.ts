/**
 * cat, tee, true, false, sync, yes: text from here to there, or nothing at all.
 *
 * Models: coreutils 8.22 src/cat.c main, src/tee.c tee_files
 * Leaves out: yes into anything but a pipe, which never ends (refused loudly).
 */
import { failed, strerror } from '../../kernel/errno.ts';
import { command } from '../../kernel/program.ts';
import { close, err, fstat, open, out, read, write } from '../../libc/sys.ts';
import { ended, given, unmodelled } from '../given.ts';
import { textOf } from '../input.ts';
import { isModern } from '../switches.ts';
import { quotedIfNeeded } from './quote.ts';

type Style = Readonly<{
  number: 'all' | 'nonblank' | 'none';
  ends: boolean;
  tabs: boolean;
  nonprinting: boolean;
  squeeze: boolean;
}>;

/** M-^X notation for what does not print, tabs and newlines apart. */
const visible = (text: string) =>
  [...text]
    .map((c) => {
      const code = c.charCodeAt(0);
      if (code === 0x7f) return '^?';
      return code < 0x20 && c !== '\t' && c !== '\n' ? `^${String.fromCharCode(code + 64)}` : c;
    })
    .join('');

/** The lines of one file; `next` is the number that its first numbered line gets. */
function styled(text: string, style: Style, next: number): { text: string; next: number } {
  const whole = text.endsWith('\n');
  const lines = (whole ? text.slice(0, -1) : text).split('\n');
  let number = next;
  let shown = '';
  for (const [i, line] of lines.entries()) {
    if (style.squeeze && line === '' && lines[i - 1] === '') continue;
    const numbered = style.number === 'all' || (style.number === 'nonblank' && line !== '');
    const prefix = numbered ? `${String(number++).padStart(6)}\t` : '';
    const body = style.nonprinting ? visible(line) : line;
    const end = i < lines.length - 1 || whole ? `${style.ends ? '$' : ''}\n` : '';
    shown += prefix + (style.tabs ? body.replaceAll('\t', '^I') : body) + end;
  }
  return { text: shown, next: number };
}

export const cat = command(function* ({ argv }) {
  const line = yield* given(argv, 'AbeEnstTuv', {
    'show-all': 'A',
    'number-nonblank': 'b',
    'show-ends': 'E',
    number: 'n',
    'squeeze-blank': 's',
    'show-tabs': 'T',
    'show-nonprinting': 'v',
  });
  if (ended(line)) return line;
  const { name, options, operands } = line;
  const any = (...letters: string[]) => letters.some((l) => options.has(l));
  const style: Style = {
    number: options.has('b') ? 'nonblank' : options.has('n') ? 'all' : 'none',
    ends: any('A', 'e', 'E'),
    tabs: any('A', 't', 'T'),
    nonprinting: any('A', 'e', 't', 'v'),
    squeeze: any('s'),
  };
  const plain = options.size === 0 || (options.size === 1 && options.has('u'));
  let status = 0;
  let next = 1;
  for (const path of operands.length > 0 ? operands : ['-']) {
    const text = yield* textOf(path);
    if (failed(text)) {
      const shown = (yield* isModern()) ? quotedIfNeeded(path) : path;
      yield* err(`${name}: ${shown}: ${strerror(text.errno)}\n`);
      status = 1;
      continue;
    }
    if (text === '') continue;
    const shown = plain ? { text, next } : styled(text, style, next);
    next = shown.next;
    const done = yield* out(shown.text);
    if (failed(done)) {
      yield* err(`${name}: write error: ${strerror(done.errno)}\n`);
      return 1;
    }
  }
  return status;
});

export const tee = command(function* ({ argv }) {
  const line = yield* given(argv, 'ai', { append: 'a', 'ignore-interrupts': 'i' });
  if (ended(line)) return line;
  const { name, options, operands } = line;
  const fds: number[] = [1];
  let status = 0;
  for (const path of operands) {
    const flags = options.has('a')
      ? (['write', 'create', 'append'] as const)
      : (['write', 'create', 'trunc'] as const);
    const fd = yield* open(path, flags, 0o666);
    if (!failed(fd)) fds.push(fd);
    else {
      yield* err(`${name}: ${path}: ${strerror(fd.errno)}\n`);
      status = 1;
    }
  }
  for (;;) {
    const text = yield* read(0);
    if (failed(text) || text === '') break;
    for (const [i, fd] of fds.entries()) {
      const done = yield* write(fd, text);
      if (!failed(done)) continue;
      yield* err(
        `${name}: ${i === 0 ? 'standard output' : (operands[i - 1] ?? '')}: ${strerror(done.errno)}\n`,
      );
      status = 1;
    }
  }
  for (const fd of fds.slice(1)) yield* close(fd);
  return status;
});

export const trueProgram = command(function* () {
  return 0;
});

export const falseProgram = command(function* () {
  return 1;
});

/** Everything is on the disk already. */
export const sync = trueProgram;

const PIPE_BYTES = 65536;

/** As much as a pipe holds before its reader goes away and SIGPIPE comes; elsewhere it would never end. */
export const yes = command(function* ({ argv }) {
  const there = yield* fstat(1);
  if (failed(there) || there.type !== 'fifo')
    return yield* unmodelled(argv[0] ?? 'yes', '(it would never end)');
  const words = argv.slice(argv[1] === '--' ? 2 : 1);
  const line = `${words.join(' ') || (words.length > 0 ? '' : 'y')}\n`;
  yield* out(line.repeat(Math.ceil(PIPE_BYTES / line.length)).slice(0, PIPE_BYTES));
  return 128 + 13;
});
