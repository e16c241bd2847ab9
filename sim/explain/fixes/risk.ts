/**
 * What a repair does to a guest that runs meanwhile, and whom it lets in who would not be let in on a healthy host.
 */
import { shortText } from '../../acl/text.ts';
import { credentialsOf, opens, textOf } from '../../host/ask.ts';
import { BYSTANDER_PIDFILE, bystanderLine, guestVerdict } from '../../host/bystander.ts';
import { newHost } from '../../host/machine.ts';
import { profileNamed } from '../../host/profiles.ts';
import type { World } from '../../host/world.ts';
import { type Credentials, unprivileged } from '../../kernel/credentials.ts';
import { memo } from '../../kernel/memo.ts';
import { parsePasswd } from '../../libc/nss.ts';
import { emulatorOf, inodeOf, NODE, nodeOf, qemuOf } from '../node.ts';
import { type Desk, typed } from './desk.ts';
import type { Move, Word } from './search.ts';

/** `none`: on the broken host no guest can run, so there is none to harm. */
export type Guests = 'unharmed' | 'refused' | 'ended' | 'none';

export type Bystander = Readonly<{ desk: Desk; pid: number }>;

export function bystanderOn(desk: Desk): Bystander | null {
  const emulator = emulatorOf(desk.world);
  if (emulator === null) return null;
  const { desk: after, status } = typed(desk, bystanderLine(emulator));
  const pid = Number(textOf(after.world, BYSTANDER_PIDFILE) ?? 'none');
  return status === 0 && pid > 0 ? { desk: after, pid } : null;
}

/** The word typed beside the guest; `alone` says with which status each command ended without one. */
export function guestsUnder(
  bystander: Bystander | null,
  word: Word,
  alone: readonly Pick<Move, 'status'>[],
): Guests {
  if (bystander === null) return 'none';
  const { pid } = bystander;
  let { desk } = bystander;
  for (const [i, command] of word.entries()) {
    const { desk: next, status } = typed(desk, command.argv);
    const verdict = guestVerdict({ status, alone: alone[i]?.status ?? 0, after: next.world, pid });
    if (verdict !== 'unharmed') return verdict;
    desk = next;
  }
  return 'unharmed';
}

/** A host of this profile on which everything was there from boot. */
export const healthyOn = memo(
  (profile): World =>
    newHost(profileNamed(profile), { packages: ['qemu-kvm-ev', 'libvirt'] }).world,
  8,
);

/** Who has no account and is in no group. */
const STRANGER = 3_999_999_999;

export type Visitor = Readonly<{ name: string; cred: Credentials }>;

/** From here on accounts are people's: useradd's UID_MIN. */
const FIRST_PERSON = 1000;
const NOBODY = 65_534;

/** Everybody who can log in but root and QEMU's own, and somebody who has no account. */
function visitors(world: World): Visitor[] {
  const qemu = qemuOf(world)?.name;
  const accounts = parsePasswd(textOf(world, '/etc/passwd') ?? '');
  const known = accounts.flatMap(({ name, uid }) => {
    const isPerson = uid >= FIRST_PERSON && uid !== NOBODY && name !== qemu;
    const cred = isPerson ? credentialsOf(world, name) : null;
    return cred === null ? [] : [{ name, cred }];
  });
  return [...known, { name: 'anybody', cred: unprivileged(STRANGER, STRANGER, []) }];
}

const admitted = (world: World): ReadonlySet<string> =>
  new Set(
    visitors(world).flatMap(({ name, cred }) => (opens(world, cred, NODE) === null ? [name] : [])),
  );

/** Those who may open the node here and not on a healthy host; `anybody` stands for all of them. */
export function letIn(world: World, healthy: World): readonly string[] {
  const usual = admitted(healthy);
  const now = [...admitted(world)].filter((name) => !usual.has(name));
  return now.includes('anybody') ? ['anybody'] : now;
}

/** Those who may open it on a healthy host and not here. */
export function shutOut(world: World, healthy: World): readonly string[] {
  const now = admitted(world);
  const usual = [...admitted(healthy)].filter((name) => !now.has(name));
  return usual.includes('anybody') ? ['anybody'] : usual;
}

/** In how much the node differs from a healthy one: owner, group, each entry, and who made it. */
export function distance(world: World, healthy: World): number {
  const [here, there] = [nodeOf(world), nodeOf(healthy)];
  if (here === null || there === null) return here === there ? 0 : 100;
  const entries = (node: typeof here) => new Set(shortText(node.acl).split(','));
  const [a, b] = [entries(here), entries(there)];
  const differing = [...a].filter((e) => !b.has(e)).length + [...b].filter((e) => !a.has(e)).length;
  const foreign = inodeOf(world)?.kernelOwned === inodeOf(healthy)?.kernelOwned ? 0 : 1;
  return (
    differing + foreign + Number(here.owner !== there.owner) + Number(here.group !== there.group)
  );
}
