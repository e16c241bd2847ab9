/**
 * Where a running script stands, and whether a command's addresses choose the current line.
 *
 * Models: GNU sed 4.2.2 sed/execute.c match_an_address_p, match_address_p
 */
import type { Address, SedCommand } from './sed-command.ts';

/** One file's worth of lines; with -s or -i each file has its own numbering of `$`. */
export type Lines = Readonly<{ lines: readonly string[]; newlineAtEnd: boolean }>;

export type State = {
  input: Lines;
  /** Lines read so far, over all files. */
  line: number;
  /** Index of the next line in this input. */
  next: number;
  space: string;
  hold: string;
  output: string;
  appended: string[];
  written: Map<string, string>;
  last: RegExp | null;
  substituted: boolean;
  /** Ranges that are open: command -> line where they end, or null while an expression decides. */
  ranges: Map<SedCommand, number | null>;
  exit: number | null;
  quiet: boolean;
  reads: (file: string) => string;
};

export const isLast = (s: State) => s.next >= s.input.lines.length;

function test(s: State, regexp: RegExp | null): RegExpExecArray | null {
  const used = regexp ?? s.last;
  if (used === null) return null;
  s.last = used;
  used.lastIndex = 0;
  return used.exec(s.space);
}

function matchesOne(s: State, address: Address): boolean {
  switch (address.kind) {
    case 'line':
      return s.line === address.n;
    case 'last':
      return isLast(s);
    case 'step':
      return address.step === 0
        ? s.line === address.first
        : s.line >= address.first && (s.line - address.first) % address.step === 0;
    case 'regexp':
      return test(s, address.regexp) !== null;
    default:
      return false;
  }
}

/** The line where a range that begins here ends; null when that depends on lines to come. */
function rangeEnd(s: State, to: Address): number | null {
  if (to.kind === 'line') return to.n;
  if (to.kind === 'plus') return s.line + to.n;
  if (to.kind === 'multiple') return to.n === 0 ? s.line : Math.ceil(s.line / to.n) * to.n;
  return null;
}

function inRange(s: State, c: SedCommand, from: Address, to: Address): boolean {
  if (!s.ranges.has(c)) {
    const zero = from.kind === 'line' && from.n === 0;
    if (!zero && !matchesOne(s, from)) return false;
    if (zero && s.line > 1) return false;
    const end = rangeEnd(s, to);
    if (end === null && zero && matchesOne(s, to)) return true;
    if (end === null ? !(to.kind === 'last' && isLast(s)) : end > s.line) s.ranges.set(c, end);
    return true;
  }
  const end = s.ranges.get(c) ?? null;
  const over = end === null ? matchesOne(s, to) : s.line >= end;
  if (over) s.ranges.delete(c);
  if (end !== null && s.line > end) return matchesOne(s, from);
  return true;
}

export function selected(s: State, c: SedCommand): boolean {
  if (c.from === null) return true;
  const hit = c.to === null ? matchesOne(s, c.from) : inRange(s, c, c.from, c.to);
  return hit !== c.negated;
}
