/**
 * Evaluating awk's expressions. A generator, since getline and system() make system calls.
 *
 * Models: GNU awk 4.0.2 interpret.h, eval.c
 */
import { own } from '../../kernel/own.ts';
import type { Sys } from '../../kernel/program.ts';
import { clock } from '../../libc/sys.ts';
import { callBuiltin, match, regexpOf, substituteText } from './awkFunctions.ts';
import { closeOutput, flush, inputOf, mainRecord, nextRecord, runCommand } from './awkIo.ts';
import {
  type Awk,
  arrayOf,
  format,
  getField,
  getVariable,
  setField,
  setGlobal,
  setRecord,
  setVariable,
  splitText,
  textVariable,
} from './awkState.ts';
import type { Expression, Target } from './awkSyntax.ts';
import { compareValues, isTrue, toNumber, toText, type Value } from './awkValue.ts';

/** Runs a function of the program; awkRun.ts gives it. */
export type Call = (awk: Awk, name: string, args: readonly Expression[]) => Sys<Value>;

export type Evaluating = Readonly<{ awk: Awk; call: Call }>;

export function* keyOf(e: Evaluating, subscripts: readonly Expression[]): Sys<string> {
  const parts: string[] = [];
  for (const subscript of subscripts)
    parts.push(toText(yield* evaluate(e, subscript), format(e.awk)));
  return parts.join(textVariable(e.awk, 'SUBSEP'));
}

function* read(e: Evaluating, target: Target): Sys<Value> {
  const { awk } = e;
  if (target.kind === 'variable') return getVariable(awk, target.name);
  if (target.kind === 'field') return getField(awk, toNumber(yield* evaluate(e, target.index)));
  const array = arrayOf(awk, target.name);
  const key = yield* keyOf(e, target.subscripts);
  if (!array.has(key)) array.set(key, undefined);
  return array.get(key);
}

function* assign(e: Evaluating, target: Target, value: Value): Sys<void> {
  const { awk } = e;
  if (target.kind === 'variable') setVariable(awk, target.name, value);
  else if (target.kind === 'field')
    setField(awk, toNumber(yield* evaluate(e, target.index)), value);
  else arrayOf(awk, target.name).set(yield* keyOf(e, target.subscripts), value);
}

function calculated(operator: string, a: number, b: number): number {
  switch (operator) {
    case '+':
      return a + b;
    case '-':
      return a - b;
    case '*':
      return a * b;
    case '^':
      return a ** b;
    default:
      if (b === 0) {
        const thrown = {
          awk:
            operator === '/'
              ? 'fatal: division by zero attempted'
              : "fatal: division by zero attempted in `%'",
          line: 1,
          at: -1,
        };
        throw thrown;
      }
      return operator === '/' ? a / b : a % b;
  }
}

/** A pattern's source: /re/ as it stands, anything else by its value. */
function* patternOf(e: Evaluating, expression: Expression): Sys<string> {
  const [only] = expression.kind === 'list' ? expression.items : [expression];
  if (only?.kind === 'regexp') return only.source;
  return toText(yield* evaluate(e, expression), format(e.awk));
}

const compared: Readonly<Record<string, (order: number) => boolean>> = {
  '<': (o) => o < 0,
  '<=': (o) => o <= 0,
  '==': (o) => o === 0,
  '!=': (o) => o !== 0,
  '>': (o) => o > 0,
  '>=': (o) => o >= 0,
};

function* binary(e: Evaluating, b: Expression & { kind: 'binary' }): Sys<Value> {
  const left = yield* evaluate(e, b.left);
  if (b.operator === '&&') return isTrue(left) && isTrue(yield* evaluate(e, b.right)) ? 1 : 0;
  if (b.operator === '||') return isTrue(left) || isTrue(yield* evaluate(e, b.right)) ? 1 : 0;
  if (b.operator === '~' || b.operator === '!~') {
    const hit = regexpOf(yield* patternOf(e, b.right)).test(toText(left, format(e.awk)));
    return hit === (b.operator === '~') ? 1 : 0;
  }
  const right = yield* evaluate(e, b.right);
  if (b.operator === ' ') return toText(left, format(e.awk)) + toText(right, format(e.awk));
  const compare = compared[b.operator];
  if (compare) return compare(compareValues(left, right, format(e.awk))) ? 1 : 0;
  return calculated(b.operator, toNumber(left), toNumber(right));
}

function* getline(e: Evaluating, g: Expression & { kind: 'getline' }): Sys<Value> {
  const { awk } = e;
  let record: string | null;
  if (g.from === 'input') record = yield* mainRecord(awk);
  else {
    const name = toText(g.source === null ? '' : yield* evaluate(e, g.source), format(awk));
    const source = yield* inputOf(awk, name, g.from);
    if (source === null) return -1;
    record = nextRecord(awk, source);
  }
  if (record === null) return 0;
  if (g.from !== 'file') {
    setGlobal(awk, 'NR', toNumber(awk.globals.get('NR')?.value) + 1);
    if (g.from === 'input') setGlobal(awk, 'FNR', toNumber(awk.globals.get('FNR')?.value) + 1);
  }
  if (g.target) yield* assign(e, g.target, { input: record });
  else setRecord(awk, record);
  return 1;
}

/** sub, gsub and gensub. */
function* substitute(e: Evaluating, name: string, args: readonly Expression[]): Sys<Value> {
  const [pattern, by, third, fourth] = args;
  const { awk } = e;
  const source = pattern ? yield* patternOf(e, pattern) : '';
  const template = toText(by ? yield* evaluate(e, by) : '', format(awk));
  if (name === 'gensub') {
    const how = toText(third ? yield* evaluate(e, third) : '1', format(awk));
    const text = toText(fourth ? yield* evaluate(e, fourth) : { input: awk.record }, format(awk));
    return substituteText(text, source, template, /^[gG]/.test(how) ? 0 : Number(how) || 1, true)
      .text;
  }
  const target = third ?? ({ kind: 'field', index: { kind: 'number', value: 0 } } as const);
  const text = toText(yield* evaluate(e, target), format(awk));
  const done = substituteText(text, source, template, name === 'gsub' ? 0 : 1, false);
  const assignable =
    target.kind === 'field' || target.kind === 'variable' || target.kind === 'element';
  if (done.count > 0 && assignable) yield* assign(e, target, done.text);
  return done.count;
}

function* split(e: Evaluating, [text, array, by]: readonly Expression[]): Sys<Value> {
  const { awk } = e;
  if (text === undefined || array?.kind !== 'variable') return 0;
  const whole = toText(yield* evaluate(e, text), format(awk));
  const separator = by ? yield* patternOf(e, by) : textVariable(awk, 'FS');
  const parts = splitText(whole, by?.kind === 'regexp' && by.source === ' ' ? '[ ]' : separator);
  const into = arrayOf(awk, array.name);
  into.clear();
  for (const [n, part] of parts.entries()) into.set(String(n + 1), { input: part });
  return parts.length;
}

/** Functions whose arguments are not simply values, or that reach outside. */
function* special(e: Evaluating, name: string, args: readonly Expression[]): Sys<Value | null> {
  const { awk } = e;
  const [first, second, third] = args;
  const text = function* (expression: Expression | undefined): Sys<string> {
    return expression ? toText(yield* evaluate(e, expression), format(awk)) : '';
  };
  switch (name) {
    case 'sub':
    case 'gsub':
    case 'gensub':
      return yield* substitute(e, name, args);
    case 'split':
      return yield* split(e, args);
    case 'match':
      return match(
        awk,
        yield* text(first),
        second ? yield* patternOf(e, second) : '',
        third?.kind === 'variable' ? third.name : null,
      );
    case 'length':
      if (
        first?.kind !== 'variable' ||
        !(awk.frames.at(-1)?.get(first.name)?.array ?? awk.globals.get(first.name)?.array)
      )
        return null;
      return arrayOf(awk, first.name).size;
    case 'system': {
      const line = yield* text(first);
      return (yield* runCommand(awk, line, null, false)).status;
    }
    case 'close':
      return yield* closeOutput(awk, yield* text(first));
    case 'fflush':
      yield* flush(awk);
      return 0;
    case 'systime':
      return Math.floor((yield* clock()) / 1000);
    case 'rand':
    case 'srand':
    case 'asort':
    case 'asorti': {
      const thrown = { awk: `kvmlab: the function ${name} is not supported`, line: 1, at: -1 };
      throw thrown;
    }
    default:
      return null;
  }
}

function* call(e: Evaluating, name: string, args: readonly Expression[]): Sys<Value> {
  if (own(e.awk.program.functions, name)) return yield* e.call(e.awk, name, args);
  const done = yield* special(e, name, args);
  if (done !== null) return done;
  const values: Value[] = [];
  for (const arg of args) values.push(yield* evaluate(e, arg));
  const answer = callBuiltin(e.awk, name, values);
  if (answer === null) {
    const thrown = { awk: `fatal: function \`${name}' not defined`, line: 1, at: -1 };
    throw thrown;
  }
  return answer;
}

function* step(e: Evaluating, s: Expression & { kind: 'step' }): Sys<Value> {
  const old = toNumber(yield* read(e, s.target));
  const value = s.operator === '++' ? old + 1 : old - 1;
  yield* assign(e, s.target, value);
  return s.before ? value : old;
}

function* compound(e: Evaluating, a: Expression & { kind: 'assign' }): Sys<Value> {
  if (a.operator === '=') {
    const value = yield* evaluate(e, a.value);
    yield* assign(e, a.target, value);
    return value;
  }
  const right = toNumber(yield* evaluate(e, a.value));
  const value = calculated(a.operator.slice(0, -1), toNumber(yield* read(e, a.target)), right);
  yield* assign(e, a.target, value);
  return value;
}

export function* evaluate(e: Evaluating, x: Expression): Sys<Value> {
  switch (x.kind) {
    case 'number':
    case 'string':
      return x.value;
    case 'regexp':
      return regexpOf(x.source).test(e.awk.record) ? 1 : 0;
    case 'variable':
    case 'element':
    case 'field':
      return yield* read(e, x);
    case 'list':
      return x.items[0] ? yield* evaluate(e, x.items[0]) : '';
    case 'assign':
      return yield* compound(e, x);
    case 'choice':
      return yield* evaluate(e, isTrue(yield* evaluate(e, x.test)) ? x.yes : x.no);
    case 'binary':
      return yield* binary(e, x);
    case 'unary': {
      const value = yield* evaluate(e, x.operand);
      if (x.operator === '!') return isTrue(value) ? 0 : 1;
      return x.operator === '-' ? -toNumber(value) : toNumber(value);
    }
    case 'step':
      return yield* step(e, x);
    case 'in':
      return arrayOf(e.awk, x.name).has(yield* keyOf(e, x.subscripts)) ? 1 : 0;
    case 'call':
      return yield* call(e, x.name, x.args);
    default:
      return yield* getline(e, x);
  }
}
