/**
 * What can be asked of a host at any moment, by name: predicates on a world.
 *
 * Each says which components it looks at, so that a search at the fine grain judges it once for each of their values.
 */
import { fromMode } from '../../acl/entry.ts';
import { fromXattr } from '../../acl/xattr.ts';
import { ask, statOf, textOf } from '../../host/ask.ts';
import { libvirtState } from '../../host/libvirtState.ts';
import type { World } from '../../host/world.ts';
import { root } from '../../kernel/credentials.ts';
import { failed } from '../../kernel/errno.ts';
import { NODE, qemuOpens } from '../node.ts';

const KVM = 36;

export type Property = Readonly<{
  /** Components, by the names of calls/layout.ts. */
  watches: readonly string[];
  holds: (world: World) => boolean;
}>;

/** What it takes to find /dev/kvm and its rights. */
const node = ['disk', 'dev', 'node'];

function rights(world: World) {
  const st = statOf(world, NODE);
  if (failed(st)) return null;
  const value = ask(world, root, { call: 'getxattr', path: NODE, name: 'system.posix_acl_access' });
  const acl = (typeof value === 'string' ? fromXattr(value) : null) ?? fromMode(st.mode);
  const perm = (tag: string) => acl.find((entry) => entry.tag === tag)?.perm ?? null;
  const users = acl.filter((entry) => entry.tag === 'user').map((entry) => entry.id);
  return {
    gid: st.gid,
    group: perm('group_obj') ?? 0,
    mask: perm('mask'),
    other: perm('other'),
    users,
  };
}

const onNode = (holds: (is: NonNullable<ReturnType<typeof rights>>) => boolean): Property => ({
  watches: node,
  holds(world) {
    const is = rights(world);
    return is !== null && holds(is);
  },
});

/** The incident: 0666 to look at, and the group that owns the node has no right. */
const incident = onNode(
  ({ gid, group, mask, other, users }) =>
    gid === KVM && group === 0 && mask === 6 && other === 6 && users.length === 0,
);

const not = ({ watches, holds }: Property): Property => ({
  watches,
  holds: (world) => !holds(world),
});

const activeUid = (world: World): number | null => {
  const [, uid] = /^ACTIVE_UID=(\d+)$/m.exec(textOf(world, '/run/systemd/seats/seat0') ?? '') ?? [];
  return uid === undefined || uid === '0' ? null : Number(uid);
};

const strangers = (world: World): number[] => {
  const active = activeUid(world);
  return (rights(world)?.users ?? []).flatMap((uid) =>
    uid === null || uid === active ? [] : [uid],
  );
};

/** libvirtd has looked at the node in the second of its last change, and will not look again while that is so. */
function remembersNo(world: World): boolean {
  const memo = libvirtState(world)?.memo ?? null;
  const st = statOf(world, NODE);
  if (memo === null || failed(st)) return false;
  return !memo.usable && memo.ctime === Math.floor(st.ctime / 1000);
}

export const properties = {
  'the incident is there': incident,
  'the incident is not there': not(incident),
  'group kvm has its rights': onNode(
    ({ gid, group, mask }) => gid === KVM && group === 6 && (mask ?? 6) === 6,
  ),
  'somebody has an entry of his own': onNode(({ users }) => users.length > 0),
  'there is no node': { watches: node, holds: (world) => rights(world) === null },
  'only who sits at the seat has an entry': {
    watches: [...node, 'seat'],
    holds: (world) => strangers(world).length === 0,
  },
  'somebody has an entry who is not at the seat': {
    watches: [...node, 'seat'],
    holds: (world) => strangers(world).length > 0,
  },
  'libvirt says no though QEMU opens the node': {
    watches: [...node, 'modules', 'libvirtd'],
    holds: (world) => remembersNo(world) && qemuOpens(world) === 'opens',
  },
  'libvirt says no and QEMU is refused': {
    watches: [...node, 'modules', 'libvirtd'],
    holds: (world) => remembersNo(world) && qemuOpens(world) === 'EACCES',
  },
} satisfies Readonly<Record<string, Property>>;

export type PropertyName = keyof typeof properties;

export const propertyOf = (name: PropertyName): Property => properties[name];

type Wanted = Readonly<
  Partial<Record<'always' | 'sometimes' | 'finally', readonly PropertyName[]>>
>;

/** A model's properties, each turned into what its kind of search wants. */
export function lawsOf<Law>(wanted: Wanted, law: (name: PropertyName) => Law) {
  const made = (names: readonly PropertyName[] = []) =>
    Object.fromEntries(names.map((name) => [name, law(name)]));
  return {
    always: made(wanted.always),
    sometimes: made(wanted.sometimes),
    finally: made(wanted.finally),
  };
}
