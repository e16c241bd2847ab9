/**
 * tr: characters for characters.
 *
 * Models: GNU coreutils 8.22 src/tr.c build_spec_list, main
 * Leaves out: equivalence classes, `[c*n]` other than filling up.
 */
import { failed, strerror } from '../../kernel/errno.ts';
import { own } from '../../kernel/own.ts';
import { command } from '../../kernel/program.ts';
import { err } from '../../libc/sys.ts';
import { complain } from '../given.ts';
import { readAll } from '../input.ts';
import { undoEscapes } from './format.ts';
import { optionsOf, show, usage } from './input.ts';

const range = (from: number, to: number): string =>
  Array.from({ length: to - from + 1 }, (_, n) => String.fromCharCode(from + n)).join('');

const members: Readonly<Record<string, string>> = {
  alpha: range(65, 90) + range(97, 122),
  digit: range(48, 57),
  alnum: range(48, 57) + range(65, 90) + range(97, 122),
  upper: range(65, 90),
  lower: range(97, 122),
  space: '\t\n\v\f\r ',
  blank: '\t ',
  punct: range(33, 47) + range(58, 64) + range(91, 96) + range(123, 126),
  print: range(32, 126),
  graph: range(33, 126),
  cntrl: `${range(0, 31)}\x7f`,
  xdigit: `${range(48, 57)}ABCDEFabcdef`,
};

/** The characters of a SET; the complaint otherwise. `length`: what `[x*]` fills up to. */
export function setOf(word: string, length = 0): { chars: string } | { error: string } {
  let chars = '';
  for (let i = 0; i < word.length; ) {
    const rest = word.slice(i);
    const [whole, name = ''] = /^\[:(\w+):\]/.exec(rest) ?? [];
    const [filling, filler = ''] = /^\[(.)\*\]/.exec(rest) ?? [];
    const one = /^(\\[0-7]{1,3}|\\.|[\s\S])/.exec(rest)?.[0] ?? '';
    const c = undoEscapes(one, 'format').text.replace(/^\\(.)$/, '$1');
    if (whole !== undefined) {
      const set = own(members, name);
      if (set === undefined) return { error: `invalid character class '${name}'` };
      chars += set;
      i += whole.length;
    } else if (filling !== undefined) {
      chars += filler.repeat(Math.max(0, length - chars.length));
      i += filling.length;
    } else if (rest.charAt(one.length) === '-' && rest.length > one.length + 1) {
      const last = /^(\\[0-7]{1,3}|\\.|[\s\S])/.exec(rest.slice(one.length + 1))?.[0] ?? '';
      const to = undoEscapes(last, 'format').text.replace(/^\\(.)$/, '$1');
      if (to < c)
        return {
          error: `range-endpoints of '${one}-${last}' are in reverse collating sequence order`,
        };
      chars += range(c.charCodeAt(0), to.charCodeAt(0));
      i += one.length + 1 + last.length;
    } else {
      chars += c;
      i += one.length;
    }
  }
  return { chars };
}

const long = { complement: 'c', C: 'c', delete: 'd', 'squeeze-repeats': 's', 'truncate-set1': 't' };
const spec = {
  short: '+cCdst',
  long: { complement: 'none', delete: 'none', 'squeeze-repeats': 'none', 'truncate-set1': 'none' },
} as const;

const squeeze = (text: string, wanted: (c: string) => boolean): string => {
  let result = '';
  for (const c of text) if (c !== result.slice(-1) || !wanted(c)) result += c;
  return result;
};

type Work = Readonly<{
  complement: boolean;
  deletes: boolean;
  squeezes: boolean;
  one: string;
  two: string | null;
}>;

export function translate(text: string, work: Work): string {
  const inOne = (c: string) => work.one.includes(c) !== work.complement;
  const { two } = work;
  if (work.deletes) {
    const kept = [...text].filter((c) => !inOne(c)).join('');
    return work.squeezes && two !== null ? squeeze(kept, (c) => two.includes(c)) : kept;
  }
  if (two === null) return squeeze(text, inOne);
  const last = two.slice(-1);
  const map = (c: string) => {
    if (!inOne(c)) return c;
    const at = work.complement ? two.length : work.one.lastIndexOf(c);
    return at < two.length ? two.charAt(at) : last;
  };
  const mapped = [...text].map(map).join('');
  return work.squeezes ? squeeze(mapped, (c) => two.includes(c)) : mapped;
}

function misuse(operands: readonly string[], deletes: boolean, squeezes: boolean): string | null {
  const [one, two, three] = operands;
  if (one === undefined) return 'tr: missing operand';
  const needsTwo = deletes ? squeezes : !squeezes;
  if (two === undefined && needsTwo) {
    const why = deletes
      ? 'Two strings must be given when both deleting and squeezing repeats.'
      : 'Two strings must be given when translating.';
    return `tr: missing operand after '${one}'\n${why}`;
  }
  if (two !== undefined && deletes && !squeezes) {
    return `tr: extra operand '${two}'\nOnly one string may be given when deleting without squeezing repeats.`;
  }
  return three === undefined ? null : `tr: extra operand '${three}'`;
}

/** A class of one case on the right needs the other on the left. */
const misaligned = ([one = '', two = '']: readonly string[]): boolean =>
  /\[:(upper|lower):\]/.test(two) && !/\[:(upper|lower):\]/.test(one);

export const tr = command(function* ({ argv }) {
  const { given, operands, error } = optionsOf(spec, long, ['tr', ...argv.slice(1)]);
  const [deletes, squeezes] = [given.has('d'), given.has('s')];
  const complaint = error ?? misuse(operands, deletes, squeezes);
  if (complaint !== null) return yield* usage('tr', complaint, 1);
  const one = setOf(operands[0] ?? '');
  const two =
    operands[1] === undefined
      ? null
      : setOf(operands[1], 'chars' in one && !given.has('t') ? one.chars.length : 0);
  const wrong = 'error' in one ? one.error : two && 'error' in two ? two.error : null;
  if (wrong !== null || 'error' in one || (two && 'error' in two)) {
    yield* err(`tr: ${wrong}\n`);
    return 1;
  }
  if (!deletes && misaligned(operands)) {
    yield* err('tr: misaligned [:upper:] and/or [:lower:] construct\n');
    return 1;
  }
  const work: Work = {
    complement: given.has('c'),
    deletes,
    squeezes,
    // -t: what has no partner stays as it is.
    one: given.has('t') && two ? one.chars.slice(0, two.chars.length) : one.chars,
    two: two?.chars ?? null,
  };
  const text = yield* readAll(0);
  if (failed(text)) return yield* complain('tr', `read error: ${strerror(text.errno)}`);
  yield* show(translate(text, work));
  return 0;
});
