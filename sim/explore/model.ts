/**
 * A model: where things start, what may happen next, and what should be true of it all.
 *
 * The interface is Stateright's (Rust, src/lib.rs, trait Model), with plain records for its properties.
 * A state is plain JSON. `enabled` lists the steps in a fixed order, always the same for the same state:
 * a path is printed and replayed as the places of its steps in these lists.
 *
 * The grain of the steps is the most important decision of whoever writes a model: what happens within
 * one step cannot be interrupted, so no search will ever find the race inside it.
 */
export type Predicate<State> = (state: State) => boolean;

export type Laws<State> = Readonly<Record<string, Predicate<State>>>;

export type Model<State, Step> = Readonly<{
  name: string;
  initial: readonly State[];
  enabled: (state: State) => readonly Step[];
  next: (state: State, step: Step) => State;
  /** True of every state; a counterexample is a bug. */
  always?: Laws<State>;
  /** True of some state; an example must exist. Without it, an `always` may hold because nothing happens. */
  sometimes?: Laws<State>;
  /** True of every state in which nothing more can happen. */
  finally?: Laws<State>;
  /** The step in words. The default is the step itself if it is a string, and its canonical JSON if not. */
  describe?: (step: Step) => string;
  /** Who takes the step. Among equally short witnesses, the one that changes hands least is shown. */
  actor?: (step: Step) => string;
  /** Is the step a fault, something that ought not to happen? Bounds may limit how many do. */
  isFault?: (step: Step) => boolean;
  /** Two states with the same fingerprint are one. The default is the state's canonical JSON. */
  fingerprint?: (state: State) => string;
  /** The state as small whole numbers and back. With it, no state object is kept: this is for large models. */
  code?: Code<State>;
}>;

export type Code<State> = Readonly<{
  width: number;
  encode: (state: State) => readonly number[];
  decode: (numbers: ArrayLike<number>) => State;
}>;
