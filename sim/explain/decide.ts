/**
 * Which question to ask next: exact answers over what the probes really print in each candidate's world.
 */
import type { History } from './history.ts';
import { type Probe, shownBy } from './probes.ts';

/** readings[probe][candidate]: what one reads of a probe there; null where it cannot be asked. */
export type Readings = readonly (readonly (string | null)[])[];

export const readingsOf = (probes: readonly Probe[], candidates: readonly History[]): Readings =>
  probes.map((probe) =>
    candidates.map((history) => {
      const shown = shownBy(history, probe);
      return shown === null ? null : probe.reads(shown);
    }),
  );

/** The candidates in groups that a row of readings does not tell apart. */
export function partition(readings: readonly (string | null)[]): number[][] {
  const groups = new Map<string, number[]>();
  for (const [i, reading] of readings.entries()) {
    const key = JSON.stringify(reading);
    groups.set(key, [...(groups.get(key) ?? []), i]);
  }
  return [...groups.values()];
}

/** The probe whose answer leaves the fewest candidates on average; the first of equals. null if none tells any apart. */
export function bestProbe(readings: Readings): number | null {
  const left = (row: readonly (string | null)[]) =>
    partition(row).reduce((sum, group) => sum + group.length * group.length, 0);
  let best: number | null = null;
  for (const [i, row] of readings.entries()) {
    if (partition(row).length < 2) continue;
    if (best === null || left(row) < left(readings[best] ?? [])) best = i;
  }
  return best;
}

type Pair = readonly [number, number];

/** Pairs of candidates that some probe tells apart. */
function tellable(readings: Readings, candidates: number): Pair[] {
  const pairs: Pair[] = [];
  for (let a = 0; a < candidates; a++) {
    for (let b = a + 1; b < candidates; b++) {
      if (readings.some((row) => row[a] !== row[b])) pairs.push([a, b]);
    }
  }
  return pairs;
}

/** The smallest set of probes that together tell apart all that can be told apart: by size, each set tried. */
export function smallestSet(readings: Readings): number[] {
  const candidates = readings[0]?.length ?? 0;
  const pairs = tellable(readings, candidates);
  const enough = (set: readonly number[]) =>
    pairs.every(([a, b]) => set.some((i) => readings[i]?.[a] !== readings[i]?.[b]));
  const grow = (set: readonly number[], from: number, size: number): number[] | null => {
    if (set.length === size) return enough(set) ? [...set] : null;
    for (let i = from; i < readings.length; i++) {
      const found = grow([...set, i], i + 1, size);
      if (found !== null) return found;
    }
    return null;
  };
  for (let size = 0; size <= readings.length; size++) {
    const found = grow([], 0, size);
    if (found !== null) return found;
  }
  return [];
}

/** Candidates that no probe of the list tells apart. */
export const indistinct = (readings: Readings): number[][] => {
  const candidates = readings[0]?.length ?? 0;
  const rows = Array.from({ length: candidates }, (_, i) =>
    JSON.stringify(readings.map((row) => row[i])),
  );
  return partition(rows).filter((group) => group.length > 1);
};
