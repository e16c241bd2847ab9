/**
 * Which of the usual checks pass although QEMU is locked out, and how few of them tell the known causes apart.
 */
import type { World } from '../host/world.ts';
import { type Cause, causesOn } from './causes.ts';
import { indistinct, readingsOf, smallestSet } from './decide.ts';
import type { History } from './history.ts';
import { checks, shownBy } from './probes.ts';
import type { Words } from './words.ts';

export type Check = Readonly<{ line: string; passes: boolean; reading: string }>;

export type Misleading = Readonly<{
  checks: readonly Check[];
  causes: readonly Words[];
  /** The smallest set of checks that tells apart all causes that can be told apart. */
  set: readonly string[];
  /** What each of the set reads, cause by cause. */
  readings: readonly (readonly string[])[];
  /** Causes that no check of the list tells apart. */
  alike: readonly (readonly Words[])[];
}>;

const onHost = (history: History): Check[] =>
  checks.flatMap((probe) => {
    const shown = shownBy(history, probe);
    if (shown === null) return [];
    const line = probe.line(history.worlds.at(-1) as World);
    return [{ line, passes: probe.passes?.(shown) ?? false, reading: probe.reads(shown) }];
  });

export function misleading(history: History): Misleading {
  const causes: readonly Cause[] = causesOn(history.profile);
  const readings = readingsOf(
    checks,
    causes.map((cause) => cause.history),
  );
  const set = smallestSet(readings);
  const world = history.worlds.at(-1) as World;
  return {
    checks: onHost(history),
    causes: causes.map(({ name }) => name),
    set: set.flatMap((i) => checks[i]?.line(world) ?? []),
    readings: set.map((i) => (readings[i] ?? []).map((reading) => reading ?? '')),
    alike: indistinct(readings).map((group) => group.flatMap((i) => causes[i]?.name ?? [])),
  };
}
