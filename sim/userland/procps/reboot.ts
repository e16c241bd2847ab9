/**
 * reboot, and `shutdown -r now`.
 *
 * Models: systemd v219 src/systemctl/systemctl.c (the names reboot and shutdown)
 * Leaves out: halt and power off, which would leave nothing to look at; delays; wall messages.
 */
import { failed } from '../../kernel/errno.ts';
import { command } from '../../kernel/program.ts';
import { err, reboot as restart } from '../../libc/sys.ts';

export const reboot = command(function* ({ argv: [name = '', ...args] }) {
  const asksShutdown = name.endsWith('shutdown');
  if (asksShutdown && !args.includes('-r')) {
    yield* err(
      'shutdown: only `shutdown -r now` is modelled: a host that is switched off shows nothing.\n',
    );
    return 1;
  }
  const done = yield* restart();
  if (!failed(done)) return 0;
  yield* err('Failed to open /dev/initctl: Permission denied\nFailed to talk to init daemon.\n');
  return 1;
});
