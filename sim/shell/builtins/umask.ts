/**
 * umask: which rights new files do not get, in octal or by letters.
 *
 * Models: GNU bash 4.2 builtins/umask.def umask_builtin, parse_symbolic_mode, print_symbolic_umask
 *
 * By letters one says what is allowed, not what is kept back.
 */
import { builtinError, type Shell, write } from '../shell.ts';
import type { Builtin } from './builtin.ts';

const classes: Readonly<Record<string, number>> = { u: 0o700, g: 0o070, o: 0o007, a: 0o777 };
const rights: Readonly<Record<string, number>> = { r: 0o444, w: 0o222, x: 0o111 };

function bits(letters: string, table: Readonly<Record<string, number>>): number {
  return [...letters].reduce((all, letter) => all | (table[letter] ?? 0), 0);
}

/** The new mask, or the complaint. */
function symbolic(mask: number, text: string): number | string {
  let allowed = ~mask & 0o777;
  for (const clause of text.split(',')) {
    const [, who = '', rest = ''] = /^([ugoa]*)(.*)$/s.exec(clause) ?? [];
    const operator = rest.charAt(0);
    if (!/[-+=]/.test(operator)) return `\`${operator || '\0'}': invalid symbolic mode operator`;
    const wrong = /[^rwx]/.exec(rest.slice(1));
    if (wrong) return `\`${wrong[0]}': invalid symbolic mode character`;
    const reach = who === '' ? 0o777 : bits(who, classes);
    const given = bits(rest.slice(1), rights) & reach;
    if (operator === '+') allowed |= given;
    else if (operator === '-') allowed &= ~given;
    else allowed = (allowed & ~reach) | given;
  }
  return ~allowed & 0o777;
}

const octal = (mask: number) => mask.toString(8).padStart(4, '0');

function letters(mask: number): string {
  const triplet = (shift: number) =>
    ['r', 'w', 'x'].filter((_, i) => !((mask >> shift) & (4 >> i))).join('');
  return `u=${triplet(6)},g=${triplet(3)},o=${triplet(0)}`;
}

/** The login shell on the host keeps the mask; a shell of another user tells its commands each time. */
export function setUmask(shell: Shell, mask: number): void {
  if (shell.wrapping !== null) {
    shell.umask = mask;
    return;
  }
  const line = { argv: ['umask', octal(mask)], redirects: [], piped: false };
  shell.session.type(shell, { ...line, stdin: { kind: 'keyboard' } });
}

export const currentUmask = (shell: Shell): number => shell.umask ?? shell.session.umask();

export const umask: Builtin = (shell, words) => {
  const flags: string[] = [];
  for (const word of words.slice(1)) {
    if (word === '--' || !/^-./.test(word)) break;
    const odd = /[^-Sp]/.exec(word);
    if (odd) {
      builtinError(shell, `umask: -${odd[0]}: invalid option`);
      write(shell, 2, 'umask: usage: umask [-p] [-S] [mode]\n');
      return 2;
    }
    flags.push(word);
  }
  const [given] = words.slice(1 + flags.length).filter((word, at) => at > 0 || word !== '--');
  const shows = flags.some((word) => word.includes('S'));
  const old = currentUmask(shell);
  if (given === undefined) {
    const text = shows ? letters(old) : octal(old);
    const before = shows ? 'umask -S ' : 'umask ';
    write(shell, 1, `${flags.some((word) => word.includes('p')) ? before : ''}${text}\n`);
    return 0;
  }
  const isOctal = /^\d/.test(given);
  const mask = isOctal ? Number.parseInt(given, 8) : symbolic(old, given);
  if (typeof mask === 'string' || !/^[0-7]+$/.test(isOctal ? given : '0') || mask > 0o7777) {
    const why = typeof mask === 'string' ? mask : `${given}: octal number out of range`;
    builtinError(shell, `umask: ${why}`);
    return 1;
  }
  setUmask(shell, mask & 0o777);
  if (shows) write(shell, 1, `${letters(mask & 0o777)}\n`);
  return 0;
};
