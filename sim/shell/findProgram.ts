/**
 * Where a command's name leads along PATH, as the user sees it.
 *
 * Models: GNU bash 4.2 findcmd.c search_for_command, find_user_command
 */
import { failed } from '../kernel/errno.ts';
import { askAccess, askStat } from './ask.ts';
import { type Shell, viewOf } from './shell.ts';
import { getVariable } from './variables.ts';

/** A path, or null. A name with a slash is itself, if it can be executed. */
export function findProgram(shell: Shell, name: string): string | null {
  const view = viewOf(shell);
  const fits = (path: string) => {
    const st = askStat(view, path);
    return !failed(st) && st.type === 'file' && !failed(askAccess(view, path, 1));
  };
  if (name.includes('/')) return fits(name) ? name : null;
  if (name === '') return null;
  for (const directory of (getVariable(shell, 'PATH') ?? '').split(':')) {
    const path = `${directory === '' ? '.' : directory}/${name}`;
    if (fits(path)) return path;
  }
  return null;
}
