/**
 * Running a sed script over lines: pattern space, hold space, and what is printed.
 *
 * Models: GNU sed 4.2.2 sed/execute.c process_files, execute_program, match_address_p, do_subst
 */
import { isLast, type Lines, type State, selected } from './sed-address.ts';
import type { SedCommand, Substitution } from './sed-command.ts';
import { expandReplacement, unambiguous } from './sed-text.ts';

export type Result = Readonly<{
  output: string;
  /** By `w`: file -> text. */
  written: ReadonlyMap<string, string>;
  exit: number | null;
}>;

function substitute(s: State, sub: Substitution): void {
  const regexp = sub.regexp ?? s.last;
  if (regexp === null) return;
  s.last = regexp;
  let [result, at, count, lastEnd] = ['', 0, 0, -1];
  let done = false;
  regexp.lastIndex = 0;
  for (let hit = regexp.exec(s.space); hit !== null; hit = regexp.exec(s.space)) {
    // An empty match right behind the last one does not count: 's/x*/-/g' on "baac".
    const counts = hit[0] !== '' || hit.index !== lastEnd;
    if (counts) count++;
    if (counts && count >= sub.nth) {
      result += s.space.slice(at, hit.index) + expandReplacement(sub.replacement, hit);
      at = hit.index + hit[0].length;
      done = true;
      if (!sub.global) break;
    }
    lastEnd = hit.index + hit[0].length;
    if (hit[0] === '') regexp.lastIndex++;
  }
  if (!done) return;
  s.space = result + s.space.slice(at);
  s.substituted = true;
  if (sub.print) emit(s, s.space);
  if (sub.file !== null) keep(s, sub.file, `${s.space}\n`);
}

function keep(s: State, file: string, text: string): void {
  if (file === '/dev/stdout') s.output += text;
  else s.written.set(file, (s.written.get(file) ?? '') + text);
}

/** output_missing_newline: a line printed without its newline gets it when more follows. */
function put(s: State, text: string): void {
  if (s.output !== '' && !s.output.endsWith('\n')) s.output += '\n';
  s.output += text;
}

function emit(s: State, text: string): void {
  const bare = isLast(s) && !s.input.newlineAtEnd;
  put(s, bare ? text : `${text}\n`);
}

function flush(s: State): void {
  for (const text of s.appended) {
    put(s, text);
  }
  s.appended = [];
}

/** What a command does to the order: go on, jump, end the cycle, restart it, or stop. */
type Next = number | 'end' | 'delete' | 'restart' | 'quit' | null;

function readNext(s: State): boolean {
  if (isLast(s)) return false;
  s.line++;
  s.space = s.input.lines[s.next++] ?? '';
  return true;
}

/** h H g G x. */
function exchange(s: State, name: string): void {
  if (name === 'h') s.hold = s.space;
  else if (name === 'H') s.hold += `\n${s.space}`;
  else if (name === 'g') s.space = s.hold;
  else if (name === 'G') s.space += `\n${s.hold}`;
  else if (name === 'x') [s.space, s.hold] = [s.hold, s.space];
}

function jump(commands: readonly SedCommand[], label: string): Next {
  if (label === '') return 'end';
  return commands.findIndex((c) => c.name === ':' && c.text === label) + 1;
}

function nextLine(s: State, joins: boolean): Next {
  const before = s.space;
  if (isLast(s)) return joins && s.quiet ? 'delete' : 'quit';
  if (!joins && !s.quiet) emit(s, s.space);
  flush(s);
  readNext(s);
  if (joins) s.space = `${before}\n${s.space}`;
  return null;
}

function change(s: State, c: SedCommand): Next {
  if (c.to === null || c.negated || !s.ranges.has(c)) put(s, c.text);
  return 'delete';
}

function execute(s: State, c: SedCommand, commands: readonly SedCommand[]): Next {
  switch (c.name) {
    case 's':
      if (c.substitution) substitute(s, c.substitution);
      return null;
    case 'y':
      s.space = [...s.space].map((x) => c.map?.get(x) ?? x).join('');
      return null;
    case 'd':
      return 'delete';
    case 'D': {
      const newline = s.space.indexOf('\n');
      if (newline < 0) return 'delete';
      s.space = s.space.slice(newline + 1);
      return 'restart';
    }
    case 'p':
      emit(s, s.space);
      return null;
    case 'P':
      put(s, `${s.space.split('\n')[0]}\n`);
      return null;
    case 'n':
      return nextLine(s, false);
    case 'N':
      return nextLine(s, true);
    case '=':
      put(s, `${s.line}\n`);
      return null;
    case 'l':
      put(s, `${unambiguous(s.space)}$\n`);
      return null;
    case 'a':
      s.appended.push(c.text);
      return null;
    case 'i':
      put(s, c.text);
      return null;
    case 'c':
      return change(s, c);
    case 'r':
      s.appended.push(s.reads(c.text));
      return null;
    case 'w':
      keep(s, c.text, `${s.space}\n`);
      return null;
    case 'b':
      return jump(commands, c.text);
    case 't':
    case 'T': {
      const go = s.substituted === (c.name === 't');
      s.substituted = false;
      return go ? jump(commands, c.text) : null;
    }
    case 'q':
    case 'Q':
      s.exit = Number(c.text);
      return c.name === 'q' ? 'quit' : 'delete';
    default:
      exchange(s, c.name);
      return null;
  }
}

/** One pass over the script; how the cycle ends. */
function cycle(s: State, commands: readonly SedCommand[]): Next {
  for (let at = 0; at < commands.length; ) {
    const c = commands[at];
    if (c === undefined) break;
    const hit = c.name === ':' || selected(s, c);
    if (c.name === '{') {
      at = hit ? at + 1 : c.end;
      continue;
    }
    const next = hit ? execute(s, c, commands) : null;
    if (typeof next === 'number') at = next;
    else if (next !== null) return next;
    else at++;
  }
  return 'end';
}

function runInput(s: State, commands: readonly SedCommand[]): void {
  let restart = false;
  while (s.exit === null && (restart || readNext(s))) {
    if (!restart) s.substituted = false;
    const ending = cycle(s, commands);
    restart = ending === 'restart';
    if (!s.quiet && (ending === 'end' || ending === 'quit')) emit(s, s.space);
    flush(s);
    if (ending === 'quit') return;
  }
}

export function runSed(
  commands: readonly SedCommand[],
  inputs: readonly Lines[],
  quiet: boolean,
  reads: (file: string) => string,
): Result[] {
  const s: State = {
    input: { lines: [], newlineAtEnd: true },
    line: 0,
    next: 0,
    space: '',
    hold: '',
    output: '',
    appended: [],
    written: new Map(),
    last: null,
    substituted: false,
    ranges: new Map(),
    exit: null,
    quiet,
    reads,
  };
  const results: Result[] = [];
  for (const input of inputs) {
    Object.assign(s, { input, next: 0, output: '' });
    if (inputs.length > 1) s.line = 0;
    if (s.exit === null) runInput(s, commands);
    results.push({ output: s.output, written: s.written, exit: s.exit });
  }
  return results;
}
