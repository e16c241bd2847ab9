/**
 * The components of a system as numbers: names become bits of a mask, values become ids.
 *
 * A view shows the components that a reaction has asked for. Looking at another one throws: a request for it, if
 * the footprint names it, an error if not.
 */
import { canonical } from './canonical.ts';
import { type Interner, interner } from './intern.ts';
import { at } from './ints.ts';
import { need } from './need.ts';
import type { Vector } from './space.ts';
import type { Components, System } from './system.ts';

export type Numbers<State extends Components> = Readonly<{
  names: readonly string[];
  interners: readonly Interner<unknown>[];
  index: (name: string) => number;
  mask: (names: readonly string[]) => number;
  vector: (state: State) => Vector;
  /** What `who` sees of a state: the components shown. Of those allowed besides, looking at one asks for it. */
  view: (shown: number, who: string, allowed?: number) => (from: Vector) => State;
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
    view: (mask, who, allowed = mask) => {
      const guard = {};
      const shown: [string, number, Interner<unknown>][] = [];
      for (const [i, name] of names.entries()) {
        const bit = 1 << i;
        if ((mask & bit) !== 0) shown.push([name, i, interners[i] as Interner<unknown>]);
        else {
          const get = () => {
            throw (allowed & bit) !== 0 ? need(i, who, name) : hidden(who, name);
          };
          Object.defineProperty(guard, name, { get });
        }
      }
      return (from) => {
        const seen: Record<string, unknown> = Object.create(guard);
        for (const [name, i, interner] of shown) seen[name] = interner.value(at(from, i));
        return seen as State;
      };
    },
  };
}

const hidden = (who: string, name: string) =>
  new Error(`${who} looks at ${name}, which its footprint does not name.`);
