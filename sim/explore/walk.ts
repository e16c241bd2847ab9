/**
 * Random walks: where a space is too large to be seen whole, some of it, by chance that can be repeated.
 *
 * A walk ends where nothing more can happen or at the depth bound. Walks decide what they meet, and leave
 * the rest open: they prove nothing. The same seed walks the same way.
 */
import { jury } from './jury.ts';
import { dice } from './random.ts';
import type { Path } from './replay.ts';
import type { Report, SearchOptions } from './report.ts';
import type { Space, Vector } from './space.ts';
import { vectorSet } from './vectors.ts';

export type WalkOptions = SearchOptions & Readonly<{ seed: number; walks: number }>;

export function randomWalks<State, Step>(space: Space<State, Step>, options: WalkOptions): Report {
  const { bounds = {}, seed, walks } = options;
  const longest = bounds.depth ?? 1_000;
  if (bounds.faults !== undefined || bounds.states !== undefined) {
    throw new Error(
      `${space.name}: walks are bounded in depth and in number, not in states or faults.`,
    );
  }
  const judges = jury(space, options);
  const roll = dice(seed);
  const states = vectorSet(space.width);
  const witnesses: Path[] = [];
  let [transitions, depth, ends, cut] = [0, 0, 0, false];

  function walk(start: number): void {
    let here = space.starts[start] as Vector;
    const places: number[] = [];
    const look = (atEnd: boolean) => {
      const before = judges.notes.size;
      judges.look(here, witnesses.length, atEnd);
      if (judges.notes.size > before) witnesses.push({ start, places: [...places] });
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
      if (places.length >= longest) {
        cut = true;
        return;
      }
      transitions++;
      places.push(chosen.place);
      depth = Math.max(depth, places.length);
      here = chosen.next;
    }
  }

  let walked = 0;
  while (walked < walks && !judges.enough()) {
    walk(roll(space.starts.length));
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
    properties: judges.verdicts(false, (_law, note) => witnesses[note] as Path),
  };
}
