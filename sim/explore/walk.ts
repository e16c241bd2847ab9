/**
 * Random walks: where a space is too large to be seen whole, some of it, by chance that can be repeated.
 *
 * A walk ends where nothing more can happen or at the depth bound. Walks decide what they meet, and leave
 * the rest open: they prove nothing. The same seed walks the same way.
 */
import { jury } from './jury.ts';
import { dice } from './random.ts';
import type { Report, SearchOptions } from './report.ts';
import type { Space, Vector } from './space.ts';
import { vectorSet } from './vectors.ts';

export type WalkOptions = SearchOptions & Readonly<{ seed: number; walks: number }>;

export function randomWalks<State, Step>(space: Space<State, Step>, options: WalkOptions): Report {
  const { bounds = {}, seed, walks } = options;
  const longest = bounds.depth ?? 1_000;
  if (bounds.faults !== undefined) {
    throw new Error(`${space.name}: walks count no faults; let a component count them.`);
  }
  const judges = jury(space, options);
  const roll = dice(seed);
  const states = vectorSet(space.width);
  const witnesses: number[][] = [];
  let [transitions, depth, ends, cut] = [0, 0, 0, false];

  function walk(start: Vector): void {
    let here = start;
    const path: number[] = [space.starts.indexOf(start)];
    const look = (atEnd: boolean) => {
      const before = judges.notes.size;
      judges.look(here, witnesses.length, atEnd);
      if (judges.notes.size > before) witnesses.push([...path]);
    };
    for (;;) {
      states.add(here);
      look(false);
      const onward: { next: Vector; place: number }[] = [];
      space.expand(here, (next, place) => onward.push({ next: next.slice(), place }));
      const chosen = onward[roll(onward.length)];
      if (chosen === undefined) {
        ends++;
        look(true);
        return;
      }
      if (path.length > longest) {
        cut = true;
        return;
      }
      transitions++;
      path.push(chosen.place);
      depth = Math.max(depth, path.length - 1);
      here = chosen.next;
    }
  }

  let walked = 0;
  while (walked < walks && !judges.enough()) {
    walk(space.starts[roll(space.starts.length)] as Vector);
    walked++;
  }
  return {
    model: space.name,
    search: 'random walks',
    reduced: false,
    atMost: false,
    states: states.size(),
    transitions,
    depth,
    ends,
    bounds: { ...bounds, depth: longest },
    hit: cut ? ['depth'] : [],
    stopped: walked < walks,
    bytes: states.bytes(),
    properties: judges.verdicts(false, (_law, note) => {
      const [start = 0, ...places] = witnesses[note] ?? [];
      return { start, places };
    }),
  };
}
