/**
 * setfacl's little language: `u:1000:rw,g::-` as a list of commands, or the position where it is no longer that.
 *
 * Models: acl 2.2.51 setfacl/parse.c parse_acl_cmd, parse_acl_seq, read_acl_seq
 *
 * A tag may be its whole name or its first letter; any other word is taken for a user. A digit may stand
 * for three letters; `rrw` is refused but `r-`, `-r` and `wr` are not.
 */
import type { Perm, Tag } from '../../acl/entry.ts';
import type { Ids } from './names.ts';

export type AclType = 'access' | 'default';

export type AclCommand = Readonly<{
  verb: 'replace' | 'remove' | 'remove-extended' | 'remove-acl';
  type: AclType;
  tag: Tag;
  id: number | null;
  perm: Perm;
  /** `X`: execute for directories and for files that somebody may already execute. */
  conditionalExecute: boolean;
}>;

export type ParseMode = Readonly<{
  verb: 'replace' | 'remove';
  /** -d: every entry is one of the default ACL. */
  promote: boolean;
}>;

/** A command that concerns a whole ACL. */
export const wholeAcl = (verb: 'remove-extended' | 'remove-acl', type: AclType): AclCommand => ({
  verb,
  type,
  tag: 'other',
  id: null,
  perm: 0,
  conditionalExecute: false,
});

/** Where the parser stands in its text. */
type Cursor = { text: string; at: number };

const charAt = (c: Cursor) => c.text.charAt(c.at);
const isEnd = (c: Cursor) => c.at >= c.text.length || charAt(c) === ',';

function skipBlanks(c: Cursor): void {
  while (/[ \t\n\r]/.test(charAt(c))) c.at++;
}

/** skip_tag_name: the word or its first letter, up to and with the colon. The cursor stays when it is another word. */
function skipTag(c: Cursor, word: string): boolean {
  const next = { ...c };
  skipBlanks(next);
  if (next.text.startsWith(word, next.at)) next.at += word.length;
  else if (charAt(next) === word.charAt(0)) next.at++;
  else return false;
  skipBlanks(next);
  if (charAt(next) === ':') next.at++;
  else if (!isEnd(next)) return false;
  c.at = next.at;
  return true;
}

/** get_token: up to a colon, comma or end of line, and past the colon. */
function token(c: Cursor): string {
  skipBlanks(c);
  const [word = ''] = /^[^\r\n:,]*/.exec(c.text.slice(c.at)) ?? [];
  c.at += word.length;
  if (charAt(c) === ':') c.at++;
  return word.replace(/[ \t\n\r]+$/, '');
}

type Who = Readonly<{ tag: Tag; id: number | null }>;

function parseWho(c: Cursor, ids: Ids): Who | null {
  const letter = charAt(c);
  const [kind, word] = ({ o: ['other', 'other'], m: ['mask', 'mask'] } as const)[letter] ?? [];
  if (kind !== undefined && skipTag(c, word ?? '')) {
    skipBlanks(c);
    if (charAt(c) === ':') c.at++;
    return { tag: kind, id: null };
  }
  const isGroup = letter === 'g' && skipTag(c, 'group');
  if (letter === 'u') skipTag(c, 'user');
  const before = c.at;
  const name = token(c);
  if (name === '') return { tag: isGroup ? 'group_obj' : 'user_obj', id: null };
  const id = isGroup ? ids.gid(name) : ids.uid(name);
  if (id === null) {
    c.at = before;
    return null;
  }
  return { tag: isGroup ? 'group' : 'user', id };
}

const bits: Readonly<Record<string, number>> = { r: 4, w: 2, x: 1, X: 8, '-': 0 };

/** Letters, or digits. null: no permission here. 8 stands for X. */
function parsePerm(c: Cursor): number | null {
  if (/[0-7]/.test(charAt(c))) {
    while (charAt(c) === '0') c.at++;
    return /[1-7]/.test(charAt(c)) ? Number(c.text.charAt(c.at++)) : 0;
  }
  let perm = 0;
  for (const start = c.at; ; c.at++) {
    const bit = bits[charAt(c)];
    if (bit === undefined) return c.at === start ? null : perm;
    if (perm & bit) return null;
    perm |= bit;
  }
}

/** One entry; null when the cursor stands at what is wrong. */
function parseCommand(c: Cursor, mode: ParseMode, ids: Ids): AclCommand | null {
  const start = c.at;
  const isDefault = skipTag(c, 'default');
  if (isDefault && mode.promote) {
    c.at = start;
    return null;
  }
  const type: AclType = mode.promote || isDefault ? 'default' : 'access';
  const who = parseWho(c, ids);
  if (who === null) return null;
  skipBlanks(c);
  const bare = { verb: mode.verb, type, ...who, perm: 0, conditionalExecute: false };
  if (mode.verb === 'remove') return bare;
  const perm = isEnd(c) ? null : parsePerm(c);
  if (perm === null) return null;
  return { ...bare, perm: perm & 7, conditionalExecute: (perm & 8) !== 0 };
}

export type Parsed = Readonly<{
  commands: readonly AclCommand[];
  /** Index of the first character that does not fit; null when all did. */
  wrongAt: number | null;
}>;

/** An option's argument. */
export function parseSequence(text: string, mode: ParseMode, ids: Ids): Parsed {
  const c = { text, at: 0 };
  const commands: AclCommand[] = [];
  while (c.at < text.length) {
    const command = parseCommand(c, mode, ids);
    if (command === null) return { commands, wrongAt: c.at };
    commands.push(command);
    skipBlanks(c);
    if (charAt(c) !== ',') break;
    c.at++;
  }
  return { commands, wrongAt: c.at < text.length ? c.at : null };
}

export type ReadLines = Readonly<{
  commands: readonly AclCommand[];
  /** Lines used. */
  used: number;
  /** The line that does not fit is the last one used. */
  wrong: boolean;
}>;

/** read_acl_seq: one entry a line, with comments; a blank line ends one file's part of a backup. */
export function parseLines(
  lines: readonly string[],
  mode: ParseMode,
  ids: Ids,
  untilBlank = false,
): ReadLines {
  const commands: AclCommand[] = [];
  for (const [index, text] of lines.entries()) {
    const c = { text, at: 0 };
    skipBlanks(c);
    if (charAt(c) === '#') continue;
    if (c.at >= text.length) {
      if (untilBlank) return { commands, used: index + 1, wrong: false };
      continue;
    }
    const command = parseCommand(c, mode, ids);
    skipBlanks(c);
    if (command === null || (c.at < text.length && charAt(c) !== '#'))
      return { commands, used: index + 1, wrong: true };
    commands.push(command);
  }
  return { commands, used: lines.length, wrong: false };
}
