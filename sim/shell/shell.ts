/**
 * What one shell remembers: variables, functions, options, descriptors; and how it leaves off.
 *
 * Models: GNU bash 4.2 variables.c, shell.c; execute_cmd.c jump_to_top_level
 *
 * A subshell is a copy of this over the same world. What changes the host is not in here: it is in the
 * world, and only the session's simple commands change it.
 */
import type { Credentials } from '../kernel/credentials.ts';
import type { View } from './ask.ts';
import type { Descriptor, Descriptors } from './descriptors.ts';
import type { Session } from './session.ts';
import type { Source } from './source.ts';
import { lineAt } from './source.ts';

export type Variable = {
  /** Index -> value; a plain variable has its value at '0'. Empty: declared and unset. */
  cells: Map<string, string>;
  kind: 'plain' | 'array' | 'assoc';
  exported: boolean;
  readonly: boolean;
  integer: boolean;
  /** What is assigned becomes capital or small letters. */
  folds: 'upper' | 'lower' | null;
  /** An array that has been given a list, if only an empty one. */
  emptied: boolean;
};

export type FunctionBody = Readonly<{ node: unknown; source: Source; speaker: string }>;

/** `set -e` and its kin, by letter or long name. */
export type Options = {
  errexit: boolean;
  nounset: boolean;
  xtrace: boolean;
  pipefail: boolean;
  noglob: boolean;
  noclobber: boolean;
  noexec: boolean;
  verbose: boolean;
  allexport: boolean;
  errtrace: boolean;
  functrace: boolean;
};

/** How this shell's simple commands reach the host when it runs as somebody else. */
export type Wrapping = Readonly<{
  /** The command line that starts `bash -c SCRIPT` as that user. */
  command: (script: string) => readonly string[];
  /** What that command line gives a program as its environment. */
  env: Readonly<Record<string, string>>;
  credentials: Credentials;
}>;

export type Shell = {
  /** `$_` */
  lastWord: string;
  session: Session;
  vars: Map<string, Variable>;
  functions: Map<string, FunctionBody>;
  aliases: Map<string, string>;
  /** Programs that have been found along PATH, and are not looked for again: name -> path. */
  hashed: Map<string, string>;
  /** Below where the shell is, on pushd's stack. */
  directories: readonly string[];
  /** Variables that the functions being run have made their own, with what they hid. */
  locals: Map<string, Variable | undefined>[];
  args: readonly string[];
  /** $0. */
  name: string;
  /** What complaints begin with: the file that holds the command; `main` in a function that no file holds. */
  speaker: string;
  /** Functions being run, the innermost first. */
  calls: readonly string[];
  /** FUNCNAME, BASH_SOURCE and BASH_LINENO: functions and sourced files, the innermost first. */
  frames: readonly Readonly<{ name: string; file: string; line: number }>[];
  status: number;
  /** How deep in eval, source and `$( )`: for `set -x`. */
  level: number;
  /** How many subshells this one is in. */
  subshells: number;
  /** The command being run, as it was written. */
  command: string;
  pipestatus: readonly number[];
  options: Options;
  /** Switches of `shopt` that are on. */
  shopts: ReadonlySet<string>;
  fds: Descriptors;
  /** Descriptors that process substitutions of the command being run have opened. */
  substitutions: readonly number[];
  cwd: string;
  loops: number;
  /** More than 0 where a failure is a question: conditions, `!`, all but the last of `&&`. */
  asking: number;
  /** EXIT, ERR, DEBUG or a signal -> what to run. */
  traps: Map<string, string>;
  /** A trap is being run: none begins within it. */
  trapping: boolean;
  /** The mask of a shell that runs as somebody else, once it has set one. */
  umask: number | null;
  lastJob: number | null;
  /** A command substitution has set the status: what an assignment alone leaves behind. */
  substituted: boolean;
  source: Source;
  pos: number;
  /** A prompt: complaints carry no line number. */
  interactive: boolean;
  /** Where the script comes from. bash 4.2 counts the lines of `bash -c` from 0. */
  origin: 'stdin' | 'argument' | 'file';
  subshell: boolean;
  /** Inside `source`: return is allowed. */
  sourcing: boolean;
  /** Processes started with `&`, in order. */
  jobs: number[];
  /** Where getopts stands inside a word of letters. */
  optionAt: { index: number; at: number };
  wrapping: Wrapping | null;
  /** Debian's /bin/sh: dash, as far as its complaints are worded. */
  dash: boolean;
};

/** Why evaluation stops where it stands; thrown, and caught by whom it concerns. */
export type Leaving =
  | Readonly<{ leaving: 'break' | 'continue'; levels: number }>
  /** DISCARD: an error in an arithmetic expression gives up the line that it is on. */
  | Readonly<{ leaving: 'discard'; status: number }>
  /** `failed`: an error in an expansion; a prompt gives up the line only. */
  /** `signal`: it was one that ended the shell. */
  | Readonly<{ leaving: 'return' | 'exit'; status: number; failed?: true; signal?: string }>;

export const isLeaving = (thrown: unknown): thrown is Leaving =>
  typeof thrown === 'object' && thrown !== null && 'leaving' in thrown;

export function leave(leaving: Leaving): never {
  throw leaving;
}

export const write = (shell: Shell, fd: number, text: string): void => {
  if (text !== '') shell.session.write(shell, fd, text);
};

export function lineOf(shell: Shell): number {
  return lineAt(shell.source, shell.pos) - linesBefore(shell);
}

/** bash 4.2 counts the lines of `bash -c` from 0. */
export const linesBefore = (shell: Shell): number =>
  shell.origin === 'argument' && shell.session.bash === '4.2' ? 1 : 0;

/** error_prolog: what stands before a complaint of the shell itself. */
export function prolog(shell: Shell): string {
  if (shell.interactive) return shell.name;
  const line = lineOf(shell);
  if (shell.dash) return `${shell.speaker}: ${line}`;
  return line > 0 ? `${shell.speaker}: line ${line}` : shell.speaker;
}

export function complain(shell: Shell, text: string): void {
  write(shell, 2, `${prolog(shell)}: ${text}\n`);
}

/** builtin_error: the line is always told, even line 0. */
export function builtinError(shell: Shell, text: string): void {
  const line = shell.dash ? lineOf(shell) : `line ${lineOf(shell)}`;
  const before = shell.interactive ? shell.name : `${shell.speaker}: ${line}`;
  write(shell, 2, `${before}: ${text}\n`);
}

/** An error in an expansion ends a script, and only the line at a prompt. */
export function fatal(shell: Shell, text: string, status = 1): never {
  complain(shell, text);
  return leave({ leaving: 'exit', status, failed: true });
}

/** err_unboundvar and `${x?}`: with `bash -c` the status is another one. */
export const fatalUnset = (shell: Shell, text: string): never =>
  shell.dash
    ? fatal(
        shell,
        text.replace(/^\$(.*unbound)/, '$1').replace('unbound variable', 'parameter not set'),
        2,
      )
    : fatal(shell, text, shell.origin === 'argument' ? 127 : 1);

/** The part of bash that is not here; said loudly. */
export function unsupported(shell: Shell, thing: string): never {
  write(shell, 2, `kvmlab: this shell does not support ${thing}\n`);
  return leave({ leaving: 'exit', status: 2, failed: true });
}

/** A file opened with `<>` is read and written where the last command stopped: nobody keeps that here. */
export function refuseBoth(shell: Shell, descriptor: Descriptor | undefined): void {
  if (descriptor?.kind === 'file' && descriptor.both)
    unsupported(shell, 'reading and writing a file that <> keeps open');
}

/** An ignored signal stays ignored; ERR and DEBUG go on where that has been asked for. */
const isInherited = ({ options }: Shell, name: string, action: string): boolean =>
  action === '' || (name === 'ERR' && options.errtrace) || (name === 'DEBUG' && options.functrace);

/** A copy for `( )`, pipelines and `$( )`. */
export const subshellOf = (shell: Shell): Shell => ({
  ...shell,
  vars: new Map([...shell.vars].map(([n, v]) => [n, { ...v, cells: new Map(v.cells) }])),
  functions: new Map(shell.functions),
  aliases: new Map(shell.aliases),
  hashed: new Map(shell.hashed),
  locals: shell.locals.map((l) => new Map(l)),
  options: { ...shell.options },
  fds: new Map(shell.fds),
  traps: new Map([...shell.traps].filter((trap) => isInherited(shell, ...trap))),
  subshells: shell.subshells + 1,
  subshell: true,
});

export const viewOf = (shell: Shell): View => shell.session.view(shell);
