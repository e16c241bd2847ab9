/**
 * paste: lines of files side by side, or each file's lines in one.
 *
 * Models: GNU coreutils 8.22 src/paste.c paste_parallel, paste_serial, collapse_escapes
 */
import { failed, strerror } from '../../kernel/errno.ts';
import { command } from '../../kernel/program.ts';
import { err } from '../../libc/sys.ts';
import { quotedIfNeeded } from '../coreutils/quote.ts';
import { ended, given } from '../given.ts';
import { textOf } from '../input.ts';
import { undoEscapes } from './format.ts';
import { isOfReading, linesOf, show } from './input.ts';

const between = (delimiters: string, n: number): string =>
  delimiters.charAt(n % Math.max(1, delimiters.length));

function parallel(files: readonly (readonly string[])[], delimiters: string): string {
  const rows = Math.max(0, ...files.map((lines) => lines.length));
  let text = '';
  for (let row = 0; row < rows; row++) {
    files.forEach((lines, n) => {
      text += (lines[row] ?? '') + (n < files.length - 1 ? between(delimiters, n) : '\n');
    });
  }
  return text;
}

/** Standard input named more than once is dealt out line by line. */
function dealt(lines: readonly string[], among: number): string[][] {
  return Array.from({ length: among }, (_, n) => lines.filter((_line, at) => at % among === n));
}

export const paste = command(function* ({ argv }) {
  const line = yield* given(argv, 'd:s', { delimiters: 'd', serial: 's' });
  if (ended(line)) return line;
  const names = line.operands.length === 0 ? ['-'] : line.operands;
  const delimiters = undoEscapes(line.options.get('d') ?? '\t', 'format').text;
  const serial = line.options.has('s');
  const asked = names.filter((name) => name === '-').length;
  const typed = asked > 0 ? yield* textOf('-') : '';
  const hands = dealt(failed(typed) ? [] : linesOf(typed), serial ? 1 : asked);
  const files: (readonly string[])[] = [];
  let status = 0;
  for (const name of names) {
    const text = name !== '-' ? yield* textOf(name) : failed(typed) ? typed : null;
    if (failed(text)) {
      yield* err(`paste: ${quotedIfNeeded(name)}: ${strerror(text.errno)}\n`);
      status = 1;
      if (!serial && !isOfReading(strerror(text.errno))) return status;
      // Open it was: it counts as an empty file.
      if (!serial) files.push([]);
    } else files.push(text === null ? (hands.shift() ?? []) : linesOf(text));
  }
  const rows = files.map((lines) =>
    lines.map((l, n) => (n === 0 ? l : between(delimiters, n - 1) + l)).join(''),
  );
  yield* show(serial ? rows.map((row) => `${row}\n`).join('') : parallel(files, delimiters));
  return status;
});
