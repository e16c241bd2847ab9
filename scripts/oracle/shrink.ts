/**
 * Fewer steps, the same disagreement: each step that is not needed is left out.
 */
export async function shrunk(
  steps: readonly string[],
  keep: number,
  differs: (fewer: readonly string[]) => Promise<boolean>,
): Promise<readonly string[]> {
  let left = steps;
  for (let at = steps.length - 1; at >= keep; at--) {
    const fewer = left.filter((_, n) => n !== at);
    if (await differs(fewer)) left = fewer;
  }
  return left;
}
