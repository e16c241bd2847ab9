/**
 * The one command to ask next: whose output would leave the fewest of the remaining stories.
 */
import type { World } from '../host/world.ts';
import { bestProbe, indistinct, partition, readingsOf } from './decide.ts';
import type { History } from './history.ts';
import { checks, type Probe, traces } from './probes.ts';
import type { Words } from './words.ts';

export type Candidate = Readonly<{ name: Words; history: History }>;

type Group = Readonly<{
  reading: string;
  /** Of that what the other groups do not read as well. */
  telling: string;
  names: readonly Words[];
  /** Which of the candidates, from 0. */
  members: readonly number[];
}>;

export type Decision = Readonly<{
  line: string;
  groups: readonly Group[];
  /** Stories that no probe of the set tells apart. */
  alike: readonly (readonly Words[])[];
  /** How many probes were tried. */
  probes: number;
}>;

/** Lines less those of another list, each as often as it stands there. */
function without(lines: readonly string[], others: readonly string[]): string[] {
  const left = [...others];
  return lines.filter((line) => {
    const at = left.indexOf(line);
    if (at >= 0) left.splice(at, 1);
    return at < 0;
  });
}

/** Lines that every reading has. */
const shared = (all: readonly (readonly string[])[]): readonly string[] =>
  all.reduce((common, lines) => without(common, without(common, lines)));

/** null for fewer than two stories, or if no probe tells any apart. */
export function decisionOn(
  candidates: readonly Candidate[],
  probes: readonly Probe[] = [...traces, ...checks],
): Decision | null {
  if (candidates.length < 2) return null;
  const readings = readingsOf(
    probes,
    candidates.map(({ history }) => history),
  );
  const best = bestProbe(readings);
  const probe = best === null ? undefined : probes[best];
  if (best === null || probe === undefined) return null;
  const row = readings[best] ?? [];
  const named = (group: readonly number[]) => group.flatMap((i) => candidates[i]?.name ?? []);
  const world = candidates[0]?.history.worlds.at(-1) as World;
  const common = shared(row.map((reading) => (reading ?? '').split('\n')));
  return {
    line: probe.line(world),
    groups: partition(row).map((group) => ({
      reading: row[group[0] ?? 0] ?? '',
      telling: without((row[group[0] ?? 0] ?? '').split('\n'), common).join(' / '),
      names: named(group),
      members: group,
    })),
    alike: indistinct(readings).map(named),
    probes: probes.length,
  };
}
