/**
 * People at terminals, and how what they and the daemons do is called in a search.
 */
import type { Choice, Login, Logout, Run } from '../../host/choice.ts';
import { shellOn } from '../../host/terminal.ts';
import type { World } from '../../host/world.ts';

export type Line = Login | Logout | Run;

/** One person: a terminal, and what is typed there, in this order. */
export type Person = Readonly<{ terminal: string; lines: readonly Line[] }>;

export type Persons = Readonly<Record<string, Person>>;

/** Terminal by person. */
export const terminalsOf = (persons: Persons): Readonly<Record<string, string>> =>
  Object.fromEntries(Object.entries(persons).map(([who, { terminal }]) => [who, terminal]));

/** Who makes the next second begin, and how that is called. */
export const TIME = 'time';
export const NEXT_SECOND = 'next second';

/** Nothing settles, no time passes: what the line begins is ordered by the steps that follow. */
export const pending = (line: Line): Choice => ({ ...line, pace: 0, settle: false });

export function lineText(line: Line): string {
  if ('login' in line) return `login ${line.login}`;
  return 'logout' in line ? 'logout' : line.run.join(' ');
}

/** A process by its program; of several of one actor, which one. */
export function processName(world: World, pid: number, pids: readonly number[]): string {
  const program = world.processes[pid]?.program ?? '?';
  const same = pids.filter((other) => world.processes[other]?.program === program);
  return same.length > 1 ? `${program} ${same.indexOf(pid) + 1}` : program;
}

/** Is the terminal waiting for this line: for a name, or for a command? */
export function isWaiting(world: World, tty: string, line: Line): boolean {
  const shell = shellOn(world, tty);
  const { tasks } = world.kernel;
  if (!('login' in line)) return shell !== null && tasks[shell]?.parked?.call === 'read';
  if (shell !== null) return false;
  return Object.values(tasks).some(
    (task) => task.comm === 'agetty' && task.argv[1] === tty && task.parked?.call === 'read',
  );
}
