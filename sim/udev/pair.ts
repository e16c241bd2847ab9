/**
 * One KEY{attr}="value" of a rules line, and what stands behind it.
 *
 * Models: systemd v219 src/udev/udev-rules.c get_key, get_key_attribute;
 *   v252 parse_line, parse_operator, src/shared/udev-util.c udev_rule_parse_value, src/basic/escape.c cunescape_one
 *
 * Separators are any mix of blanks and commas, none at all included: `MODE="0666"GROUP="kvm"` is two pairs.
 */
import type { Operator } from './rule.ts';
import type { UdevSwitches } from './switches.ts';

export type Pair = Readonly<{
  /** v219: the whole of `ENV{A}`; v252: `ENV`, with the attribute apart. */
  key: string;
  attr: string | null;
  op: Operator;
  value: string;
  rest: string;
}>;

const operators: readonly Operator[] = ['==', '!=', '+=', '-=', ':=', '='];

const operatorAt = (text: string): Operator | undefined =>
  operators.find((op) => text.startsWith(op));

/** The v219 key runs to a blank or an operator, braces included; at least one character, whatever it is. */
function pair219(line: string): Pair | null {
  const text = line.replace(/^[ \t\n\v\f\r,]+/, '');
  const key = /^[\s\S](?:(?![ \t\n\v\f\r=]|[-+!:]=)[\s\S])*/.exec(text)?.[0] ?? '';
  const behind = text.slice(key.length).replace(/^[ \t\n\v\f\r]+/, '');
  const op = operatorAt(behind);
  if (op === undefined) return null;
  const quoted = /^[ \t\n\v\f\r]*"([^"]*)"/.exec(behind.slice(op.length));
  if (!quoted) return null;
  const rest = behind.slice(op.length + quoted[0].length);
  return { key, attr: null, op, value: quoted[1] ?? '', rest };
}

const simpleEscapes: Readonly<Record<string, string>> = {
  a: '\x07',
  b: '\b',
  f: '\f',
  n: '\n',
  r: '\r',
  t: '\t',
  v: '\v',
  '\\': '\\',
  '"': '"',
  "'": "'",
  s: ' ',
};

/** The numeric escapes of C, and their length without the backslash. NUL is refused. */
function numericEscape(text: string): { char: string; length: number } | null {
  const hex = /^(?:x([0-9A-Fa-f]{2})|u([0-9A-Fa-f]{4})|U([0-9A-Fa-f]{8}))/.exec(text);
  const octal = /^[0-7]{3}/.exec(text);
  const found = hex ?? octal;
  if (!found) return null;
  const code = hex ? Number.parseInt(found[0].slice(1), 16) : Number.parseInt(found[0], 8);
  const limit = hex ? 0x10ffff : 255;
  if (code === 0 || code > limit) return null;
  return { char: String.fromCodePoint(code), length: found[0].length };
}

export function cUnescape(text: string): string | null {
  let out = '';
  for (let i = 0; i < text.length; i++) {
    if (text[i] !== '\\') {
      out += text[i];
      continue;
    }
    const simple = simpleEscapes[text[i + 1] ?? ''];
    const numeric = numericEscape(text.slice(i + 1));
    if (simple === undefined && !numeric) return null;
    out += simple ?? numeric?.char;
    i += numeric && simple === undefined ? numeric.length : 1;
  }
  return out;
}

/** udev_rule_parse_value: `"..."` where only `\"` is special, or `e"..."` with the escapes of C. */
function value252(text: string): { value: string; rest: string } | null {
  const escaped = text.startsWith('e');
  const body = escaped ? text.slice(1) : text;
  const quoted = (escaped ? /^"((?:\\[\s\S]|[^"\\])*)"/ : /^"((?:\\"|(?!\\")[^"])*)"/).exec(body);
  if (!quoted) return null;
  const inner = quoted[1] ?? '';
  const value = escaped ? cUnescape(inner) : inner.replaceAll('\\"', '"');
  return value === null ? null : { value, rest: body.slice(quoted[0].length) };
}

function pair252(line: string): Pair | null | 'end' {
  const text = line.replace(/^[ \t\n\r,]+/, '');
  if (text === '') return 'end';
  const key = /^(?:(?![ \t\n\r={]|[-+!:]=)[\s\S])*/.exec(text)?.[0] ?? '';
  let behind = text.slice(key.length);
  if (behind === '') return null;
  let attr: string | null = null;
  if (behind.startsWith('{')) {
    const close = behind.indexOf('}');
    if (close < 0) return null;
    attr = behind.slice(1, close);
    behind = behind.slice(close + 1);
  }
  behind = behind.replace(/^[ \t\n\r]+/, '');
  const op = operatorAt(behind);
  if (op === undefined) return null;
  const value = value252(behind.slice(op.length).replace(/^[ \t\n\r]+/, ''));
  return value && { key, attr, op, value: value.value, rest: value.rest };
}

/** 'end' where only separators are left; null for what is no pair. v219 does not tell the two apart. */
export const nextPair = (line: string, switches: UdevSwitches): Pair | null | 'end' =>
  switches.values === 'verbatim' ? pair219(line) : pair252(line);
