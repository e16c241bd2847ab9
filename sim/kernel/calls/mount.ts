/**
 * Changing the flags of a mount that is there.
 *
 * Models: Linux 3.10 fs/namespace.c do_mount, do_remount (MS_REMOUNT with MS_NODEV, MS_RDONLY)
 * Leaves out: mounting and unmounting; every other flag.
 */
import { type Call, find, type Outcome } from '../call.ts';
import { capable } from '../credentials.ts';
import { failed } from '../errno.ts';

export function remount(call: Call, path: string, nodev: boolean, readonly: boolean): Outcome {
  if (!capable(call.task.cred, 'CAP_SYS_ADMIN')) return { errno: 'EPERM' };
  const place = find(call, path);
  if (failed(place)) return place;
  const at = call.kernel.mounts.findIndex((mount) => mount.path === place.path);
  if (at < 0) return { errno: 'EINVAL' };
  const kernel = call.draft();
  const mount = kernel.mounts[at];
  if (mount) kernel.mounts[at] = { ...mount, nodev, readonly };
  return null;
}
