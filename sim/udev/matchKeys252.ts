/**
 * The v252 keys that can match (some of them can also assign), and the tokens they become.
 *
 * Models: systemd v252 src/udev/udev-rules.c parse_token, from ACTION to RESULT
 *
 * PROGRAM and IMPORT with `=` are matches all the same: they must succeed.
 */
import { lookUpBuiltin } from './builtins.ts';
import { assuming, checkAttr, checkValue, type Handler, invalid } from './check252.ts';
import { add, complain } from './draft.ts';
import { numberError, parseMode } from './numbers.ts';
import { isMatchOp, type Operator, type TokenType } from './rule.ts';

export const matchOnly: Handler = (draft, pair) => {
  if (pair.attr !== null) return invalid(draft, pair, 'attribute');
  if (!isMatchOp(pair.op)) return invalid(draft, pair, 'operator');
  if (pair.key === 'SUBSYSTEM' && (pair.value === 'bus' || pair.value === 'class')) {
    complain(draft, `"${pair.value}" must be specified as "subsystem".`, 'warning');
  }
  add(draft, pair.key as TokenType, pair.op, pair.value);
  return true;
};

export const symlink: Handler = (draft, pair) => {
  if (pair.attr !== null) return invalid(draft, pair, 'attribute');
  if (pair.op === '-=') return invalid(draft, pair, 'operator');
  if (!isMatchOp(pair.op)) checkValue(draft, pair, false);
  add(draft, isMatchOp(pair.op) ? 'SYMLINK' : 'set SYMLINK', pair.op, pair.value);
  return true;
};

export const name: Handler = (draft, pair) => {
  if (pair.attr !== null) return invalid(draft, pair, 'attribute');
  if (pair.op === '-=') return invalid(draft, pair, 'operator');
  const op = assuming(draft, pair, ['+='], "'==', '!=', '=', or ':='");
  if (isMatchOp(op)) {
    add(draft, 'NAME', op, pair.value);
    return true;
  }
  if (pair.value === '%k') {
    complain(draft, 'Ignoring NAME="%k", as it will take no effect.');
    return false;
  }
  if (pair.value === '') {
    complain(draft, 'Ignoring NAME="", as udev will not delete any network interfaces.');
    return false;
  }
  checkValue(draft, pair, false);
  add(draft, 'set NAME', op, pair.value);
  return true;
};

const unsettable =
  'ACTION DEVLINKS DEVNAME DEVPATH DEVTYPE DRIVER IFINDEX MAJOR MINOR SEQNUM SUBSYSTEM TAGS'.split(
    ' ',
  );

export const env: Handler = (draft, pair) => {
  const attr = pair.attr ?? '';
  if (attr === '') return invalid(draft, pair, 'attribute');
  if (pair.op === '-=') return invalid(draft, pair, 'operator');
  const op = assuming(draft, pair, [':='], "'==', '!=', '=', or '+='");
  if (isMatchOp(op)) {
    add(draft, 'ENV', op, pair.value, attr);
    return true;
  }
  if (unsettable.includes(attr)) {
    complain(draft, `Invalid ENV attribute. '${attr}' cannot be set.`);
    return false;
  }
  checkValue(draft, pair, false);
  add(draft, 'set ENV', op, pair.value, attr);
  return true;
};

export const constant: Handler = (draft, pair) => {
  if (pair.attr !== 'arch' && pair.attr !== 'virt') return invalid(draft, pair, 'attribute');
  if (!isMatchOp(pair.op)) return invalid(draft, pair, 'operator');
  add(draft, 'CONST', pair.op, pair.value, pair.attr);
  return true;
};

export const tag: Handler = (draft, pair) => {
  if (pair.attr !== null) return invalid(draft, pair, 'attribute');
  const op = assuming(draft, pair, [':='], "'==', '!=', '=', or '+='");
  if (!isMatchOp(op)) checkValue(draft, pair, true);
  add(draft, isMatchOp(op) ? 'TAG' : 'set TAG', op, pair.value);
  return true;
};

export const attrOrSysctl: Handler = (draft, pair) => {
  if (!checkAttr(draft, pair)) return false;
  if (pair.op === '-=') return invalid(draft, pair, 'operator');
  const op = assuming(draft, pair, ['+=', ':='], "'==', '!=', or '='");
  if (!isMatchOp(op)) checkValue(draft, pair, false);
  const type = (isMatchOp(op) ? pair.key : `set ${pair.key}`) as TokenType;
  add(draft, type, op, pair.value, pair.attr);
  return true;
};

export const attrs: Handler = (draft, pair) => {
  if (!checkAttr(draft, pair)) return false;
  if (!isMatchOp(pair.op)) return invalid(draft, pair, 'operator');
  if (pair.attr?.startsWith('device/')) {
    complain(draft, "'device' link may not be available in future kernels.", 'warning');
  }
  if (pair.attr?.includes('../')) {
    complain(
      draft,
      'Direct reference to parent sysfs directory, may break in future kernels.',
      'warning',
    );
  }
  add(draft, 'ATTRS', pair.op, pair.value, pair.attr);
  return true;
};

export const test: Handler = (draft, pair) => {
  const mode = pair.attr ? parseMode(pair.attr) : null;
  if (typeof mode === 'string') {
    complain(draft, `Failed to parse mode '${pair.attr}': ${numberError(mode)}`);
    return false;
  }
  checkValue(draft, pair, true);
  if (!isMatchOp(pair.op)) return invalid(draft, pair, 'operator');
  add(draft, 'TEST', pair.op, pair.value, null, mode);
  return true;
};

const asMatch = (op: Operator): Operator => (isMatchOp(op) ? op : '==');

export const program: Handler = (draft, pair) => {
  if (pair.attr !== null) return invalid(draft, pair, 'attribute');
  checkValue(draft, pair, true);
  if (pair.op === '-=') return invalid(draft, pair, 'operator');
  add(draft, 'PROGRAM', asMatch(pair.op), pair.value);
  return true;
};

export const importKey: Handler = (draft, pair) => {
  if (!pair.attr) return invalid(draft, pair, 'attribute');
  checkValue(draft, pair, true);
  if (pair.op === '-=') return invalid(draft, pair, 'operator');
  const op = asMatch(pair.op);
  const builtin = lookUpBuiltin(pair.value, draft.switches);
  if (pair.attr === 'program' && builtin !== null) {
    complain(
      draft,
      `Found builtin command '${pair.value}' for IMPORT, replacing attribute`,
      'debug',
    );
    add(draft, 'IMPORT{builtin}', op, pair.value);
    return true;
  }
  if (pair.attr === 'builtin' && builtin === null) {
    complain(draft, `Unknown builtin command: ${pair.value}`);
    return false;
  }
  if (!['file', 'program', 'builtin', 'db', 'cmdline', 'parent'].includes(pair.attr)) {
    return invalid(draft, pair, 'attribute');
  }
  add(draft, `IMPORT{${pair.attr}}` as TokenType, op, pair.value);
  return true;
};
