export function Explained(_: Readonly<{ text: string }>) {
  return null;
}
