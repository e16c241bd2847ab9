/**
 * mktemp: make a file or directory that nobody else has.
 *
 * Models: coreutils 8.22 src/mktemp.c main; gnulib tempname.c gen_tempname
 */
import { failed, strerror } from '../../kernel/errno.ts';
import { command } from '../../kernel/program.ts';
import { clock, close, getpid, mkdir, open, out } from '../../libc/sys.ts';
import { complain, ended, given } from '../given.ts';
import { quoted } from './quote.ts';

const ALPHABET = '0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz';

/** Letters from the clock and the process: no two files made on this host get the same, and every replay does. */
function lettersFor(seed: number, count: number): string {
  let state = seed >>> 0;
  return Array.from({ length: count }, () => {
    state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0;
    return ALPHABET.charAt((state >>> 8) % ALPHABET.length);
  }).join('');
}

export const mktemp = command(function* ({ argv, env }) {
  const line = yield* given(argv, 'dp:qtuV', {
    directory: 'd',
    'dry-run': 'u',
    quiet: 'q',
    'tmpdir:': 'p',
    'suffix:': '',
  });
  if (ended(line)) return line;
  const { name, options, operands } = line;
  const template = operands[0] ?? 'tmp.XXXXXXXXXX';
  const [run = ''] = /X{3,}(?=[^X]*$)/.exec(template) ?? [];
  if (run === '') return yield* complain(name, `too few X's in template ${quoted(template)}`);
  const inTmp = operands.length === 0 || options.has('p') || options.has('t');
  const directory = inTmp ? `${options.get('p') ?? env['TMPDIR'] ?? '/tmp'}/` : '';
  const seed = ((yield* clock()) % 2 ** 31) * 31 + (yield* getpid());
  const at = template.lastIndexOf(run);
  const filled = lettersFor(seed, run.length);
  const path = `${directory}${template.slice(0, at)}${filled}${template.slice(at + run.length)}${options.get('suffix') ?? ''}`;
  if (!options.has('u')) {
    const kind = options.has('d') ? 'directory' : 'file';
    const made = yield* kind === 'directory'
      ? mkdir(path, 0o700)
      : open(path, ['read', 'write', 'create', 'excl'], 0o600);
    if (failed(made)) {
      const why = strerror(made.errno);
      return yield* complain(
        name,
        `failed to create ${kind} via template ${quoted(directory + template)}: ${why}`,
      );
    }
    if (made !== null) yield* close(made);
  }
  yield* out(`${path}\n`);
  return 0;
});
