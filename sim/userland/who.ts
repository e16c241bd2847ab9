/**
 * who: who is logged in.
 *
 * Models: coreutils 8.22 src/who.c print_user
 * Leaves out: utmp (logind's session files are read instead), the remote host, every option.
 */
import { failed } from '../kernel/errno.ts';
import { command } from '../kernel/program.ts';
import { out, readDir, readFile, stat } from '../libc/sys.ts';
import { strftime } from '../libc/time.ts';
import { ended, given, unmodelled } from './given.ts';

const SESSIONS = '/run/systemd/sessions';

export const who = command(function* ({ argv }) {
  const line = yield* given(argv, 'abdHilmpqrstTuw');
  if (ended(line)) return line;
  if (line.options.size > 0) return yield* unmodelled(line.name, 'with options');
  const ids = yield* readDir(SESSIONS);
  for (const id of failed(ids) ? [] : ids) {
    const text = yield* readFile(`${SESSIONS}/${id}`);
    const st = yield* stat(`${SESSIONS}/${id}`);
    if (failed(text) || failed(st)) continue;
    const value = (key: string) => new RegExp(`^${key}=(.*)$`, 'm').exec(text)?.[1] ?? '';
    const when = strftime('%Y-%m-%d %H:%M', st.mtime);
    yield* out(`${value('USER').padEnd(8)} ${value('TTY').padEnd(12)} ${when}\n`);
  }
  return 0;
});
