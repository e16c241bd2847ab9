/**
 * uname, arch, tty, hostname, nproc, printenv, env: what the host and the environment are called.
 *
 * Models: coreutils 8.22 src/uname.c print_element, src/nproc.c, src/printenv.c, src/env.c;
 *   hostname 3.13 hostname.c show_name
 * Leaves out: changing the host's name, CPU affinity.
 */

import { failed, strerror } from '../../kernel/errno.ts';
import { own } from '../../kernel/own.ts';
import { command } from '../../kernel/program.ts';
import { err, execve, fstat, gettty, out, readFile, uname as unameCall } from '../../libc/sys.ts';
import { findProgram } from '../exec.ts';
import { ended, given, misuse, unmodelled } from '../given.ts';
import { isModern } from '../switches.ts';
import { quoted } from './quote.ts';

export const uname = command(function* ({ argv }) {
  const line = yield* given(argv, 'asnrvmpio', {
    all: 'a',
    'kernel-name': 's',
    sysname: 's',
    nodename: 'n',
    'kernel-release': 'r',
    release: 'r',
    'kernel-version': 'v',
    machine: 'm',
    processor: 'p',
    'hardware-platform': 'i',
    'operating-system': 'o',
  });
  if (ended(line)) return line;
  const [extra] = line.operands;
  if (extra !== undefined) return yield* misuse(line.name, `extra operand ${quoted(extra)}`);
  const host = yield* unameCall();
  const elements: readonly (readonly [string, string])[] = [
    ['s', 'Linux'],
    ['n', host.nodename],
    ['r', host.release],
    ['v', host.version],
    ['m', host.machine],
    ['p', host.machine],
    ['i', host.machine],
    ['o', 'GNU/Linux'],
  ];
  const { options } = line;
  const asked = options.size === 0 ? new Map([['s', null]]) : options;
  const words = elements.filter(([o]) => asked.has('a') || asked.has(o)).map(([, word]) => word);
  yield* out(`${words.join(' ')}\n`);
  return 0;
});

export const arch = command(function* ({ argv }) {
  const line = yield* given(argv, '');
  if (ended(line)) return line;
  yield* out(`${(yield* unameCall()).machine}\n`);
  return 0;
});

/** A name only where standard input is the terminal. */
export const tty = command(function* ({ argv }) {
  const line = yield* given(argv, 's', { silent: 's', quiet: 's' }, 2);
  if (ended(line)) return line;
  const [extra] = line.operands;
  if (extra !== undefined) {
    yield* misuse(line.name, `extra operand ${quoted(extra)}`);
    return 2;
  }
  const st = yield* fstat(0);
  const name = !failed(st) && st.type === 'char' && st.rdev?.[0] === 136 ? yield* gettty() : null;
  if (!line.options.has('s')) yield* out(name === null ? 'not a tty\n' : `/dev/${name}\n`);
  return name === null ? 1 : 0;
});

export const hostname = command(function* ({ argv }) {
  const line = yield* given(argv, 'adfFisyAI', { short: 's', fqdn: 'f', long: 'f', domain: 'd' });
  if (ended(line)) return line;
  const { name, options, operands } = line;
  if (operands.length > 0) {
    yield* err(`${name}: you don't have permission to set the host name\n`);
    return 1;
  }
  const { nodename } = yield* unameCall();
  const at = nodename.indexOf('.');
  const short = at < 0 ? nodename : nodename.slice(0, at);
  if (options.has('s')) yield* out(`${short}\n`);
  else if (options.has('d')) yield* out(at < 0 ? '\n' : `${nodename.slice(at + 1)}\n`);
  else if (options.size > 0 && !options.has('f')) return yield* unmodelled(name, 'this option');
  else yield* out(`${nodename}\n`);
  return 0;
});

export const nproc = command(function* ({ argv }) {
  const line = yield* given(argv, '', { all: '', 'ignore:': '' });
  if (ended(line)) return line;
  const [extra] = line.operands;
  if (extra !== undefined) return yield* misuse(line.name, `extra operand ${quoted(extra)}`);
  const text = yield* readFile('/proc/cpuinfo');
  const count = failed(text) ? 1 : (text.match(/^processor\t/gm)?.length ?? 1);
  yield* out(`${Math.max(1, count - Number(line.options.get('ignore') ?? 0))}\n`);
  return 0;
});

/** bash hands its variables on in the order of its hash table, and `_` last. */
function hashOf(name: string): number {
  let hash = 2166136261;
  for (const c of name) hash = (Math.imul(hash, 16777619) ^ c.charCodeAt(0)) >>> 0;
  return name === '_' ? Number.POSITIVE_INFINITY : hash & 1023;
}

/** What env itself has been given comes after what it inherits. */
const listing = (
  env: Readonly<Record<string, string>>,
  end: string,
  late: readonly string[] = [],
) =>
  Object.entries(env)
    .map(([key, value]) => ({ key, value, at: late.indexOf(key) }))
    .sort((a, b) => a.at - b.at || (a.at < 0 ? hashOf(a.key) - hashOf(b.key) : 0))
    .map(({ key, value }): [string, string] => [key, value])
    .map(([key, value]) => `${key}=${value}${end}`)
    .join('');

export const printenv = command(function* ({ argv, env }) {
  const line = yield* given(argv, '+0', { null: '0' });
  if (ended(line)) return line;
  const end = line.options.has('0') ? '\0' : '\n';
  if (line.operands.length === 0) {
    yield* out(listing(env, end));
    return 0;
  }
  const values = line.operands.map((key) => own(env, key));
  for (const value of values) if (value !== undefined) yield* out(value + end);
  return values.includes(undefined) ? 1 : 0;
});

/** What env, timeout and their like end with when they themselves fail. */
const EXIT_CANCELED = 125;

export const env = command(function* ({ argv, env: inherited }) {
  const words = { 'ignore-environment': 'i', unset: 'u', null: '0' };
  const line = yield* given(argv, '+iu:0', words, EXIT_CANCELED);
  if (ended(line)) return line;
  const { name, options, order, operands } = line;
  const bare = options.has('i') || operands[0] === '-';
  const rest = operands[0] === '-' ? operands.slice(1) : operands;
  const variables: Record<string, string> = bare ? {} : { ...inherited };
  for (const [letter, value] of order) if (letter === 'u') delete variables[value ?? ''];
  const first = rest.findIndex((w) => !w.includes('='));
  const assignments = first < 0 ? rest : rest.slice(0, first);
  const late = assignments
    .map((word) => word.slice(0, word.indexOf('=')))
    .filter((name) => !Object.hasOwn(variables, name));
  for (const word of assignments)
    variables[word.slice(0, word.indexOf('='))] = word.slice(word.indexOf('=') + 1);
  if (first < 0) {
    yield* out(listing(variables, options.has('0') ? '\0' : '\n', late));
    return 0;
  }
  const [program = ''] = rest.slice(first);
  const path = yield* findProgram(program, variables['PATH'] ?? '/bin:/usr/bin');
  const failure = yield* execve(path ?? program, rest.slice(first), variables);
  const errno = path === null ? 'ENOENT' : failure.errno;
  const shown = (yield* isModern()) ? quoted(program) : program;
  yield* err(`${name}: ${shown}: ${strerror(errno)}\n`);
  return errno === 'ENOENT' ? 127 : 126;
});
