/**
 * Shell patterns: does a string match `tty[0-9]*`?
 *
 * Models: glibc fnmatch(3) with flags 0: `*` and `?` also match `/` and a leading dot
 * Leaves out: collating symbols and equivalence classes; bytes that are no UTF-8 (C locale).
 */

const classes: Readonly<Record<string, RegExp>> = {
  alpha: /[A-Za-z]/,
  digit: /[0-9]/,
  alnum: /[A-Za-z0-9]/,
  upper: /[A-Z]/,
  lower: /[a-z]/,
  space: /\s/,
  blank: /[ \t]/,
  xdigit: /[0-9A-Fa-f]/,
  punct: /[!-/:-@[-`{-~]/,
  print: /[ -~]/,
  graph: /[!-~]/,
};

/** One bracket expression at `at` (just behind the `[`): where it ends, and whether it takes the character. */
function bracket(
  pattern: string,
  at: number,
  char: string,
): { end: number; takes: boolean } | null {
  let i = at;
  const negated = pattern[i] === '!' || pattern[i] === '^';
  if (negated) i++;
  let found = false;
  for (let first = true; first || pattern[i] !== ']'; first = false) {
    if (i >= pattern.length) return null;
    const named = /^\[:([a-z]+):\]/.exec(pattern.slice(i));
    if (named) {
      found ||= classes[named[1] ?? '']?.test(char) ?? false;
      i += named[0].length;
      continue;
    }
    if (pattern[i] === '\\' && i + 1 < pattern.length) i++;
    const low = pattern[i++] ?? '';
    if (pattern[i] === '-' && pattern[i + 1] !== ']' && i + 1 < pattern.length) {
      i++;
      if (pattern[i] === '\\' && i + 1 < pattern.length) i++;
      const high = pattern[i++] ?? '';
      found ||= low <= char && char <= high;
    } else {
      found ||= low === char;
    }
  }
  return { end: i + 1, takes: found !== negated };
}

export function fnmatch(pattern: string, text: string, p = 0, t = 0): boolean {
  let i = p;
  let j = t;
  for (; i < pattern.length; j++) {
    const c = pattern[i];
    if (c === '*') {
      while (pattern[i] === '*') i++;
      for (let k = j; k <= text.length; k++) if (fnmatch(pattern, text, i, k)) return true;
      return false;
    }
    if (j >= text.length) return false;
    const char = text.charAt(j);
    if (c === '?') {
      i++;
      continue;
    }
    const set = c === '[' ? bracket(pattern, i + 1, char) : null;
    if (set) {
      if (!set.takes) return false;
      i = set.end;
      continue;
    }
    if (c === '\\' && i + 1 < pattern.length) i++;
    if (pattern[i] !== char) return false;
    i++;
  }
  return j === text.length;
}

/** string_is_glob: worth calling fnmatch at all. A backslash alone does not make a pattern. */
export const isGlob = (text: string): boolean => /[*?[]/.test(text);
