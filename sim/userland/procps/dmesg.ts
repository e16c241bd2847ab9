/**
 * dmesg: the kernel's log.
 *
 * Models: util-linux 2.23 sys-utils/dmesg.c (the plain form and -T)
 */
import { failed } from '../../kernel/errno.ts';
import { command } from '../../kernel/program.ts';
import { out, readFile, syslog } from '../../libc/sys.ts';
import { strftime } from '../../libc/time.ts';

export const dmesg = command(function* ({ argv }) {
  const stat = yield* readFile('/proc/stat');
  const booted = failed(stat) ? 0 : Number(/^btime (\d+)/m.exec(stat)?.[1] ?? 0) * 1000;
  const human = argv.includes('-T') || argv.includes('--ctime');
  for (const line of yield* syslog()) {
    const [ms = '0', ...words] = line.split(' ');
    const seconds = (Number(ms) / 1000).toFixed(6).padStart(12);
    const stamp = human ? strftime('%a %b %e %T %Y', booted + Number(ms)) : seconds;
    yield* out(`[${stamp}] ${words.join(' ')}\n`);
  }
  return 0;
});
