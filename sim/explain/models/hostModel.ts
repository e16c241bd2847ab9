/**
 * A host and an alphabet of events as a model that can be searched.
 *
 * Two worlds are the same state when the node, its ACL, the seat, the rule and those who are logged in are the
 * same: everything that an event of these alphabets decides by. Times, pids, logs and libvirt's memories are
 * left out; a model that asks about them needs another fingerprint. So a state's world is one of several: a path
 * must be played again for its trace.
 */
import type { Model } from '../../explore/model.ts';
import { ask, statOf, textOf } from '../../host/ask.ts';
import type { Choice } from '../../host/choice.ts';
import type { Host } from '../../host/machine.ts';
import { step } from '../../host/step.ts';
import type { World } from '../../host/world.ts';
import { root } from '../../kernel/credentials.ts';
import { failed } from '../../kernel/errno.ts';
import { type Alphabet, rootLogin } from './events.ts';

const NODE = '/dev/kvm';
const RULES = ['/usr/lib/udev/rules.d/80-kvm.rules', '/etc/udev/rules.d/80-kvm.rules'];

/** The node as numbers: `20666 0:36` and the ACL's attribute, in hex. */
export function nodeState(world: World): string {
  const st = statOf(world, NODE);
  if (failed(st)) return 'no node';
  const acl = ask(world, root, { call: 'getxattr', path: NODE, name: 'system.posix_acl_access' });
  return `${st.mode.toString(8)} ${st.uid}:${st.gid} ${failed(acl) ? '' : acl}`;
}

const activeUser = (world: World): string =>
  /^ACTIVE_UID=(.*)$/m.exec(textOf(world, '/run/systemd/seats/seat0') ?? '')?.[1] ?? '';

const loggedIn = (world: World): string =>
  Object.values(world.kernel.tasks)
    .filter((task) => task.argv[0] === '-bash')
    .map((task) => `${task.cred.uid}@${task.tty}`)
    .sort()
    .join();

/** udev's database says whether logind will see the device as one of the seat's. */
const tagged = (world: World): boolean => textOf(world, '/run/udev/tags/uaccess/c10:232') !== null;

export function fingerprint(world: World): string {
  const rules = RULES.map((path) => textOf(world, path) ?? '').join();
  return [nodeState(world), activeUser(world), loggedIn(world), String(tagged(world)), rules].join(
    '|',
  );
}

/** `before`: what has happened on the host, root over ssh at hand, when the search begins. */
export function hostModel(
  name: string,
  { machinery, world }: Host,
  alphabet: Alphabet,
  before: readonly Choice[] = [],
): Model<World, string> {
  const play = (from: World, choices: readonly Choice[]) =>
    choices.reduce((now, choice) => step(machinery, now, choice), from);
  const decided = new Map<string, World>();
  const happen = (at: World, name: string): World => {
    const { choices = [], decidedBy } = alphabet[name] ?? {};
    if (decidedBy === undefined) return play(at, choices);
    const key = `${name} ${decidedBy(at)}`;
    const known = decided.get(key) ?? play(at, choices);
    decided.set(key, known);
    return known;
  };
  return {
    name,
    initial: [play(world, [rootLogin, ...before])],
    enabled: (at) => Object.keys(alphabet).filter((event) => alphabet[event]?.possible(at)),
    next: happen,
    fingerprint,
  };
}
