/**
 * A Model as a space to search.
 *
 * With a code, a state is its numbers and no object is kept. Without one, each state is interned under its
 * fingerprint and the vector is the single number it gets; that is comfortable up to some 100,000 states.
 */
import { canonical } from './canonical.ts';
import { interner } from './intern.ts';
import type { Code, Laws, Model } from './model.ts';
import type { Kind, Law, Space, Vector } from './space.ts';

export function spaceOf<State, Step>(model: Model<State, Step>): Space<State, Step> {
  const code = model.code ?? numbered(model.fingerprint);
  const actors = interner<string>();
  const next: Vector = new Int32Array(code.width);
  const write = (state: State, into: Vector) => {
    const numbers = code.encode(state);
    for (let i = 0; i < into.length; i++) into[i] = whole(model.name, numbers[i]);
    return into;
  };
  const stepAt = (from: Vector, place: number): Step => {
    const steps = model.enabled(code.decode(from));
    if (place >= steps.length) {
      throw new Error(`${model.name}: no step ${place} here, only ${steps.length} are possible.`);
    }
    return steps[place] as Step;
  };
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
      const state = code.decode(from);
      for (const [place, step] of model.enabled(state).entries()) {
        const isFault = model.isFault?.(step) ?? false;
        const actor = model.actor ? actors.id(model.actor(step)) : 0;
        found(write(model.next(state, step), next), place, isFault, actor);
      }
    },
    state: (vector) => code.decode(vector),
    step: stepAt,
    describe: model.describe ?? inWords,
  };
}

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
