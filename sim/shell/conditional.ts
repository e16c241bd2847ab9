/**
 * `[[ ... ]]`: patterns on the right of ==, regular expressions on the right of =~, no splitting.
 *
 * Models: GNU bash 4.2 execute_cmd.c execute_cond_node, lib/sh/shmatch.c sh_regmatch
 */
import type { TestExpression } from 'unbash';
import { toRegExp } from '../userland/text/regex.ts';
import { expandPattern, expandRegExp, expandText } from './expand.ts';
import { matches } from './pattern.ts';
import { complain, type Shell } from './shell.ts';
import { binaryTest, compareNumbers, unaryTest } from './test.ts';
import { trace } from './trace.ts';
import { calculate, writable } from './variables.ts';

/** null: the regular expression is wrong, status 2. */
function matchRegExp(shell: Shell, text: string, pattern: string, flags: string): boolean | null {
  const compiled = toRegExp(pattern, 'extended', flags);
  if ('error' in compiled) return null;
  const hit = compiled.regexp.exec(text);
  if (hit) {
    const variable = writable(shell, 'BASH_REMATCH');
    variable.kind = 'array';
    variable.cells = new Map(hit.map((group, n) => [String(n), group ?? '']));
  } else shell.vars.delete('BASH_REMATCH');
  return hit !== null;
}

function binary(shell: Shell, e: TestExpression & { type: 'TestBinary' }): boolean | null {
  const left = expandText(shell, e.left);
  const shown = (right: string) =>
    trace(shell, `[[ ${left === '' ? "''" : left} ${e.operator} ${right === '' ? "''" : right} ]]`);
  const right = rightSide(shell, e);
  shown(right);
  const flags = shell.shopts.has('nocasematch') ? 'i' : '';
  switch (e.operator) {
    case '=':
    case '==':
      return matches(right, left, flags);
    case '!=':
      return !matches(right, left, flags);
    case '=~':
      return matchRegExp(shell, left, right, flags);
    case '-eq':
    case '-ne':
    case '-lt':
    case '-le':
    case '-gt':
    case '-ge':
      return compareNumbers(e.operator, calculate(shell, left), calculate(shell, right));
    default:
      return binaryTest(shell, left, e.operator, right);
  }
}

/** A pattern, a regular expression, or a text. */
function rightSide(
  shell: Shell,
  { operator, right }: TestExpression & { type: 'TestBinary' },
): string {
  if (operator === '=' || operator === '==' || operator === '!=')
    return expandPattern(shell, right);
  return operator === '=~' ? expandRegExp(shell, right) : expandText(shell, right);
}

/** true, false, or null for a question that makes no sense. */
export function condition(shell: Shell, e: TestExpression): boolean | null {
  switch (e.type) {
    case 'TestUnary': {
      const operand = expandText(shell, e.operand);
      trace(shell, `[[ ${e.operator} ${operand === '' ? "''" : operand} ]]`);
      return unaryTest(shell, e.operator, operand);
    }
    case 'TestBinary':
      return binary(shell, e);
    case 'TestGroup':
      return condition(shell, e.expression);
    case 'TestNot': {
      const value = condition(shell, e.operand);
      return value === null ? null : e.negations.length % 2 === 1 ? !value : value;
    }
    case 'TestLogical': {
      let value: boolean | null = e.operator === '&&';
      for (const operand of e.operands) {
        value = condition(shell, operand);
        if (value === null || value === (e.operator === '||')) return value;
      }
      return value;
    }
    default:
      complain(shell, 'syntax error in conditional expression');
      return null;
  }
}
