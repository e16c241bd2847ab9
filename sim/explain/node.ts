/**
 * /dev/kvm as a world has it: its inode, its rights, who QEMU is, and what he may do.
 */
import type { Acl } from '../acl/entry.ts';
import { fromMode } from '../acl/entry.ts';
import { shortText } from '../acl/text.ts';
import { credentialsOf, opens, statOf, textOf } from '../host/ask.ts';
import { libvirtState } from '../host/libvirtState.ts';
import type { World } from '../host/world.ts';
import type { Credentials } from '../kernel/credentials.ts';
import { unprivileged } from '../kernel/credentials.ts';
import { type Errno, failed } from '../kernel/errno.ts';
import { type Inode, modeText } from '../kernel/inode.ts';
import { get } from '../kernel/pages.ts';
import { groupList, parseGroup, parsePasswd } from '../libc/nss.ts';

export const NODE = '/dev/kvm';

/** The inode that devtmpfs has under this name; null when there is none. */
export function inodeOf({ kernel }: World): Inode | null {
  const dev = kernel.mounts.find(({ type }) => type === 'devtmpfs');
  const ino = dev === undefined ? undefined : get(kernel.inodes, dev.root)?.entries['kvm'];
  return (ino === undefined ? undefined : get(kernel.inodes, ino)) ?? null;
}

/** /dev itself: a default ACL on it is inherited by every node that is made there. */
export function devOf({ kernel }: World): Inode | null {
  const dev = kernel.mounts.find(({ type }) => type === 'devtmpfs');
  return (dev === undefined ? undefined : get(kernel.inodes, dev.root)) ?? null;
}

/** The ACL, extended or spelt by the mode. */
export const aclOf = (inode: Inode): Acl => inode.acl ?? fromMode(inode.mode);

const accounts = (world: World) => ({
  users: parsePasswd(textOf(world, '/etc/passwd') ?? ''),
  groups: parseGroup(textOf(world, '/etc/group') ?? ''),
});

export type NodeNames = Readonly<{ user: (uid: number) => string; group: (gid: number) => string }>;

/** The names that the world's own files give to numbers. */
export function namesOf(world: World): NodeNames {
  const { users, groups } = accounts(world);
  return {
    user: (uid) => users.find((u) => u.uid === uid)?.name ?? String(uid),
    group: (gid) => groups.find((g) => g.gid === gid)?.name ?? String(gid),
  };
}

export type NodeText = Readonly<{ owner: string; group: string; acl: Acl }>;

/** Who owns the node and what its ACL is; null without a node. */
export function nodeOf(world: World): NodeText | null {
  const inode = inodeOf(world);
  if (inode === null) return null;
  const names = namesOf(world);
  return { owner: names.user(inode.uid), group: names.group(inode.gid), acl: aclOf(inode) };
}

/** `crw-rw-rw-+ root:kvm user::rw-,group::---,mask::rw-,other::rw-` */
export function nodeLine(world: World): string | null {
  const inode = inodeOf(world);
  const node = nodeOf(world);
  if (inode === null || node === null) return null;
  const names = namesOf(world);
  const ls = `${modeText(inode.type, inode.mode)}${inode.acl ? '+' : ''} ${node.owner}:${node.group}`;
  return inode.acl ? `${ls} ${shortText(node.acl, names)}` : ls;
}

/** As `ls -l` begins a line. */
export const lsText = (inode: Inode): string =>
  `${modeText(inode.type, inode.mode)}${inode.acl ? '+' : ''}`;

export const octal = (mode: number): string => (mode & 0o7777).toString(8).padStart(4, '0');

const EMULATORS = ['/usr/libexec/qemu-kvm', '/usr/bin/qemu-system-x86_64'];

/** The QEMU of this host; null while none is installed. */
export const emulatorOf = (world: World): string | null =>
  EMULATORS.find((path) => !failed(statOf(world, path))) ?? null;

export type Qemu = Readonly<{ name: string; cred: Credentials }>;

/** As whom libvirt runs QEMU: what the daemon has read, otherwise the user that the package makes. */
export function qemuOf(world: World): Qemu | null {
  const { users, groups } = accounts(world);
  const runAs = libvirtState(world)?.runAs ?? null;
  if (runAs === null) {
    const name = ['qemu', 'libvirt-qemu'].find((user) => users.some((u) => u.name === user));
    const cred = name === undefined ? null : credentialsOf(world, name);
    return name === undefined || cred === null ? null : { name, cred };
  }
  const user = users.find(({ uid }) => uid === runAs.uid);
  const others = user === undefined ? [] : groupList(groups, user.name, user.gid);
  const list = others.includes(runAs.gid) ? others : [...others, runAs.gid];
  const name = user?.name ?? String(runAs.uid);
  return { name, cred: unprivileged(runAs.uid, runAs.gid, list) };
}

/** What open(2) would answer QEMU: `opens`, an errno, or null while there is no such user. */
export function qemuOpens(world: World): 'opens' | Errno | null {
  const qemu = qemuOf(world);
  if (qemu === null) return null;
  return opens(world, qemu.cred, NODE, emulatorOf(world) ?? undefined) ?? 'opens';
}
