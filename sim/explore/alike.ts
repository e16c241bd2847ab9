/**
 * Orders that differ only by swapping adjacent independent steps are one (Mazurkiewicz's traces).
 *
 * Whether two steps are independent is asked of the model; if it does not say, they are where both ways
 * round can be walked from here and lead to the same state. So asked, it holds at a place, not for ever.
 */
import { type Graph, stepsOf, vectorOf } from './graph.ts';
import type { Word } from './orders.ts';
import type { Space } from './space.ts';

export function alikeClasses<State, Step>(
  space: Space<State, Step>,
  graph: Graph,
  words: readonly Word[],
  independent?: (a: Step, b: Step) => boolean,
): Word[][] {
  const byText = new Map(words.map((word) => [textOf(word.start, word.names), word]));
  const classes: Word[][] = [];
  const placed = new Set<Word>();
  for (const word of words) {
    if (placed.has(word)) continue;
    placed.add(word);
    const alike = [word];
    for (const one of alike) {
      for (let i = 0; i + 1 < one.names.length; i++) {
        const other = byText.get(textOf(one.start, swapped(one.names, i)));
        if (other === undefined || placed.has(other)) continue;
        if (
          !(independent
            ? saysSo(space, graph, one, i, independent)
            : commutes(space, graph, one, i))
        )
          continue;
        placed.add(other);
        alike.push(other);
      }
    }
    classes.push(alike);
  }
  return classes;
}

const textOf = (start: number, names: readonly string[]) => JSON.stringify([start, names]);

const swapped = (names: readonly string[], i: number): readonly string[] =>
  names.with(i, names[i + 1] as string).with(i + 1, names[i] as string);

function saysSo<State, Step>(
  space: Space<State, Step>,
  graph: Graph,
  { places, passes }: Word,
  i: number,
  independent: (a: Step, b: Step) => boolean,
): boolean {
  const [first, second] = [i, i + 1].map((at) =>
    space.step(vectorOf(space, graph, passes[at] as number), places[at] as number),
  );
  return independent(first as Step, second as Step);
}

/** From the state before the two, the other way round, to the state after them. */
function commutes<State, Step>(
  space: Space<State, Step>,
  graph: Graph,
  { names, passes }: Word,
  i: number,
): boolean {
  const between = reachedBy(space, graph, passes[i] as number, names[i + 1] as string);
  return between.some((number) =>
    reachedBy(space, graph, number, names[i] as string).includes(passes[i + 2] as number),
  );
}

function reachedBy<State, Step>(
  space: Space<State, Step>,
  graph: Graph,
  from: number,
  name: string,
): readonly number[] {
  const vector = vectorOf(space, graph, from);
  return stepsOf(graph, from)
    .filter(({ place }) => space.describe(space.step(vector, place)) === name)
    .map(({ to }) => to);
}
