/**
 * A Model as a space to search.
 *
 * With a code, a state is its numbers and no object is kept. Without one, each state is interned under its
 * fingerprint and the vector is the single number it gets. Then no step of the model is ever run twice,
 * however often a state is looked at again; that is comfortable up to some 100,000 states.
 */
import { canonical } from './canonical.ts';
import { interner } from './intern.ts';
import { memo } from './memo.ts';
import type { Code, Laws, Model } from './model.ts';
import type { Kind, Law, Space, Vector } from './space.ts';

export function spaceOf<State, Step>(model: Model<State, Step>): Space<State, Step> {
  const code = model.code ?? numbered(model.fingerprint);
  const next: Vector = new Int32Array(code.width);
  const write = (state: State, into: Vector) => {
    const numbers = code.encode(state);
    for (let i = 0; i < into.length; i++) into[i] = whole(model.name, numbers[i]);
    return into;
  };
  const actors = interner<string>();
  const listed = (from: Vector): Onward<Step> => {
    const state = code.decode(from);
    const steps = model.enabled(state);
    const successors = steps.map((step) => ({
      next: write(model.next(state, step), new Int32Array(code.width)),
      isFault: model.isFault?.(step) ?? false,
      actor: model.actor ? actors.id(model.actor(step)) : 0,
    }));
    return { steps, successors };
  };
  // A numbered state is kept anyway, and its model may be slow: then what follows it is kept as well.
  const onward = model.code ? listed : memo(Int32Array.of(0), listed);
  return {
    name: model.name,
    width: code.width,
    starts: model.initial.map((state) => write(state, new Int32Array(code.width))),
    laws: [
      ...lawsOf('always', model.always, code),
      ...lawsOf('sometimes', model.sometimes, code),
      ...lawsOf('finally', model.finally, code),
    ],
    expand(from, found) {
      for (const [place, { next: to, isFault, actor }] of onward(from).successors.entries()) {
        next.set(to);
        found(next, place, isFault, actor);
      }
    },
    state: (vector) => code.decode(vector),
    step(from, place) {
      const { steps } = onward(from);
      if (place < steps.length) return steps[place] as Step;
      throw new Error(`${model.name}: no step ${place} here, only ${steps.length} are possible.`);
    },
    describe: model.describe ?? inWords,
  };
}

/** What is possible in a state, and where it leads. */
type Onward<Step> = Readonly<{
  steps: readonly Step[];
  successors: readonly Readonly<{ next: Vector; isFault: boolean; actor: number }>[];
}>;

function numbered<State>(fingerprint?: (state: State) => string): Code<State> {
  const states = interner<State>(fingerprint);
  return {
    width: 1,
    encode: (state) => [states.id(state)],
    decode: (numbers) => states.value(numbers[0] as number),
  };
}

const lawsOf = <State>(kind: Kind, laws: Laws<State> = {}, code: Code<State>): Law[] =>
  Object.entries(laws).map(([name, holds]) => ({
    name,
    kind,
    holds: (vector) => holds(code.decode(vector)),
  }));

const inWords = (step: unknown) => (typeof step === 'string' ? step : canonical(step));

function whole(model: string, value: number | undefined): number {
  if (Number.isInteger(value) && (value as number) >= 0 && (value as number) < 2 ** 31) {
    return value as number;
  }
  throw new Error(`${model}: its code gave ${value} where a whole number from 0 on is needed.`);
}
