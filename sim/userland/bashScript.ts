/**
 * `sh -c SCRIPT` as another program starts it, a udev rule's PROGRAM or a find's -exec: lists, pipelines, redirections.
 *
 * Models: GNU bash 4.2 execute_cmd.c execute_connection, execute_pipeline; dash 0.5.12 eval.c evaltree, evalpipe
 * Leaves out: loops but `for`, case, functions, globs, every expansion but `$name` and `${name}`; what a script at a
 *   terminal may do more is in sim/shell. Each is refused aloud.
 */
import {
  type BraceGroup,
  type CommandNode,
  type For,
  type If,
  parse,
  type Statement,
  type Word,
  type WordPart,
} from 'unbash';
import { failed } from '../kernel/errno.ts';
import { close, err, pipe, type Sys, wait } from '../libc/sys.ts';
import {
  type CommandLine,
  execute,
  exitStatus,
  type Fds,
  type Redirect,
  redirect,
} from './bashCommand.ts';
import { isModern } from './switches.ts';

const PATH = '/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin';

type Script = Readonly<{
  /** $0 and what follows it. */
  args: readonly string[];
  env: Record<string, string>;
  complainAs: string;
  dash: boolean;
}> & { status: number; ended: boolean };

class Beyond extends Error {}

function partText(script: Script, part: WordPart): string {
  switch (part.type) {
    case 'Literal':
    case 'SingleQuoted':
      return part.value;
    case 'DoubleQuoted':
      return part.parts.map((p) => partText(script, p as WordPart)).join('');
    case 'SimpleExpansion':
      return variable(script, part.text.slice(1));
    case 'ParameterExpansion':
      if (part.operation !== undefined || part.prefix !== undefined) throw new Beyond(part.text);
      return variable(script, part.parameter);
    default:
      throw new Beyond(part.text);
  }
}

function variable(script: Script, name: string): string {
  if (name === '?') return String(script.status);
  if (name === '#') return String(script.args.length - 1);
  if (name === '@' || name === '*') return script.args.slice(1).join(' ');
  return /^\d+$/.test(name) ? (script.args[Number(name)] ?? '') : (script.env[name] ?? '');
}

/** A word's texts: what comes out of an unquoted expansion is split at blanks. */
function texts(script: Script, word: Word): string[] {
  if (word.parts === undefined) return [word.value];
  if (word.text === '"$@"') return script.args.slice(1);
  const whole = word.parts.map((part) => partText(script, part)).join('');
  const [only] = word.parts;
  const bare = word.parts.length === 1 && /Expansion$/.test(only?.type ?? '');
  return bare ? whole.split(/[ \t\n]+/).filter((text) => text !== '') : [whole];
}

const modes = {
  '<': 'read',
  '>': 'write',
  '>>': 'append',
  '>|': 'write',
  '<>': 'readwrite',
} as const;

function redirections(script: Script, node: CommandNode): Redirect[] {
  return ('redirects' in node ? node.redirects : []).map((r) => {
    if (r.type !== 'Redirect' || r.target === undefined) throw new Beyond('a here-document');
    const given = r.descriptor?.type === 'FileDescriptor' ? r.descriptor.value : null;
    const fd = given ?? (r.operator.startsWith('<') ? 0 : 1);
    const [path = ''] = texts(script, r.target);
    if (r.operator === '>&' || r.operator === '<&')
      return path === '-' ? { fd, mode: 'close' } : { fd, mode: 'dup', from: Number(path) };
    const mode = modes[r.operator as keyof typeof modes];
    if (mode === undefined) throw new Beyond(r.operator);
    return { fd, mode, path };
  });
}

function lineOf(script: Script, node: CommandNode): CommandLine {
  if (node.type !== 'Command') throw new Beyond(node.type.toLowerCase());
  const words = [...(node.name ? [node.name] : []), ...node.args];
  const argv = words.flatMap((word) => {
    if (word.type !== 'Word') throw new Beyond('an assignment among the words');
    return texts(script, word);
  });
  const own = node.prefix.map((p) => {
    if (p.type !== 'Assignment' || p.value.type !== 'Word') throw new Beyond('an array');
    return [p.name, texts(script, p.value).join(' ')] as const;
  });
  const env = { ...script.env, ...Object.fromEntries(own) };
  if (argv.length === 0) Object.assign(script.env, Object.fromEntries(own));
  const { complainAs } = script;
  const common = { env, stdin: null, piped: false, background: false, complainAs } as const;
  const redirects = redirections(script, node);
  return { argv, ...common, redirects, ...(script.dash ? { dash: true as const } : {}) };
}

/** Start one stage of a pipeline; its pid, or the status of what has ended already. */
function* begin(
  script: Script,
  node: CommandNode,
  fds: Fds,
): Sys<{ pid: number } | { status: number }> {
  const line = lineOf(script, node);
  const [name, argument] = line.argv;
  if (name === 'exit') {
    script.ended = true;
    return { status: Number(argument ?? script.status) & 0xff };
  }
  const opened: number[] = [];
  const ready = yield* redirect(line, fds, opened);
  const begun =
    ready && name !== undefined && name !== ':'
      ? yield* execute(line, fds)
      : { status: ready ? 0 : script.dash ? 2 : 1 };
  for (const fd of opened) yield* close(fd);
  return begun;
}

/** All stages at once, each reading what the one before it writes; the status is the last one's. */
function* pipeline(script: Script, nodes: readonly CommandNode[]): Sys<void> {
  const begun: ({ pid: number } | { status: number })[] = [];
  let input: number | null = null;
  for (const [n, node] of nodes.entries()) {
    const last = n === nodes.length - 1;
    const ends = last ? null : yield* pipe();
    const writer = ends === null || failed(ends) ? null : ends[1];
    const fds: Fds = {
      ...(input === null ? {} : { 0: input }),
      ...(writer === null ? {} : { 1: writer }),
    };
    begun.push(yield* begin(script, node, fds));
    if (input !== null) yield* close(input);
    if (writer !== null) yield* close(writer);
    input = ends === null || failed(ends) ? null : ends[0];
  }
  for (const one of begun) {
    const ended = 'pid' in one ? yield* wait(one.pid) : null;
    script.status =
      ended === null ? ('status' in one ? one.status : 0) : failed(ended) ? 0 : exitStatus(ended);
  }
}

function* run(script: Script, node: Statement['command']): Sys<void> {
  if (node.type === 'AndOr') {
    for (const [n, command] of node.commands.entries()) {
      const operator = node.operators[n - 1];
      const skipped =
        (operator === '&&' && script.status !== 0) || (operator === '||' && script.status === 0);
      if (!skipped && !script.ended) yield* run(script, command);
    }
  } else if (node.type === 'Pipeline') {
    if (node.prefixes.some((prefix) => prefix.type === 'Time')) throw new Beyond('time');
    yield* pipeline(script, node.commands);
    if (node.prefixes.length % 2 === 1) script.status = script.status === 0 ? 1 : 0;
  } else if (node.type === 'If' || node.type === 'For' || node.type === 'BraceGroup')
    yield* compound(script, node);
  else yield* pipeline(script, [node]);
}

function* list(script: Script, statements: readonly Statement[]): Sys<void> {
  for (const { command, background } of statements) {
    if (background) throw new Beyond('&');
    if (!script.ended) yield* run(script, command);
  }
}

function* compound(script: Script, node: If | For | BraceGroup): Sys<void> {
  if (node.type === 'BraceGroup') return yield* list(script, node.body.commands);
  if (node.type === 'For') {
    const given = node.wordlist?.flatMap((word) => texts(script, word));
    script.status = 0;
    for (const value of given ?? script.args.slice(1)) {
      script.env[node.name.value] = value;
      yield* list(script, node.body.commands);
    }
    return;
  }
  for (const { clause, then } of [node, ...node.elif]) {
    yield* list(script, clause.commands);
    if (script.ended) return;
    if (script.status === 0) return yield* list(script, then.commands);
  }
  script.status = 0;
  if (node.else) yield* list(script, node.else.commands);
}

/** Answers the exit status. `name` is $0. */
export function* runScript(
  text: string,
  name: string,
  args: readonly string[],
  env: Readonly<Record<string, string>>,
): Sys<number> {
  const dash = /(^|\/)sh$/.test(name) && (yield* isModern());
  const complainAs = dash ? `${name}: 1` : name;
  const script: Script = {
    args: [name, ...args],
    env: { PATH, ...env },
    complainAs,
    dash,
    status: 0,
    ended: false,
  };
  const { commands, errors = [] } = parse(text);
  try {
    if (errors.length > 0) throw new Beyond('what it cannot parse');
    yield* list(script, commands);
    return script.status;
  } catch (thrown) {
    if (!(thrown instanceof Beyond)) throw thrown;
    yield* err(
      `kvmlab: a shell that another program starts does not know ${thrown.message}: ${text}\n`,
    );
    return 2;
  }
}
