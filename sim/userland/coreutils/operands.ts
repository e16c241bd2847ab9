/**
 * Sources and destinations on a command line: into a directory, or one to one.
 *
 * Models: coreutils 8.22 src/cp.c do_copy, src/mv.c main, src/ln.c main (target_directory_operand)
 */
import { failed, strerror } from '../../kernel/errno.ts';
import type { Sys } from '../../kernel/program.ts';
import { stat } from '../../libc/sys.ts';
import { complain, type Given, misuse } from '../given.ts';
import { isModern } from '../switches.ts';
import { quoted } from './quote.ts';

export const lastPart = (path: string) => path.replace(/\/+$/, '').split('/').at(-1) ?? '';
const into = (directory: string, path: string) =>
  `${directory.replace(/\/+$/, '')}/${lastPart(path)}`;

function* isDirectory(path: string): Sys<boolean> {
  const st = yield* stat(path);
  return !failed(st) && st.type === 'dir';
}

function* notADirectory(target: string, named = false): Sys<string> {
  if (!(yield* isModern())) return `target ${quoted(target)} is not a directory`;
  const st = yield* stat(target);
  const what = named ? 'target directory' : 'target';
  return `${what} ${quoted(target)}: ${strerror(failed(st) ? st.errno : 'ENOTDIR')}`;
}

export type Pair = Readonly<{ from: string; to: string }>;

/** Sources and their destinations: into a directory, or one to one. A status after a complaint. */
export function* pairs(line: Given, what = 'file'): Sys<readonly Pair[] | number> {
  const { name, options, operands } = line;
  const directory = options.get('t') ?? null;
  if (operands.length === 0) return yield* misuse(name, `missing ${what} operand`);
  if (directory !== null) {
    if (yield* isDirectory(directory))
      return operands.map((from) => ({ from, to: into(directory, from) }));
    return yield* complain(name, yield* notADirectory(directory, true));
  }
  const [from = '', to] = operands;
  if (to === undefined)
    return yield* misuse(name, `missing destination file operand after ${quoted(from)}`);
  const target = operands.at(-1) ?? '';
  if (!options.has('T') && (yield* isDirectory(target)))
    return operands.slice(0, -1).map((each) => ({ from: each, to: into(target, each) }));
  if (operands.length > 2) return yield* complain(name, yield* notADirectory(target));
  return [{ from, to }];
}

export const words = {
  archive: 'a',
  force: 'f',
  'no-dereference': 'P',
  dereference: 'L',
  recursive: 'r',
  'symbolic-link': 's',
  symbolic: 's',
  'target-directory': 't',
  'no-target-directory': 'T',
  verbose: 'v',
  'preserve?': 'p',
  'no-clobber': 'n',
} as const;

/** Words for -b and -S, which the tools refuse. */
export const backups = { 'backup?': 'b', suffix: 'S' } as const;
