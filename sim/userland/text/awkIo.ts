/**
 * awk's input and output: records, getline, redirections, commands.
 *
 * Models: GNU awk 4.0.2 io.c get_a_record, do_getline_redir, redirect, close_rp
 * Leaves out: two-way pipes, /inet, a command that runs while awk goes on writing to it.
 */
import { failed, strerror } from '../../kernel/errno.ts';
import type { Sys } from '../../kernel/program.ts';
import { close, err, open, out, pipe, spawn, wait, write } from '../../libc/sys.ts';
import { readAll, textOf } from '../input.ts';
import { isModern } from '../switches.ts';
import { type Awk, type Source, separator, setGlobal, textVariable } from './awkState.ts';
import { undoEscapes } from './format.ts';

export function* flush(awk: Awk): Sys<void> {
  if (awk.output !== '') yield* out(awk.output);
  awk.output = '';
}

/** The next record of a source; null at its end. RS of "" means paragraphs. */
export function nextRecord(awk: Awk, source: Source): string | null {
  const rs = textVariable(awk, 'RS');
  if (rs === '') while (source.text.charAt(source.at) === '\n') source.at++;
  if (source.at >= source.text.length) return null;
  const rest = source.text.slice(source.at);
  const pattern = rs === '' ? /\n\n+/ : rs.length === 1 ? null : separator(rs);
  const hit = pattern?.exec(rest);
  const at = pattern === null ? rest.indexOf(rs) : (hit?.index ?? -1);
  const length = pattern === null ? rs.length : (hit?.[0].length ?? 0);
  source.at = at < 0 ? source.text.length : source.at + at + length;
  const record = at < 0 ? rest : rest.slice(0, at);
  return at < 0 && rs !== '\n' ? record.replace(/\n$/, '') : record;
}

const assignment = /^([A-Za-z_]\w*)=([\s\S]*)$/;

/** The next named file, after the assignments that stand before it. */
function* openNext(awk: Awk): Sys<Source | null> {
  while (awk.pending.length > 0) {
    const name = awk.pending.shift() ?? '-';
    const [, variable, value = ''] = assignment.exec(name) ?? [];
    if (variable !== undefined) {
      setGlobal(awk, variable, { input: undoEscapes(value, 'format').text });
      continue;
    }
    const text = yield* textOf(name);
    if (!failed(text)) {
      setGlobal(awk, 'FILENAME', name === '-' ? '' : name);
      setGlobal(awk, 'FNR', 0);
      return { text, at: 0 };
    }
    awk.failed = true;
    // Debian's awk is mawk, which has fewer words.
    if (text.errno !== 'EISDIR' && (yield* isModern())) {
      yield* flush(awk);
      yield* err(`awk: cannot open ${name} (${strerror(text.errno)})\n`);
      return null;
    }
    const why =
      text.errno === 'EISDIR'
        ? `warning: command line argument \`${name}' is a directory: skipped`
        : `fatal: cannot open file \`${name}' for reading (${strerror(text.errno)})`;
    yield* flush(awk);
    yield* err(
      `awk: ${text.errno === 'EISDIR' ? 'cmd. line:1: ' : 'cmd. line:1: '}${why}\n`.replace(
        'cmd. line:1: warning: command line',
        'warning: command line',
      ),
    );
  }
  return null;
}

/** The next record of the main input; null when all files are read. */
export function* mainRecord(awk: Awk): Sys<string | null> {
  for (;;) {
    if (awk.main === null) awk.main = yield* openNext(awk);
    if (awk.main === null) return null;
    const record = nextRecord(awk, awk.main);
    if (record !== null) return record;
    awk.main = null;
  }
}

/** Run a command line with a text on its standard input; its status, and its output when that is wanted. */
export function* runCommand(
  awk: Awk,
  line: string,
  input: string | null,
  collect: boolean,
): Sys<{ status: number; text: string }> {
  yield* flush(awk);
  const fds: Record<number, number> = {};
  const opened: number[] = [];
  if (input !== null) {
    const ends = yield* pipe();
    if (!failed(ends)) {
      yield* write(ends[1], input);
      yield* close(ends[1]);
      fds[0] = ends[0];
      opened.push(ends[0]);
    }
  }
  const answer = collect ? yield* pipe() : null;
  if (answer && !failed(answer)) fds[1] = answer[1];
  const pid = yield* spawn('/bin/sh', ['sh', '-c', line], { fds, env: awk.env });
  for (const fd of opened) yield* close(fd);
  if (answer && !failed(answer)) yield* close(answer[1]);
  if (failed(pid)) return { status: 127, text: '' };
  const text = answer && !failed(answer) ? yield* readAll(answer[0]) : '';
  const ended = yield* wait(pid);
  return { status: failed(ended) ? 0 : ended.code, text: failed(text) ? '' : text };
}

/** A file or command that getline reads; null when it cannot be opened. */
export function* inputOf(awk: Awk, name: string, from: 'file' | 'command'): Sys<Source | null> {
  const known = awk.inputs.get(name);
  if (known) return known;
  const text =
    from === 'command' ? (yield* runCommand(awk, name, null, true)).text : yield* textOf(name);
  if (failed(text)) return null;
  const source = { text, at: 0 };
  awk.inputs.set(name, source);
  return source;
}

/** print > "file": gathered, and written when it is closed or awk ends. */
export function* redirect(awk: Awk, operator: string, name: string, text: string): Sys<void> {
  if (name === '/dev/stdout' || name === '-') awk.output += text;
  else if (name === '/dev/stderr') {
    yield* flush(awk);
    yield* err(text);
  } else {
    const known = awk.outputs.get(name) ?? { operator, text: '', begun: false };
    known.text += text;
    awk.outputs.set(name, known);
  }
}

export function* closeOutput(awk: Awk, name: string): Sys<number> {
  const output = awk.outputs.get(name);
  if (output === undefined) return awk.inputs.delete(name) ? 0 : -1;
  awk.outputs.delete(name);
  if (output.operator === '|') return (yield* runCommand(awk, name, output.text, false)).status;
  const fd = yield* open(name, ['write', 'create', output.operator === '>' ? 'trunc' : 'append']);
  if (failed(fd)) {
    awk.failed = true;
    yield* flush(awk);
    yield* err(`awk: cmd. line:1: fatal: can't redirect to \`${name}' (${strerror(fd.errno)})\n`);
    return -1;
  }
  if (output.text !== '') yield* write(fd, output.text);
  yield* close(fd);
  return 0;
}
