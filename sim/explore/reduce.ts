/**
 * Partial-order reduction: of steps that do not disturb one another, try one order instead of all.
 *
 * Models: P. Godefroid, Partial-Order Methods (1996), persistent sets from conflicting processes;
 *   D. Bosnacki, G. J. Holzmann, Improving Spin's Partial-Order Reduction for Breadth-First Search (2005)
 *
 * In each state a *cluster* of actors is sought such that nothing which anyone outside may do, now or
 * ever, writes what a member's present offers read, or touches what they write. Then what the outsiders
 * do can wait, and only the steps of the cluster are tried. The provisos:
 *
 *  1. The cluster is closed under conflict, disabled offers included, and has a step that is possible.
 *     This alone keeps every state in which nothing more can happen, so it serves `finally`.
 *  2. For `always` and `sometimes` no step of the cluster may change a component that the property
 *     watches; else all steps are tried.
 *  3. For the same, one step must lead to a state not yet expanded; else all are tried. No one is then put
 *     off round a cycle for ever.
 *
 * What may come from an actor is its `future`, which may only shrink (`reactions.ts` throws otherwise). An
 * actor without one may do anything, and nothing is left out while it lives. Judge properties one at a time
 * (`only`) for the smallest searches. Verdicts are those of the full search; counts of states, transitions
 * and schedules are not, lists of orders are not, and a witness is valid but need not be the shortest.
 */
import { nextOutcome, outcomesIn } from './answers.ts';
import { at } from './ints.ts';
import type { Local, Reactions } from './reactions.ts';
import { chosenLaws } from './report.ts';
import type { Found, Vector } from './space.ts';
import type { SystemSpace } from './systems.ts';
import type { VectorSet } from './vectors.ts';

export type Reduction = Readonly<{
  /** As a space's expand, with the steps that cannot matter left out. */
  expand: (from: Vector, number: number, seen: VectorSet, found: Found) => void;
}>;

export function reductionOf<State>(space: SystemSpace<State>, only?: readonly string[]): Reduction {
  const laws = chosenLaws(space, only).filter(({ kind }) => kind !== 'finally');
  const watched = laws.reduce((mask, { name }) => mask | space.watched(name), 0);
  const everyone = (1 << space.actors) - 1;
  return {
    expand(from, number, seen, found) {
      const cluster = smallestCluster(space, from, watched);
      if (cluster === everyone || laws.length === 0) {
        space.expandSome(from, cluster, found);
        return;
      }
      let onward = false;
      space.expandSome(from, cluster, (next, place, isFault, actor) => {
        found(next, place, isFault, actor);
        onward ||= seen.find(next) > number;
      });
      if (!onward) space.expandSome(from, everyone & ~cluster, found);
    },
  };
}

/** The actors whose steps suffice here; all of them, if no smaller cluster will do. */
function smallestCluster<State>(
  { actors, reactions }: SystemSpace<State>,
  from: Vector,
  watched: number,
): number {
  const locals = Array.from({ length: actors }, (_, actor) => reactions.local(actor, from));
  const steps = locals.map((local) => possible(reactions, local, from));
  const conflicts = locals.map((local) => conflictsWith(local, locals));
  let best = (1 << actors) - 1;
  let fewest = steps.reduce((sum, count) => sum + count, 0);
  for (const [seed, count] of steps.entries()) {
    if (count === 0) continue;
    const cluster = closure(1 << seed, conflicts);
    const members = locals.filter((_, actor) => (cluster & (1 << actor)) !== 0);
    const size = steps.reduce(
      (sum, some, actor) => ((cluster & (1 << actor)) !== 0 ? sum + some : sum),
      0,
    );
    if (size >= fewest || changes(reactions, members, from, watched)) continue;
    best = cluster;
    fewest = size;
  }
  return best;
}

const possible = ({ trees, answers }: Reactions, { offers }: Local, from: Vector) =>
  offers.reduce((sum, { tree }) => sum + outcomesIn(answers.words(), trees.answer(tree, from)), 0);

/** Everyone whose future disturbs the present offers of this actor; itself among them. */
function conflictsWith({ reads, writes }: Local, locals: readonly Local[]): number {
  let mask = 0;
  for (const [actor, { futureReads, futureWrites }] of locals.entries()) {
    const disturbs = (futureWrites & (reads | writes)) | (futureReads & writes);
    if (disturbs !== 0) mask |= 1 << actor;
  }
  return mask;
}

function closure(seed: number, conflicts: readonly number[]): number {
  let cluster = seed;
  for (;;) {
    const wider = conflicts.reduce(
      (mask, others, actor) => ((cluster & (1 << actor)) !== 0 ? mask | others : mask),
      cluster,
    );
    if (wider === cluster) return cluster;
    cluster = wider;
  }
}

/** Does a step of these actors change a component that is watched? */
const changes = (
  reactions: Reactions,
  members: readonly Local[],
  from: Vector,
  watched: number,
): boolean =>
  members.some(({ offers }) =>
    offers.some(({ tree }) => touchesWatched(reactions, tree, from, watched)),
  );

function touchesWatched(
  { trees, answers }: Reactions,
  tree: number,
  from: Vector,
  watched: number,
): boolean {
  const start = trees.answer(tree, from);
  const words = answers.words();
  let outcome = start + 1;
  for (let left = outcomesIn(words, start); left > 0; left--) {
    const end = nextOutcome(words, outcome);
    for (let i = outcome + 1; i < end; i += 2) {
      const component = at(words, i);
      if ((watched & (1 << component)) === 0) continue;
      if (at(words, i + 1) !== at(from, component)) return true;
    }
    outcome = end;
  }
  return false;
}
