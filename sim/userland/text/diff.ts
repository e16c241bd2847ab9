/**
 * diff: how two files differ, in the normal and the unified form.
 *
 * Models: GNU diffutils 3.3 src/diff.c, analyze.c, normal.c, context.c
 * Leaves out: directories, -c, -y, -w and its kin; where several shortest scripts exist GNU's choice may
 *   be another one; the times in unified headers.
 */
import { failed, strerror } from '../../kernel/errno.ts';
import { command } from '../../kernel/program.ts';
import { err, stat } from '../../libc/sys.ts';
import { strftime } from '../../libc/time.ts';
import { linesOf, optionsOf, readInput, show, usage } from './input.ts';

/** Lines [from, to) of each side that take each other's place. */
export type Hunk = Readonly<{ a: readonly [number, number]; b: readonly [number, number] }>;

/** Lengths of the longest common subsequences of the tails. */
function tails(a: readonly string[], b: readonly string[]): number[][] {
  const table = Array.from({ length: a.length + 1 }, () => new Array<number>(b.length + 1).fill(0));
  for (let i = a.length - 1; i >= 0; i--) {
    for (let j = b.length - 1; j >= 0; j--) {
      const row = table[i] ?? [];
      const below = table[i + 1] ?? [];
      row[j] = a[i] === b[j] ? (below[j + 1] ?? 0) + 1 : Math.max(below[j] ?? 0, row[j + 1] ?? 0);
    }
  }
  return table;
}

export function hunksOf(a: readonly string[], b: readonly string[]): Hunk[] {
  const table = tails(a, b);
  const hunks: Hunk[] = [];
  let [i, j, fromA, fromB] = [0, 0, 0, 0];
  const close = () => {
    if (i > fromA || j > fromB) hunks.push({ a: [fromA, i], b: [fromB, j] });
  };
  while (i < a.length || j < b.length) {
    if (i < a.length && j < b.length && a[i] === b[j]) {
      close();
      i++;
      j++;
      [fromA, fromB] = [i, j];
    } else if (
      j >= b.length ||
      (i < a.length && (table[i + 1]?.[j] ?? 0) >= (table[i]?.[j + 1] ?? 0))
    )
      i++;
    else j++;
  }
  close();
  return hunks;
}

const span = ([from, to]: readonly [number, number]): string =>
  to - from > 1 ? `${from + 1},${to}` : String(to - from === 0 ? from : from + 1);

function normal(a: readonly string[], b: readonly string[], hunks: readonly Hunk[]): string {
  return hunks
    .map((hunk) => {
      const kind = hunk.a[0] === hunk.a[1] ? 'a' : hunk.b[0] === hunk.b[1] ? 'd' : 'c';
      const old = a.slice(...hunk.a).map((line) => `< ${line}\n`);
      const made = b.slice(...hunk.b).map((line) => `> ${line}\n`);
      return [
        `${span(hunk.a)}${kind}${span(hunk.b)}\n`,
        ...old,
        ...(kind === 'c' ? ['---\n'] : []),
        ...made,
      ].join('');
    })
    .join('');
}

const range = (from: number, to: number): string =>
  to - from === 1 ? String(from + 1) : `${to === from ? from : from + 1},${to - from}`;

function unified(
  a: readonly string[],
  b: readonly string[],
  hunks: readonly Hunk[],
  context: number,
): string {
  const groups: Hunk[][] = [];
  for (const hunk of hunks) {
    const last = groups.at(-1)?.at(-1);
    if (last && hunk.a[0] - last.a[1] <= 2 * context) groups.at(-1)?.push(hunk);
    else groups.push([hunk]);
  }
  return groups
    .map((group) => {
      const [first, last] = [group[0], group.at(-1)];
      if (first === undefined || last === undefined) return '';
      const before = Math.min(context, first.a[0]);
      const after = Math.min(context, a.length - last.a[1]);
      const lines: string[] = [];
      let at = first.a[0] - before;
      for (const hunk of group) {
        lines.push(...a.slice(at, hunk.a[0]).map((line) => ` ${line}\n`));
        lines.push(
          ...a.slice(...hunk.a).map((line) => `-${line}\n`),
          ...b.slice(...hunk.b).map((line) => `+${line}\n`),
        );
        at = hunk.a[1];
      }
      lines.push(...a.slice(at, at + after).map((line) => ` ${line}\n`));
      const head = `@@ -${range(first.a[0] - before, last.a[1] + after)} +${range(first.b[0] - before, last.b[1] + after)} @@\n`;
      return head + lines.join('');
    })
    .join('');
}

const spec = {
  short: 'uU:qsNab',
  long: { unified: 'optional', brief: 'none', 'report-identical-files': 'none' },
} as const;
const long = { unified: 'u', brief: 'q', 'report-identical-files': 's' };

export const diff = command(function* ({ argv }) {
  const { given, operands, error } = optionsOf(spec, long, ['diff', ...argv.slice(1)]);
  if (error !== null) return yield* usage('diff', error, 2);
  const [one = '', two = '', extra] = operands;
  if (operands.length < 2) {
    const after = operands.length === 0 ? 'diff' : one;
    return yield* usage('diff', `diff: missing operand after '${after}'`, 2);
  }
  if (extra !== undefined) return yield* usage('diff', `diff: extra operand '${extra}'`, 2);
  const texts: string[] = [];
  const headers: string[] = [];
  for (const name of [one, two]) {
    const input = yield* readInput(name);
    if (!('text' in input)) {
      yield* err(`diff: ${name}: ${input.error}\n`);
      continue;
    }
    texts.push(input.text);
    const st = yield* stat(name);
    const time = failed(st) ? strerror(st.errno) : strftime('%Y-%m-%d %H:%M:%S.%N %z', st.mtime);
    headers.push(`${name}\t${time}`);
  }
  const [x, y] = texts;
  if (x === undefined || y === undefined) return 2;
  if (x === y) {
    if (given.has('s')) yield* show(`Files ${one} and ${two} are identical\n`);
    return 0;
  }
  if (given.has('q')) {
    yield* show(`Files ${one} and ${two} differ\n`);
    return 1;
  }
  const [a, b] = [linesOf(x), linesOf(y)];
  const hunks = hunksOf(a, b);
  const asUnified = given.has('u') || given.has('U');
  const context = Number(given.value('U') ?? (given.value('u') || '3'));
  const body = asUnified
    ? `--- ${headers[0]}\n+++ ${headers[1]}\n${unified(a, b, hunks, context)}`
    : normal(a, b, hunks);
  yield* show(body);
  return 1;
});
