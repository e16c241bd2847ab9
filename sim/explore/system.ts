/**
 * A system: actors who meet only in named components, and say which of them each step may touch.
 *
 * An actor's own component tells what it may do next; each offer names the components it reads and
 * writes besides. A reaction sees nothing else (looking elsewhere throws), so a footprint is not a
 * promise but a fact, and three things follow from it: a reaction is looked up by the few values it
 * touches instead of being run again; two steps with apart footprints commute; and a search may
 * leave out orders that cannot matter (`reduce.ts`).
 */
import type { Predicate } from './model.ts';

export type Components = Readonly<Record<string, unknown>>;

export type Offer<State extends Components> = Readonly<{
  name: string;
  reads?: readonly (keyof State & string)[];
  /** What is written may also be read. */
  writes?: readonly (keyof State & string)[];
  isFault?: boolean;
  /** The possible outcomes, as the components that change: none means that the step must wait. */
  react: (seen: State) => readonly Partial<State>[];
}>;

export type Footprint<State extends Components> = Readonly<{
  reads: readonly (keyof State & string)[];
  writes: readonly (keyof State & string)[];
}>;

export type Actor<State extends Components> = Readonly<{
  name: string;
  /** The component that is this actor's own state. Every offer may read and write it. */
  own: keyof State & string;
  offers: (seen: State) => readonly Offer<State>[];
  /**
   * All that the actor may still read or write from this own state on. Without it, everything.
   * It may only shrink as the actor goes on; a search that sees it broken throws.
   */
  future?: (seen: State) => Footprint<State>;
}>;

/** A predicate, and the components it looks at: it sees no others. */
export type Watch<State extends Components> = Readonly<{
  watches: readonly (keyof State & string)[];
  holds: Predicate<State>;
}>;

export type Watches<State extends Components> = Readonly<Record<string, Watch<State>>>;

export type System<State extends Components> = Readonly<{
  name: string;
  initial: readonly State[];
  actors: readonly Actor<State>[];
  always?: Watches<State>;
  sometimes?: Watches<State>;
  finally?: Watches<State>;
  /** Two values of a component with the same fingerprint are one. The default is canonical JSON. */
  fingerprint?: (component: string, value: unknown) => string;
}>;

/** A step of a system: whose, which offer, and which of its outcomes. */
export type Turn = Readonly<{
  actor: string;
  offer: string;
  outcome: number;
  isFault: boolean;
  /** What it touches, its actor's own component included, as masks. */
  reads: number;
  writes: number;
}>;

/** Steps that touch nothing in common, or only read it: they commute wherever both are possible. */
export const areIndependent = (a: Turn, b: Turn): boolean =>
  (a.writes & (b.reads | b.writes)) === 0 && (b.writes & (a.reads | a.writes)) === 0;
