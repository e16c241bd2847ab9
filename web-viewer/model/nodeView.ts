/**
 * /dev/kvm in a world: what ls prints, its entries as getfacl prints them, and who may open it.
 */
import { type Acl, type Entry, find, fromMode } from '../../sim/acl/entry.ts';
import { permText } from '../../sim/acl/text.ts';
import { fromXattr } from '../../sim/acl/xattr.ts';
import { ask, credentialsOf, opens, statOf, textOf } from '../../sim/host/ask.ts';
import type { World } from '../../sim/host/world.ts';
import { type Credentials, root, unprivileged } from '../../sim/kernel/credentials.ts';
import { failed } from '../../sim/kernel/errno.ts';
import { modeText } from '../../sim/kernel/inode.ts';
import { subject } from '../../sim/kernel/judge.ts';
import type { Stat } from '../../sim/kernel/request.ts';
import { parseGroup, parsePasswd } from '../../sim/libc/nss.ts';
import type { AclRow, NodeView, Verdict } from './item.ts';
import { decidedBy, judgedRows } from './verdict.ts';

export const NODE = '/dev/kvm';
const QEMU = '/usr/libexec/qemu-kvm';

/** A user whom no file of the host knows: whoever is in no group and has no entry. */
const STRANGER = 'stranger';
const strangerIds: Credentials = unprivileged(4242, 4242, []);

type Names = Readonly<{ user: (uid: number) => string; group: (gid: number) => string }>;

function namesOf(world: World): Names {
  const users = parsePasswd(textOf(world, '/etc/passwd') ?? '');
  const groups = parseGroup(textOf(world, '/etc/group') ?? '');
  return {
    user: (uid) => users.find((u) => u.uid === uid)?.name ?? String(uid),
    group: (gid) => groups.find((g) => g.gid === gid)?.name ?? String(gid),
  };
}

function aclOf(world: World, mode: number): { acl: Acl; extended: boolean } {
  const value = ask(world, root, { call: 'getxattr', path: NODE, name: 'system.posix_acl_access' });
  const acl = typeof value === 'string' ? fromXattr(value) : null;
  return acl ? { acl, extended: true } : { acl: fromMode(mode), extended: false };
}

const entryText = (names: Names) => (e: Entry) => {
  const who = e.id === null ? '' : e.tag === 'user' ? names.user(e.id) : names.group(e.id);
  return `${e.tag.replace('_obj', '')}:${who}:${permText(e.perm)}`;
};

function rowOf(e: Entry, mask: number | null, text: string): AclRow {
  const limited = mask !== null && (e.tag === 'user' || e.tag === 'group' || e.tag === 'group_obj');
  return {
    text,
    perm: permText(e.perm),
    effective: limited ? permText(e.perm & mask) : null,
    masked: limited && (e.perm & mask) !== e.perm,
  };
}

const two = (n: number) => String(n).padStart(2, '0');
const months = 'Jan Feb Mar Apr May Jun Jul Aug Sep Oct Nov Dec'.split(' ');

/** ms since 1970 to the parts of a date in UTC: the host's clock, never the reader's. */
function civil(ms: number): { y: number; mo: number; d: number; time: string } {
  const days = Math.floor(ms / 86_400_000);
  const z = days + 719_468;
  const era = Math.floor(z / 146_097);
  const doe = z - era * 146_097;
  const yoe = Math.floor(
    (doe - Math.floor(doe / 1460) + Math.floor(doe / 36_524) - Math.floor(doe / 146_096)) / 365,
  );
  const doy = doe - (365 * yoe + Math.floor(yoe / 4) - Math.floor(yoe / 100));
  const mp = Math.floor((5 * doy + 2) / 153);
  const mo = mp < 10 ? mp + 3 : mp - 9;
  const s = Math.floor((ms - days * 86_400_000) / 1000);
  const time = `${two(Math.floor(s / 3600))}:${two(Math.floor(s / 60) % 60)}:${two(s % 60)}`;
  return {
    y: yoe + era * 400 + (mo <= 2 ? 1 : 0),
    mo,
    d: doy - Math.floor((153 * mp + 2) / 5) + 1,
    time,
  };
}

export function clockText(ms: number): string {
  const { y, mo, d, time } = civil(ms);
  return `${y}-${two(mo)}-${two(d)} ${time}`;
}

function lsText(st: Stat, mode: string, names: Names): string {
  const { mo, d, time } = civil(st.mtime);
  const [major, minor] = st.rdev ?? [0, 0];
  const date = `${months[mo - 1]} ${String(d).padStart(2)} ${time.slice(0, 5)}`;
  return `${mode} ${st.nlink} ${names.user(st.uid)} ${names.group(st.gid)} ${major}, ${minor} ${date} ${NODE}`;
}

export function nodeView(world: World): NodeView | null {
  const st = statOf(world, NODE);
  if (failed(st)) return null;
  const { acl, extended } = aclOf(world, st.mode);
  const names = namesOf(world);
  const mask = find(acl, 'mask')?.perm ?? null;
  const mode = `${modeText(st.type, st.mode)}${extended ? '+' : ''}`;
  return {
    ls: lsText(st, mode, names),
    mode,
    owner: names.user(st.uid),
    group: names.group(st.gid),
    ctime: Math.floor(st.ctime / 1000),
    rows: acl.map((e) => rowOf(e, mask, entryText(names)(e))),
    mask: mask === null ? null : permText(mask),
    shortcut: extended && (st.mode & 0o070) === 0,
  };
}

function verdictOf(world: World, user: string, who: Credentials, names: Names): Verdict {
  const st = statOf(world, NODE);
  const groups = [who.gid, ...who.groups.filter((gid) => gid !== who.gid)].map(names.group);
  const errno = opens(world, who, NODE, user === 'qemu' ? QEMU : undefined);
  const base = { user, uid: who.uid, groups, errno };
  if (failed(st)) return { ...base, by: st.errno, judged: [] };
  const { acl, extended } = aclOf(world, st.mode);
  const file = { uid: st.uid, gid: st.gid, mode: st.mode & 0o777, acl: extended ? acl : null };
  const by = decidedBy(subject(who), file, entryText(names));
  return { ...base, by, judged: judgedRows(acl, subject(who), file) };
}

/** QEMU's user first, then root, the people with a home, and one whom nobody knows. */
export function verdictsOf(world: World): Verdict[] {
  const users = parsePasswd(textOf(world, '/etc/passwd') ?? '');
  const people = users.filter(({ uid }) => uid >= 1000 && uid < 60_000).map(({ name }) => name);
  const wanted = ['qemu', 'libvirt-qemu', 'root', ...people];
  const names = namesOf(world);
  const known = wanted.flatMap((name) => {
    const who = credentialsOf(world, name);
    return who === null ? [] : [verdictOf(world, name, who, names)];
  });
  return [...known, verdictOf(world, STRANGER, strangerIds, names)];
}
