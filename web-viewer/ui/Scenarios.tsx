export function Scenarios(_: Readonly<Record<string, unknown>>) {
  return null;
}
