/**
 * The v252 keys that only assign, and the tokens they become.
 *
 * Models: systemd v252 src/udev/udev-rules.c parse_token, from OPTIONS to LABEL
 *
 * Names become ids here, when the rules are loaded: a group created later is not seen until they are
 * loaded again.
 */
import { lookUpBuiltin } from './builtins.ts';
import { assuming, checkValue, type Handler, invalid } from './check252.ts';
import { add, complain, type Draft, resolve } from './draft.ts';
import { priorityNamed } from './log.ts';
import { numberError, parseId, parseMode, safeAtoi } from './numbers.ts';
import { isMatchOp, type Operator, type TokenType } from './rule.ts';

/** OPTIONS that carry a number; null for a value that cannot be read, which drops the line. */
function numericOption(draft: Draft, op: Operator, value: string): boolean {
  const [, option = '', text = ''] = /^(link_priority|log_level)=(.*)$/s.exec(value) ?? [];
  if (option === 'link_priority') {
    const priority = safeAtoi(text);
    if (typeof priority === 'number') add(draft, 'set link_priority', op, text, null, priority);
    else complain(draft, `Failed to parse link priority '${text}': ${numberError(priority)}`);
    return typeof priority === 'number';
  }
  const known = text === 'reset' || priorityNamed(text) !== null;
  if (known) add(draft, 'set log_level', op, text);
  else complain(draft, `Failed to parse log level '${text}': Invalid argument`);
  return known;
}

export const options: Handler = (draft, pair) => {
  if (pair.attr !== null) return invalid(draft, pair, 'attribute');
  if (isMatchOp(pair.op) || pair.op === '-=') return invalid(draft, pair, 'operator');
  const op = pair.op === '+=' ? '=' : pair.op;
  const { value } = pair;
  if (/^(link_priority|log_level)=/.test(value)) return numericOption(draft, op, value);
  if (/^(string_escape=(none|replace)|db_persist)$/.test(value)) {
    add(draft, `set ${value}` as TokenType, op, '');
  } else if (value === 'watch' || value === 'nowatch') {
    add(draft, 'set watch', op, '', null, value === 'watch' ? 1 : 0);
  } else if (value.startsWith('static_node=')) {
    add(draft, 'set static_node', op, value.slice('static_node='.length));
  } else {
    complain(draft, `Invalid value for OPTIONS key, ignoring: '${value}'`, 'warning');
  }
  return true;
};

/** rule_get_substitution_type is SUBST_TYPE_PLAIN. */
const isPlain = (value: string) => !value.startsWith('[') && !/[%$]/.test(value);

export const owner: Handler = (draft, pair) => {
  if (pair.attr !== null) return invalid(draft, pair, 'attribute');
  if (isMatchOp(pair.op) || pair.op === '-=') return invalid(draft, pair, 'operator');
  const op = assuming(draft, pair, ['+='], "'=' or ':='");
  const kind = pair.key === 'OWNER' ? 'user' : 'group';
  const id = parseId(pair.value);
  if (id !== null) {
    add(draft, `set ${pair.key}_ID` as TokenType, op, '', null, id);
  } else if (draft.resolve === 'early' && isPlain(pair.value)) {
    const found = resolve(draft, kind, pair.value);
    add(draft, `set ${pair.key}_ID` as TokenType, op, '', null, found);
  } else if (draft.resolve !== 'never') {
    checkValue(draft, pair, true);
    add(draft, `set ${pair.key}` as TokenType, op, pair.value);
  } else {
    const text =
      kind === 'user'
        ? `User name resolution is disabled, ignoring OWNER=${pair.value}`
        : `Resolving group name is disabled, ignoring GROUP="${pair.value}"`;
    complain(draft, text, 'debug');
  }
  return true;
};

export const mode: Handler = (draft, pair) => {
  if (pair.attr !== null) return invalid(draft, pair, 'attribute');
  if (isMatchOp(pair.op) || pair.op === '-=') return invalid(draft, pair, 'operator');
  const op = assuming(draft, pair, ['+='], "'=' or ':='");
  const parsed = parseMode(pair.value);
  if (typeof parsed === 'number') {
    add(draft, 'set MODE_ID', op, '', null, parsed);
  } else {
    checkValue(draft, pair, true);
    add(draft, 'set MODE', op, pair.value);
  }
  return true;
};

export const seclabel: Handler = (draft, pair) => {
  if (!pair.attr) return invalid(draft, pair, 'attribute');
  checkValue(draft, pair, true);
  if (isMatchOp(pair.op) || pair.op === '-=') return invalid(draft, pair, 'operator');
  const op = assuming(draft, pair, [':='], "'=' or '+='");
  add(draft, 'set SECLABEL', op, pair.value, pair.attr);
  return true;
};

export const run: Handler = (draft, pair) => {
  if (isMatchOp(pair.op) || pair.op === '-=') return invalid(draft, pair, 'operator');
  checkValue(draft, pair, true);
  if (pair.attr === null || pair.attr === 'program') {
    add(draft, 'set RUN{program}', pair.op, pair.value);
    return true;
  }
  if (pair.attr !== 'builtin') return invalid(draft, pair, 'attribute');
  if (lookUpBuiltin(pair.value, draft.switches) === null) {
    complain(draft, `Unknown builtin command '${pair.value}', ignoring`);
    return false;
  }
  add(draft, 'set RUN{builtin}', pair.op, pair.value);
  return true;
};

export const jump: Handler = (draft, pair) => {
  if (pair.attr !== null) return invalid(draft, pair, 'attribute');
  if (pair.op !== '=') return invalid(draft, pair, 'operator');
  if (pair.key === 'LABEL') draft.label = pair.value;
  else if (draft.gotos.length === 0) draft.gotos.push(pair.value);
  else {
    const text = `Contains multiple GOTO keys, ignoring GOTO="${pair.value}".`;
    complain(draft, text, 'warning');
  }
  return true;
};
