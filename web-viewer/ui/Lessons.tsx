export function Lessons(_: Readonly<Record<string, unknown>>) {
  return null;
}
