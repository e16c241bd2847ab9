/**
 * Does a host work: may QEMU open the node, does a guest start, and what must libvirtd be told before it does?
 *
 * The goal is about the host and not about its ACL, so that it judges any breakage. Each question is put to a copy.
 */
import { libvirtState } from '../../host/libvirtState.ts';
import type { World } from '../../host/world.ts';
import { DOMAIN, domainXml } from '../chain/ladder.ts';
import { exists } from '../models/events.ts';
import { emulatorOf, qemuOpens } from '../node.ts';
import { byHand } from '../usable.ts';
import { allTyped, type Desk, type Line, typed, written } from './desk.ts';

/** What is typed so that libvirtd believes it: from the cheapest on. */
export const tellings = {
  nothing: [],
  capabilities: [['virsh', 'capabilities']],
  restart: [['systemctl', 'restart', 'libvirtd']],
} as const satisfies Record<string, readonly Line[]>;

export type Told = keyof typeof tellings;

const order: readonly Told[] = ['nothing', 'capabilities', 'restart'];

export type Works = Readonly<{
  /** What open(2) answers QEMU's user; null where there is none. */
  opens: string | null;
  /** null: no guest starts, whatever libvirtd is told. */
  told: Told | null;
  /** What the last try printed, where none worked. */
  error: string;
}>;

/** A domain's description to create, as an administrator has one lying about. */
export const furnished = (desk: Desk): Desk => written(desk, DOMAIN, domainXml);

/** The line that starts a guest: through libvirt, or by hand on a host without it. */
export const startLine = ({ world }: Desk): Line =>
  exists('/usr/bin/virsh')(world) ? ['virsh', 'create', DOMAIN] : byHand(world);

export const stopLine = ({ world }: Desk): Line =>
  exists('/usr/bin/virsh')(world) ? ['virsh', 'destroy', 'kvmlab-why'] : ['pkill', 'qemu-kvm'];

/** Does a guest start here at once? Kept by the host's state, since many hosts come to the same after libvirtd is told. */
export type Starts = (desk: Desk) => Readonly<{ status: number; error: string }>;

export function startsBy(stateOf: (world: World) => string): Starts {
  const known = new Map<string, ReturnType<Starts>>();
  return (desk) => {
    const state = stateOf(desk.world);
    const old = known.get(state);
    if (old !== undefined) return old;
    const { status, stderr } = typed(desk, startLine(desk));
    const fresh = { status, error: stderr };
    known.set(state, fresh);
    return fresh;
  };
}

/**
 * Who may open the node may not yet have a guest; but who may not has none, so then libvirtd is not asked. Nor is it told
 * more once it offers KVM: what still fails is no matter of what it believes.
 */
export function judged(desk: Desk, starts: Starts): Works {
  const opens = emulatorOf(desk.world) === null ? null : qemuOpens(desk.world);
  if (opens !== 'opens') return { opens, told: null, error: '' };
  let error = '';
  for (const told of exists('/usr/bin/virsh')(desk.world) ? order : order.slice(0, 1)) {
    const informed = allTyped(desk, tellings[told]);
    if (qemuOpens(informed.world) === 'opens') {
      const tried = starts(informed);
      if (tried.status === 0) return { opens, told, error: '' };
      error = tried.error;
    }
    if (libvirtState(informed.world)?.offersKvm) break;
  }
  return { opens, told: null, error };
}
