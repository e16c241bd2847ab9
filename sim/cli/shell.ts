/** placeholder while the shell lands */
export async function shell(_name: string | undefined, _options: unknown): Promise<number> {
  return 1;
}
