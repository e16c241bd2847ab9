/**
 * Where the substitutions in a value are: `$kernel`, `%k`, `$attr{size}`, and the `$$` that is none.
 *
 * Models: systemd v219 src/udev/udev-event.c udev_event_apply_format (its map);
 *   v252 src/udev/udev-event.c get_subst_type, udev_check_format
 *
 * Long names are found by prefix, in the order of the table: `$kernelx` is `$kernel` and an x. An unknown
 * one is copied as it stands.
 */

const names = {
  devnode: 'N',
  tempnode: 'N',
  attr: 's',
  sysfs: 's',
  env: 'E',
  kernel: 'k',
  number: 'n',
  driver: 'd',
  devpath: 'p',
  id: 'b',
  major: 'M',
  minor: 'm',
  result: 'c',
  parent: 'P',
  name: 'D',
  links: 'L',
  root: 'r',
  sys: 'S',
} as const;

/** A substitution by its one-letter format. */
export type Format = (typeof names)[keyof typeof names];

const table = Object.entries(names) as readonly (readonly [string, Format])[];

/** The long name that messages use for a format: the first in the table. */
export const longName = (format: Format): string => table.find(([, f]) => f === format)?.[0] ?? '';

export type Piece =
  | Readonly<{ literal: string }>
  | Readonly<{ format: Format; attr: string | null }>
  /** Braces that are empty or not closed: v252 stops here, v219 copes. */
  | Readonly<{ malformed: string; format: Format; attr: string | null }>;

export type Found = Readonly<{ piece: Piece; length: number }>;

/** The piece that `text` begins with. */
export function pieceAt(text: string): Found {
  const sign = text[0];
  if (sign !== '$' && sign !== '%') return { piece: { literal: text.charAt(0) }, length: 1 };
  if (text[1] === sign) return { piece: { literal: sign }, length: 2 };
  const found = table.find(([name, format]) =>
    sign === '$' ? text.startsWith(name, 1) : text[1] === format,
  );
  if (!found) return { piece: { literal: sign }, length: 1 };
  const [name, format] = found;
  const head = sign === '$' ? 1 + name.length : 2;
  if (text[head] !== '{') return { piece: { format, attr: null }, length: head };
  const close = text.indexOf('}', head);
  const attr = close < 0 ? null : text.slice(head + 1, close);
  if (!attr)
    return {
      piece: { malformed: text, format, attr },
      length: close < 0 ? text.length : close + 1,
    };
  return { piece: { format, attr }, length: close + 1 };
}

export type FormatError = Readonly<{ at: number; hint: string }>;

const isUnknown = (text: string) =>
  /^[$%]/.test(text) && text[1] !== text[0] && 'literal' in pieceAt(text).piece;

/** udev_check_format: the first mistake, with the character it is at, counted from 1; null for none. */
export function checkFormat(value: string): FormatError | null {
  for (let at = 0; at < value.length; ) {
    const { piece, length } = pieceAt(value.slice(at));
    if ('malformed' in piece || isUnknown(value.slice(at))) {
      return { at: at + 1, hint: 'invalid substitution type' };
    }
    at += length;
    if ('literal' in piece) continue;
    if ((piece.format === 's' || piece.format === 'E') && piece.attr === null) {
      return { at: at + 1, hint: 'attribute value missing' };
    }
    if (piece.format === 'c' && piece.attr !== null && !/^\d+\+?$/.test(piece.attr)) {
      return { at: at + 1, hint: 'attribute value not a valid number' };
    }
  }
  return null;
}
