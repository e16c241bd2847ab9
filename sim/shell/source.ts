/**
 * A piece of shell source with its line numbers, and what bash says when it cannot be parsed.
 *
 * Models: GNU bash 4.2 parse.y report_syntax_error; the grammar itself is the library unbash's
 *
 * The library goes on after an error and reports what it expected; bash stops at the offending token and
 * names it. The token is found again in the source here.
 */
import { parse } from 'unbash';

export type Script = ReturnType<typeof parse>;

export type Source = Readonly<{ text: string; script: Script; firstLine: number }>;

const parsed = new Map<string, Script>();

/** Scripts are parsed once: loops and functions come back to the same text. */
export function parseText(text: string): Script {
  const known = parsed.get(text);
  if (known) return known;
  const script = parse(text);
  if (parsed.size > 5000) parsed.clear();
  parsed.set(text, script);
  return script;
}

export const sourceOf = (text: string, firstLine = 1): Source => ({
  text,
  script: parseText(text),
  firstLine,
});

const starts = new WeakMap<Source, number[]>();

function lineStarts(source: Source): number[] {
  const known = starts.get(source);
  if (known) return known;
  const found = [0];
  for (let at = source.text.indexOf('\n'); at >= 0; at = source.text.indexOf('\n', at + 1)) {
    found.push(at + 1);
  }
  starts.set(source, found);
  return found;
}

/** The number of the line that holds a position. */
export function lineAt(source: Source, pos: number): number {
  const lines = lineStarts(source);
  let low = 0;
  let high = lines.length - 1;
  while (low < high) {
    const middle = (low + high + 1) >> 1;
    if ((lines[middle] ?? 0) <= pos) low = middle;
    else high = middle - 1;
  }
  return source.firstLine + low;
}

const lineText = (source: Source, line: number): string => {
  const lines = lineStarts(source);
  const from = lines[line - source.firstLine] ?? source.text.length;
  const to = source.text.indexOf('\n', from);
  return source.text.slice(from, to < 0 ? undefined : to);
};

/** The grammar token at a position: an operator, a word, `newline`; null at the end. */
function tokenAt(text: string, pos: number): { token: string; at: number } | null {
  let at = pos;
  while (/[ \t]/.test(text.charAt(at))) at++;
  if (text.charAt(at) === '#') while (at < text.length && text.charAt(at) !== '\n') at++;
  if (at >= text.length) return null;
  if (text.charAt(at) === '\n') return { token: 'newline', at };
  const operator = /^(;;&|;;|;&|&&|\|\||\|&|<<-|<<<|<<|>>|<&|>&|&>|[;&|()<>])/.exec(text.slice(at));
  const word = operator ?? /^[^\s;&|()<>]+/.exec(text.slice(at));
  return { token: word?.[0] ?? text.charAt(at), at };
}

/** Where `do` or `then` was expected the library has already passed the word that stands there instead. */
function passedToken(text: string, pos: number): ReturnType<typeof tokenAt> {
  const [, token] = /[;\n]\s*([^\s;&|()<>]+)$/.exec(text.slice(0, pos)) ?? [];
  if (token === undefined) return null;
  const ends = text.slice(pos).trim() === '' && !/^(fi|done|esac|elif|else|})$/.test(token);
  return ends ? null : { token, at: pos - token.length };
}

const quotes: Readonly<Record<string, string>> = {
  'unterminated double quote': '"',
  'unterminated single quote': "'",
  'unterminated backtick': '`',
  'unterminated parameter expansion': '}',
  'unterminated command substitution': ')',
  'unterminated arithmetic expansion': ')',
  'unterminated arithmetic command': ')',
  'unterminated extended glob': ')',
};

export type Refusal = Readonly<{
  /** Where the trouble is; commands on earlier lines still run. */
  pos: number;
  line: number;
  /** Lines of complaint, each with the line number that bash puts before it. */
  says: readonly Readonly<{ line: number; text: string }>[];
  /** More input could complete it: a prompt goes on with `> `. */
  unfinished: boolean;
  /** The failure of the command before it is the script's status. */
  keepsFailure?: boolean;
}>;

function endOfFile(source: Source, pos: number): Refusal {
  const trailing = source.text.endsWith('\n') ? 0 : 1;
  const line = lineAt(source, source.text.length) + trailing;
  const text = 'syntax error: unexpected end of file';
  return { pos, line, says: [{ line, text }], unfinished: true };
}

function unclosedQuote(source: Source, pos: number, quote: string, bash: '4.2' | '5.2'): Refusal {
  const line = lineAt(source, pos);
  const end = endOfFile(source, pos);
  const looking = `unexpected EOF while looking for matching \`${quote}'`;
  // 5.2 leaves it at that; 4.2 goes on to say that the file has ended.
  const says = [{ line, text: looking }, ...(bash === '4.2' ? end.says : [])];
  return { ...end, line, says, keepsFailure: bash === '5.2' && quote !== ')' };
}

function unexpected(source: Source, token: string, at: number): Refusal {
  const line = lineAt(source, at);
  const says = [
    { line, text: `syntax error near unexpected token \`${token}'` },
    { line, text: `\`${lineText(source, line)}'` },
  ];
  return { pos: at, line, says, unfinished: false };
}

/** The first thing in a source that bash would refuse; null when there is none. */
export function syntaxError(source: Source, bash: '4.2' | '5.2' = '4.2'): Refusal | null {
  const errors = [...(source.script.errors ?? [])].sort((a, b) => a.pos - b.pos);
  const [first] = errors;
  if (first === undefined) return null;
  const open = errors.filter((e) => quotes[e.message] !== undefined).at(-1);
  if (open) return unclosedQuote(source, open.pos, quotes[open.message] ?? '"', bash);
  const expects = /^expected '(do|then)'/.test(first.message);
  const after = /^expected command in/.test(first.message) ? first.pos + 1 : first.pos;
  const found =
    (expects ? passedToken(source.text, first.pos) : null) ?? tokenAt(source.text, after);
  if (found === null) return endOfFile(source, first.pos);
  if (found.token === 'newline' && tokenAt(source.text.trimEnd(), after) === null) {
    const needsWord = /^expected (word|redirect)/.test(first.message);
    if (!needsWord) return endOfFile(source, first.pos);
  }
  return unexpected(source, found.token, found.at);
}

/** At a prompt: does the text so far need another line? */
export function needsMore(text: string): boolean {
  if (/(^|[^\\])(\\\\)*\\\n?$/.test(text)) return true;
  const source = sourceOf(text);
  if (openHereDoc(source.script)) return true;
  return syntaxError(source)?.unfinished ?? false;
}

/** A here-document whose closing line has not been typed yet. */
function openHereDoc(node: unknown): boolean {
  if (typeof node !== 'object' || node === null) return false;
  if (Array.isArray(node)) return node.some(openHereDoc);
  const record = node as Record<string, unknown>;
  if (record['type'] === 'HereDoc' && record['closing'] === undefined) return true;
  return Object.values(record).some(openHereDoc);
}
