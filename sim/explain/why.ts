/**
 * From a pasted ACL to every minimal order of events that leads exactly there.
 *
 * An order is minimal if no part of it, in the same order, leads there too. The search is complete in the
 * model that it prints: this host, these events, each running to its end before the next. "Not reachable" means
 * in this model, never in the world.
 */
import type { Acl } from '../acl/entry.ts';
import { fromMode } from '../acl/entry.ts';
import { shortText } from '../acl/text.ts';
import { fromXattr } from '../acl/xattr.ts';
import { spaceOf } from '../explore/objects.ts';
import { minimalOrders } from '../explore/orders.ts';
import { ask, statOf, textOf } from '../host/ask.ts';
import type { Choice } from '../host/choice.ts';
import { newHost } from '../host/machine.ts';
import { profileNamed } from '../host/profiles.ts';
import { step } from '../host/step.ts';
import { makeTrace, type Trace } from '../host/trace.ts';
import type { World } from '../host/world.ts';
import { root } from '../kernel/credentials.ts';
import { failed } from '../kernel/errno.ts';
import { parseGroup, parsePasswd } from '../libc/nss.ts';
import { alphabetOf, rootLogin } from './events.ts';
import type { GetfaclText, Ids } from './evidence.ts';
import { hostModel } from './hostModel.ts';

const NODE = '/dev/kvm';

/** The ACL that a world's node has, and who owns it; null without a node. */
export function nodeOf(world: World): { owner: string; group: string; acl: Acl } | null {
  const st = statOf(world, NODE);
  if (failed(st)) return null;
  const value = ask(world, root, { call: 'getxattr', path: NODE, name: 'system.posix_acl_access' });
  const acl = (typeof value === 'string' ? fromXattr(value) : null) ?? fromMode(st.mode);
  const users = parsePasswd(textOf(world, '/etc/passwd') ?? '');
  const groups = parseGroup(textOf(world, '/etc/group') ?? '');
  const owner = users.find((u) => u.uid === st.uid)?.name ?? String(st.uid);
  const group = groups.find((g) => g.gid === st.gid)?.name ?? String(st.gid);
  return { owner, group, acl };
}

/** The users and groups of a profile's host once its packages are installed: a pasted text may name any of them. */
export function idsOf(profileName: string): Ids {
  const { machinery, world } = newHost(profileNamed(profileName));
  const installing = alphabetOf(world)['install']?.choices ?? [];
  const installed = [rootLogin, ...installing].reduce(
    (at, choice) => step(machinery, at, choice),
    world,
  );
  const users = parsePasswd(textOf(installed, '/etc/passwd') ?? '');
  const groups = parseGroup(textOf(installed, '/etc/group') ?? '');
  return {
    user: (name) => users.find((u) => u.name === name)?.uid ?? null,
    group: (name) => groups.find((g) => g.name === name)?.gid ?? null,
  };
}

const shows = (world: World, target: GetfaclText): boolean => {
  const node = nodeOf(world);
  if (node === null || shortText(node.acl) !== shortText(target.acl)) return false;
  const owner = target.owner === null || target.owner === node.owner;
  return owner && (target.group === null || target.group === node.group);
};

export type Found = Readonly<{
  events: readonly string[];
  /** Orders that are the same but for neighbours that do not mind each other. */
  alike: readonly (readonly string[])[];
  trace: Trace;
}>;

export type Why = Readonly<{
  profile: string;
  events: readonly string[];
  states: number;
  transitions: number;
  /** False when a bound was reached. */
  complete: boolean;
  orders: readonly Found[];
}>;

export function why(profileName: string, target: GetfaclText): Why {
  const host = newHost(profileNamed(profileName));
  const alphabet = alphabetOf(host.world);
  const model = hostModel('a console, a package and a machine', host, alphabet);
  const result = minimalOrders(spaceOf(model), (world) => shows(world, target));
  const [start] = model.initial;
  if (start === undefined) throw new Error('a host model starts somewhere; see hostModel.ts');
  const play = (events: readonly string[]) =>
    events.reduce((at, event) => model.next(at, event), start);
  const choicesOf = (events: readonly string[]): Choice[] => [
    rootLogin,
    ...events.flatMap((event) => alphabet[event]?.choices ?? []),
  ];
  const found = ({ steps, alike }: (typeof result.orders)[number]): Found => ({
    events: steps,
    alike,
    trace: makeTrace(profileName, {}, choicesOf(steps), play(steps)),
  });
  return {
    profile: profileName,
    events: Object.keys(alphabet),
    states: result.states,
    transitions: result.transitions,
    complete: result.hit.length === 0,
    orders: result.orders.map(found),
  };
}
