/**
 * What a shell says when a file cannot be opened or a program not started: bash's words, and dash's.
 *
 * Models: GNU bash 4.2, 5.2 redir.c redirection_error, execute_cmd.c shell_execve; dash 0.5.12 redir.c openredirect,
 *   exec.c shellexec
 */
import { type Errno, strerror } from '../kernel/errno.ts';
import type { Sys } from '../kernel/program.ts';
import { isModern } from './switches.ts';

type Speaker = Readonly<{ dash?: true }>;

/** For dash's errmsg a file in the way is as good as none. */
const isAbsent = (errno: Errno): boolean => errno === 'ENOENT' || errno === 'ENOTDIR';

/** What `$?` is then: dash counts what cannot be reached as not found. */
export const statusNotStarted = (line: Speaker, errno: Errno): number =>
  errno === 'ENOENT' || (line.dash && /^(ENOTDIR|ELOOP|ENAMETOOLONG)$/.test(errno)) ? 127 : 126;

/** What the shell says of a redirection: dash tells what it wanted to do. */
export function openingFailed(line: Speaker, mode: string, path: string, errno: Errno): string {
  if (!line.dash) return `${path}: ${strerror(errno)}`;
  const reads = mode === 'read';
  const missing = reads ? 'No such file' : 'Directory nonexistent';
  return `cannot ${reads ? 'open' : 'create'} ${path}: ${isAbsent(errno) ? missing : strerror(errno)}`;
}

/** 5.2 tells a missing interpreter from a missing file. */
export function* whyNotStarted(line: Speaker, there: boolean, errno: Errno): Sys<string> {
  if (line.dash) return isAbsent(errno) ? 'not found' : strerror(errno);
  const modern = errno === 'ENOENT' && there && (yield* isModern());
  return modern ? 'cannot execute: required file not found' : strerror(errno);
}
