/**
 * Running an awk program: BEGIN, the rules on each record, END.
 *
 * Models: GNU awk 4.0.2 eval.c r_interpret
 */
import { own } from '../../kernel/own.ts';
import type { Sys } from '../../kernel/program.ts';
import { type Evaluating, evaluate, keyOf } from './awkEvaluate.ts';
import { sprintf } from './awkFunctions.ts';
import { closeOutput, flush, mainRecord, redirect } from './awkIo.ts';
import {
  type Awk,
  arrayOf,
  blankSlot,
  format,
  type Slot,
  setGlobal,
  setRecord,
  setVariable,
  slotOf,
  textVariable,
} from './awkState.ts';
import type { Expression, Rule, Statement } from './awkSyntax.ts';
import { isTrue, numberText, toNumber, toText, type Value } from './awkValue.ts';

/** How a statement ends when not by going on to the next one. */
type Leaving =
  | Readonly<{ leaving: 'next' | 'nextfile' | 'break' | 'continue' }>
  | Readonly<{ leaving: 'exit'; status: number | null }>
  | Readonly<{ leaving: 'return'; value: Value }>;

type Done = Leaving | null;

function* callFunction(awk: Awk, name: string, args: readonly Expression[]): Sys<Value> {
  const made = own(awk.program.functions, name);
  if (made === undefined) return undefined;
  const frame = new Map<string, Slot>();
  for (const [n, parameter] of made.parameters.entries()) {
    const arg = args[n];
    const slot = blankSlot();
    if (arg?.kind === 'variable') {
      const from = slotOf(awk, arg.name);
      Object.assign(slot, { value: from.value, array: from.array, origin: from });
    } else if (arg) slot.value = yield* evaluate({ awk, call: callFunction }, arg);
    frame.set(parameter, slot);
  }
  awk.frames.push(frame);
  const done = yield* run(awk, made.body);
  awk.frames.pop();
  if (done?.leaving === 'exit') throw done;
  return done?.leaving === 'return' ? done.value : undefined;
}

const evaluating = (awk: Awk): Evaluating => ({ awk, call: callFunction });

/** OFMT is for print what CONVFMT is for everything else. */
function printedText(awk: Awk, value: Value): string {
  return typeof value === 'number'
    ? numberText(value, textVariable(awk, 'OFMT'))
    : toText(value, format(awk));
}

function* print(awk: Awk, s: Statement & { kind: 'print' | 'printf' }): Sys<void> {
  const values: Value[] = [];
  for (const arg of s.args) values.push(yield* evaluate(evaluating(awk), arg));
  const line =
    s.kind === 'printf'
      ? sprintf(awk, toText(values[0], format(awk)), values.slice(1))
      : (values.length === 0
          ? awk.record
          : values.map((v) => printedText(awk, v)).join(textVariable(awk, 'OFS'))) +
        textVariable(awk, 'ORS');
  if (s.to === null) awk.output += line;
  else {
    const name = toText(yield* evaluate(evaluating(awk), s.to.name), format(awk));
    yield* redirect(awk, s.to.operator, name, line);
  }
}

function* repeat(awk: Awk, s: Statement & { kind: 'while' }): Sys<Done> {
  if (!s.atLeastOnce && !isTrue(yield* evaluate(evaluating(awk), s.test))) return null;
  do {
    const done = yield* run(awk, s.body);
    if (done?.leaving === 'break') return null;
    if (done && done.leaving !== 'continue') return done;
  } while (isTrue(yield* evaluate(evaluating(awk), s.test)));
  return null;
}

function* count(awk: Awk, s: Statement & { kind: 'for' }): Sys<Done> {
  if (s.first) yield* run(awk, s.first);
  while (s.test === null || isTrue(yield* evaluate(evaluating(awk), s.test))) {
    const done = yield* run(awk, s.body);
    if (done?.leaving === 'break') return null;
    if (done && done.leaving !== 'continue') return done;
    if (s.next) yield* run(awk, s.next);
  }
  return null;
}

function* each(awk: Awk, s: Statement & { kind: 'each' }): Sys<Done> {
  for (const key of [...arrayOf(awk, s.array).keys()]) {
    setVariable(awk, s.name, { input: key });
    const done = yield* run(awk, s.body);
    if (done?.leaving === 'break') return null;
    if (done && done.leaving !== 'continue') return done;
  }
  return null;
}

function* run(awk: Awk, s: Statement): Sys<Done> {
  switch (s.kind) {
    case 'expression':
      yield* evaluate(evaluating(awk), s.value);
      return null;
    case 'print':
    case 'printf':
      yield* print(awk, s);
      return null;
    case 'block':
      for (const inner of s.body) {
        const done = yield* run(awk, inner);
        if (done) return done;
      }
      return null;
    case 'if':
      if (isTrue(yield* evaluate(evaluating(awk), s.test))) return yield* run(awk, s.yes);
      return s.no ? yield* run(awk, s.no) : null;
    case 'while':
      return yield* repeat(awk, s);
    case 'for':
      return yield* count(awk, s);
    case 'each':
      return yield* each(awk, s);
    case 'delete':
      if (s.subscripts === null) arrayOf(awk, s.name).clear();
      else arrayOf(awk, s.name).delete(yield* keyOf(evaluating(awk), s.subscripts));
      return null;
    case 'exit':
      return {
        leaving: 'exit',
        status: s.value ? toNumber(yield* evaluate(evaluating(awk), s.value)) : null,
      };
    case 'return':
      return {
        leaving: 'return',
        value: s.value ? yield* evaluate(evaluating(awk), s.value) : undefined,
      };
    default:
      return { leaving: s.kind };
  }
}

/** Does a rule apply to the current record? */
function* applies(awk: Awk, rule: Rule, n: number): Sys<boolean> {
  if (rule.from === null) return true;
  if (rule.to === null) return isTrue(yield* evaluate(evaluating(awk), rule.from));
  if (!awk.ranges.has(n) && !isTrue(yield* evaluate(evaluating(awk), rule.from))) return false;
  awk.ranges.add(n);
  if (isTrue(yield* evaluate(evaluating(awk), rule.to))) awk.ranges.delete(n);
  return true;
}

const printLine: Statement = { kind: 'print', args: [], to: null };

function* onRecord(awk: Awk): Sys<Done> {
  for (const [n, rule] of awk.program.rules.entries()) {
    if (rule.when !== 'line' || !(yield* applies(awk, rule, n))) continue;
    const done = yield* run(awk, rule.body ?? printLine);
    if (done) return done;
  }
  return null;
}

function* bodies(awk: Awk, when: 'BEGIN' | 'END'): Sys<Done> {
  for (const rule of awk.program.rules) {
    const done = rule.when === when && rule.body ? yield* run(awk, rule.body) : null;
    if (done?.leaving === 'exit') return done;
  }
  return null;
}

function* lines(awk: Awk): Sys<Done> {
  const needed = awk.program.rules.some((rule) => rule.when !== 'BEGIN');
  if (!needed) return null;
  for (;;) {
    const record = yield* mainRecord(awk);
    if (record === null) return null;
    setRecord(awk, record);
    for (const name of ['NR', 'FNR'])
      setGlobal(awk, name, toNumber(awk.globals.get(name)?.value) + 1);
    const done = yield* onRecord(awk);
    if (done?.leaving === 'exit') return done;
    if (done?.leaving === 'nextfile') awk.main = null;
  }
}

/** A phase of the program; an exit inside a function arrives as a thrown Leaving. */
function* phase(run: Sys<Done>): Sys<Done> {
  try {
    return yield* run;
  } catch (thrown) {
    if (typeof thrown === 'object' && thrown !== null && 'leaving' in thrown)
      return thrown as Leaving;
    throw thrown;
  }
}

export function* runAwk(awk: Awk): Sys<number> {
  let status: number | null = null;
  const note = (done: Done): boolean => {
    if (done?.leaving !== 'exit') return false;
    status = done.status ?? status ?? 0;
    return true;
  };
  if (!note(yield* phase(bodies(awk, 'BEGIN')))) note(yield* phase(lines(awk)));
  note(yield* phase(bodies(awk, 'END')));
  yield* flush(awk);
  for (const name of [...awk.outputs.keys()]) yield* closeOutput(awk, name);
  return status ?? (awk.failed ? 2 : 0);
}
