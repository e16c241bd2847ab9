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

/** The table with one thing put in or replaced; for tables that are not drafts. */
export function withThing<T>(pages: Pages<T>, n: number, thing: T): Pages<T> {
  const page = pages[pageOf(n)];
  return { ...pages, [pageOf(n)]: { ...page, [n % SIZE]: thing } };
}

export function without<T>(pages: Pages<T>, n: number): Pages<T> {
  const { [n % SIZE]: _, ...page } = pages[pageOf(n)] ?? {};
  if (Object.keys(page).length > 0) return { ...pages, [pageOf(n)]: page };
  const { [pageOf(n)]: __, ...others } = pages;
  return others;
}

/** All that is in a table, in the order of the numbers. */
export const things = <T>(pages: Pages<T>): T[] =>
  Object.values(pages).flatMap((page) => Object.values(page));

export const numbered = <T>(pages: Pages<T>): [n: number, thing: T][] =>
  Object.entries(pages).flatMap(([page, places]) =>
    Object.entries(places).map(([place, thing]): [number, T] => [
      Number(page) * SIZE + Number(place),
      thing,
    ]),
  );

export function inPages<T>(things: Readonly<Record<number, T>>): Pages<T> {
  const pages: Record<number, Page<T>> = {};
  for (const [n, thing] of Object.entries(things)) put(pages, Number(n), thing);
  return pages;
}
