/**
 * The order of file names with numbers in them: x9 before x10.
 *
 * Models: gnulib filevercmp.c verrevcmp
 * Leaves out: the special places of `.`, `..` and of suffixes such as .tar.gz.
 */
const isDigit = (char: string | undefined) => char !== undefined && /\d/.test(char);

function rank(char: string | undefined): number {
  if (char === undefined || isDigit(char)) return 0;
  if (/[A-Za-z]/.test(char)) return char.charCodeAt(0);
  return char === '~' ? -1 : char.charCodeAt(0) + 256;
}

export function versionOrder(a: string, b: string): number {
  let i = 0;
  let j = 0;
  while (i < a.length || j < b.length) {
    while ((i < a.length && !isDigit(a[i])) || (j < b.length && !isDigit(b[j]))) {
      const order = rank(a[i]) - rank(b[j]);
      if (order !== 0) return order;
      i++;
      j++;
    }
    const [left = ''] = /^\d*/.exec(a.slice(i)) ?? [];
    const [right = ''] = /^\d*/.exec(b.slice(j)) ?? [];
    const order = Number(left) - Number(right);
    if (order !== 0) return order;
    i += left.length;
    j += right.length;
  }
  return 0;
}
