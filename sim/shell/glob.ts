/**
 * Pathname expansion over the simulated file system, as the user who types.
 *
 * Models: GNU bash 4.2 lib/glob/glob.c glob_filename, glob_vector
 * Leaves out: globstar, dotglob, nullglob, failglob.
 *
 * A directory that the user may not read matches nothing; one that he may read but not search lists its
 * names. Both follow from asking the kernel.
 */
import { failed } from '../kernel/errno.ts';
import { askNames, askStat, type View } from './ask.ts';
import { hasPattern, patternRegExp, unescapePattern } from './pattern.ts';

const join = (base: string, name: string) =>
  base === '' || base.endsWith('/') ? base + name : `${base}/${name}`;

/** Names in a directory that fit one component of a pattern. */
function namesIn(view: View, base: string, component: string): string[] {
  const names = askNames(view, base === '' ? '.' : base);
  if (failed(names)) return [];
  const fits = patternRegExp(component);
  const dots = component.startsWith('.') || component.startsWith('\\.');
  const all = dots ? ['.', '..', ...names] : names;
  return all.filter((name) => (dots || !name.startsWith('.')) && fits.test(name));
}

const exists = (view: View, path: string): boolean => !failed(askStat(view, path, false));
const isDirectory = (view: View, path: string): boolean => {
  const st = askStat(view, path);
  return !failed(st) && st.type === 'dir';
};

/** Paths that fit a pattern, sorted; [] when none does. */
export function glob(view: View, pattern: string): string[] {
  const absolute = /^\/+/.exec(pattern)?.[0] ?? '';
  const components = pattern.slice(absolute.length).split(/\/+/);
  let found = [absolute];
  for (const [index, component] of components.entries()) {
    const last = index === components.length - 1;
    if (last && component === '') {
      found = found.filter((path) => isDirectory(view, path)).map((path) => `${path}/`);
    } else if (!hasPattern(component)) {
      const name = unescapePattern(component);
      found = found.map((base) => join(base, name)).filter((path) => exists(view, path));
    } else {
      found = found.flatMap((base) =>
        namesIn(view, base, component).map((name) => join(base, name)),
      );
      if (!last) found = found.filter((path) => isDirectory(view, path));
    }
  }
  return found.sort();
}
