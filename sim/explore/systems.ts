/**
 * A System as a space to search: its components are the vector, its reactions the steps.
 *
 * Beyond an ordinary space it can show the steps of some actors only, which is all that a reduction needs.
 */
import { outcomesIn } from './answers.ts';
import { componentsOf, type Numbers } from './components.ts';
import { type ExpandSome, expander } from './expand.ts';
import { memo } from './memo.ts';
import { type Reactions, reactionsOf } from './reactions.ts';
import type { Kind, Law, Space, Vector } from './space.ts';
import type { Components, System, Turn, Watch, Watches } from './system.ts';

export type SystemSpace<State> = Space<State, Turn> &
  Readonly<{
    actors: number;
    reactions: Reactions;
    expandSome: ExpandSome;
    /** The components that a law looks at, as a mask. */
    watched: (law: string) => number;
    /** How many values of each component have been met so far. */
    values: () => Readonly<Record<string, number>>;
  }>;

export function spaceOfSystem<State extends Components>(system: System<State>): SystemSpace<State> {
  const numbers = componentsOf(system);
  const reactions = reactionsOf(system, numbers);
  const { local, trees, answers } = reactions;
  const actors = system.actors.length;
  const expandSome = expander(reactions, numbers.names.length, actors);
  const everyone = (1 << actors) - 1;

  function step(from: Vector, place: number): Turn {
    let passed = 0;
    for (const [index, { name }] of system.actors.entries()) {
      for (const { name: offer, isFault, reads, writes, tree } of local(index, from).offers) {
        const outcomes = outcomesIn(answers.words(), trees.answer(tree, from));
        const outcome = place - passed;
        if (outcome < outcomes) return { actor: name, offer, outcome, isFault, reads, writes };
        passed += outcomes;
      }
    }
    throw new Error(`${system.name}: no step ${place} here, only ${passed} are possible.`);
  }

  const watches: Readonly<Record<string, Watch<State>>> = {
    ...system.always,
    ...system.sometimes,
    ...system.finally,
  };
  return {
    name: system.name,
    width: numbers.names.length,
    starts: system.initial.map(numbers.vector),
    laws: [
      ...lawsOf('always', system.always, numbers),
      ...lawsOf('sometimes', system.sometimes, numbers),
      ...lawsOf('finally', system.finally, numbers),
    ],
    expand: (from, found) => expandSome(from, everyone, found),
    state: numbers.view(-1, system.name),
    step,
    describe: ({ actor, offer, outcome }) =>
      outcome === 0 ? `${actor}/${offer}` : `${actor}/${offer}#${outcome}`,
    actors,
    reactions,
    expandSome,
    watched: (law) => numbers.mask(watches[law]?.watches ?? numbers.names),
    values: () =>
      Object.fromEntries(numbers.names.map((name, i) => [name, numbers.interners[i]?.size() ?? 0])),
  };
}

/** Beyond so many components nearly every state would be a key of its own. */
const REMEMBERED = 3;

/** A law is judged once for each combination of the values it watches, if these are few. */
function lawsOf<State extends Components>(
  kind: Kind,
  laws: Watches<State> = {},
  numbers: Numbers<State>,
): Law[] {
  return Object.entries(laws).map(([name, { watches, holds }]) => {
    const view = numbers.view(numbers.mask(watches), name);
    const judge = (vector: Vector) => holds(view(vector));
    const few = watches.length <= REMEMBERED;
    const components = Int32Array.from(watches, numbers.index);
    return { name, kind, holds: few ? memo(components, judge) : judge };
  });
}
