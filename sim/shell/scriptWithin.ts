/**
 * Scripts inside commands: `bash -c '...'`, `sh file`, `./file`, and the same behind su, runuser, sudo or setpriv.
 *
 * Models: what fork and execve of another bash would read and run
 *
 * The inner script is read by this evaluator too. Behind another program it must run as that program
 * decides: the program is started on the host with an empty script, and what the inner shell then is (its
 * credentials, directory and environment) is how each of the script's commands is run, through the same
 * program. If it refuses, its words and exit status are the result.
 */
import type { Observed } from '../host/route.ts';
import type { Credentials } from '../kernel/credentials.ts';
import { failed } from '../kernel/errno.ts';
import { programIn } from '../kernel/executable.ts';
import type { BashMemory } from '../userland/bash.ts';
import { askText } from './ask.ts';
import { takeOptions } from './builtins/options.ts';
import { findProgram } from './findProgram.ts';
import { fresh, type Inner } from './innerShell.ts';
import { textAt } from './ownDescriptors.ts';
import { isHarmless } from './quote.ts';
import { settle } from './settle.ts';
import {
  complain,
  isLeaving,
  type Shell,
  unsupported,
  viewOf,
  type Wrapping,
  write,
} from './shell.ts';
import { epitaph } from './traps.ts';
import { environment } from './variables.ts';

const isShellName = (word: string): boolean => /^(\/(usr\/)?bin\/)?(ba)?sh$/.test(word);

/** The words after `bash`; null when there is no script among them that can be read. */
function innerOf(shell: Shell, words: readonly string[]): Inner | null {
  const [called = 'bash', ...rest] = words;
  const dash = shell.session.bash === '5.2' && /(^|\/)sh$/.test(called);
  const options: string[] = [];
  let c = false;
  let s = false;
  while (/^[-+]./.test(rest[0] ?? '') && rest[0] !== '--') {
    const word = rest.shift() ?? '';
    if (/^--(login|noprofile|norc|posix)$/.test(word)) continue;
    if (word.startsWith('-') && word.includes('c')) c = true;
    if (/^-\w*s/.test(word)) s = true;
    const others = word.replace(/[cls]/g, '');
    if (/^[-+]\w+$/.test(others)) options.push(others);
    if (/o$/.test(word)) options.push(rest.shift() ?? '');
  }
  if (rest[0] === '--') rest.shift();
  if (c) {
    const [text, name = called, ...args] = rest;
    return text === undefined ? null : { text, name, args, options, origin: 'argument', dash };
  }
  const [path, ...args] = rest;
  if (path === undefined || s) {
    const input = shell.fds.get(0);
    if (input?.kind !== 'reader') return null;
    const text = input.reader.text.slice(input.reader.at);
    input.reader.at = input.reader.text.length;
    return { text, name: called, args: rest, options, origin: 'stdin', dash };
  }
  const text = textAt(shell, path);
  return failed(text) ? null : { text, name: path, args, options, origin: 'file', dash };
}

/** A file that is run by a shell: one with `#!/bin/sh`, or without any interpreter, which then is the caller's affair. */
function scriptFile(shell: Shell, name: string, caller = 'bash'): string[] | null {
  const path = findProgram(shell, name);
  if (path === null) return null;
  const text = askText(viewOf(shell), path);
  if (failed(text) || programIn(text) !== null) return null;
  const [first, interpreter = '', argument = ''] = /^#![ \t]*(\S+)[ \t]*(.*)/.exec(text) ?? [];
  if (first === undefined)
    return text.startsWith('\x7fELF') ? null : [shell.dash ? 'sh' : caller, path];
  if (isShellName(interpreter)) return [interpreter, ...(argument === '' ? [] : [argument]), path];
  return interpreter.endsWith('/env') && isShellName(argument.trim())
    ? [argument.trim(), path]
    : null;
}

function runInner(parent: Shell, child: Shell, inner: Inner): number {
  settle(child);
  try {
    takeOptions(child, inner.options);
    child.session.evaluate(child, inner.text, 1, 'script');
  } catch (thrown) {
    if (!isLeaving(thrown)) throw thrown;
    if ('status' in thrown) {
      child.status = thrown.status;
      const last =
        !('signal' in thrown) || thrown.signal === undefined ? '' : epitaph(thrown.signal);
      if (last !== '') write(parent, 2, `${last}\n`);
    }
  }
  child.session.runExitTrap(child);
  if (child.wrapping === parent.wrapping) child.session.leaveSubshell(parent, child);
  return child.status;
}

function sameUser(shell: Shell, words: readonly string[]): number {
  const inner = innerOf(shell, words);
  if (inner === null) {
    const path = words.slice(1).find((word) => !word.startsWith('-'));
    if (path === undefined) return unsupported(shell, `an interactive ${words[0]}`);
    if (shell.session.bash === '5.2' && /(^|\/)sh$/.test(words[0] ?? '')) {
      write(shell, 2, `${words[0]}: 0: cannot open ${path}: No such file\n`);
      return 2;
    }
    complain(
      { ...shell, name: words[0] ?? 'bash', interactive: true },
      `${path}: No such file or directory`,
    );
    return 127;
  }
  return runInner(shell, fresh(shell, environment(shell), inner), inner);
}

/** Where in a command line another user's shell gets its script. */
type Behind = Readonly<{
  command: (script: string) => readonly string[];
  words: readonly string[];
}>;

const wrappers =
  /^(?:\/(?:usr\/)?s?bin\/)?(su|runuser|sudo|setpriv|env|nohup|nice|setsid|timeout)$/;

/** Words that the shell on the host can run by itself: a program and harmless arguments. */
function isPlain(shell: Shell, text: string): boolean {
  const words = text.trim().split(/[ \t]+/);
  const [name = ''] = words;
  const program = !shell.session.isBuiltin(name) && scriptFile(shell, name) === null;
  return program && words.every(isHarmless) && !name.includes('=');
}

const takesWord = /^(-[ugs]|--([re]?[ug]id|groups|user|group|shell|[a-z]+-caps|bounding-set))$/;

/** The wrapped program itself, so that what follows are its arguments. */
const isProgramWord = (shell: Shell, argv: readonly string[], word: string, at: number): boolean =>
  /^[a-z[]/.test(word) && !takesWord.test(argv[at - 1] ?? '') && findProgram(shell, word) !== null;

/** -s, by its last part; otherwise everybody's shell is bash. */
function chosenShell(argv: readonly string[]): string {
  const at = argv.findIndex((word) => word === '-s' || word === '--shell');
  const joined = argv.find((word) => word.startsWith('--shell='))?.slice('--shell='.length);
  const shell = joined ?? (at > 0 ? argv[at + 1] : undefined) ?? 'bash';
  return shell.replace(/^.*\//, '');
}

/** What follows the user's name is for the shell: its $0 and so on. */
function argumentsAfterUser(argv: readonly string[]): string[] {
  const operands: string[] = [];
  for (let n = 1; n < argv.length; n++) {
    const word = argv[n] ?? '';
    if (/^(-[sgGcwu]|--(shell|group|supp-group|command|user))$/.test(word)) n++;
    else if (word !== '--' && (!word.startsWith('-') || operands.length > 0)) operands.push(word);
  }
  return operands.slice(1);
}

function behind(shell: Shell, argv: readonly string[]): Behind | null {
  const [, wrapper] = wrappers.exec(argv[0] ?? '') ?? [];
  if (wrapper === undefined) return null;
  const takesShell =
    wrapper === 'su' || (wrapper === 'runuser' && !argv.some((w) => /^(-u|--user)/.test(w)));
  if (takesShell) {
    const at = argv.findIndex((word) => /^(-\w*c|--command)$/.test(word));
    const login = argv.some((word) => /^(-|-l|--login)$/.test(word));
    const called = `${login ? '-' : ''}${chosenShell(argv)}`;
    if (at > 0) {
      const text = argv[at + 1] ?? '';
      if (isPlain(shell, text)) return null;
      const command = (script: string) => argv.map((word, n) => (n === at + 1 ? script : word));
      return {
        command,
        words: [called, '-c', text, ...argumentsAfterUser(argv)],
      };
    }
    // The shell reads its script from standard input.
    if (
      !argv.at(-1)?.startsWith('-') &&
      argumentsAfterUser(argv).length === 0 &&
      shell.fds.get(0)?.kind === 'reader'
    )
      return { command: (script) => [...argv, '-c', script], words: [called] };
  }
  const at = argv.findIndex(
    (word, n) => n > 0 && isShellName(word) && argv[n - 1] !== '-s' && argv[n - 1] !== '--shell',
  );
  const start =
    at > 0
      ? at
      : argv.findIndex(
          (word, n) =>
            n > 0 &&
            word.includes('/') &&
            scriptFile(shell, word) !== null &&
            !argv.some((w, m) => m > 0 && m < n && isProgramWord(shell, argv, w, m)),
        );
  if (start <= 0) return null;
  const own = argv.slice(start);
  // execvp falls back on /bin/sh.
  const words = at > 0 ? own : [...(scriptFile(shell, own[0] ?? '', 'sh') ?? []), ...own.slice(1)];
  return { command: (script) => [...argv.slice(0, start), 'bash', '-c', script], words };
}

type Seen = { credentials: Credentials; cwd: string; env: Readonly<Record<string, string>> };

/** Start the program with nothing to do, and see as whom the shell behind it runs. */
function probe(shell: Shell, command: Wrapping['command']): Seen | number {
  const found: Seen[] = [];
  const nothing = JSON.stringify({ argv: [], env: {}, redirects: [], complainAs: 'bash' });
  const watch = ({ pid, before, request }: Observed) => {
    const process = before.processes[pid];
    const task = before.kernel.tasks[pid];
    if (process?.program !== 'bash' || task?.argv.at(-1) !== nothing || request.call !== 'exit')
      return;
    const { env } = process.memory as BashMemory;
    found.push({ credentials: task.cred, cwd: task.cwd, env });
  };
  const to = (fd: number) => {
    const d = shell.fds.get(fd);
    return d?.kind === 'text' ? d.take : undefined;
  };
  const argv = shell.wrapping
    ? shell.wrapping.command(
        JSON.stringify({
          argv: command(nothing),
          env: {},
          redirects: [],
          complainAs: 'bash',
          cwd: shell.cwd,
        }),
      )
    : command(nothing);
  const plain = { ...shell, wrapping: null };
  const line = {
    argv,
    stdin: shell.fds.get(0),
    redirects: [],
    piped: true,
    stdout: to(1),
    stderr: to(2),
    watch,
  };
  const status = shell.session.type(plain, line);
  return found[0] ?? status;
}

/** A script that the other user may not run: the program itself says so. */
function unreadable(shell: Shell, argv: readonly string[], words: readonly string[]): number {
  if (words.length === 1) return unsupported(shell, `an interactive shell behind ${argv[0]}`);
  const to = (fd: number) => (text: string) => shell.session.write(shell, fd, text);
  const line = { argv, stdin: shell.fds.get(0), redirects: [], piped: true };
  return shell.session.type(shell, { ...line, stdout: to(1), stderr: to(2) });
}

function otherUser(shell: Shell, argv: readonly string[], { command, words }: Behind): number {
  const seen = probe(shell, command);
  if (typeof seen === 'number') return seen;
  const outer = shell.wrapping;
  const through: Wrapping['command'] = (script) => {
    if (outer === null) return command(script);
    const line = {
      argv: command(script),
      env: {},
      redirects: [],
      complainAs: 'bash',
      cwd: shell.cwd,
    };
    return outer.command(JSON.stringify(line));
  };
  const wrapping: Wrapping = { command: through, credentials: seen.credentials, env: seen.env };
  const asOther = { ...shell, wrapping, cwd: seen.cwd };
  const inner = innerOf(asOther, words);
  if (inner === null) return unreadable(shell, argv, words);
  const child = fresh(shell, seen.env, inner);
  return runInner(shell, Object.assign(child, { wrapping, cwd: seen.cwd }), inner);
}

/** How to run the script in a command line; null when there is none. */
export function scriptWithin(shell: Shell, argv: readonly string[]): (() => number) | null {
  const [name = ''] = argv;
  if (isShellName(name)) return () => sameUser(shell, argv);
  const hidden = behind(shell, argv);
  if (hidden) return () => otherUser(shell, argv, hidden);
  const file = scriptFile(shell, name);
  return file ? () => sameUser(shell, [...file, ...argv.slice(1)]) : null;
}
