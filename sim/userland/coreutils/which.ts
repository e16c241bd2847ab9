/**
 * which: the file that a command name stands for.
 *
 * Models: which 2.20 which.c find_command_in_path; Debian's is debianutils 5.7 which, which says nothing
 * Leaves out: aliases and functions, which only a shell knows.
 */
import { failed } from '../../kernel/errno.ts';
import { command } from '../../kernel/program.ts';
import { access, err, out, stat } from '../../libc/sys.ts';
import { isModern } from '../switches.ts';
import { baseOf, dirOf } from './basename.ts';

export const which = command(function* ({ argv: [, ...argv], env }) {
  const path = env['PATH'] ?? '';
  const modern = yield* isModern();
  const odd = argv.find((a) => /^-./.test(a) && a !== '-a');
  if (modern && odd !== undefined) {
    yield* err(`Illegal option -${odd.charAt(1)}\n`);
    yield* out('Usage: /usr/bin/which [-a] args\n');
    return 2;
  }
  let missing = 0;
  for (const name of argv.filter((a) => !a.startsWith('-'))) {
    const candidates = name.includes('/') ? [name] : path.split(':').map((d) => `${d}/${name}`);
    const all = argv.includes('-a');
    let found = 0;
    for (const candidate of candidates) {
      const st = yield* stat(candidate);
      if (failed(st) || st.type !== 'file' || failed(yield* access(candidate, 1))) continue;
      if (found++ === 0 || all) yield* out(`${candidate}\n`);
    }
    if (found > 0) continue;
    missing++;
    if (modern) continue;
    const where = name.includes('/') ? dirOf(name) : path;
    yield* err(`/usr/bin/which: no ${baseOf(name)} in (${where})\n`);
  }
  return modern && (missing > 0 || argv.length === 0) ? 1 : Math.min(missing, 255);
});
