/**
 * mkdir, mknod and mkfifo: make directories and nodes.
 *
 * Models: coreutils 8.22 src/mkdir.c main, make_ancestor; src/mknod.c main; src/mkfifo.c main
 *
 * A node made by hand belongs to no driver: devtmpfs leaves it alone, and it outlives the module.
 */
import { type Failure, failed, strerror } from '../../kernel/errno.ts';
import type { FileType } from '../../kernel/inode.ts';
import { command, type Sys } from '../../kernel/program.ts';
import {
  chmod,
  err,
  mkdir as mkdirCall,
  mknod as mknodCall,
  out,
  stat,
  umask,
} from '../../libc/sys.ts';
import { complain, ended, type Given, given, misuse } from '../given.ts';
import { isModern } from '../switches.ts';
import { changedMode, parseMode } from './modechange.ts';
import { quoted, quotedIfNeeded, tryHelp } from './quote.ts';

/** The mode of -m, as it would be without umask; null when none is given; a status when it is wrong. */
export function* modeOption(line: Given, base: number): Sys<{ mode: number | null } | number> {
  const text = line.options.get('m');
  if (text === undefined || text === null) return { mode: null };
  const change = parseMode(text);
  if (change === null)
    return yield* complain(
      line.name,
      /mk(nod|fifo)$/.test(line.name) && (yield* isModern())
        ? 'invalid mode'
        : `invalid mode ${quoted(text)}`,
    );
  const mask = yield* umask(0);
  yield* umask(mask);
  return { mode: changedMode(base, false, mask, change) };
}

/** Every directory on the way that is missing; a directory that exists is no error. */
function* makeParents(line: Given, path: string): Sys<(Failure & { at: string }) | null> {
  const parts = path.split('/');
  for (let depth = 1; depth <= parts.length; depth++) {
    const part = parts.slice(0, depth).join('/');
    if (part === '' || parts[depth - 1] === '') continue;
    const there = yield* stat(part);
    if (!failed(there)) {
      if (there.type === 'dir') continue;
      return { errno: depth === parts.length ? 'EEXIST' : 'ENOTDIR', at: part };
    }
    const made = yield* mkdirCall(part, 0o777);
    if (failed(made)) return { ...made, at: depth === parts.length ? path : part };
    if (line.options.has('v')) yield* out(`${line.name}: created directory ${quoted(part)}\n`);
  }
  return null;
}

export const mkdir = command(function* ({ argv }) {
  const line = yield* given(argv, 'pm:vZ', { mode: 'm', parents: 'p', verbose: 'v' });
  if (ended(line)) return line;
  const { name, options, operands } = line;
  if (operands.length === 0) return yield* misuse(name, 'missing operand');
  const wanted = yield* modeOption(line, 0o777);
  if (typeof wanted === 'number') return wanted;
  let status = 0;
  for (const path of operands) {
    const before = yield* stat(path);
    const made = options.has('p') ? yield* makeParents(line, path) : yield* mkdirCall(path, 0o777);
    if (failed(made)) {
      const at = 'at' in made ? String(made.at) : path;
      yield* err(`${name}: cannot create directory ${quoted(at)}: ${strerror(made.errno)}\n`);
      status = 1;
      continue;
    }
    if (options.has('v') && !options.has('p'))
      yield* out(`${name}: created directory ${quoted(path)}\n`);
    const now = yield* stat(path);
    // A set-group-id bit that came from above stays.
    const inherited = failed(now) ? 0 : now.mode & 0o2000;
    if (wanted.mode !== null && failed(before))
      yield* chmod(path, wanted.mode | inherited, 'coreutils 8.22 src/mkdir.c main');
  }
  return status;
});

/** xstrtoumax with base 0: decimal, 0x hexadecimal, 0 octal. */
const deviceNumber = (word: string): number | null =>
  /^0[0-7]+$/.test(word)
    ? Number.parseInt(word, 8)
    : /^(0x[0-9a-fA-F]+|\d+)$/i.test(word) && Number(word) <= 0xffffffff
      ? Number(word)
      : null;

const types: Readonly<Record<string, FileType>> = { b: 'block', c: 'char', u: 'char', p: 'fifo' };

export const mknod = command(function* ({ argv }) {
  const line = yield* given(argv, 'm:Z', { mode: 'm' });
  if (ended(line)) return line;
  const { name, operands } = line;
  const [path, letter, ...numbers] = operands;
  if (path === undefined) return yield* misuse(name, 'missing operand');
  if (letter === undefined) return yield* misuse(name, `missing operand after ${quoted(path)}`);
  const type = types[letter];
  const device = letter !== 'p';
  if (device && numbers.length < 2) {
    const last = quoted(operands.at(-1) ?? '');
    const why = `missing operand after ${last}`;
    if (operands.length === 2)
      yield* err(`${name}: ${why}\nSpecial files require major and minor device numbers.\n`);
    else yield* err(`${name}: ${why}\n`);
    yield* err(tryHelp(name));
    return 1;
  }
  const extra = operands[device ? 4 : 2];
  if (extra !== undefined) {
    const fifo = device ? '' : 'Fifos do not have major and minor device numbers.\n';
    yield* err(`${name}: extra operand ${quoted(extra)}\n${fifo}${tryHelp(name)}`);
    return 1;
  }
  if (type === undefined) return yield* misuse(name, `invalid device type ${quoted(letter)}`);
  const [major, minor] = numbers.map((n) => deviceNumber(n));
  if (device && (major === null || major === undefined))
    return yield* complain(name, `invalid major device number ${quoted(numbers[0] ?? '')}`);
  if (device && (minor === null || minor === undefined))
    return yield* complain(name, `invalid minor device number ${quoted(numbers[1] ?? '')}`);
  const wanted = yield* modeOption(line, 0o666);
  if (typeof wanted === 'number') return wanted;
  const made = yield* mknodCall(
    path,
    type,
    wanted.mode ?? 0o666,
    device ? [major ?? 0, minor ?? 0] : null,
  );
  if (failed(made)) {
    const shown = (yield* isModern()) ? quotedIfNeeded(path) : quoted(path);
    return yield* complain(name, `${shown}: ${strerror(made.errno)}`);
  }
  if (wanted.mode !== null) yield* chmod(path, wanted.mode, 'coreutils 8.22 src/mknod.c main');
  return 0;
});

export const mkfifo = command(function* ({ argv }) {
  const line = yield* given(argv, 'm:Z', { mode: 'm' });
  if (ended(line)) return line;
  const { name, operands } = line;
  if (operands.length === 0) return yield* misuse(name, 'missing operand');
  const wanted = yield* modeOption(line, 0o666);
  if (typeof wanted === 'number') return wanted;
  let status = 0;
  for (const path of operands) {
    const made = yield* mknodCall(path, 'fifo', wanted.mode ?? 0o666, null);
    if (failed(made))
      status = yield* complain(name, `cannot create fifo ${quoted(path)}: ${strerror(made.errno)}`);
    else if (wanted.mode !== null)
      yield* chmod(path, wanted.mode, 'coreutils 8.22 src/mkfifo.c main');
  }
  return status;
});
