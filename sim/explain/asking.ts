/**
 * Questions put to a host by somebody who sits down at it: a line typed, and what it shows.
 *
 * The answer comes from a copy that has gone on by the question; the host itself is as it was.
 */
import type { Choice, Seat } from '../host/choice.ts';
import { shellOn, shown } from '../host/terminal.ts';
import type { World } from '../host/world.ts';
import { continued, type History } from './history.ts';

const TTY = 'pts/8';
const SEAT: Seat = `root@${TTY}`;

/** root comes in by a line of his own, whoever else is there. */
const enter: Choice = { login: 'root', on: TTY };

export const typed = (argv: readonly string[]): Choice => ({ run: argv, as: SEAT });

export const written = (path: string, text: string): Choice => ({
  run: ['cat'],
  as: SEAT,
  stdin: text,
  redirects: [{ fd: 1, mode: 'write', path }],
});

export type Answer = Readonly<{
  stdout: string;
  stderr: string;
  text: string;
  status: number;
  history: History;
}>;

const lastOf = ({ worlds }: History) => worlds.at(-1) as World;

/** Where root sits already, for a host on which no new terminal can be opened. */
function rootsSeat(world: World): Seat {
  const shell = Object.values(world.kernel.tasks).find(
    ({ argv, cred, tty }) => argv[0] === '-bash' && cred.uid === 0 && tty !== null,
  );
  return shell === undefined ? SEAT : `root@${shell.tty}`;
}

/** Type lines one after the other; the answer is what the last one showed. */
export function asked(history: History, lines: readonly Choice[]): Answer {
  const inside = shellOn(lastOf(history), TTY) !== null;
  const seated = inside ? history : continued(history, [enter]);
  const seat = shellOn(lastOf(seated), TTY) === null ? rootsSeat(lastOf(seated)) : SEAT;
  const after = continued(
    seated,
    lines.map((line) => ('run' in line ? { ...line, as: seat } : line)),
  );
  return { ...shown(lastOf(after), seat.split('@')[1] ?? TTY), history: after };
}
