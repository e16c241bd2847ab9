/**
 * Tables for a terminal: columns padded by what the eye sees, wide characters counting two.
 */
import stringWidth from 'fast-string-width';
import { wrapAnsi } from 'fast-wrap-ansi';

/** Pad to a width in columns; a longer text stays whole. */
export const pad = (text: string, width: number): string =>
  text + ' '.repeat(Math.max(0, width - stringWidth(text)));

/** Rows of cells, each column as wide as its widest cell; no blanks at the end of a line. */
export function table(rows: readonly (readonly string[])[], gap = 2): string[] {
  const columns = Math.max(0, ...rows.map((row) => row.length));
  const widths = Array.from({ length: columns }, (_, i) =>
    Math.max(...rows.map((row) => stringWidth(row[i] ?? ''))),
  );
  return rows.map((row) =>
    row
      .map((cell, i) => pad(cell, (widths[i] ?? 0) + gap))
      .join('')
      .trimEnd(),
  );
}

/** Program output, verbatim, four blanks in. */
export const indented = (text: string): string[] =>
  text === ''
    ? []
    : text
        .replace(/\n$/, '')
        .split('\n')
        .map((line) => (line === '' ? '' : `    ${line}`));

/** A text broken at so many columns. */
export const wrapped = (text: string, width: number): string[] =>
  wrapAnsi(text, width, { hard: true }).split('\n');

/** Our own prose, broken at 80 columns or as many as are given. */
export const prose = (text: string, width = 80): string[] => wrapped(text, width);
