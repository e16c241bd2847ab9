/**
 * From the bytes of a rules file to its logical lines: comments gone, continuations joined.
 *
 * Models: systemd v219 src/udev/udev-rules.c parse_file; v252 udev_rules_parse_file, src/basic/fileio.c read_line
 *
 * The versions disagree in the corners. In v219 a line that is being continued is taken literally, a
 * `#` inside it included; in v252 comments may stand between the pieces. In v219 an empty line that
 * ends a continuation is not counted, so every later message names a line one too early.
 */
import { type Log, say } from './log.ts';
import type { UdevSwitches } from './switches.ts';

export type LogicalLine = Readonly<{ number: number; text: string }>;

/** UTIL_LINE_SIZE, UDEV_LINE_SIZE. */
const LINE_SIZE = 16384;

const skipSpace = (text: string) => text.replace(/^[ \t\n\v\f\r]+/, '');

/** fgets: up to size - 1 characters, the newline included; null at the end. */
function reader(text: string) {
  let at = 0;
  return (size: number): string | null => {
    if (at >= text.length) return null;
    const newline = text.indexOf('\n', at);
    const end = Math.min(newline < 0 ? text.length : newline + 1, at + size - 1);
    const piece = text.slice(at, end);
    at = end;
    return piece;
  };
}

function lines219(text: string, path: string, log: Log): LogicalLine[] {
  const fgets = reader(text);
  const lines: LogicalLine[] = [];
  let number = 0;
  for (let line = fgets(LINE_SIZE); line !== null; line = fgets(LINE_SIZE)) {
    number++;
    const blank = line.length - skipSpace(line).length;
    if (line[blank] === '#' || line.length < 3) continue;
    while (line[line.length - 2] === '\\') {
      const more = fgets(LINE_SIZE - line.length + 2);
      if (more === null) break;
      line = line.slice(0, -2) + more;
      if (more.length < 2) break;
      number++;
    }
    if (line.length + 1 >= LINE_SIZE) {
      say(log, 'err', `line too long '${path}':${number}, ignored`);
      continue;
    }
    lines.push({ number, text: line.slice(blank) });
  }
  return lines;
}

/** read_line's end of line: \n, \r or \0, or a pair of two different ones. Null: a line does not fit the buffer. */
function physicalLines(text: string): { lines: string[]; tooLong: boolean } {
  const pieces = text.split(/\n\r?|\r\n?|\0/);
  if (pieces.at(-1) === '') pieces.pop();
  const long = pieces.findIndex((piece) => piece.length > LINE_SIZE);
  return long < 0
    ? { lines: pieces, tooLong: false }
    : { lines: pieces.slice(0, long), tooLong: true };
}

/** Also says whether reading ended before the end of the file, which leaves its GOTOs without a target. */
function lines252(text: string, path: string, log: Log): { lines: LogicalLine[]; cut: boolean } {
  const physical = physicalLines(text);
  const lines: LogicalLine[] = [];
  let continuation: string | null = null;
  let ignore = false;
  for (const [i, raw] of physical.lines.entries()) {
    let line = raw.replace(/^[ \t\n\r]+/, '');
    if (line.startsWith('#')) continue;
    if (continuation !== null && !ignore) {
      if (continuation.length + line.length >= LINE_SIZE) ignore = true;
      continuation += line;
      if (!ignore) line = continuation;
    }
    if (line.endsWith('\\')) {
      if (!ignore) continuation = line.slice(0, -1);
      continue;
    }
    if (ignore) say(log, 'err', `${path}:${i + 1}: Line is too long, ignored`);
    else if (line !== '') lines.push({ number: i + 1, text: line });
    continuation = null;
    ignore = false;
  }
  return { lines, cut: physical.tooLong };
}

export function logicalLines(text: string, path: string, switches: UdevSwitches, log: Log) {
  return switches.version === 219
    ? { lines: lines219(text, path, log), cut: false }
    : lines252(text, path, log);
}
