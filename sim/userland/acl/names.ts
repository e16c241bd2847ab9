/**
 * Names and numbers of users and groups, looked up once for a whole run of a tool.
 *
 * Models: acl 2.2.51 libmisc/quote.c quote, unquote; setfacl/parse.c get_id, get_uid, get_gid
 */
import type { Names } from '../../acl/text.ts';
import type { Sys } from '../../kernel/program.ts';
import { groups, users } from '../../libc/nss.ts';
import type { UserlandSwitches } from '../switches.ts';

/** From a word on the command line to an id; null when it is neither a number nor known. */
export type Ids = Readonly<{
  uid: (word: string) => number | null;
  gid: (word: string) => number | null;
}>;

/** strtol with base 0, cut to 32 bits; negative numbers to 16. */
export function numericId(word: string): number | null {
  const [whole, sign = '', digits = ''] = /^\s*([+-]?)(0[xX][0-9a-fA-F]+|\d+)$/.exec(word) ?? [];
  if (whole === undefined) return null;
  const octal = /^0[0-7]+$/.test(digits);
  if (/^0\d/.test(digits) && !octal) return null;
  const value = BigInt(octal ? `0o${digits.slice(1)}` : digits);
  const most = 0x7fff_ffff_ffff_ffffn;
  const long = value > most ? most : value;
  return Number(sign === '-' && long > 0n ? -long & 0xffffn : long & 0xffff_ffffn);
}

/** `\040` back to a blank, and 2.3.1's `\\` to a backslash. */
export const unquote = (text: string): string =>
  text.replace(/\\([0-3][0-7][0-7]|\\)/g, (_, octal: string) =>
    octal === '\\' ? octal : String.fromCharCode(Number.parseInt(octal, 8)),
  );

/** Backslashes and the given characters as `\ooo`. */
export const quote = (text: string, special: string): string =>
  [...text]
    .map((c) =>
      c === '\\' || special.includes(c) ? `\\${c.charCodeAt(0).toString(8).padStart(3, '0')}` : c,
    )
    .join('');

/** acl 2.3.1 writes a backslash twice, where 2.2.51 and attr write its number. */
export const quoteAs = (acl: UserlandSwitches['acl'], text: string): string =>
  acl === '2.2.51'
    ? quote(text, '\n\r')
    : text
        .split('\\')
        .map((part) => quote(part, '\n\r'))
        .join('\\\\');

const SEPARATORS = ':, \t\n\r';

export function* lookUp(): Sys<{ ids: Ids; names: Names }> {
  const passwd = yield* users();
  const group = yield* groups();
  return {
    ids: {
      uid: (quoted) => {
        const word = unquote(quoted);
        return numericId(word) ?? passwd.find((u) => u.name === word)?.uid ?? null;
      },
      gid: (quoted) => {
        const word = unquote(quoted);
        return numericId(word) ?? group.find((g) => g.name === word)?.gid ?? null;
      },
    },
    names: {
      user: (uid) => quote(passwd.find((u) => u.uid === uid)?.name ?? String(uid), SEPARATORS),
      group: (gid) => quote(group.find((g) => g.gid === gid)?.name ?? String(gid), SEPARATORS),
    },
  };
}
