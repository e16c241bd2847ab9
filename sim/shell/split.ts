/**
 * Word splitting: the results of unquoted expansions fall apart at the characters of IFS.
 *
 * Models: GNU bash 4.2 subst.c list_string, word_list_split
 */
/** A field boundary in a list: `gap` inside "$@", `at` and `star` where $@ and $* are not quoted. */
export type Gap = 'gap' | 'at' | 'star';

/** A stretch of text with one quoting, or a boundary. */
export type Piece = Readonly<{ text: string; quoted: boolean; split: boolean }> | Gap;

export type Solid = Exclude<Piece, Gap>;

export const isGap = (piece: Piece): piece is Gap => typeof piece === 'string';

/** Splitting in progress. */
type Splitter = {
  fields: Solid[][];
  field: Solid[];
  /** The field has a reason to exist, even if it is empty. */
  open: boolean;
  /** What stood before: a field's end by white space may still be followed by one real delimiter. */
  last: 'start' | 'space' | 'delimiter' | 'text';
};

function close(s: Splitter): void {
  s.fields.push(s.field);
  s.field = [];
  s.open = false;
}

function add(s: Splitter, piece: Solid): void {
  s.field.push(piece);
  s.open = true;
  s.last = 'text';
}

const isBlank = (c: string): boolean => ' \t\n'.includes(c);

function splitPiece(s: Splitter, piece: Solid, ifs: string): void {
  let text = '';
  const flush = () => {
    if (text !== '') add(s, { ...piece, text });
    text = '';
  };
  for (const c of piece.text) {
    if (!ifs.includes(c)) {
      text += c;
      continue;
    }
    flush();
    const space = isBlank(c);
    if (s.open) {
      close(s);
      s.last = space ? 'space' : 'delimiter';
    } else if (!space) {
      if (s.last === 'space') s.last = 'delimiter';
      else {
        close(s);
        s.last = 'delimiter';
      }
    }
  }
  flush();
}

export function splitFields(pieces: readonly Piece[], ifs: string): Solid[][] {
  const s: Splitter = { fields: [], field: [], open: false, last: 'start' };
  for (const piece of pieces) {
    if (isGap(piece)) {
      // An unquoted list is joined by the first character of IFS, and falls apart there again.
      if (piece !== 'gap' && !isBlank(ifs.charAt(0))) {
        splitPiece(s, { text: ifs.charAt(0), quoted: false, split: true }, ifs);
        continue;
      }
      if (s.open) close(s);
      s.last = 'start';
    } else if (piece.split && piece.text !== '') splitPiece(s, piece, ifs);
    else if (piece.quoted || piece.text !== '') add(s, piece);
  }
  if (s.open) close(s);
  return s.fields;
}

/** `read a b`: the last name gets what is left of the line. */
export function splitLine(line: string, ifs: string, names: number): string[] {
  const isSpace = (c: string) => isBlank(c) && ifs.includes(c);
  const words: string[] = [];
  let at = 0;
  const skip = () => {
    while (at < line.length && isSpace(line.charAt(at))) at++;
  };
  skip();
  while (at < line.length && words.length < names - 1) {
    const from = at;
    while (at < line.length && !ifs.includes(line.charAt(at))) at++;
    words.push(line.slice(from, at));
    skip();
    if (at < line.length && ifs.includes(line.charAt(at)) && !isSpace(line.charAt(at))) {
      at++;
      skip();
    }
  }
  if (at < line.length || words.length < names) words.push(lastField(line.slice(at), ifs, isSpace));
  return words;
}

/** Trailing white space goes, and one delimiter if it is the only one. */
function lastField(text: string, ifs: string, isSpace: (c: string) => boolean): string {
  let rest = text;
  while (rest !== '' && isSpace(rest.slice(-1))) rest = rest.slice(0, -1);
  const end = rest.slice(-1);
  const delimiter = end !== '' && ifs.includes(end) && !isSpace(end);
  const alone = delimiter && ![...rest.slice(0, -1)].some((c) => ifs.includes(c));
  if (!alone) return rest;
  rest = rest.slice(0, -1);
  while (rest !== '' && isSpace(rest.slice(-1))) rest = rest.slice(0, -1);
  return rest;
}
