/**
 * Numbers and names in rules: modes, ids, priorities, as each version reads them.
 *
 * Models: glibc strtol, strtoul, atoi (v219 add_rule); systemd v252 src/basic/parse-util.c parse_mode, safe_atoi,
 *   src/basic/user-util.c parse_uid, get_user_creds, get_group_creds; v219 src/shared/util.c get_user_creds, get_group_creds
 *
 * v219 takes what strtol takes: an empty OWNER is uid 0, GROUP="-1" is gid 4294967295. v252 is strict.
 */
import type { Errno } from '../kernel/errno.ts';
import type { Sys } from '../kernel/program.ts';
import type { Group, User } from '../libc/nss.ts';
import { groups, users } from '../libc/nss.ts';

/** UID_INVALID, GID_INVALID. */
export const INVALID_ID = 4294967295;

/** /etc/passwd and /etc/group as they were when somebody looked. */
export type Names = Readonly<{ users: readonly User[]; groups: readonly Group[] }>;

export function* readNames(): Sys<Names> {
  return { users: yield* users(), groups: yield* groups() };
}

/** strtol or strtoul on the whole text, wrapped to 32 bits without a sign; null when something is left over. */
export function strtoul(text: string, base: 8 | 10): number | null {
  if (text === '') return 0;
  const found = (base === 8 ? /^\s*([-+]?)([0-7]+)$/ : /^\s*([-+]?)([0-9]+)$/).exec(text);
  if (!found) return null;
  const magnitude = Number.parseInt(found[2] ?? '', base);
  return (found[1] === '-' ? -magnitude : magnitude) >>> 0;
}

/** atoi: the number a text begins with, else 0. */
export const atoi = (text: string): number => Number(/^\s*[-+]?\d+/.exec(text)?.[0] ?? 0);

/** strtol's digits of the base, or why safe_atou_full refuses the text. */
const digits = (text: string, base: number, limit: number): number | Errno | 'ERANGE' => {
  const allowed = { 2: /^[01]+$/, 8: /^[0-7]+$/, 10: /^\d+$/, 16: /^[\da-f]+$/i }[base];
  if (!allowed?.test(text)) return 'EINVAL';
  const value = Number.parseInt(text, base);
  return value > limit ? 'ERANGE' : value;
};

/** parse_mode: octal, leading blanks allowed, no sign, at most 07777. */
export const parseMode = (text: string): number | Errno | 'ERANGE' =>
  digits(text.replace(/^[ \t\n\r]+/, ''), 8, 0o7777);

/** safe_atoi: with the prefixes of Python and C, and a sign. */
export function safeAtoi(text: string): number | Errno | 'ERANGE' {
  const found = /^[ \t\n\r]*(?:0b|0o)?([-+]?)(0x)?(.*)$/is.exec(text);
  const prefix = /^[ \t\n\r]*0([bo])/i.exec(text)?.[1]?.toLowerCase();
  const [, sign = '', hex, rest = ''] = found ?? [];
  const base = prefix === 'b' ? 2 : prefix === 'o' ? 8 : hex ? 16 : /^0./.test(rest) ? 8 : 10;
  const value = digits(rest, base, 2147483647 + (sign === '-' ? 1 : 0));
  return typeof value === 'number' && sign === '-' ? -value : value;
}

/** %m for the errors above. */
export const numberError = (error: Errno | 'ERANGE'): string =>
  error === 'ERANGE' ? 'Numerical result out of range' : 'Invalid argument';

/** parse_uid, parse_gid: plain decimal without a leading zero, and not the invalid id. */
export const parseId = (text: string): number | null =>
  /^(0|[1-9]\d*)$/.test(text) && Number(text) < INVALID_ID ? Number(text) : null;

/** get_user_creds and get_group_creds: null for a name, or in v219 a number, that is in no file. */
export function lookUp(
  kind: 'user' | 'group',
  text: string,
  names: Names,
  missingNumbers: 'allowed' | 'unknown',
): number | null {
  if (text === 'root' || text === '0') return 0;
  if (missingNumbers === 'allowed' && text === (kind === 'user' ? 'nobody' : 'nogroup')) {
    return 65534;
  }
  const id = parseId(text);
  const ids =
    kind === 'user'
      ? names.users.map((u) => [u.name, u.uid] as const)
      : names.groups.map((g) => [g.name, g.gid] as const);
  if (id === null) return ids.find(([name]) => name === text)?.[1] ?? null;
  return missingNumbers === 'allowed' || ids.some(([, known]) => known === id) ? id : null;
}
