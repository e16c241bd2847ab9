/**
 * Of all matches that begin leftmost, the longest: the rule of POSIX, where JavaScript takes the first alternative that fits.
 *
 * Models: POSIX.1-2017 base definitions 9.1; glibc posix/regexec.c re_search_internal (match_last)
 *
 * A match can be longer than JavaScript's only where something may be taken in two ways: alternatives, or a group that may
 * be repeated or left out. There every end is tried, the farthest first. Groups are then as JavaScript divides the match
 * that ends there, which is what glibc answered wherever both were asked.
 */

/** Outside brackets and escapes: an alternative, or a quantifier behind a group. */
const divided = (source: string): boolean =>
  /\||\)[*+?{]/.test(source.replace(/\\.|\[(?:\\.|[^\]\\])*\]/g, 'x'));

/** What looks behind the place where it ends: then a text that is cut there is another text. */
const looksOn = (source: string): boolean => /\\[bB]|\$|\(\?[=!<]/.test(source);

const ANY = '[\\s\\S]';

class Longest extends RegExp {
  override exec(text: string): RegExpExecArray | null {
    const first = super.exec(text);
    if (first === null) return null;
    const shortest = first.index + first[0].length;
    for (let end = text.length; end > shortest; end--) {
      const hit = endingAt(this, text, first.index, end);
      if (hit === null) continue;
      if (this.global || this.sticky) this.lastIndex = end;
      hit.input = text;
      return hit;
    }
    return first;
  }
}

const ended = new Map<string, RegExp>();

/** A match of these very limits. */
function endingAt(of: RegExp, text: string, start: number, end: number): RegExpExecArray | null {
  const onward = looksOn(of.source);
  const rest = onward ? text.length - end : 0;
  const flags = `${of.flags.replace(/[gy]/g, '')}y`;
  const key = `${rest}/${flags}/${of.source}`;
  const made = ended.get(key) ?? new RegExp(`(?:${of.source})(?=${ANY}{${rest}}(?!${ANY}))`, flags);
  if (ended.size > 1000) ended.clear();
  ended.set(key, made);
  made.lastIndex = start;
  return made.exec(onward ? text : text.slice(0, end));
}

export const longest = (source: string, flags: string): RegExp =>
  divided(source) ? new Longest(source, flags) : new RegExp(source, flags);
