/**
 * fnmatch(3): a name against a shell pattern.
 *
 * Models: glibc 2.17 posix/fnmatch.c without FNM_PATHNAME
 */
import { escapeLiteral } from './regex.ts';

export function wildcard(pattern: string, text: string, ignoreCase: boolean): boolean {
  let source = '';
  for (let i = 0; i < pattern.length; i++) {
    const c = pattern.charAt(i);
    const [set] = c === '[' ? (/^\[[!^]?\]?[^\]]*\]/.exec(pattern.slice(i)) ?? []) : [];
    if (set !== undefined) {
      source += set.replace(/^\[!/, '[^').replaceAll('\\', '\\\\');
      i += set.length - 1;
    } else if (c === '\\') source += escapeLiteral(pattern.charAt(++i));
    else source += c === '*' ? '[\\s\\S]*' : c === '?' ? '[\\s\\S]' : escapeLiteral(c);
  }
  return new RegExp(`^${source}$`, ignoreCase ? 'i' : '').test(text);
}
