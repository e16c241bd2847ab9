/**
 * All orders of what a scenario's people do, each played from the start: in how many does its host end so?
 */
import { interleavings } from '../explore/interleavings.ts';
import { type Host, newHost } from '../host/machine.ts';
import { profileNamed } from '../host/profiles.ts';
import { step } from '../host/step.ts';
import { shellOn } from '../host/terminal.ts';
import type { World } from '../host/world.ts';
import { createShell } from '../shell/create.ts';
import type { Order, Piece, Scenario } from './scenario.ts';

const TTY = 'pts/0';

function typed({ machinery }: Host, from: World, line: string) {
  const there =
    shellOn(from, TTY) === null ? step(machinery, from, { login: 'root', on: TTY }) : from;
  return createShell(machinery, there, `root@${TTY}`).run(line, { interactive: true });
}

const done = (host: Host, world: World, piece: Piece): World =>
  typeof piece === 'string' ? typed(host, world, piece).world : step(host.machinery, world, piece);

/** Lines of one second are one line. */
const joined = (pieces: readonly Piece[]): readonly Piece[] => [pieces.join('; ')];

export type Counted = Readonly<{
  so: number;
  of: number;
  /** The orders that end so, each as what was done. */
  witnesses: readonly (readonly Piece[])[];
}>;

export function countOrders({ setup, profiles }: Scenario, order: Order): Counted {
  const host = newHost(profileNamed(profiles[0] ?? ''), setup);
  const start = order.first.reduce((world, piece) => done(host, world, piece), host.world);
  const orders = [...interleavings(Object.values(order.among))];
  const witnesses = orders.filter((pieces) => {
    const played = order.together ? joined(pieces) : pieces;
    const end = [...played, ...order.last].reduce((world, p) => done(host, world, p), start);
    return typed(host, end, order.so).status === 0;
  });
  return { so: witnesses.length, of: orders.length, witnesses };
}
