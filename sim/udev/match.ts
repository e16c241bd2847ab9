/**
 * Does a token's pattern match a string?
 *
 * Models: systemd v219 src/udev/udev-rules.c match_key, rule_add_key (its globs); v252 token_match_string, rule_line_add_token
 *
 * `|` separates alternatives before anything else is looked at, also inside brackets. A missing value is
 * the empty string.
 */
import { fnmatch, isGlob } from './fnmatch.ts';
import type { Token } from './rule.ts';
import type { UdevSwitches } from './switches.ts';

function matches219(pattern: string, text: string): boolean {
  if (pattern === '?*') return text !== '';
  const alternatives = pattern.split('|');
  return isGlob(pattern)
    ? alternatives.some((one) => fnmatch(one, text))
    : alternatives.includes(text);
}

/** Empty alternatives, and so `a|`, match the empty string only; a lone `?*` is the opposite of empty. */
function matches252(type: Token['type'], pattern: string, text: string): boolean {
  if (type === 'SUBSYSTEM' && ['subsystem', 'bus', 'class'].includes(pattern)) {
    return ['subsystem', 'class', 'bus'].includes(text);
  }
  if (pattern === '') return text === '';
  if (pattern === '?*') return text !== '';
  const alternatives = pattern.split('|');
  if (text === '' && alternatives.includes('')) return true;
  const solid = alternatives.filter((one) => one !== '');
  return isGlob(pattern) ? solid.some((one) => fnmatch(one, text)) : solid.includes(text);
}

/** True when the token holds, its operator included. */
export function tokenMatches(token: Token, text: string | null, switches: UdevSwitches): boolean {
  const value = text ?? '';
  const found =
    switches.version === 219
      ? matches219(token.value, value)
      : matches252(token.type, token.value, value);
  return found === (token.op === '==');
}

/** Keys with many values (SYMLINK, TAG, TAGS): does one of them match the pattern, whatever the operator? */
export const someMatches = (
  token: Token,
  texts: Iterable<string>,
  switches: UdevSwitches,
): boolean => [...texts].some((text) => tokenMatches({ ...token, op: '==' }, text, switches));
