/**
 * Builtins that only print or judge: echo, printf, test, true, pwd.
 *
 * Models: GNU bash 4.2 builtins/echo.def, printf.def, test.def, colon.def, cd.def pwd_builtin
 */

import { strftime } from '../../libc/time.ts';
import { dashEcho, echoText } from '../../userland/text/format.ts';
import { type Clock, printfText } from '../../userland/text/printf.ts';
import { askCwd } from '../ask.ts';
import { backslashQuote } from '../quote.ts';
import { builtinError, type Shell, viewOf, write } from '../shell.ts';
import { evaluateTest, isMisused } from '../test.ts';
import { calculate, setVariable } from '../variables.ts';
import type { Builtin } from './builtin.ts';

const timeIn =
  (shell: Shell): Clock =>
  (format, seconds) =>
    strftime(format, seconds === null ? shell.session.world.now : seconds * 1000);

function printf(shell: Shell, words: readonly string[]): number {
  let args = words.slice(1);
  const into = args[0] === '-v' ? args[1] : undefined;
  if (into !== undefined) args = args.slice(2);
  if (args[0] === '--') args = args.slice(1);
  const [format, ...rest] = args;
  if (format === undefined) {
    write(shell, 2, 'printf: usage: printf [-v var] format [arguments]\n');
    return 2;
  }
  const printed = printfText(format, rest, backslashQuote, timeIn(shell));
  if (into === undefined) write(shell, 1, printed.text);
  else setVariable(shell, into, printed.text);
  for (const complaint of printed.complaints) builtinError(shell, `printf: ${complaint}`);
  return printed.status;
}

function test(shell: Shell, words: readonly string[]): number {
  const [name = '', ...rest] = words;
  if (name === '[' && rest.at(-1) !== ']') {
    builtinError(shell, "[: missing `]'");
    return 2;
  }
  try {
    return evaluateTest(shell, name === '[' ? rest.slice(0, -1) : rest) ? 0 : 1;
  } catch (thrown) {
    if (!isMisused(thrown)) throw thrown;
    builtinError(shell, `${name}: ${thrown.misused}`);
    return 2;
  }
}

const evaluateLet: Builtin = (shell, words) => {
  if (words.length < 2) {
    builtinError(shell, 'let: expression expected');
    return 1;
  }
  const values = words.slice(1).map((word) => calculate(shell, word));
  return values.at(-1) === 0n ? 1 : 0;
};

export const textBuiltins: Readonly<Record<string, Builtin>> = {
  ':': () => 0,
  true: () => 0,
  false: () => 1,
  echo: (shell, words) => {
    write(shell, 1, shell.dash ? dashEcho(words.slice(1)) : echoText(words.slice(1)));
    return 0;
  },
  printf,
  test,
  '[': test,
  let: evaluateLet,
  pwd: (shell, words) => {
    write(shell, 1, `${words[1] === '-P' ? askCwd(viewOf(shell)) : shell.cwd}\n`);
    return 0;
  },
};
