/**
 * cut: columns of characters or fields.
 *
 * Models: GNU coreutils 8.22 src/cut.c set_fields, cut_fields
 */
import { command } from '../../kernel/program.ts';
import { isModern } from '../switches.ts';
import { linesOf, optionsOf, plainly, readInputs, show, usage } from './input.ts';

type Range = readonly [number, number];

const FROM_ONE = 'fields and positions are numbered from 1';

/** 9.1 says which of the two it means. */
const numbered = (fields: boolean) =>
  `${fields ? 'fields' : 'byte/character positions'} are numbered from 1`;

const MANY = Number.MAX_SAFE_INTEGER;

/** `1,3-5,7-` as ranges; the complaint otherwise. */
export function rangesOf(list: string, fields: boolean): Range[] | string {
  const ranges: Range[] = [];
  for (const part of list.split(/[, ]/)) {
    const [, low = '', dash = '', high = ''] = /^(\d*)(-?)(\d*)$/.exec(part) ?? [];
    if (low === '' && high === '') {
      if (dash === '-') return 'invalid range with no endpoint: -';
      return part === '' ? FROM_ONE : `invalid ${fields ? 'field' : 'byte or field'} list`;
    }
    const from = low === '' ? 1 : Number(low);
    const to = dash === '' ? from : high === '' ? MANY : Number(high);
    if (from === 0) return FROM_ONE;
    if (to < from) return 'invalid decreasing range';
    ranges.push([from, to]);
  }
  return ranges;
}

const spec = {
  short: 'b:c:f:d:sn',
  long: {
    bytes: 'required',
    characters: 'required',
    fields: 'required',
    delimiter: 'required',
    'only-delimited': 'none',
    complement: 'none',
    'output-delimiter': 'required',
  },
} as const;
const long = { bytes: 'b', characters: 'c', fields: 'f', delimiter: 'd', 'only-delimited': 's' };

/** The selected parts; runs of neighbours stay together for characters. */
function select(parts: readonly string[], ranges: readonly Range[], complement: boolean): string[] {
  const wanted = (n: number) => ranges.some(([from, to]) => n >= from && n <= to) !== complement;
  return parts.filter((_, n) => wanted(n + 1));
}

export const cut = command(function* ({ argv }) {
  const { given, operands, error } = optionsOf(spec, long, ['cut', ...argv.slice(1)]);
  if (error !== null) return yield* usage('cut', error, 1);
  const list = given.value('f') ?? given.value('c') ?? given.value('b');
  if (list === null) {
    return yield* usage('cut', 'cut: you must specify a list of bytes, characters, or fields', 1);
  }
  const fields = given.has('f');
  const delimiter = given.value('d') ?? '\t';
  if (given.has('d') && !fields) {
    return yield* usage(
      'cut',
      'cut: an input delimiter may be specified only when operating on fields',
      1,
    );
  }
  if (delimiter.length > 1) {
    return yield* usage('cut', 'cut: the delimiter must be a single character', 1);
  }
  const ranges = rangesOf(list, fields);
  if (typeof ranges === 'string') {
    const why = ranges === FROM_ONE && (yield* isModern()) ? numbered(fields) : ranges;
    return yield* usage('cut', `cut: ${why}`, 1);
  }
  const { inputs, failed } = yield* readInputs(operands, plainly('cut'));
  const complement = given.has('complement');
  const joint = given.value('output-delimiter') ?? (fields ? delimiter : '');
  let text = '';
  for (const line of inputs.flatMap((input) => linesOf(input.text))) {
    if (fields && !line.includes(delimiter)) {
      if (!given.has('s')) text += `${line}\n`;
      continue;
    }
    const parts = fields ? line.split(delimiter) : [...line];
    text += `${select(parts, ranges, complement).join(joint)}\n`;
  }
  yield* show(text);
  return failed ? 1 : 0;
});
