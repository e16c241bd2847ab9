/**
 * /dev/kvm at one moment, in the words of ls and getfacl, and whether QEMU's user may open it.
 */
import type { Acl } from '../acl/entry.ts';
import { find, fromMode } from '../acl/entry.ts';
import { permText } from '../acl/text.ts';
import { fromXattr } from '../acl/xattr.ts';
import { ask, credentialsOf, opens, statOf, textOf } from '../host/ask.ts';
import type { World } from '../host/world.ts';
import { root } from '../kernel/credentials.ts';
import { failed } from '../kernel/errno.ts';
import { modeText } from '../kernel/inode.ts';
import { parseGroup, parsePasswd } from '../libc/nss.ts';

export type NodeRow = Readonly<{
  /** `crw-rw-rw-+`, or null when there is no node. */
  mode: string | null;
  owner: string;
  users: string;
  groupObj: string;
  mask: string;
  other: string;
  /** 'opens', an errno, or '-' while there is no user qemu. */
  qemu: string;
}>;

const KVM = '/dev/kvm';
const absent = { mode: null, owner: '', users: '', groupObj: '', mask: '', other: '' };

function aclOf(world: World, mode: number): { acl: Acl; extended: boolean } {
  const value = ask(world, root, { call: 'getxattr', path: KVM, name: 'system.posix_acl_access' });
  const acl = typeof value === 'string' ? fromXattr(value) : null;
  return acl ? { acl, extended: true } : { acl: fromMode(mode), extended: false };
}

function qemuVerdict(world: World): string {
  const qemu = credentialsOf(world, 'qemu') ?? credentialsOf(world, 'libvirt-qemu');
  if (qemu === null) return '-';
  return opens(world, qemu, KVM, '/usr/libexec/qemu-kvm') ?? 'opens';
}

export function nodeRow(world: World): NodeRow {
  const qemu = qemuVerdict(world);
  const st = statOf(world, KVM);
  if (failed(st)) return { ...absent, qemu };
  const { acl, extended } = aclOf(world, st.mode);
  const user = (uid: number) =>
    parsePasswd(textOf(world, '/etc/passwd') ?? '').find((u) => u.uid === uid)?.name ?? String(uid);
  const group = parseGroup(textOf(world, '/etc/group') ?? '').find((g) => g.gid === st.gid)?.name;
  const perm = (tag: 'group_obj' | 'mask' | 'other') => {
    const found = find(acl, tag);
    return found ? permText(found.perm) : '';
  };
  const named = acl.filter((e) => e.tag === 'user').map((e) => user(e.id ?? 0));
  return {
    mode: `${modeText(st.type, st.mode)}${extended ? '+' : ''}`,
    owner: `${user(st.uid)}:${group ?? st.gid}`,
    users: named.join(' '),
    groupObj: perm('group_obj'),
    mask: perm('mask'),
    other: perm('other'),
    qemu,
  };
}
