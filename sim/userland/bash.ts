/**
 * The login shell as the host sees it: one simple command after another, already parsed.
 *
 * Models: GNU bash 4.2 execute_cmd.c execute_disk_command, redir.c do_redirections, findcmd.c search_for_command;
 *   builtins cd, umask, exit
 * Leaves out: parsing, expansion and control flow; they happen outside the host (sim/shell), which sends
 *   each simple command as one line of JSON to the terminal.
 *
 * A script behind `bash -c` is such a line too: sim/shell reads the script and starts one `bash -c` for
 * each of its commands. What another program hands to a shell, a udev rule's PROGRAM for one, bashScript.ts reads.
 *
 * What needs the host's own permission is done here, as the user, by system calls: finding the program,
 * opening redirections, changing the directory.
 */
import { failed, strerror } from '../kernel/errno.ts';
import { daemon } from '../kernel/program.ts';
import { chdir, err, out, read, type Sys, umask } from '../libc/sys.ts';
import { type CommandLine, simpleCommand } from './bashCommand.ts';
import { runScript } from './bashScript.ts';

export type BashMemory = Readonly<{
  env: Readonly<Record<string, string>>;
  status: number;
  done: number;
  background: readonly number[];
  /** The script of `bash -c`. */
  script?: string;
  /** What that shell was called, and its arguments. */
  name?: string;
  args?: readonly string[];
}>;

function* cd(line: CommandLine): Sys<number> {
  const to = line.argv[1] ?? line.env['HOME'] ?? '/';
  const done = yield* chdir(to);
  if (!failed(done)) return 0;
  yield* err(`${line.complainAs}: cd: ${to}: ${strerror(done.errno)}\n`);
  return 1;
}

function* setUmask(line: CommandLine): Sys<number> {
  const [, given] = line.argv;
  if (given !== undefined) {
    yield* umask(Number.parseInt(given, 8));
    return 0;
  }
  const old = yield* umask(0);
  yield* umask(old);
  yield* out(`${old.toString(8).padStart(4, '0')}\n`);
  return 0;
}

/** `bash -c SCRIPT`: one line of JSON from sim/shell, or a script that another program hands over. */
function* once(memory: BashMemory, script: string): Sys<number> {
  if (!script.startsWith('{'))
    return yield* runScript(script, memory.name ?? 'bash', memory.args ?? [], memory.env);
  const blank = { env: {}, stdin: null, redirects: [], piped: false, background: false };
  const given = { ...blank, ...(JSON.parse(script) as CommandLine) };
  const line: CommandLine = { ...given, env: { ...memory.env, ...given.env } };
  if (line.umask !== undefined) yield* umask(line.umask);
  if (line.cwd !== undefined) yield* chdir(line.cwd);
  return (yield* simpleCommand(line)).status;
}

function scriptOf(argv: readonly string[]): Pick<BashMemory, 'script' | 'name' | 'args'> {
  const at = argv.findIndex((word) => /^-[a-z]*c$/.test(word));
  if (at > 0) {
    const [script = '', name = argv[0] ?? 'bash', ...args] = argv.slice(at + 1);
    return { script, name, args };
  }
  const file = argv.slice(1).find((word) => !word.startsWith('-'));
  return file === undefined ? {} : { script: `$file ${file}` };
}

export const bash = daemon<BashMemory>({
  begin: ({ argv, env }) => ({ env, status: 0, done: 0, background: [], ...scriptOf(argv) }),
  *turn(memory) {
    if (memory.script !== undefined) return { exit: yield* once(memory, memory.script) };
    const typed = yield* read(0);
    if (failed(typed) || typed === '') return { exit: memory.status };
    const given = JSON.parse(typed) as CommandLine;
    const line = { ...given, env: { ...memory.env, ...given.env } };
    const [name] = line.argv;
    const done = memory.done + 1;
    if (name === 'exit' || name === 'logout')
      return { exit: Number(line.argv[1] ?? memory.status) };
    if (name === 'cd') return { again: { ...memory, done, status: yield* cd(line) } };
    if (name === 'umask') return { again: { ...memory, done, status: yield* setUmask(line) } };
    const { status, background } = yield* simpleCommand(line);
    const jobs = background === null ? memory.background : [...memory.background, background];
    return { again: { ...memory, status, done, background: jobs } };
  },
});
