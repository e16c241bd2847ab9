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

/** What the shell says of a redirection: dash tells what it wanted to do. */
export function openingFailed(line: Speaker, mode: string, path: string, errno: Errno): string {
  if (!line.dash) return `${path}: ${strerror(errno)}`;
  const missing = errno === 'ENOENT' && mode !== 'read' ? 'Directory nonexistent' : null;
  const why = errno === 'ENOENT' && mode === 'read' ? 'No such file' : strerror(errno);
  return `cannot ${mode === 'read' ? 'open' : 'create'} ${path}: ${missing ?? why}`;
}

/** 5.2 tells a missing interpreter from a missing file. */
export function* whyNotStarted(line: Speaker, there: boolean, errno: Errno): Sys<string> {
  if (line.dash) return errno === 'ENOENT' ? 'not found' : strerror(errno);
  const modern = errno === 'ENOENT' && there && (yield* isModern());
  return modern ? 'cannot execute: required file not found' : strerror(errno);
}
