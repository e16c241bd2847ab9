/**
 * Orders that differ only by swapping adjacent steps which, here and now, lead to the same state either way.
 *
 * For models that do not say which of their steps are independent. Found out so, independence holds at one
 * place and not for ever: of two such orders one may be minimal and the other not.
 */
import { type Graph, stepsOf, vectorOf } from './graph.ts';
import type { Space } from './space.ts';
import type { Word } from './word.ts';

export function alikeClasses<State, Step>(
  space: Space<State, Step>,
  graph: Graph,
  words: readonly Word<Step>[],
): Word<Step>[][] {
  const byText = new Map(words.map((word) => [textOf(word.start, word.names), word]));
  const placed = new Set<Word<Step>>();
  const classes: Word<Step>[][] = [];
  for (const word of words) {
    if (placed.has(word)) continue;
    placed.add(word);
    const alike = [word];
    for (const one of alike) {
      for (const i of one.names.keys()) {
        const other = byText.get(textOf(one.start, swapped(one.names, i)));
        if (other === undefined || placed.has(other) || !commutes(space, graph, one, i)) continue;
        placed.add(other);
        alike.push(other);
      }
    }
    classes.push(alike);
  }
  return classes;
}

const textOf = (start: number, names: readonly string[]) => JSON.stringify([start, names]);

function swapped(names: readonly string[], i: number): readonly string[] {
  const [first, second] = [names[i], names[i + 1]];
  return first === undefined || second === undefined
    ? names
    : names.with(i, second).with(i + 1, first);
}

/** From the state before the two, the other way round, to the state after them. */
function commutes<State, Step>(
  space: Space<State, Step>,
  graph: Graph,
  { names, passes }: Word<Step>,
  i: number,
): boolean {
  const between = reachedBy(space, graph, passes[i] as number, names[i + 1] as string);
  return between.some((state) =>
    reachedBy(space, graph, state, names[i] as string).includes(passes[i + 2] as number),
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
