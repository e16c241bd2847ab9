/**
 * From words as written to the arguments they stand for.
 *
 * Models: GNU bash 4.2 subst.c expand_word_list_internal: braces, tilde, parameters, commands and
 *   arithmetic, then word splitting, then pathname expansion, then quote removal
 */
import type {
  ArithmeticExpansionPart,
  CommandExpansionPart,
  DoubleQuotedChild,
  Word,
  WordPart,
} from 'unbash';
import { failed } from '../kernel/errno.ts';
import { parsePasswd } from '../libc/nss.ts';
import { escapeLiteral } from '../userland/text/regex.ts';
import { askText } from './ask.ts';
import { expandBraces } from './brace.ts';
import { glob } from './glob.ts';
import { type Expanded, expandParameter, type Reading } from './parameter.ts';
import { hasPattern, literalPattern } from './pattern.ts';
import { complain, fatalUnset, leave, type Shell, unsupported, viewOf } from './shell.ts';
import { parseText } from './source.ts';
import { isGap, type Piece, type Solid, splitFields } from './split.ts';
import { processSubstitution, substitute } from './substitute.ts';
import { calculate, getVariable } from './variables.ts';

const quoted = (text: string): Piece => ({ text, quoted: true, split: false });
const plain = (text: string): Piece => ({ text, quoted: false, split: false });

/** Unquoted literal text: a backslash quotes what follows it. */
function literal(text: string): Piece[] {
  if (!text.includes('\\')) return [plain(text)];
  const pieces: Piece[] = [];
  for (const [whole, escaped] of text.matchAll(/\\([\s\S])|[^\\]+|\\$/g)) {
    if (escaped === '\n') continue;
    pieces.push(escaped === undefined ? plain(whole) : quoted(escaped));
  }
  return pieces;
}

function homeOf(shell: Shell, user: string): string | null {
  if (user === '') return getVariable(shell, 'HOME') ?? '/';
  if (user === '+') return shell.cwd;
  if (user === '-') return getVariable(shell, 'OLDPWD') ?? '~-';
  const passwd = askText(viewOf(shell), '/etc/passwd');
  if (failed(passwd)) return null;
  return parsePasswd(passwd).find((u) => u.name === user)?.home ?? null;
}

/** `~` and `~user` at the start of a word, and after each colon of an assignment. */
function tilde(shell: Shell, text: string, assignment: boolean): Piece[] {
  const pieces: Piece[] = [];
  const parts = assignment ? text.split(/(?<=:)/) : [text];
  for (const part of parts) {
    const [whole = '', user = ''] = /^~([a-z_][\w.-]*|[+-]?)(?=[/:]|$)/.exec(part) ?? [];
    const home = whole === '' ? null : homeOf(shell, user);
    if (home === null) pieces.push(...literal(part));
    else pieces.push(quoted(home), ...literal(part.slice(whole.length)));
  }
  return pieces;
}

/** What an expanded parameter contributes to its word. */
function contribute(shell: Shell, expanded: Expanded, inQuotes: boolean): Piece[] {
  if (expanded.kind === 'word') return wordPieces(shell, expanded.word, inQuotes, false);
  if (expanded.kind === 'value') {
    return [{ text: expanded.value, quoted: inQuotes, split: !inQuotes }];
  }
  const ifs = getVariable(shell, 'IFS') ?? ' \t\n';
  if (inQuotes && expanded.star) return [quoted(expanded.values.join(ifs.charAt(0)))];
  const between = inQuotes ? 'gap' : expanded.star ? 'star' : 'at';
  return expanded.values.flatMap((text, n): Piece[] => {
    const piece: Piece = { text, quoted: inQuotes, split: !inQuotes };
    return n === 0 ? [piece] : [between, piece];
  });
}

function simple(shell: Shell, name: string, inQuotes: boolean): Piece[] {
  if (name === '@' || name === '*') {
    return contribute(shell, { kind: 'list', values: shell.args, star: name === '*' }, inQuotes);
  }
  const value = getVariable(shell, name);
  if (value === undefined && shell.options.nounset) {
    fatalUnset(shell, `${/^[0-9!]/.test(name) ? `$${name}` : name}: unbound variable`);
  }
  return contribute(shell, { kind: 'value', value: value ?? '' }, inQuotes);
}

function arithmetic(shell: Shell, part: ArithmeticExpansionPart): string {
  const old = part.text.startsWith('$[');
  return String(calculate(shell, expandInside(shell, part.text.slice(old ? 2 : 3, old ? -1 : -2))));
}

/** Text in which `$` still means something, as between `((` and `))`. */
export function expandInside(shell: Shell, text: string): string {
  if (!/[$`"'\\]/.test(text)) return text;
  const bare = text.replace(/"/g, '');
  const { commands } = parseText(`: "${bare}"`);
  const command = commands[0]?.command;
  const word = command?.type === 'Command' ? command.suffix[0] : undefined;
  return word?.type === 'Word' ? expandText(shell, word) : bare;
}

function expansion(shell: Shell, part: DoubleQuotedChild | WordPart, inQuotes: boolean): Piece[] {
  switch (part.type) {
    case 'SimpleExpansion':
      return simple(shell, part.text.slice(1), inQuotes);
    case 'ParameterExpansion':
      return contribute(shell, expandParameter(shell, part, reading), inQuotes);
    case 'CommandExpansion':
      return [
        {
          text: substitute(shell, part as CommandExpansionPart),
          quoted: inQuotes,
          split: !inQuotes,
        },
      ];
    case 'ArithmeticExpansion':
      return [{ text: arithmetic(shell, part), quoted: inQuotes, split: !inQuotes }];
    case 'ProcessSubstitution':
      if (part.operator === '>') return unsupported(shell, 'process substitution with >(...)');
      return [quoted(processSubstitution(shell, part.text))];
    case 'Literal':
      return inQuotes ? [quoted(part.value)] : literal(part.text);
    default:
      return [plain(part.text)];
  }
}

function partPieces(shell: Shell, part: WordPart, inQuotes: boolean): Piece[] {
  switch (part.type) {
    case 'SingleQuoted':
      return [quoted(inQuotes ? part.text : part.value)];
    case 'AnsiCQuoted':
      return [quoted(part.value)];
    case 'DoubleQuoted':
    case 'LocaleString':
      if (part.parts.length === 0) return [quoted('')];
      return part.parts.flatMap((child) => expansion(shell, child, true));
    case 'Glob':
      if (part.kind !== 'bracket') return [plain(part.text)];
      return [
        plain('['),
        ...part.parts.flatMap((inner) => partPieces(shell, inner, inQuotes)),
        plain(']'),
      ];
    case 'ExtendedGlob':
      return [plain(part.text)];
    case 'BraceExpansion': {
      const inside = part.parts ?? [];
      if (inside.length === 0) return literal(part.text);
      return [plain('{'), ...inside.flatMap((p) => partPieces(shell, p, inQuotes)), plain('}')];
    }
    default:
      return expansion(shell, part, inQuotes);
  }
}

export function wordPieces(
  shell: Shell,
  word: Word,
  inQuotes: boolean,
  assignment: boolean,
): Piece[] {
  const parts = word.parts ?? [{ type: 'Literal', text: word.text, value: word.value } as WordPart];
  return parts.flatMap((part, n) => {
    const first = n === 0 || assignment;
    if (first && !inQuotes && part.type === 'Literal' && part.text.includes('~')) {
      const [named = ''] = (!assignment && /^[A-Za-z_]\w*\+?=/.exec(part.text)) || [];
      // A word that looks like an assignment is expanded like one.
      if (named !== '') return [plain(named), ...tilde(shell, part.text.slice(named.length), true)];
      return tilde(shell, part.text, assignment);
    }
    return inQuotes && part.type === 'Literal'
      ? [quoted(part.value)]
      : partPieces(shell, part, inQuotes);
  });
}

/** Where nothing is split, a list becomes one text: $* by the first character of IFS, $@ by blanks. */
function unsplitText(shell: Shell, piece: Piece): string {
  if (!isGap(piece)) return piece.text;
  return piece === 'star' ? (getVariable(shell, 'IFS') ?? ' ').charAt(0) : ' ';
}

/** One text, not split: assignments, `case`, here-strings, `[[ ]]`. */
export function expandText(shell: Shell, word: Word, assignment = false): string {
  if (word.parts === undefined && !word.text.includes('~')) return word.value;
  return wordPieces(shell, word, false, assignment)
    .map((piece) => unsplitText(shell, piece))
    .join('');
}

/** A pattern, in which quoted text means only itself. */
export function expandPattern(shell: Shell, word: Word): string {
  return wordPieces(shell, word, false, false)
    .map((p) => (isGap(p) || !p.quoted ? unsplitText(shell, p) : literalPattern(p.text)))
    .join('');
}

/** The right side of `=~`: quoted text means only itself. */
export function expandRegExp(shell: Shell, word: Word): string {
  return wordPieces(shell, word, false, false)
    .map((p) => (isGap(p) || !p.quoted ? unsplitText(shell, p) : escapeLiteral(p.text)))
    .join('');
}

/** What replaces a match: a quoted `&` is a character, another stands for what was found. */
const expandReplacement = (shell: Shell, word: Word): string =>
  wordPieces(shell, word, false, false)
    .map((p) => (isGap(p) || !p.quoted ? unsplitText(shell, p) : p.text.replace(/[\\&]/g, '\\$&')))
    .join('');

const reading: Reading = {
  text: (shell, word) => expandText(shell, word),
  pattern: expandPattern,
  replacement: expandReplacement,
};

/** Here-document bodies: like double quotes, but `"` is an ordinary character. */
export function expandHereDoc(shell: Shell, parts: readonly WordPart[]): string {
  return parts
    .flatMap((part) => expansion(shell, part, true))
    .map((piece) => unsplitText(shell, piece))
    .join('');
}

const bracesKnown = new Map<string, readonly Word[]>();

/** Brace expansion happens on the text as written; each result is a word of its own. */
function withoutBraces(word: Word): readonly Word[] {
  if (!word.parts?.some((part) => part.type === 'BraceExpansion')) return [word];
  const known = bracesKnown.get(word.text);
  if (known) return known;
  const made = expandBraces(word.text).flatMap((text) => {
    const command = parseText(`: ${text}`).commands[0]?.command;
    const suffix = command?.type === 'Command' ? command.suffix : [];
    return suffix.filter((w) => w.type === 'Word');
  });
  bracesKnown.set(word.text, made);
  return made;
}

/** Pathname expansion of one field, or its text. */
function fieldWords(shell: Shell, field: readonly Solid[]): string[] {
  const text = field.map((piece) => piece.text).join('');
  if (shell.options.noglob || field.every((piece) => piece.quoted)) return [text];
  const pattern = field.map((p) => (p.quoted ? literalPattern(p.text) : p.text)).join('');
  if (!hasPattern(pattern)) return [text];
  const found = glob(viewOf(shell), pattern, shell.shopts);
  if (found.length > 0) return found;
  if (shell.shopts.has('failglob')) {
    complain(shell, `no match: ${text}`);
    leave({ leaving: 'discard', status: 1 });
  }
  return shell.shopts.has('nullglob') ? [] : [text];
}

export function expandWord(shell: Shell, word: Word): string[] {
  if (word.parts === undefined && !/[~\\]/.test(word.text)) return [word.value];
  const words = shell.dash ? [word] : withoutBraces(word);
  return words.flatMap((one) => {
    const pieces = wordPieces(shell, one, false, false);
    const fields = splitFields(pieces, getVariable(shell, 'IFS') ?? ' \t\n');
    return fields.flatMap((field) => fieldWords(shell, field));
  });
}

export const expandWords = (shell: Shell, words: readonly Word[]): string[] =>
  words.flatMap((word) => expandWord(shell, word));
