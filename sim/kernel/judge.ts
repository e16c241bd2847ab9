/**
 * May this task use this inode so? DAC with ACLs and capabilities, then the device cgroup, then the security module.
 *
 * Models: Linux 3.10.0-1062 fs/namei.c inode_permission, do_inode_permission; security/device_cgroup.c
 *   __devcgroup_inode_permission; security/security.c security_inode_permission
 *
 * The order is what tells the errors apart: EACCES of the mode or ACL comes before EPERM of the cgroup,
 * and CAP_DAC_OVERRIDE helps against the first only.
 */
import { permission, type Subject, type Verdict } from '../acl/permission.ts';
import { type Credentials, capable } from './credentials.ts';
import type { Failure } from './errno.ts';
import type { Inode } from './inode.ts';
import { memoOf } from './memo.ts';
import type { KernelState, Task } from './state.ts';

export const subject = memoOf(
  (cred: Credentials): Subject => ({
    uid: cred.uid,
    gids: [cred.gid, ...cred.groups],
    dacOverride: capable(cred, 'CAP_DAC_OVERRIDE'),
    dacReadSearch: capable(cred, 'CAP_DAC_READ_SEARCH'),
  }),
);

/** The file-mode part alone, with the entry that decided: for explanations. */
export const dacVerdict = (cred: Credentials, inode: Inode, want: number): Verdict =>
  permission(subject(cred), inode, want, inode.type === 'dir');

function refusal(kernel: KernelState, task: Task, inode: Inode): Failure | null {
  if (inode.rdev === null || kernel.refusals.length === 0) return null;
  const [major, minor] = inode.rdev;
  const hits = kernel.refusals.filter(
    (r) =>
      r.rdev[0] === major &&
      r.rdev[1] === minor &&
      (r.by === 'lsm' ? task.exe : task.cgroup).startsWith(r.subject),
  );
  if (hits.some((r) => r.by === 'device-cgroup')) return { errno: 'EPERM' };
  return hits.length > 0 ? { errno: 'EACCES' } : null;
}

/** inode_permission: null when the access is granted. */
export function mayAccess(
  kernel: KernelState,
  task: Task,
  inode: Inode,
  want: number,
): Failure | null {
  if (!dacVerdict(task.cred, inode, want).granted) return { errno: 'EACCES' };
  return refusal(kernel, task, inode);
}

/** inode_owner_or_capable. */
export const ownerOrCapable = (task: Task, inode: Inode): boolean =>
  task.cred.uid === inode.uid || capable(task.cred, 'CAP_FOWNER');
