/**
 * A numbered table in pages of 32, so that a change copies one page and not the whole table.
 *
 * Models: nothing of the kernel; how this one keeps what it has hundreds of
 *
 * States share all that did not change. In one flat record of seven hundred inodes a changed mtime would copy seven
 * hundred references; here it copies two short arrays. (Arrays, because a frozen one is copied fifty times faster than
 * a frozen object with numbers for keys.) Nothing is left of what was removed: equal tables are equal data.
 */
const SIZE = 32;

type Page<T> = (T | null)[];
type Building<T> = (Page<T> | null)[];

/** Page by page, place by place; null where there is nothing. */
export type Pages<T> = readonly (readonly (T | null)[] | null)[];

const pageOf = (n: number) => Math.floor(n / SIZE);
const emptyPage = <T>(): Page<T> => Array.from({ length: SIZE }, () => null);

export const get = <T>(pages: Pages<T>, n: number): T | undefined =>
  pages[pageOf(n)]?.[n % SIZE] ?? undefined;

/** Into a table under construction, or a draft of one. */
export function put<T>(pages: Building<T>, n: number, thing: T): void {
  while (pages.length <= pageOf(n)) pages.push(null);
  pages[pageOf(n)] ??= emptyPage<T>();
  const page = pages[pageOf(n)];
  if (page) page[n % SIZE] = thing;
}

export function remove<T>(pages: Building<T>, n: number): void {
  const page = pages[pageOf(n)];
  if (!page) return;
  page[n % SIZE] = null;
  if (page.some((thing) => thing !== null)) return;
  pages[pageOf(n)] = null;
  while (pages.at(-1) === null) pages.pop();
}

const copyWith = <T>(pages: Pages<T>, n: number): Building<T> => {
  const copy = [...pages] as Building<T>;
  const page = copy[pageOf(n)];
  if (page) copy[pageOf(n)] = [...page];
  return copy;
};

/** The table with one thing put in or replaced; for tables that are not drafts. */
export function withThing<T>(pages: Pages<T>, n: number, thing: T): Pages<T> {
  const copy = copyWith(pages, n);
  put(copy, n, thing);
  return copy;
}

export function without<T>(pages: Pages<T>, n: number): Pages<T> {
  const copy = copyWith(pages, n);
  remove(copy, n);
  return copy;
}

/** All that is in a table with its numbers, in their order. */
export function numbered<T>(pages: Pages<T>): [n: number, thing: T][] {
  const found: [number, T][] = [];
  for (const [at, page] of pages.entries()) {
    for (const [place, thing] of page?.entries() ?? []) {
      if (thing !== null) found.push([at * SIZE + place, thing]);
    }
  }
  return found;
}

export const things = <T>(pages: Pages<T>): T[] => numbered(pages).map(([, thing]) => thing);

export function inPages<T>(flat: Readonly<Record<number, T>>): Pages<T> {
  const pages: Building<T> = [];
  for (const [n, thing] of Object.entries(flat)) put(pages, Number(n), thing);
  return pages;
}
