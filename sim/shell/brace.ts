/**
 * Brace expansion: `a{b,c}` and `{1..5}` become several words before anything else happens.
 *
 * Models: GNU bash 4.2 braces.c brace_expand, expand_seqterm
 */

/** Walk a text and tell of each character outside quotes and expansions. */
function* bare(text: string): Generator<{ c: string; i: number }> {
  let i = 0;
  while (i < text.length) {
    const c = text.charAt(i);
    if (c === '\\') i += 2;
    else if (c === "'" || c === '"' || c === '`') i = closing(text, i, c) + 1;
    else if (c === '$' && /[{(]/.test(text.charAt(i + 1))) i = balanced(text, i + 1) + 1;
    else yield { c, i: i++ };
  }
}

function closing(text: string, from: number, quote: string): number {
  const ansi = text.charAt(from - 1) === '$';
  for (let i = from + 1; i < text.length; i++) {
    if (text.charAt(i) === '\\' && (quote !== "'" || ansi)) i++;
    else if (text.charAt(i) === quote) return i;
  }
  return text.length;
}

function balanced(text: string, from: number): number {
  const open = text.charAt(from);
  const close = open === '{' ? '}' : ')';
  let depth = 0;
  for (let i = from; i < text.length; i++) {
    if (text.charAt(i) === open) depth++;
    else if (text.charAt(i) === close && --depth === 0) return i;
  }
  return text.length;
}

type Group = { from: number; to: number; commas: number[] };

/** The first brace pair that has a comma or is a sequence. */
function firstGroup(text: string): Group | null {
  const open: Group[] = [];
  let best: Group | null = null;
  for (const { c, i } of bare(text)) {
    if (c === '{') open.push({ from: i, to: -1, commas: [] });
    else if (c === ',') open.at(-1)?.commas.push(i);
    else if (c === '}') {
      const group = open.pop();
      if (group === undefined) continue;
      const inside = text.slice(group.from + 1, i);
      const counts = group.commas.length > 0 || sequence(inside) !== null;
      if (counts && (best === null || group.from < best.from)) best = { ...group, to: i };
    }
  }
  return best;
}

const LONGEST = 100_000;

/** The words of `1..5`, `a..e`, `01..10`, `0..10..2`; null when it is none. */
function sequence(inside: string): string[] | null {
  const [, a, b, by] =
    /^(-?\d+)\.\.(-?\d+)(?:\.\.(-?\d+))?$/.exec(inside) ??
    /^([a-zA-Z])\.\.([a-zA-Z])(?:\.\.(-?\d+))?$/.exec(inside) ??
    [];
  if (a === undefined || b === undefined) return null;
  const letters = /[a-zA-Z]/.test(a);
  const value = (word: string) => (letters ? word.charCodeAt(0) : Number(word));
  const step = Math.max(1, Math.abs(Number(by ?? 1)));
  const padded = [a, b].some((word) => /^-?0\d/.test(word));
  const width = padded ? Math.max(a.length, b.length) : 0;
  const show = (n: number) => {
    if (letters) return String.fromCharCode(n);
    const sign = n < 0 ? '-' : '';
    return sign + String(Math.abs(n)).padStart(width - sign.length, '0');
  };
  const words: string[] = [];
  const direction = value(a) <= value(b) ? 1 : -1;
  for (let n = value(a); direction * (value(b) - n) >= 0; n += direction * step) {
    words.push(show(n));
    if (words.length > LONGEST) break;
  }
  return words;
}

/** The words that a word stands for, still quoted. */
export function expandBraces(text: string): string[] {
  const group = firstGroup(text);
  if (group === null) return [text];
  const inside = text.slice(group.from + 1, group.to);
  const cuts = [group.from, ...group.commas, group.to];
  const choices =
    group.commas.length === 0
      ? (sequence(inside) ?? [])
      : cuts.slice(1).map((cut, n) => text.slice((cuts[n] ?? 0) + 1, cut));
  const before = text.slice(0, group.from);
  const after = expandBraces(text.slice(group.to + 1));
  return choices
    .flatMap((choice) => (group.commas.length > 0 ? expandBraces(choice) : [choice]))
    .flatMap((choice) => after.map((rest) => before + choice + rest));
}
