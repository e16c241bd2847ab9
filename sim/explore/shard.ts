/**
 * A search in n parts, for n processes or machines, and their results joined.
 *
 * Part i takes every n-th state of a front that all parts compute alike. Results are plain JSON, and
 * joining them in any order gives the same. Verdicts and the lengths of witnesses are those of one search,
 * and so are counts of schedules. A state may be met by several parts, so the joined number of states is
 * only an upper bound: the report says so. And a part cut by a bound cannot know that another part has seen
 * what it was cut off from: joined verdicts may be open where those of one search are not, never the reverse.
 */
import { breadthFirst } from './breadth.ts';
import { countSchedules, type Schedules, schedules } from './count.ts';
import { withFaultBudget } from './faults.ts';
import { DEEPEST, frontOf } from './front.ts';
import { witnessOf } from './replay.ts';
import { byLength, type Report, type SearchOptions, type Verdict } from './report.ts';
import type { Space } from './space.ts';

export type Shard = Readonly<{ part: number; of: number }>;

/** What lies above the front is the same in all parts. */
export type ShardReport = Readonly<{ shard: Shard; above: Report; below: Report }>;

export type ShardSchedules = Readonly<{
  model: string;
  shard: Shard;
  ends: Readonly<Record<string, string>>;
}>;

/** More pieces than parts even out their sizes. */
const PIECES = 16;

export function searchShard<State, Step>(
  given: Space<State, Step>,
  shard: Shard,
  options: SearchOptions = {},
): ShardReport {
  const { faults, ...bounds } = options.bounds ?? {};
  const budget = faults === undefined ? null : withFaultBudget(given, faults);
  const space = budget?.space ?? given;
  const { depth, prefixes } = partOf(space, shard, bounds.depth);
  const above = breadthFirst(space, { ...options, bounds: { ...bounds, depth } });
  const rest = bounds.depth === undefined ? {} : { depth: bounds.depth - depth };
  const report = breadthFirst(
    { ...space, starts: prefixes.map(({ vector }) => vector) },
    { ...options, bounds: { ...bounds, ...rest } },
  );
  const properties = report.properties.map((verdict) => {
    const prefix = prefixes[verdict.witness?.start ?? 0];
    if (verdict.witness === null || prefix === undefined) return verdict;
    const places = [...prefix.path.places, ...verdict.witness.places];
    return { ...verdict, witness: witnessOf(space, { start: prefix.path.start, places }) };
  });
  const hit = budget?.spent() ? [...report.hit, 'faults' as const] : report.hit;
  const depths = { depth: report.depth + depth, bounds: options.bounds ?? {} };
  return { shard, above, below: { ...report, ...depths, hit, properties } };
}

export function joinReports(parts: readonly ShardReport[]): Report {
  const [first] = allParts(
    parts.map(({ below, shard }) => ({ model: below.model, shard })),
    parts,
  );
  const belows = parts.map(({ below }) => below);
  const sum = (field: 'states' | 'transitions' | 'ends' | 'bytes') =>
    belows.reduce((total, below) => total + below[field], 0);
  return {
    ...first.below,
    atMost: parts.length > 1,
    states: sum('states') + first.above.states,
    transitions: sum('transitions') + first.above.transitions,
    ends: sum('ends'),
    bytes: sum('bytes'),
    depth: Math.max(...belows.map(({ depth }) => depth)),
    hit: [...new Set(belows.flatMap(({ hit }) => hit))],
    stopped: belows.some(({ stopped }) => stopped),
    properties: first.below.properties.map((_, i) =>
      joined(
        first.above.properties[i] as Verdict,
        belows.map((below) => below.properties[i] as Verdict),
      ),
    ),
  };
}

/** A witness anywhere decides. The search above the front is bounded, so what it leaves open says nothing. */
function joined(above: Verdict, below: readonly Verdict[]): Verdict {
  const witnessed = [above, ...below].filter(({ witness }) => witness !== null);
  if (witnessed.length > 0) {
    return witnessed.reduce((a, b) =>
      a.witness && b.witness && byLength(b.witness, a.witness) < 0 ? b : a,
    );
  }
  const open = below.find(({ verdict }) => verdict === 'open');
  return open ?? (below[0] as Verdict);
}

export function countShard<State, Step>(
  space: Space<State, Step>,
  shard: Shard,
  nameOfEnd: (state: State) => string,
): ShardSchedules {
  const { prefixes } = partOf(space, shard);
  const { ends } = countSchedules(
    { ...space, starts: prefixes.map(({ vector }) => vector) },
    nameOfEnd,
    prefixes.map(({ ways }) => ways),
  );
  const texts = Object.entries(ends).map(([name, count]) => [name, String(count)]);
  return { model: space.name, shard, ends: Object.fromEntries(texts) };
}

export function joinSchedules(parts: readonly ShardSchedules[]): Schedules {
  allParts(parts, parts);
  const ends = new Map<string, bigint>();
  for (const [name, count] of parts.flatMap((part) => Object.entries(part.ends))) {
    ends.set(name, (ends.get(name) ?? 0n) + BigInt(count));
  }
  return schedules([...ends]);
}

function partOf<State, Step>(
  space: Space<State, Step>,
  { part, of }: Shard,
  deepest = Number.POSITIVE_INFINITY,
) {
  if (!(Number.isInteger(part) && part >= 1 && part <= of)) {
    throw new Error(`There is no part ${part} of ${of}: parts are numbered from 1.`);
  }
  const { depth, prefixes } = frontOf(space, of * PIECES, Math.min(DEEPEST, deepest));
  return { depth, prefixes: prefixes.filter((_, i) => i % of === part - 1) };
}

/** The parts, if they are all there, each once, and of one search. */
function allParts<Part>(
  heads: readonly Readonly<{ model: string; shard: Shard }>[],
  parts: readonly Part[],
): readonly [Part, ...Part[]] {
  const [head] = heads;
  const [first, ...rest] = parts;
  if (head === undefined || first === undefined) throw new Error('There are no parts to join.');
  const { model } = head;
  const { of } = head.shard;
  const stranger = heads.find((other) => other.model !== model || other.shard.of !== of);
  if (stranger) {
    throw new Error(
      `A part of ${stranger.model} (of ${stranger.shard.of}) is among those of ${model} (of ${of}).`,
    );
  }
  for (let part = 1; part <= of; part++) {
    const times = heads.filter(({ shard }) => shard.part === part).length;
    if (times !== 1) throw new Error(`Part ${part} of ${of} is there ${times} times, not once.`);
  }
  return [first, ...rest];
}
