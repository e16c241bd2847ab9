/**
 * The tokens of an awk program.
 *
 * Models: GNU awk 4.0.2 awkgram.y yylex
 */
import { undoEscapes } from './format.ts';

export type Token = Readonly<{
  kind:
    | 'number'
    | 'string'
    | 'regexp'
    | 'name'
    | 'function-name'
    | 'keyword'
    | 'builtin'
    | 'operator'
    | 'newline'
    | 'end';
  text: string;
  line: number;
  at: number;
}>;

const keywords = new Set(
  'BEGIN END function func if else while for do break continue next nextfile exit return delete in getline print printf'.split(
    ' ',
  ),
);
export const builtinNames = new Set(
  'length substr index split sub gsub gensub match sprintf sin cos atan2 exp log sqrt int rand srand tolower toupper system close fflush strftime systime and or xor lshift rshift compl strtonum asort asorti'.split(
    ' ',
  ),
);

const pattern =
  /([ \t\r]+|\\\r?\n|#[^\n]*)|(\n)|((?:\d+\.?\d*|\.\d+)(?:[eE][+-]?\d+)?)|([A-Za-z_]\w*)|(\*\*=|\*\*|&&|\|\||\+\+|--|\+=|-=|\*=|\/=|%=|\^=|==|<=|>=|!=|!~|>>|[{}()[\];,+\-*/%^!<>|?:~$=])/y;

/** After these a slash divides; after anything else it begins an expression. */
const endsOperand = (token: Token | undefined): boolean =>
  token !== undefined &&
  (['number', 'string', 'name', 'builtin', 'regexp'].includes(token.kind) ||
    [')', ']', '$', '++', '--'].includes(token.text));

export type Wrong = Readonly<{ awk: string; line: number; at: number }>;

export function wrong(text: string, line: number, at: number): never {
  const thrown: Wrong = { awk: text, line, at };
  throw thrown;
}

function quotedEnd(source: string, at: number, quote: string, line: number): number {
  let bracket = false;
  for (let i = at; i < source.length; i++) {
    const c = source.charAt(i);
    if (c === '\\') i++;
    else if (c === '\n') break;
    else if (quote === '/' && c === '[') bracket = true;
    else if (quote === '/' && c === ']') bracket = false;
    else if (c === quote && !bracket) return i;
  }
  return wrong(quote === '"' ? 'unterminated string' : 'unterminated regexp', line, at - 1);
}

export function tokensOf(source: string): Token[] {
  const tokens: Token[] = [];
  let line = 1;
  for (let at = 0; at < source.length; ) {
    const c = source.charAt(at);
    const quote = c === '"' || (c === '/' && !endsOperand(tokens.at(-1))) ? c : null;
    if (quote !== null) {
      const end = quotedEnd(source, at + 1, quote, line);
      const inside = source.slice(at + 1, end);
      const text =
        quote === '"'
          ? undoEscapes(inside.replace(/\\\n/g, '').replace(/\\\//g, '/'), 'format').text
          : inside.replace(/\\\//g, '/');
      tokens.push({ kind: quote === '"' ? 'string' : 'regexp', text, line, at });
      at = end + 1;
      continue;
    }
    pattern.lastIndex = at;
    const hit = pattern.exec(source);
    if (hit === null) return wrong('syntax error', line, at);
    const [whole, blank, newline, number, word, operator] = hit;
    if (blank?.includes('\n')) line++;
    if (newline !== undefined) tokens.push({ kind: 'newline', text: '\n', line: line++, at });
    else if (number !== undefined) tokens.push({ kind: 'number', text: number, line, at });
    else if (word !== undefined) {
      const called = source.charAt(at + word.length) === '(';
      const kind = keywords.has(word)
        ? 'keyword'
        : builtinNames.has(word)
          ? 'builtin'
          : called
            ? 'function-name'
            : 'name';
      tokens.push({ kind, text: word, line, at });
    } else if (operator !== undefined) {
      const text = operator === '**' ? '^' : operator === '**=' ? '^=' : operator;
      tokens.push({ kind: 'operator', text, line, at });
    }
    at += whole.length;
  }
  tokens.push({ kind: 'end', text: '', line, at: source.length });
  return tokens;
}
