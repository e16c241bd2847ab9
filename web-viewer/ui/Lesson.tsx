export function Lesson(_: Readonly<Record<string, unknown>>) {
  return null;
}
