/**
 * What v252 checks of every key before it becomes a token, and how it complains.
 *
 * Models: systemd v252 src/udev/udev-rules.c log_token_invalid_op, log_token_invalid_attr,
 *   check_value_format_and_warn, check_attr_format_and_warn
 */
import { complain, type Draft } from './draft.ts';
import { checkFormat } from './format.ts';
import type { Pair } from './pair.ts';
import type { Operator } from './rule.ts';

/** False: the line is dropped. */
export type Handler = (draft: Draft, pair: Pair) => boolean;

export const invalid = (draft: Draft, pair: Pair, what: 'operator' | 'attribute'): false => {
  complain(draft, `Invalid ${what} for ${pair.key}.`);
  return false;
};

export function checkValue(draft: Draft, { key, value }: Pair, nonEmpty: boolean): void {
  const wrong = nonEmpty && value === '' ? { at: 0, hint: 'empty value' } : checkFormat(value);
  if (wrong) {
    complain(
      draft,
      `Invalid value "${value}" for ${key} (char ${wrong.at}: ${wrong.hint}), ignoring.`,
    );
  }
}

export function checkAttr(draft: Draft, pair: Pair): boolean {
  const attr = pair.attr ?? '';
  if (attr === '') return invalid(draft, pair, 'attribute');
  const wrong = checkFormat(attr);
  if (wrong) {
    complain(
      draft,
      `Invalid attribute "${attr}" for ${pair.key} (char ${wrong.at}: ${wrong.hint}), ignoring.`,
    );
  }
  return true;
}

/** The operator, or '=' with a warning where the key has no use for the one written. */
export function assuming(
  draft: Draft,
  pair: Pair,
  unfit: readonly Operator[],
  takes: string,
): Operator {
  if (!unfit.includes(pair.op)) return pair.op;
  complain(draft, `${pair.key} key takes ${takes} operator, assuming '='.`, 'warning');
  return '=';
}
