/**
 * Traps: what a script wants done when it ends, when a command fails, before a command, when a signal arrives.
 *
 * Models: GNU bash 4.2, 5.2 trap.c run_exit_trap, run_error_trap, run_debug_trap; sig.c termsig_handler;
 *   builtins/trap.def showtrap
 * Leaves out: RETURN; signals from anybody but the script itself (`kill -USR1 $$`).
 */
import { quoteForTrace } from './quote.ts';
import { isLeaving, leave, lineOf, type Shell } from './shell.ts';
import { signals } from './signals.ts';

/** Signals that are ignored or only stop a process unless there is a trap. */
const harmless = new Set(['CHLD', 'CONT', 'WINCH', 'STOP', 'TSTP']);
const words: Readonly<Record<string, string>> = {
  HUP: 'Hangup',
  INT: '',
  QUIT: 'Quit',
  KILL: 'Killed',
  USR1: 'User defined signal 1',
  USR2: 'User defined signal 2',
  PIPE: '',
  ALRM: 'Alarm clock',
  TERM: 'Terminated',
};

const last = ['DEBUG', 'ERR'];

/** EXIT first, then the signals by number, then what is no signal. */
const rank = (name: string) =>
  name === 'EXIT' ? 0 : (signals[name.replace(/^SIG/, '')] ?? 100 + last.indexOf(name));

/** `INT`, `SIGINT`, `int` and `2` are one: the name under which a trap is kept; null: no such. */
export function trapName(given: string): string | null {
  const word = given.toUpperCase().replace(/^SIG/, '');
  if (word === 'EXIT' || word === '0') return 'EXIT';
  if (word === 'ERR' || word === 'DEBUG') return word;
  const [name] =
    Object.entries(signals).find(([n, number]) => n === word || String(number) === word) ?? [];
  return name === undefined ? null : `SIG${name}`;
}

const quoted = (text: string): string => {
  const shown = quoteForTrace(text);
  return shown.startsWith("'") || shown.startsWith('$') ? shown : `'${text}'`;
};

/** What `trap` and `trap -p NAME...` print. */
export const trapList = (traps: ReadonlyMap<string, string>, only: readonly string[]): string =>
  [...traps]
    .filter(([name]) => only.length === 0 || only.includes(name))
    .sort(([a], [b]) => rank(a) - rank(b))
    .map(([name, action]) => `trap -- ${quoted(action)} ${name}\n`)
    .join('');

/** Run a trap's text; `$?` is afterwards what it was before. */
function run(shell: Shell, name: string): void {
  const action = shell.traps.get(name);
  if (action === undefined || action === '' || shell.trapping) return;
  const { status, pipestatus } = shell;
  shell.trapping = true;
  try {
    shell.session.evaluate(shell, action, lineOf(shell), 'eval');
  } finally {
    shell.trapping = false;
  }
  Object.assign(shell, { status, pipestatus });
}

export function runExitTrap(shell: Shell): void {
  const action = shell.traps.get('EXIT');
  if (action === undefined) return;
  shell.traps.delete('EXIT');
  const { status } = shell;
  try {
    shell.session.evaluate(shell, action, 1, 'eval');
    shell.status = status;
  } catch (thrown) {
    if (!isLeaving(thrown)) throw thrown;
    // An exit in the trap is the last word.
    shell.status = thrown.leaving === 'exit' ? thrown.status : status;
  }
}

/** A command has failed and nobody asked. Functions inherit the trap only under errtrace. */
export function runErrTrap(shell: Shell): void {
  if (shell.calls.length === 0 || shell.options.errtrace) run(shell, 'ERR');
}

export function runDebugTrap(shell: Shell): void {
  const here = shell.calls.length === 0 || shell.options.functrace;
  if (shell.traps.has('DEBUG') && here) run(shell, 'DEBUG');
}

/** What the parent says of a child that a signal has ended. */
export const epitaph = (signal: string): string => words[signal] ?? '';

/** A signal that the script sends to itself: its trap, or the end. */
export function signalSelf(shell: Shell, name: string): void {
  const signal = name.replace(/^SIG/, '');
  if (shell.traps.has(`SIG${signal}`) && signal !== 'KILL') run(shell, `SIG${signal}`);
  else if (!harmless.has(signal)) {
    if (signal === 'KILL') shell.traps.clear();
    leave({ leaving: 'exit', status: 128 + (signals[signal] ?? 0), signal });
  }
}
