/**
 * Lists and pipelines: the order in which commands run, and what their statuses lead to.
 *
 * Models: GNU bash 4.2 execute_cmd.c execute_command_internal, execute_pipeline, execute_connection; eval.c reader_loop
 * Leaves out: coproc, time, anything but simple commands in the background.
 *
 * The stages of a pipeline run one after the other, each reading what the one before has written: a stage
 * never runs at the same time as its neighbour, and a writer never sees its reader go away.
 */
import type { CommandNode, CompoundList, Pipeline, PipelineNode, Statement } from 'unbash';
import { asking, runCompound } from './compound.ts';
import { collector, readerOf } from './descriptors.ts';
import { withDescriptors } from './program.ts';
import { plan } from './redirect.ts';
import { isLeaving, leave, linesBefore, type Shell, unsupported, write } from './shell.ts';
import { runSimple } from './simple.ts';
import { lineAt, type Refusal, type Source, sourceOf, syntaxError } from './source.ts';
import { closingSubstitutions, inSubshell } from './substitute.ts';
import { runDebugTrap, runErrTrap } from './traps.ts';

function runList(shell: Shell, list: CompoundList): number {
  for (const statement of list.commands) runStatement(shell, statement);
  return shell.status;
}

function statusOf(shell: Shell, node: CommandNode, background: boolean): number {
  switch (node.type) {
    case 'Command':
      return runSimple(shell, node, background);
    case 'Function':
      shell.functions.set(node.name.value, {
        node: node.body,
        source: shell.source,
        speaker: shell.origin === 'file' ? shell.speaker : 'main',
      });
      return 0;
    case 'Redirected': {
      shell.pos = node.pos;
      const planned = plan(shell, node.redirects);
      if (planned === null) return 1;
      return withDescriptors(shell, planned, () => runCompound(shell, node.command, runList));
    }
    case 'Coproc':
      return unsupported(shell, 'coproc');
    default:
      return runCompound(shell, node, runList);
  }
}

/** set -e: a failure nobody asked about ends the shell. */
function checkErrors(shell: Shell): void {
  if (shell.status === 0 || shell.asking > 0) return;
  runErrTrap(shell);
  if (shell.options.errexit) leave({ leaving: 'exit', status: shell.status });
}

/** Commands whose own failure counts; that of a group or a loop is one of its commands'. */
const failing = new Set(['Command', 'Subshell', 'TestCommand', 'ArithmeticCommand']);

const traced = new Set(['Command', 'TestCommand', 'ArithmeticCommand']);

export function runCommand(shell: Shell, node: CommandNode, background = false): void {
  if (traced.has(node.type) && !shell.trapping)
    shell.command = shell.source.text.slice(node.pos, node.end);
  if (traced.has(node.type)) runDebugTrap(shell);
  closingSubstitutions(shell, () => {
    shell.status = statusOf(shell, node, background);
  });
  shell.pipestatus = [shell.status];
  const checked = node.type === 'Redirected' ? node.command.type : node.type;
  if (failing.has(checked)) checkErrors(shell);
}

/** shopt -s lastpipe: what the last stage sets stays. */
function inThisShell(shell: Shell, run: (shell: Shell) => void): number {
  const { fds } = shell;
  shell.fds = new Map(fds);
  try {
    run(shell);
  } finally {
    shell.fds = fds;
  }
  return shell.status;
}

/** Every stage in a copy of the shell, one after the other. */
function runStages(shell: Shell, node: Pipeline): void {
  const statuses: number[] = [];
  let input = shell.fds.get(0);
  for (const [n, command] of node.commands.entries()) {
    const last = n === node.commands.length - 1;
    const output = collector();
    const run = (stage: Shell) => {
      if (input) stage.fds.set(0, input);
      if (!last) stage.fds.set(1, output.descriptor);
      if (node.operators[n] === '|&') stage.fds.set(2, output.descriptor);
      runCommand(stage, command);
    };
    const here = last && shell.shopts.has('lastpipe') && !shell.interactive;
    statuses.push(here ? inThisShell(shell, run) : inSubshell(shell, run));
    input = readerOf(output.text());
  }
  const failures = statuses.filter((status) => status !== 0);
  shell.status = (shell.options.pipefail ? failures.at(-1) : statuses.at(-1)) ?? 0;
  shell.pipestatus = statuses;
}

function runPipeline(shell: Shell, node: PipelineNode): void {
  if (node.type !== 'Pipeline') {
    runCommand(shell, node);
    return;
  }
  if (node.prefixes.some((prefix) => prefix.type === 'Time')) unsupported(shell, 'time');
  const run = () => {
    const [only] = node.commands;
    if (only === undefined) shell.status = 0;
    else if (node.commands.length === 1) runCommand(shell, only);
    else runStages(shell, node);
  };
  if (node.prefixes.length % 2 === 0) {
    run();
    checkErrors(shell);
  } else {
    asking(shell, run);
    shell.status = shell.status === 0 ? 1 : 0;
  }
}

function runAndOr(shell: Shell, node: Statement['command']): void {
  if (node.type !== 'AndOr') {
    runPipeline(shell, node);
    return;
  }
  for (const [n, command] of node.commands.entries()) {
    const operator = node.operators[n - 1];
    if (operator === '&&' && shell.status !== 0) continue;
    if (operator === '||' && shell.status === 0) continue;
    const last = n === node.commands.length - 1;
    if (last) runPipeline(shell, command);
    else asking(shell, () => runPipeline(shell, command));
  }
}

function runBackground(shell: Shell, statement: Statement): void {
  const { command } = statement;
  if (command.type !== 'Command') unsupported(shell, '& after anything but a simple command');
  else runCommand(shell, command, true);
  shell.status = 0;
  if (shell.interactive && shell.lastJob !== null) {
    write(shell, 2, `[${shell.jobs.length}] ${shell.lastJob}\n`);
  }
}

function runStatement(shell: Shell, statement: Statement): void {
  if (shell.session.gone) leave({ leaving: 'exit', status: 255 });
  if (statement.background) runBackground(shell, statement);
  else runAndOr(shell, statement.command);
}

function complainOf(shell: Shell, error: Refusal, as: 'script' | 'eval'): void {
  const name = as === 'eval' && !shell.sourcing ? `${shell.speaker}: eval` : shell.speaker;
  for (const { line, text } of error.says) {
    const number = line - linesBefore(shell);
    const where = shell.interactive ? name : `${name}: line ${number}`;
    write(shell, 2, `${where}: ${text}\n`);
  }
}

/** Is this statement the one that the error is in? What stands on earlier lines has been run by then. */
function isRefused(source: Source, statement: Statement, error: Refusal): boolean {
  if (lineAt(source, statement.end) >= lineAt(source, error.pos)) return true;
  return error.unfinished && statement === source.script.commands.at(-1);
}

/** False: the rest of the line is given up. Only a script that is read line by line goes on after that. */
function ranThrough(shell: Shell, statement: Statement, as: 'script' | 'eval'): boolean {
  try {
    runStatement(shell, statement);
    return true;
  } catch (thrown) {
    if (!isLeaving(thrown) || thrown.leaving !== 'discard') throw thrown;
    if (as === 'eval' || shell.subshell || shell.origin === 'argument') throw thrown;
    Object.assign(shell, { status: thrown.status, loops: 0, asking: 0 });
    return false;
  }
}

/**
 * Run a script's text line by line. A syntax error ends a script; eval and source only fail.
 */
export function evaluate(
  shell: Shell,
  text: string,
  firstLine: number,
  as: 'script' | 'eval',
): void {
  const outer = { source: shell.source, pos: shell.pos, level: shell.level };
  if (as === 'eval') shell.level++;
  const source = sourceOf(text, firstLine);
  shell.source = source;
  const error = syntaxError(source, shell.session.bash);
  let after = 0;
  for (const statement of source.script.commands) {
    if (error && isRefused(source, statement, error)) break;
    if (lineAt(source, statement.pos) < after) continue;
    if (!ranThrough(shell, statement, as)) after = lineAt(source, statement.end) + 1;
    if (shell.options.noexec) break;
  }
  if (error) {
    complainOf(shell, error, as);
    const status = error.keepsFailure && shell.status !== 0 ? shell.status : 2;
    if (as === 'script') leave({ leaving: 'exit', status, failed: true });
    shell.status = as === 'eval' && !shell.sourcing ? 2 : 1;
  }
  Object.assign(shell, outer);
}
