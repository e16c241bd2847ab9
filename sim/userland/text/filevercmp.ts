/**
 * Names in the order of the versions in them: `sort -V`, `ls -v`.
 *
 * Models: GNU coreutils 9.1 lib/filevercmp.c filevercmp, verrevcmp
 */
const byText = (a: string, b: string): number => (a < b ? -1 : a > b ? 1 : 0);

const versionOrder = (c: string): number => {
  if (c === '~') return -1;
  if (c === '' || /\d/.test(c)) return 0;
  return /[A-Za-z]/.test(c) ? c.charCodeAt(0) : c.charCodeAt(0) + 256;
};

/** The name without what looks like file suffixes: `kvm-1.2.tar.gz` is `kvm-1.2`. */
const stem = (name: string): string => name.replace(/(\.[A-Za-z~][A-Za-z0-9~]*)*$/, '');

/** filevercmp: nothing, `.`, `..`, hidden names, the others; suffixes count only between equal stems. */
export function compareVersions(a: string, b: string): number {
  if (a === b) return 0;
  const rank = (name: string) =>
    name === '' ? 0 : name === '.' ? 1 : name === '..' ? 2 : name.startsWith('.') ? 3 : 4;
  if (rank(a) !== rank(b)) return rank(a) - rank(b);
  const [x, y] = rank(a) === 3 ? [a.slice(1), b.slice(1)] : [a, b];
  const same = stem(x) === stem(y);
  return (same ? compareRuns(x, y) : compareRuns(stem(x), stem(y))) || byText(a, b);
}

/** verrevcmp: runs of non-digits and of digits in turn. */
function compareRuns(a: string, b: string): number {
  let [i, j] = [0, 0];
  while (i < a.length || j < b.length) {
    while ((i < a.length && !/\d/.test(a.charAt(i))) || (j < b.length && !/\d/.test(b.charAt(j)))) {
      const difference = versionOrder(a.charAt(i)) - versionOrder(b.charAt(j));
      if (difference !== 0) return difference;
      i++;
      j++;
    }
    const [x = ''] = /^\d*/.exec(a.slice(i)) ?? [];
    const [y = ''] = /^\d*/.exec(b.slice(j)) ?? [];
    const difference = Number(x) - Number(y);
    if (difference !== 0) return difference;
    i += x.length;
    j += y.length;
  }
  return 0;
}
