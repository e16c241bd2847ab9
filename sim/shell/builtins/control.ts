/**
 * Builtins that change where evaluation goes on: break, return, exit, eval, source, exec, trap.
 *
 * Models: GNU bash 4.2 builtins/break.def, return.def, exit.def, eval.def, source.def, exec.def, trap.def
 */
import { failed, strerror } from '../../kernel/errno.ts';
import { askText } from '../ask.ts';
import { textAt } from '../ownDescriptors.ts';
import { runProgram } from '../program.ts';
import { openAll } from '../redirect.ts';
import {
  builtinError,
  complain,
  isLeaving,
  leave,
  lineOf,
  linesBefore,
  type Shell,
  unsupported,
  viewOf,
  write,
} from '../shell.ts';
import { SIGNAL_TABLE } from '../signals.ts';
import { trapList, trapName } from '../traps.ts';
import type { Builtin } from './builtin.ts';

const loop =
  (leaving: 'break' | 'continue'): Builtin =>
  (shell, [, given]) => {
    if (shell.loops === 0) {
      builtinError(shell, `${leaving}: only meaningful in a \`for', \`while', or \`until' loop`);
      return 0;
    }
    const levels = Number(given ?? 1);
    if (!Number.isInteger(levels)) {
      builtinError(shell, `${leaving}: ${given}: numeric argument required`);
      return leave({ leaving: 'exit', status: 128 });
    }
    if (levels < 1) {
      builtinError(shell, `${leaving}: ${given}: loop count out of range`);
      return leave({ leaving: 'break', levels: shell.loops });
    }
    return leave({ leaving, levels: Math.min(levels, shell.loops) });
  };

function statusArgument(shell: Shell, name: string, given: string | undefined): number {
  if (given === undefined) return shell.status;
  if (!/^[+-]?\d+$/.test(given)) {
    builtinError(shell, `${name}: ${given}: numeric argument required`);
    return shell.session.bash === '4.2' ? 255 : 2;
  }
  return Number(given) & 0xff;
}

/** Words joined and read again. */
const evaluateWords: Builtin = (shell, words) => {
  const text = words.slice(words[1] === '--' ? 2 : 1).join(' ');
  if (text.trim() === '') return 0;
  shell.session.evaluate(shell, text, lineOf(shell) + linesBefore(shell), 'eval');
  return shell.status;
};

function findSource(shell: Shell, name: string): string {
  if (name.includes('/')) return name;
  for (const directory of (shell.vars.get('PATH')?.cells.get('0') ?? '').split(':')) {
    if (!failed(askText(viewOf(shell), `${directory}/${name}`))) return `${directory}/${name}`;
  }
  return name;
}

const source: Builtin = (shell, [name = '', path, ...args]) => {
  if (path === undefined) {
    builtinError(shell, `${name}: filename argument required`);
    write(shell, 2, `${name}: usage: ${name} filename [arguments]\n`);
    return 2;
  }
  const text = textAt(shell, findSource(shell, path));
  if (failed(text)) {
    complain(shell, `${path}: ${strerror(text.errno)}`);
    return 1;
  }
  const before = {
    source: shell.source,
    pos: shell.pos,
    args: shell.args,
    origin: shell.origin,
    sourcing: shell.sourcing,
    frames: shell.frames,
  };
  const outer = shell.speaker;
  if (args.length > 0) shell.args = args;
  shell.speaker = path;
  shell.origin = 'file';
  shell.sourcing = true;
  shell.frames = [{ name: 'source', file: path, line: lineOf(shell) }, ...shell.frames];
  try {
    shell.status = 0;
    shell.session.evaluate(shell, text, 1, 'eval');
    return shell.status;
  } catch (thrown) {
    if (!isLeaving(thrown) || thrown.leaving !== 'return') throw thrown;
    return thrown.status;
  } finally {
    Object.assign(shell, before, {
      speaker: outer,
      args: args.length > 0 ? before.args : shell.args,
    });
  }
};

/** With a command the shell becomes it; without one its redirections stay. */
const exec: Builtin = (shell, words, { planned }) => {
  if (words.length > 1) {
    const status = runProgram(shell, words.slice(1), planned, false);
    return leave({ leaving: 'exit', status });
  }
  const table = openAll(shell, planned);
  if (table === null) return 1;
  shell.fds = table;
  return 0;
};

const trap: Builtin = (shell, words) => {
  const [action, ...names] = words.slice(words[1] === '--' ? 2 : 1);
  if (action === '-l') {
    write(shell, 1, SIGNAL_TABLE);
    return 0;
  }
  if (action === undefined || action === '-p') {
    write(
      shell,
      1,
      trapList(
        shell.traps,
        names.flatMap((name) => trapName(name) ?? []),
      ),
    );
    return 0;
  }
  // A single word that is a signal's name or number resets it.
  const resets = names.length === 0;
  if (resets && trapName(action) === null) {
    write(shell, 2, TRAP_USAGE);
    return 2;
  }
  let status = 0;
  for (const given of resets ? [action] : names) {
    const name = trapName(given);
    if (name === null) {
      if (given === 'RETURN') return unsupported(shell, 'trap RETURN');
      builtinError(shell, `trap: ${given}: invalid signal specification`);
      status = 1;
    } else if (resets || action === '-') shell.traps.delete(name);
    else shell.traps.set(name, action);
  }
  return status;
};

const TRAP_USAGE = 'trap: usage: trap [-lp] [[arg] signal_spec ...]\n';

export const controlBuiltins: Readonly<Record<string, Builtin>> = {
  break: loop('break'),
  continue: loop('continue'),
  return: (shell, [, given]) => {
    if (shell.locals.length === 0 && !shell.sourcing) {
      builtinError(shell, "return: can only `return' from a function or sourced script");
      return 2;
    }
    return leave({ leaving: 'return', status: statusArgument(shell, 'return', given) });
  },
  exit: (shell, [, given, more]) => {
    const status = statusArgument(shell, 'exit', given);
    if (more !== undefined && /^\d+$/.test(given ?? '')) {
      builtinError(shell, 'exit: too many arguments');
      return leave({ leaving: 'exit', status: 1 });
    }
    return leave({ leaving: 'exit', status });
  },
  eval: evaluateWords,
  source,
  '.': source,
  exec,
  trap,
};
