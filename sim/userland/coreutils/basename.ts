/**
 * basename, dirname, pwd: names of files as text.
 *
 * Models: coreutils 8.22 src/basename.c, src/dirname.c, src/pwd.c
 */
import { command } from '../../kernel/program.ts';
import { getcwd, out } from '../../libc/sys.ts';
import { ended, given, misuse } from '../given.ts';
import { quoted } from './quote.ts';

export const baseOf = (path: string): string =>
  /^\/+$/.test(path) ? '/' : (path.replace(/\/+$/, '').split('/').at(-1) ?? '');

export function dirOf(path: string): string {
  const bare = path.replace(/\/+$/, '');
  if (bare === '') return path.startsWith('/') ? '/' : '.';
  const at = bare.lastIndexOf('/');
  if (at < 0) return '.';
  return bare.slice(0, at).replace(/\/+$/, '') || '/';
}

export const basename = command(function* ({ argv }) {
  const line = yield* given(argv, '+as:z', { multiple: 'a', suffix: 's', zero: 'z' });
  if (ended(line)) return line;
  const { name, options, operands } = line;
  const [path, second, third] = operands;
  if (path === undefined) return yield* misuse(name, 'missing operand');
  const many = options.has('a') || options.has('s');
  if (!many && third !== undefined) return yield* misuse(name, `extra operand ${quoted(third)}`);
  const suffix = options.get('s') ?? (many ? '' : (second ?? ''));
  for (const each of many ? operands : [path]) {
    const base = baseOf(each);
    const cut = suffix !== '' && base.endsWith(suffix) && base !== suffix;
    const shown = cut ? base.slice(0, -suffix.length) : base;
    yield* out(shown + (options.has('z') ? '\0' : '\n'));
  }
  return 0;
});

export const dirname = command(function* ({ argv }) {
  const line = yield* given(argv, '+z', { zero: 'z' });
  if (ended(line)) return line;
  if (line.operands.length === 0) return yield* misuse(line.name, 'missing operand');
  for (const path of line.operands) yield* out(dirOf(path) + (line.options.has('z') ? '\0' : '\n'));
  return 0;
});

export const pwd = command(function* ({ argv }) {
  const line = yield* given(argv, 'LP', { logical: 'L', physical: 'P' });
  if (ended(line)) return line;
  yield* out(`${yield* getcwd()}\n`);
  return 0;
});
