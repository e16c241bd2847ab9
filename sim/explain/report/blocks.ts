/**
 * The text of a report, taken apart: each command and what it said, with the lines they stand in.
 *
 * Models: the output of collect.sh, as it arrives: with CRLF, quoted in a mail, cut off in the middle, two in one file
 */
export type Block = Readonly<{
  part: string;
  command: string;
  /** The number of its line in the text as given. */
  at: number;
  /** What it said. */
  lines: readonly string[];
  /** It was given up after ten seconds, or the report ends in it. */
  broken: boolean;
}>;

export type Report = Readonly<{
  blocks: readonly Block[];
  /** Parts that are not there. */
  missing: readonly string[];
  /** It ends in the middle. */
  truncated: boolean;
  /** How many reports the text holds; the last is read. */
  count: number;
}>;

const HEADER = /^(.*?)# kvmlab report (\d+)$/;
const PARTS = ['system', 'kvm', 'device', 'who', 'programs', 'libvirt'];
const GIVEN_UP = '# no answer within ten seconds';

export const looksLikeReport = (text: string): boolean =>
  /^.{0,20}# kvmlab report \d+\s*$/m.test(text);

/** The text's lines from the last header on, without what a mail or a paste has put before each. */
function bodyOf(text: string): { lines: string[]; from: number; count: number; version: number } {
  const all = text.split('\n').map((line) => line.replace(/\r$/, ''));
  const headers = all.flatMap((line, i) => {
    const found = HEADER.exec(line.trimEnd());
    return found === null ? [] : [{ i, quote: found[1] ?? '', version: Number(found[2]) }];
  });
  const last = headers.at(-1);
  if (last === undefined) return { lines: [], from: 0, count: 0, version: 0 };
  const { i, quote, version } = last;
  const bare = quote.trimEnd();
  const unquoted = (line: string) =>
    line.startsWith(quote)
      ? line.slice(quote.length)
      : line.startsWith(bare)
        ? line.slice(bare.length)
        : line;
  return { lines: all.slice(i + 1).map(unquoted), from: i + 2, count: headers.length, version };
}

/** The blocks as they come; a line before the first command of a part belongs to none. */
function blocksIn(
  lines: readonly string[],
  from: number,
): { blocks: Block[]; parts: string[]; ended: boolean } {
  const blocks: Block[] = [];
  const parts: string[] = [];
  for (const [i, line] of lines.entries()) {
    if (line === '# end') return { blocks, parts, ended: true };
    const part = /^# ([a-z]+)$/.exec(line)?.[1];
    if (part !== undefined && PARTS.includes(part)) {
      parts.push(part);
    } else if (line.startsWith('$ ')) {
      const command = line.slice(2);
      blocks.push({ part: parts.at(-1) ?? '', command, at: from + i, lines: [], broken: false });
    } else {
      const open = blocks.pop();
      if (open === undefined) continue;
      const broken = open.broken || line === GIVEN_UP;
      blocks.push({
        ...open,
        lines: line === GIVEN_UP ? open.lines : [...open.lines, line],
        broken,
      });
    }
  }
  return { blocks, parts, ended: false };
}

/** The last command of a report that ends in the middle may have had more to say. */
const cutOff = (blocks: readonly Block[]): Block[] =>
  blocks.map((block, i) => (i === blocks.length - 1 ? { ...block, broken: true } : block));

export type Unread = Readonly<{ refused: string }>;

export function readReport(text: string): Report | Unread {
  const { lines, from, count, version } = bodyOf(text);
  if (version !== 1)
    return {
      refused: `it is a report of version ${version}, and version 1 is what can be read here`,
    };
  const { blocks, parts, ended } = blocksIn(lines, from);
  if (blocks.length === 0)
    return { refused: 'the report holds no command: only its first line is there' };
  return {
    blocks: ended ? blocks : cutOff(blocks),
    missing: PARTS.filter((part) => !parts.includes(part)),
    truncated: !ended,
    count,
  };
}
