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
import { calculate, writable } from './variables.ts';

/** null: the regular expression is wrong, status 2. */
function matchRegExp(shell: Shell, text: string, pattern: string): boolean | null {
  const compiled = toRegExp(pattern, 'extended', '');
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
  switch (e.operator) {
    case '=':
    case '==':
      return matches(expandPattern(shell, e.right), left);
    case '!=':
      return !matches(expandPattern(shell, e.right), left);
    case '=~':
      return matchRegExp(shell, left, expandRegExp(shell, e.right));
    case '-eq':
    case '-ne':
    case '-lt':
    case '-le':
    case '-gt':
    case '-ge':
      return compareNumbers(
        e.operator,
        calculate(shell, left),
        calculate(shell, expandText(shell, e.right)),
      );
    default:
      return binaryTest(shell, left, e.operator, expandText(shell, e.right));
  }
}

/** true, false, or null for a question that makes no sense. */
export function condition(shell: Shell, e: TestExpression): boolean | null {
  switch (e.type) {
    case 'TestUnary':
      return unaryTest(shell, e.operator, expandText(shell, e.operand));
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
