/**
 * cp: copy files.
 *
 * Models: coreutils 8.22 src/cp.c main
 * Leaves out: backups, --update, prompts.
 */
import { failed } from '../../kernel/errno.ts';
import { command } from '../../kernel/program.ts';
import { lstat } from '../../libc/sys.ts';
import { ended, given } from '../given.ts';
import { type CopyOptions, copy } from './copy.ts';
import { pairs, words } from './operands.ts';

export const cp = command(function* ({ argv }) {
  const line = yield* given(argv, 'adfHiLnPprRt:Tuvx', words);
  if (ended(line)) return line;
  const all = yield* pairs(line);
  if (typeof all === 'number') return all;
  const { options } = line;
  const archive = options.has('a');
  const recursive = archive || options.has('r') || options.has('R');
  const how: CopyOptions = {
    name: line.name,
    recursive,
    preserve: archive || options.has('p'),
    keepLinks: (recursive && !options.has('L')) || options.has('P') || options.has('d'),
    force: options.has('f'),
    verbose: options.has('v'),
  };
  let status = 0;
  for (const { from, to } of all) {
    const kept = options.has('n') && !failed(yield* lstat(to));
    if (!kept && !(yield* copy(how, from, to))) status = 1;
  }
  return status;
});
