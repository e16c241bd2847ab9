/**
 * A numbered table in pages of 32, so that a change copies one page and not the whole table.
 *
 * Models: nothing of the kernel; how this one keeps what it has hundreds of
 *
 * States share all that did not change. In one flat record of seven hundred inodes a changed mtime would copy seven
 * hundred references; here it copies at most sixty. A page that has become empty is removed: equal tables are equal data.
 */
const SIZE = 32;

type Page<T> = Record<number, T>;

/** Page number -> place in the page -> thing. */
export type Pages<T> = Readonly<Record<number, Readonly<Page<T>>>>;

const pageOf = (n: number) => Math.floor(n / SIZE);

export const get = <T>(pages: Pages<T>, n: number): T | undefined => pages[pageOf(n)]?.[n % SIZE];

/** Into a table under construction, or a draft of one. */
export function put<T>(pages: Record<number, Page<T>>, n: number, thing: T): void {
  const page = pages[pageOf(n)];
  if (page) page[n % SIZE] = thing;
  else pages[pageOf(n)] = { [n % SIZE]: thing };
}

export function remove<T>(pages: Record<number, Page<T>>, n: number): void {
  const page = pages[pageOf(n)];
  if (page === undefined) return;
  delete page[n % SIZE];
  if (Object.keys(page).length === 0) delete pages[pageOf(n)];
}

export function inPages<T>(things: Readonly<Record<number, T>>): Pages<T> {
  const pages: Record<number, Page<T>> = {};
  for (const [n, thing] of Object.entries(things)) put(pages, Number(n), thing);
  return pages;
}
