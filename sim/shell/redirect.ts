/**
 * Redirections: what they name, in order, and how the host is told.
 *
 * Models: GNU bash 4.2 redir.c do_redirection_internal
 * Leaves out: `{var}>` but that of exec (refused), reading and writing at one offset where `<>` is kept open over several commands (refused), /dev/tcp.
 *
 * A simple command's files are opened by the login shell on the host, as the user. Files of compound
 * commands are opened once there too; from then on each command inside appends to them.
 */

import type { HereDoc, RedirectDescriptor, Redirection, Redirect as Written } from 'unbash';
import { failed } from '../kernel/errno.ts';
import type { Redirect } from '../userland/bashCommand.ts';
import { openingFailed } from '../userland/bashWords.ts';
import { askCwd, askStat, askText } from './ask.ts';
import { type Descriptor, type Descriptors, readerOf } from './descriptors.ts';
import { expandHereDoc, expandText, expandWord } from './expand.ts';
import { descriptorNamed } from './ownDescriptors.ts';
import { complain, type Shell, unsupported, viewOf, write } from './shell.ts';
import { lineAt } from './source.ts';
import { getVariable, setVariable } from './variables.ts';

/** A file that this very command opens. */
export type Opening = Readonly<{
  kind: 'opening';
  fd: number;
  mode: 'read' | 'write' | 'append' | 'readwrite';
  path: string;
}>;

export type Plan = Readonly<{
  openings: readonly Opening[];
  table: ReadonlyMap<number, Descriptor | Opening>;
}>;

type Planning = {
  openings: Opening[];
  table: Map<number, Descriptor | Opening>;
  /** exec without a command: what it opens stays open. */
  stays: boolean;
};

/** Where bash's own descriptors begin. */
const OWN = 10;

/** `{var}>`: a free descriptor whose number the variable gets; with `&-` the one whose number it has. */
function fdOf(
  shell: Shell,
  p: Planning,
  descriptor: RedirectDescriptor | undefined,
  otherwise: number,
  closes = false,
): number {
  if (descriptor === undefined) return otherwise;
  if (descriptor.type === 'FileDescriptor') return descriptor.value;
  const { name } = descriptor;
  if (closes) return Number(getVariable(shell, name) ?? -1);
  if (!p.stays) return unsupported(shell, 'redirections to {variable} but those of exec');
  let fd = OWN;
  while (p.table.has(fd)) fd++;
  setVariable(shell, name, String(fd));
  return fd;
}

/** The one word a redirection needs; null after a complaint. */
function target(shell: Shell, p: Planning, redirect: Written): string | null {
  if (redirect.target === undefined) return null;
  const words = expandWord(shell, redirect.target);
  for (const fd of shell.substitutions) {
    const opened = shell.fds.get(fd);
    if (opened) p.table.set(fd, opened);
  }
  if (words.length === 1) return words[0] ?? '';
  complain(shell, `${redirect.target.text}: ambiguous redirect`);
  return null;
}

function duplicate(shell: Shell, p: Planning, fd: number, word: string): boolean {
  if (word === '-') {
    p.table.delete(fd);
    return true;
  }
  const [, digits = '', moves] = /^(\d+)(-?)$/.exec(word) ?? [];
  const from = p.table.get(Number(digits));
  if (from === undefined) {
    complain(shell, `${digits}: Bad file descriptor`);
    return false;
  }
  p.table.set(fd, from);
  if (moves === '-') p.table.delete(Number(digits));
  return true;
}

function open(p: Planning, fd: number, mode: Opening['mode'], path: string): void {
  const opening: Opening = { kind: 'opening', fd, mode, path };
  p.openings.push(opening);
  p.table.set(fd, opening);
}

/** noclobber_open: what is not there is made with O_EXCL, which a link that leads nowhere does not pass either. */
function clobbers(shell: Shell, operator: string, path: string): boolean {
  if (!shell.options.noclobber || !['>', '&>', '>&'].includes(operator)) return false;
  const st = askStat(viewOf(shell), path);
  const taken = failed(st) ? !failed(askStat(viewOf(shell), path, false)) : st.type === 'file';
  if (!taken) return false;
  complain(shell, `${path}: cannot overwrite existing file`);
  return true;
}

function planFile(shell: Shell, p: Planning, redirect: Written): boolean {
  const { operator } = redirect;
  const path = target(shell, p, redirect);
  if (path === null) return false;
  const reads = operator.startsWith('<');
  const closes = operator.endsWith('&') && path === '-';
  const fd = fdOf(shell, p, redirect.descriptor, reads ? 0 : 1, closes);
  if (operator === '<&' || (operator === '>&' && /^(\d+-?|-)$/.test(path))) {
    return duplicate(shell, p, fd, path);
  }
  if (operator === '>&' && redirect.descriptor !== undefined) {
    complain(shell, `${path}: ambiguous redirect`);
    return false;
  }
  if (/^\/dev\/(tcp|udp)\//.test(path)) unsupported(shell, `the network file ${path}`);
  const known = descriptorNamed(path);
  if (known !== undefined) return duplicate(shell, p, fd, String(known));
  if (clobbers(shell, operator, path)) return false;
  const mode = reads
    ? operator === '<>'
      ? 'readwrite'
      : 'read'
    : operator.endsWith('>>')
      ? 'append'
      : 'write';
  open(p, fd, mode, path);
  const twice = operator === '&>' || operator === '&>>' || operator === '>&';
  return twice ? duplicate(shell, p, 2, '1') : true;
}

/** make_here_document: the file ended before the closing line. */
function warnOpen(shell: Shell, here: HereDoc): void {
  const { text } = shell.source;
  const last = lineAt(shell.source, Math.max(0, text.trimEnd().length - 1));
  const begun = lineAt(shell.source, here.pos);
  const where = shell.interactive ? shell.name : `${shell.speaker}: line ${last}`;
  const why = `here-document at line ${begun} delimited by end-of-file (wanted \`${here.delimiter?.value ?? ''}')`;
  write(shell, 2, `${where}: warning: ${why}\n`);
}

function hereText(shell: Shell, redirect: Exclude<Redirection, Written>): string {
  if (redirect.type === 'HereString') {
    return `${redirect.target ? expandText(shell, redirect.target) : ''}\n`;
  }
  const { body, delimiter, operator } = redirect;
  if (redirect.closing === undefined) warnOpen(shell, redirect);
  const quoted = delimiter?.quoted ?? false;
  const strip = (text: string) => (operator === '<<-' ? text.replace(/^\t+/gm, '') : text);
  if (quoted || body.parts === undefined) {
    return strip(
      quoted ? body.text : body.text.replace(/\\([\\$`\n])/g, (_, c) => (c === '\n' ? '' : c)),
    );
  }
  return strip(expandHereDoc(shell, body.parts));
}

/** What the descriptors will be; null after a complaint. */
export function plan(shell: Shell, redirects: readonly Redirection[], stays = false): Plan | null {
  const p: Planning = { openings: [], table: new Map(shell.fds), stays };
  for (const redirect of redirects) {
    if (redirect.type === 'Redirect') {
      if (!planFile(shell, p, redirect)) return null;
    } else p.table.set(fdOf(shell, p, redirect.descriptor, 0), readerOf(hereText(shell, redirect)));
  }
  return p;
}

export type Emission = Readonly<{
  stdin: Descriptor | undefined;
  redirects: readonly Redirect[];
  piped: boolean;
  stdout?: (text: string) => void;
  stderr?: (text: string) => void;
}>;

/** Where an opened file can be found when descriptors are copied: its own number, or one out of the way. */
function places(plan: Plan): Map<Opening, number> {
  const found = new Map<Opening, number>();
  for (const [n, opening] of plan.openings.entries()) {
    found.set(opening, plan.table.get(opening.fd) === opening ? opening.fd : 10 + n);
  }
  return found;
}

/** The plan in the terms of the login shell: files to open, descriptors to copy, and who listens. */
export function emission(plan: Plan): Emission {
  const place = places(plan);
  const before: Redirect[] = [];
  const after: Redirect[] = [];
  const appended = new Map<Descriptor, number>();
  const [one, two] = [plan.table.get(1), plan.table.get(2)];
  for (const [fd, d] of [
    [1, one],
    [2, two],
  ] as const) {
    if (d === undefined) after.push({ fd, mode: 'close' });
    else if (d.kind === 'opening') {
      const from = place.get(d) ?? fd;
      if (from !== fd) after.push({ fd, mode: 'dup', from });
    } else if (d.kind === 'file') {
      const from = appended.get(d);
      if (from === undefined) before.push({ fd, mode: 'append', path: d.path });
      else after.push({ fd, mode: 'dup', from });
      appended.set(d, from ?? fd);
    } else if (fd === 2 && d === one) after.push({ fd: 2, mode: 'dup', from: 1 });
  }
  const openings = plan.openings.map(
    (o): Redirect => ({ fd: place.get(o) ?? o.fd, mode: o.mode, path: o.path }),
  );
  const zero = plan.table.get(0);
  const copied = zero?.kind === 'opening' && place.get(zero) !== 0;
  if (copied) after.push({ fd: 0, mode: 'dup', from: place.get(zero) ?? 0 });
  return {
    stdin: zero === undefined || zero.kind === 'opening' ? zero && { kind: 'keyboard' } : zero,
    redirects: [...before, ...openings, ...after],
    piped: one?.kind === 'text' && one.piped,
    ...(one?.kind === 'text' ? { stdout: one.take } : {}),
    ...(two?.kind === 'text' ? { stderr: two.take } : {}),
  };
}

const absolute = (cwd: string, path: string) =>
  path.startsWith('/') ? path : cwd === '/' ? `/${path}` : `${cwd}/${path}`;

/** Open one file for what follows: for writing on the host, for reading by asking for its text. */
function openNow(shell: Shell, opening: Opening): Descriptor | null {
  const path = absolute(askCwd(viewOf(shell)), opening.path);
  if (opening.mode === 'read') {
    const text = askText(viewOf(shell), path);
    if (!failed(text)) return readerOf(text);
    // read(2) says so, not open(2): a directory, or a device such as /dev/kvm, opens. The host does it below.
    if (text.errno !== 'EINVAL' && text.errno !== 'EISDIR') {
      const speaker = shell.dash ? { dash: true as const } : {};
      complain(shell, openingFailed(speaker, 'read', opening.path, text.errno));
      return null;
    }
  }
  const status = shell.session.type(shell, {
    argv: [],
    stdin: { kind: 'keyboard' },
    redirects: [{ fd: opening.fd, mode: opening.mode, path: opening.path }],
    piped: false,
  });
  if (status !== 0) return null;
  if (opening.mode !== 'readwrite') return { kind: 'file', path };
  const st = askStat(viewOf(shell), path);
  const both = !failed(st) && (st.type === 'file' || st.type === 'fifo');
  return { kind: 'file', path, both };
}

/** Carry a plan out for a builtin or a compound command. null after a complaint. */
export function openAll(shell: Shell, planned: Plan): Descriptors | null {
  const opened = new Map<Opening, Descriptor>();
  for (const opening of planned.openings) {
    const descriptor = openNow(shell, opening);
    if (descriptor === null) return null;
    opened.set(opening, descriptor);
  }
  const table: Descriptors = new Map();
  for (const [fd, d] of planned.table) {
    const real = d.kind === 'opening' ? opened.get(d) : d;
    if (real) table.set(fd, real);
  }
  return table;
}
