/**
 * Drawing from lists, by a seed.
 */
import { type Dice, dice } from '../../../sim/explore/random.ts';

export type Draw = Readonly<{
  /** One of these. */
  one: <T>(from: readonly T[]) => T;
  /** Between 0 and n - 1. */
  below: (n: number) => number;
  /** True once in n times. */
  rarely: (n: number) => boolean;
  /** Between low and high of these, joined. */
  some: (low: number, high: number, make: () => string, separator: string) => string;
}>;

export function drawFrom(seed: number): Draw {
  const roll: Dice = dice(seed);
  const one = <T>(from: readonly T[]): T => from[roll(from.length)] as T;
  return {
    one,
    below: roll,
    rarely: (n) => roll(n) === 0,
    some: (low, high, make, separator) =>
      Array.from({ length: low + roll(high - low + 1) }, make).join(separator),
  };
}
