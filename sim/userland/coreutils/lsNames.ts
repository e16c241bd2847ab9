/**
 * The short listings of ls: one name a line, in columns, along the lines, or with commas between.
 *
 * Models: coreutils 8.22 src/ls.c print_current_files, calculate_columns, indent, print_with_separator, quote_name
 *
 * Without a terminal a line has 80 columns; the first layout that fits is taken, from the most columns to the fewest.
 */
import { blockColumn, inodeColumn, type Look, type Row, shownName, suffixOf } from './lsColumns.ts';

const LINE = 80;
const GAP = 2;

export type Layout = 'lines' | 'columns' | 'across' | 'commas';

function words(rows: readonly Row[], look: Look): string[] {
  const inodes = inodeColumn(rows);
  const sizes = blockColumn(rows, look);
  return rows.map((row, i) => {
    const inode = look.inode ? `${inodes[i]} ` : '';
    const size = look.size ? `${sizes[i]} ` : '';
    return `${inode}${size}${shownName(row.name, look)}${suffixOf(row, look)}`;
  });
}

/** The widths of this many columns; null when they do not fit into a line. */
function widths(texts: readonly string[], columns: number, across: boolean): number[] | null {
  const lines = Math.ceil(texts.length / columns);
  const found = Array.from({ length: columns }, () => 0);
  for (const [i, text] of texts.entries()) {
    const at = across ? i % columns : Math.floor(i / lines);
    const gap = at === columns - 1 ? 0 : GAP;
    found[at] = Math.max(found[at] ?? 0, text.length + gap);
  }
  return found.reduce((sum, width) => sum + width, 0) < LINE ? found : null;
}

const TAB = 8;

/** From one column to another: by tabs where a tab goes further than a blank. */
function indent(from: number, to: number): string {
  let at = from;
  let text = '';
  while (at < to) {
    const tab = Math.floor(to / TAB) > Math.floor((at + 1) / TAB);
    text += tab ? '\t' : ' ';
    at = tab ? at + TAB - (at % TAB) : at + 1;
  }
  return text;
}

function inColumns(texts: readonly string[], across: boolean): string {
  let columns = Math.min(texts.length, Math.floor(LINE / 3));
  let fit = widths(texts, columns, across);
  while (columns > 1 && fit === null) fit = widths(texts, --columns, across);
  const lines = Math.ceil(texts.length / columns);
  const rows = Array.from({ length: lines }, (_, line) =>
    Array.from(
      { length: columns },
      (_, c) => texts[across ? line * columns + c : c * lines + line],
    ),
  );
  return rows
    .map((row) => {
      const there = row.flatMap((text) => (text === undefined ? [] : [text]));
      let line = '';
      let start = 0;
      for (const [c, text] of there.entries()) {
        line += text;
        const next = start + (fit?.[c] ?? 0);
        if (c < there.length - 1) line += indent(start + text.length, next);
        start = next;
      }
      return `${line}\n`;
    })
    .join('');
}

function withCommas(texts: readonly string[]): string {
  let text = '';
  let at = 0;
  for (const [i, word] of texts.entries()) {
    if (i > 0) {
      const fits = at + 2 + word.length < LINE;
      text += fits ? ', ' : ',\n';
      at = fits ? at + 2 : 0;
    }
    text += word;
    at += word.length;
  }
  return `${text}\n`;
}

export function shortLines(rows: readonly Row[], look: Look, layout: Layout): string {
  const texts = words(rows, look);
  if (texts.length === 0) return '';
  if (layout === 'lines') return texts.map((text) => `${text}\n`).join('');
  return layout === 'commas' ? withCommas(texts) : inColumns(texts, layout === 'across');
}
