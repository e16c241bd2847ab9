/**
 * Compound commands: if, for, while, case, `(( ))`, `[[ ]]`. Each answers its status.
 *
 * Models: GNU bash 4.2 execute_cmd.c execute_if_command, execute_for_command, execute_arith_for_command,
 *   execute_while_or_until, execute_case_command, execute_arith_command
 * Leaves out: select.
 */
import type { CompoundCommand, CompoundList } from 'unbash';
import { condition } from './conditional.ts';
import { expandInside, expandPattern, expandText, expandWords } from './expand.ts';
import { matches } from './pattern.ts';
import { complain, isLeaving, leave, type Shell, unsupported } from './shell.ts';
import { inSubshell } from './substitute.ts';
import { trace, traceArithmetic } from './trace.ts';
import { calculate, isName, setVariable } from './variables.ts';

/** Runs a list and answers its status; evaluate.ts gives it. */
export type RunList = (shell: Shell, list: CompoundList) => number;

type Node<Type extends string> = CompoundCommand & { type: Type };

/** Run something whose failure is a question, not an error. */
export function asking<T>(shell: Shell, run: () => T): T {
  shell.asking++;
  try {
    return run();
  } finally {
    shell.asking--;
  }
}

const holds = (shell: Shell, run: RunList, list: CompoundList): boolean =>
  asking(shell, () => run(shell, list)) === 0;

/** One turn of a loop; false when the loop is over. */
function turn(body: () => void): boolean {
  try {
    body();
    return true;
  } catch (thrown) {
    if (!isLeaving(thrown)) throw thrown;
    if (thrown.leaving !== 'break' && thrown.leaving !== 'continue') throw thrown;
    if (thrown.levels > 1) return leave({ ...thrown, levels: thrown.levels - 1 });
    return thrown.leaving === 'continue';
  }
}

function looping(shell: Shell, run: () => number): number {
  shell.loops++;
  try {
    return run();
  } finally {
    shell.loops--;
  }
}

function runFor(shell: Shell, node: Node<'For'>, run: RunList): number {
  const name = node.name.value;
  if (!isName(name)) {
    complain(shell, `\`${name}': not a valid identifier`);
    return 1;
  }
  const words = node.wordlist === undefined ? shell.args : expandWords(shell, node.wordlist);
  return looping(shell, () => {
    let status = 0;
    for (const word of words) {
      if (node.wordlist !== undefined)
        trace(shell, `for ${name} in ${node.wordlist.map((w) => w.text).join(' ')}`);
      setVariable(shell, name, word);
      const body = () => {
        status = 0;
        status = run(shell, node.body);
      };
      if (!turn(body)) break;
    }
    return status;
  });
}

/** The three expressions of `for ((a; b; c))` as written. */
function expressions(shell: Shell, node: Node<'ArithmeticFor'>): string[] {
  const text = shell.source.text.slice(node.pos, node.body.pos);
  const from = text.indexOf('((') + 2;
  return text.slice(from, text.lastIndexOf('))')).split(';');
}

function runArithmeticFor(shell: Shell, node: Node<'ArithmeticFor'>, run: RunList): number {
  const [first = '', test = '', next = ''] = expressions(shell, node);
  const value = (text: string) => {
    const expression = expandInside(shell, text);
    if (expression.trim() !== '') traceArithmetic(shell, expression);
    return calculate(shell, expression);
  };
  value(first);
  return looping(shell, () => {
    let status = 0;
    while (test.trim() === '' || value(test) !== 0n) {
      const body = () => {
        status = 0;
        status = run(shell, node.body);
      };
      if (!turn(body)) break;
      value(next);
    }
    return status;
  });
}

/** A loop of more turns than this never ends: nothing outside the shell can change meanwhile. */
const MAX_TURNS = 1_000_000;

function runWhile(shell: Shell, node: Node<'While'>, run: RunList): number {
  const wanted = node.kind === 'while';
  return looping(shell, () => {
    let status = 0;
    for (let turns = 0; turns < MAX_TURNS; turns++) {
      let over = false;
      const body = () => {
        over = holds(shell, run, node.clause) !== wanted;
        if (over) return;
        status = 0;
        status = run(shell, node.body);
      };
      if (!turn(body) || over) return status;
    }
    return unsupported(shell, `a loop of more than ${MAX_TURNS} turns`);
  });
}

const caseFlag = (shell: Shell) => (shell.shopts.has('nocasematch') ? 'i' : '');

function runCase(shell: Shell, node: Node<'Case'>, run: RunList): number {
  if (!shell.dash) trace(shell, `case ${node.word.text} in`);
  const text = expandText(shell, node.word);
  let status = 0;
  let through = false;
  for (const item of node.items) {
    const fits =
      through ||
      item.pattern.some((word) => matches(expandPattern(shell, word), text, caseFlag(shell)));
    if (!fits) continue;
    status = run(shell, item.body);
    through = item.terminator === ';&';
    if (item.terminator !== ';&' && item.terminator !== ';;&') break;
  }
  return status;
}

function runIf(shell: Shell, node: Node<'If'>, run: RunList): number {
  for (const { clause, then } of [node, ...node.elif]) {
    if (holds(shell, run, clause)) return run(shell, then);
  }
  return node.else ? run(shell, node.else) : 0;
}

/** An error in `(( ))` is a failure, not the end of the script. */
function runArithmetic(shell: Shell, node: Node<'ArithmeticCommand'>): number {
  try {
    const expression = expandInside(shell, node.body);
    traceArithmetic(shell, expression);
    return calculate(shell, expression) === 0n ? 1 : 0;
  } catch (thrown) {
    if (!isLeaving(thrown)) throw thrown;
    return 1;
  }
}

export function runCompound(shell: Shell, node: CompoundCommand, run: RunList): number {
  shell.pos = node.pos;
  switch (node.type) {
    case 'If':
      return runIf(shell, node, run);
    case 'For':
      return runFor(shell, node, run);
    case 'ArithmeticFor':
      return runArithmeticFor(shell, node, run);
    case 'While':
      return runWhile(shell, node, run);
    case 'Case':
      return runCase(shell, node, run);
    case 'BraceGroup':
      return run(shell, node.body);
    case 'Subshell':
      return inSubshell(shell, (child) => run(child, node.body));
    case 'TestCommand': {
      if (shell.dash) {
        complain(shell, '[[: not found');
        return 127;
      }
      const value = condition(shell, node.expression);
      return value === null ? 2 : value ? 0 : 1;
    }
    case 'ArithmeticCommand':
      return runArithmetic(shell, node);
    default:
      return unsupported(shell, `the command ${node.type.toLowerCase()}`);
  }
}
