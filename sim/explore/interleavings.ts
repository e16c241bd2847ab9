/**
 * Every way to shuffle several programs together, each keeping its own order.
 *
 * Depth first, leftmost program first, so the n-th result is the same for ever. How many there are needs
 * no shuffling: it is the multinomial coefficient of the programs' lengths.
 */
export function* interleavings<T>(programs: readonly (readonly T[])[]): Generator<readonly T[]> {
  if (programs.every((program) => program.length === 0)) {
    yield [];
    return;
  }
  for (const [i, [head, ...rest]] of programs.entries()) {
    if (head === undefined) continue;
    for (const tail of interleavings(programs.with(i, rest))) yield [head, ...tail];
  }
}

/** (a + b + c ...)! / (a! b! c! ...), without ever leaving the whole numbers. */
export function multinomial(lengths: readonly number[]): bigint {
  let ways = 1n;
  let placed = 0n;
  for (const length of lengths) {
    for (let i = 1n; i <= BigInt(length); i++) {
      placed++;
      ways = (ways * placed) / i;
    }
  }
  return ways;
}
