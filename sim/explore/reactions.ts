/**
 * What each actor can do in a state, looked up rather than run.
 *
 * An actor's offers depend on its own value alone, so they are made once for each. What an offer leads
 * to depends on the values it looks at, so each reaction runs once for each combination of those (`found.ts`).
 */
import { type Answers, answerList } from './answers.ts';
import { componentsOf, type Numbers } from './components.ts';
import { type Forest, forest, type Run } from './found.ts';
import { at } from './ints.ts';
import { type Offered, offeredList } from './offered.ts';
import type { Vector } from './space.ts';
import type { Components, Offer, System } from './system.ts';

export type CompiledOffer = Readonly<{
  name: string;
  isFault: boolean;
  /** Masks of the components it touches. */
  reads: number;
  writes: number;
  /** Where its answers are remembered. */
  tree: number;
}>;

/** An actor at one value of its own: masks of what it may touch with its next step, and from then on. */
export type Local = Readonly<{
  offers: readonly CompiledOffer[];
  reads: number;
  writes: number;
  futureReads: number;
  futureWrites: number;
}>;

export type Reactions = Readonly<{
  /** By actor: which component is its own. */
  owns: Int32Array;
  local: (actor: number, from: Vector) => Local;
  /** The same offers, flat. */
  offered: Offered;
  /** The answer of an offer's tree is a place in the list of answers. */
  trees: Forest;
  answers: Answers;
}>;

export function reactionsOf<State extends Components>(
  system: System<State>,
  numbers: Numbers<State> = componentsOf(system),
): Reactions {
  const owns = Int32Array.from(system.actors, (actor) => numbers.index(actor.own));
  const locals: Local[][] = system.actors.map(() => []);
  const trees = forest();
  const answers = answerList();
  const offered = offeredList(owns, (actor, from) => local(actor, from).offers);

  function local(actor: number, from: Vector): Local {
    const mine = locals[actor] as Local[];
    const own = at(from, at(owns, actor));
    const made = mine[own] ?? makeLocal(actor, from);
    mine[own] = made;
    return made;
  }

  function makeLocal(index: number, from: Vector): Local {
    const actor = system.actors[index] as System<State>['actors'][number];
    const own = numbers.mask([actor.own]);
    const seen = numbers.view(own, actor.name)(from);
    const everything = (1 << numbers.names.length) - 1;
    const future = actor.future?.(seen);
    const futureReads = future ? numbers.mask(future.reads) | own : everything;
    const futureWrites = future ? numbers.mask(future.writes) | own : everything;
    let [reads, writes] = [own, own];
    const offered = actor.offers(seen).map((offer) => {
      const offerWrites = numbers.mask(offer.writes ?? []) | own;
      const offerReads = numbers.mask(offer.reads ?? []) | offerWrites;
      reads |= offerReads;
      writes |= offerWrites;
      const who = `${actor.name}/${offer.name}`;
      if ((offerWrites & ~futureWrites) | (offerReads & ~(futureReads | futureWrites))) {
        throw new Error(`${who} touches what the future of ${actor.name} leaves out.`);
      }
      const tree = trees.plant(runOf(who, offer, own, offerReads, offerWrites));
      const { name, isFault = false } = offer;
      return { name, isFault, reads: offerReads, writes: offerWrites, tree };
    });
    return { offers: offered, reads, writes, futureReads, futureWrites };
  }

  /** The offer is made at one value of the actor's own, so that need not be in the key. */
  function runOf(
    who: string,
    offer: Offer<State>,
    own: number,
    reads: number,
    writes: number,
  ): Run {
    const view = numbers.view(reads, who);
    return (from, note) => {
      const seen = view(from, (component) => {
        if ((own & (1 << component)) === 0) note(component);
      });
      const outcomes = offer.react(seen);
      return answers.add(outcomes.map((changes) => changed(who, changes, from, writes)));
    };
  }

  /** The ids after a reaction; an actor whose future would grow by it is refused. */
  function changed(who: string, changes: Partial<State>, from: Vector, writes: number): number[] {
    const outcome: number[] = [];
    const after = Int32Array.from(from);
    for (const [name, value] of Object.entries(changes)) {
      const index = numbers.index(name);
      if ((writes & (1 << index)) === 0) {
        throw new Error(`${who} writes ${name}, which its footprint does not name.`);
      }
      after[index] = numbers.interners[index]?.id(value) ?? 0;
      outcome.push(index, at(after, index));
    }
    for (const [actor, own] of owns.entries()) {
      if (at(after, own) === at(from, own)) continue;
      const [was, is] = [local(actor, from), local(actor, after)];
      if ((is.futureReads & ~was.futureReads) | (is.futureWrites & ~was.futureWrites)) {
        throw new Error(`${who} makes the future of ${system.actors[actor]?.name} grow.`);
      }
    }
    return outcome;
  }

  return { owns, local, offered, answers, trees };
}
