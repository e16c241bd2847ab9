/**
 * Pathname expansion over the simulated file system, as the user who types.
 *
 * Models: GNU bash 4.2, 5.2 lib/glob/glob.c glob_filename, glob_vector, glob_dir_to_array (globstar)
 *
 * A directory that the user may not read matches nothing; one that he may read but not search lists its
 * names. Both follow from asking the kernel.
 */
import { failed } from '../kernel/errno.ts';
import { askNames, askStat, type View } from './ask.ts';
import { hasPattern, patternRegExp, unescapePattern } from './pattern.ts';

/** The names of switches that are on: dotglob, globskipdots, globstar, nocaseglob. */
export type Switches = ReadonlySet<string>;

const join = (base: string, name: string) =>
  base === '' || base.endsWith('/') ? base + name : `${base}/${name}`;

function allNames(view: View, base: string): readonly string[] {
  const names = askNames(view, base === '' ? '.' : base);
  return failed(names) ? [] : names;
}

/** Names in a directory that fit one component of a pattern. */
function namesIn(view: View, base: string, component: string, on: Switches): string[] {
  const names = allNames(view, base);
  const fits = patternRegExp(component, on.has('nocaseglob') ? 'i' : '');
  const dots = component.startsWith('.') || component.startsWith('\\.');
  const all = dots && !on.has('globskipdots') ? ['.', '..', ...names] : names;
  const hidden = dots || on.has('dotglob');
  return all.filter((name) => (hidden || !name.startsWith('.')) && fits.test(name));
}

const exists = (view: View, path: string): boolean => !failed(askStat(view, path, false));
const isDirectory = (view: View, path: string): boolean => {
  const st = askStat(view, path);
  return !failed(st) && st.type === 'dir';
};

/** Every directory below, links not followed, and with `files` what is in them too. */
function below(view: View, base: string, files: boolean, on: Switches): string[] {
  return allNames(view, base)
    .filter((name) => on.has('dotglob') || !name.startsWith('.'))
    .map((name) => join(base, name))
    .flatMap((path) => {
      const st = askStat(view, path, false);
      const enters = !failed(st) && st.type === 'dir';
      const inside = enters ? below(view, path, files, on) : [];
      return files || enters ? [path, ...inside] : inside;
    });
}

/** Paths that fit a pattern, sorted; [] when none does. */
export function glob(view: View, pattern: string, on: Switches): string[] {
  const absolute = /^\/+/.exec(pattern)?.[0] ?? '';
  const components = pattern.slice(absolute.length).split(/\/+/);
  let found = [absolute];
  for (const [index, component] of components.entries()) {
    const last = index === components.length - 1;
    if (last && component === '') {
      found = found.filter((path) => isDirectory(view, path)).map((path) => `${path}/`);
    } else if (component === '**' && on.has('globstar')) {
      found = found.flatMap((base) => [
        ...(last ? (base === '' ? [] : [join(base, '')]) : [base]),
        ...below(view, base, last, on),
      ]);
    } else if (!hasPattern(component)) {
      const name = unescapePattern(component);
      found = found.map((base) => join(base, name)).filter((path) => exists(view, path));
    } else {
      found = found.flatMap((base) =>
        namesIn(view, base, component, on).map((name) => join(base, name)),
      );
      if (!last) found = found.filter((path) => isDirectory(view, path));
    }
  }
  return found.sort();
}
