/**
 * Chance that can be repeated: splitmix32, a counter and a mixing function. The seed is all its state.
 */
export type Dice = (sides: number) => number;

export function dice(seed: number): Dice {
  let state = seed | 0;
  return (sides) => {
    state = (state + 0x9e3779b9) | 0;
    let mixed = Math.imul(state ^ (state >>> 16), 0x21f0aaad);
    mixed = Math.imul(mixed ^ (mixed >>> 15), 0x735a2d97);
    return Math.floor((((mixed ^ (mixed >>> 15)) >>> 0) / 2 ** 32) * sides);
  };
}
