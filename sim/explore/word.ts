/**
 * An order as it grows: its steps, what they are called, and the states it passes.
 */
export type Word<Step> = Readonly<{
  start: number;
  steps: readonly Step[];
  names: readonly string[];
  places: readonly number[];
  /** Numbers of states, the start first. */
  passes: readonly number[];
}>;

export type Independent<Step> = (a: Step, b: Step) => boolean;

export const endOf = <Step>({ passes }: Word<Step>): number => passes.at(-1) as number;

/**
 * Is the first, or an order that is one with it, the second with one or more steps dropped?
 *
 * Each step of the long order takes from what is left of the short one a step of its name that nothing
 * dependent stands before. To take it at the first chance loses nothing.
 */
export function isShortened<Step>(
  short: Word<Step>,
  long: Word<Step>,
  independent: Independent<Step>,
): boolean {
  if (short.start !== long.start || short.names.length >= long.names.length) return false;
  const left = short.names.map((name, i) => ({ name, step: short.steps[i] as Step }));
  for (const name of long.names) {
    const i = left.findIndex((one) => one.name === name);
    const wanted = left[i];
    if (wanted === undefined) continue;
    if (left.slice(0, i).every(({ step }) => independent(step, wanted.step))) left.splice(i, 1);
  }
  return left.length === 0;
}

/**
 * Is this the first, in the alphabet, of all orders that come of it by swapping adjacent independent steps?
 * All but the last step are known to be: so only the last one can have come too late.
 */
export function isFirstOfAlike<Step>(
  { steps, names }: Word<Step>,
  independent: Independent<Step>,
): boolean {
  const last = steps.length - 1;
  for (let i = last - 1; i >= 0; i--) {
    if (!independent(steps[i] as Step, steps[last] as Step)) return true;
    if ((names[last] as string) < (names[i] as string)) return false;
  }
  return true;
}
