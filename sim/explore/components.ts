/**
 * The components of a system as numbers: names become bits of a mask, values become ids.
 *
 * A view shows only the components that a footprint names, and notes which of them are looked at. Looking at
 * another one throws: what a step may touch is declared, what its outcome depends on is found.
 */
import { canonical } from './canonical.ts';
import type { Note } from './found.ts';
import { type Interner, interner } from './intern.ts';
import { at } from './ints.ts';
import type { Vector } from './space.ts';
import type { Components, System } from './system.ts';

export type Numbers<State extends Components> = Readonly<{
  names: readonly string[];
  interners: readonly Interner<unknown>[];
  index: (name: string) => number;
  mask: (names: readonly string[]) => number;
  vector: (state: State) => Vector;
  /** What `who` sees of a state: the components of the mask. With a note, each one that is looked at is noted. */
  view: (allowed: number, who: string) => (from: Vector, note?: Note) => State;
}>;

/** Masks are 32-bit integers, and a shift by 31 would make them negative. */
const MOST = 30;

export function componentsOf<State extends Components>(system: System<State>): Numbers<State> {
  const names = Object.keys(system.initial[0] ?? {});
  if (names.length > MOST || system.actors.length > MOST) {
    throw new Error(
      `${system.name}: at most ${MOST} components and ${MOST} actors; put together what always moves together.`,
    );
  }
  const key = system.fingerprint ?? ((_: string, value: unknown) => canonical(value));
  const interners = names.map((name) => interner<unknown>((value) => key(name, value)));
  const index = (name: string) => {
    const found = names.indexOf(name);
    if (found >= 0) return found;
    throw new Error(`${system.name} has no component ${name}, only ${names.join(', ')}.`);
  };
  return {
    names,
    interners,
    index,
    mask: (some) => some.reduce((mask, name) => mask | (1 << index(name)), 0),
    vector: (state) => Int32Array.from(names, (name, i) => interners[i]?.id(state[name]) ?? 0),
    view: (allowed, who) => {
      const guard = {};
      const shown: [string, number, Interner<unknown>][] = [];
      for (const [i, name] of names.entries()) {
        if ((allowed & (1 << i)) !== 0) shown.push([name, i, interners[i] as Interner<unknown>]);
        else Object.defineProperty(guard, name, { get: () => hidden(who, name) });
      }
      return (from, note) => {
        const seen: Record<string, unknown> = Object.create(guard);
        for (const [name, i, interner] of shown) {
          if (note === undefined) seen[name] = interner.value(at(from, i));
          else Object.defineProperty(seen, name, { enumerable: true, get: () => looked(i, note) });
        }
        const looked = (i: number, note: Note) => {
          note(i);
          return interners[i]?.value(at(from, i));
        };
        return seen as State;
      };
    },
  };
}

function hidden(who: string, name: string): never {
  throw new Error(`${who} looks at ${name}, which its footprint does not name.`);
}
