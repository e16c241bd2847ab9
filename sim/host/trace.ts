/**
 * Trace v1: what happened on a host, as data that any part of kvmlab can play again.
 *
 * `hash` is the SHA-256 of the canonical JSON of the world at the end, logs included. It is stable within
 * a minor version of kvmlab, on every system and every supported Node.
 */
import { digest } from './canonical.ts';
import type { Choice } from './choice.ts';
import { newHost, type Setup } from './machine.ts';
import { profileNamed } from './profiles.ts';
import { step } from './step.ts';
import { VERSION } from './version.ts';
import type { World } from './world.ts';

export type Trace = Readonly<{
  v: 1;
  kvmlab: string;
  /** A profile's name, with swapped components: `centos7,libvirt=4.5.0`. */
  profile: string;
  setup: Setup;
  /** `coarse`: a turn runs to its end; `fine`: picks stop before each system call. */
  grain: 'coarse' | 'fine';
  choices: readonly Choice[];
  hash: string;
}>;

export const makeTrace = (
  profile: string,
  setup: Setup,
  choices: readonly Choice[],
  end: World,
): Trace => ({
  v: 1,
  kvmlab: VERSION,
  profile,
  setup,
  grain: choices.some((choice) => 'pick' in choice) ? 'fine' : 'coarse',
  choices,
  hash: digest(end),
});

/** Every world on the way: the first is the booted host, the last what the hash is of. */
export function* worldsOf(trace: Pick<Trace, 'profile' | 'setup' | 'choices'>): Generator<World> {
  const { machinery, world: booted } = newHost(profileNamed(trace.profile), trace.setup);
  let world = booted;
  yield world;
  for (const choice of trace.choices) {
    world = step(machinery, world, choice);
    yield world;
  }
}

export function lastWorld(trace: Pick<Trace, 'profile' | 'setup' | 'choices'>): World {
  let last: World | undefined;
  for (const world of worldsOf(trace)) last = world;
  if (last === undefined)
    throw new Error('a trace has at least the world in which its host has booted');
  return last;
}

/** null when the trace plays to its hash; otherwise the hash that it plays to. */
export function replayFails(trace: Trace): string | null {
  const hash = digest(lastWorld(trace));
  return hash === trace.hash ? null : hash;
}
