/**
 * May that user use this file so? Asked by becoming that user.
 *
 * Models: libvirt v5.0.0 src/util/virfile.c virFileAccessibleAs
 *
 * A child takes on the identity and calls access(2); its exit code is the errno. The shortcut bites: where
 * qemu.conf says root, the daemon itself answers with all its capabilities, while QEMU will have none.
 * Leaves out: fork without exec; here the child runs a program of its own, `libvirt-access-check`.
 */
import { errnoNumber, failed } from '../kernel/errno.ts';
import { command, type Sys } from '../kernel/program.ts';
import { access, getcred, run } from '../libc/sys.ts';
import { credentialsOf, type RunAs } from './identity.ts';

const ACCESS_CHECK = '/usr/libexec/libvirt-access-check';

export function* accessibleAs(path: string, want: number, who: RunAs): Sys<boolean> {
  const self = yield* getcred();
  if (self.uid === who.uid && self.gid === who.gid) return !failed(yield* access(path, want));
  const credentials = yield* credentialsOf(who);
  const argv = ['libvirt-access-check', path, String(want)];
  const ended = yield* run(ACCESS_CHECK, argv, { credentials });
  return !failed(ended) && ended.code === 0 && ended.signal === null;
}

export const libvirtAccessCheck = command(function* ({ argv }) {
  const [, path = '', want = '0'] = argv;
  const answer = yield* access(path, Number(want));
  return failed(answer) ? errnoNumber(answer.errno) : 0;
});
