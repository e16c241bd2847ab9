/**
 * /dev/fd/N, /dev/stdin and their like: the shell's own descriptors under the names of files.
 *
 * Models: GNU bash 5.2 redir.c _redir_special; lib/sh/eaccess.c sh_stat
 */
import type { Failure } from '../kernel/errno.ts';
import { own } from '../kernel/own.ts';
import { askText } from './ask.ts';
import type { Descriptor } from './descriptors.ts';
import { type Shell, viewOf } from './shell.ts';

const standard: Readonly<Record<string, number>> = {
  '/dev/stdin': 0,
  '/dev/stdout': 1,
  '/dev/stderr': 2,
};

/** The descriptor that a name in /dev stands for. */
export function descriptorNamed(path: string): number | undefined {
  const [, fd] = /^\/dev\/fd\/(\d+)$/.exec(path) ?? [];
  return fd === undefined ? own(standard, path) : Number(fd);
}

/** What is open under a name; null: nothing. undefined: the name is of no descriptor. */
export function openedAs(shell: Shell, path: string): Descriptor | null | undefined {
  const fd = descriptorNamed(path);
  return fd === undefined ? undefined : (shell.fds.get(fd) ?? null);
}

/** The text of a file that the shell itself reads; of a descriptor it is read up. */
export function textAt(shell: Shell, path: string): string | Failure {
  const opened = openedAs(shell, path);
  if (opened === null) return { errno: 'ENOENT' };
  if (opened?.kind !== 'reader') return askText(viewOf(shell), path);
  const { reader } = opened;
  const text = reader.text.slice(reader.at);
  reader.at = reader.text.length;
  return text;
}
