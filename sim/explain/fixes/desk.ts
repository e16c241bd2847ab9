/**
 * A root shell on a copy of a host: lines typed one after the other, and what they led to.
 *
 * A desk never changes: typing makes another one. What happens on it is nobody else's.
 */
import type { Choice, Seat } from '../../host/choice.ts';
import type { Machinery } from '../../host/route.ts';
import { step } from '../../host/step.ts';
import { shellOn, shown } from '../../host/terminal.ts';
import type { World } from '../../host/world.ts';

const TTY = 'pts/8';
const SEAT: Seat = `root@${TTY}`;

export type Desk = Readonly<{
  machinery: Machinery;
  world: World;
  /** Since the desk was set up. */
  choices: readonly Choice[];
}>;

export type Typed = Readonly<{ desk: Desk; status: number; stdout: string; stderr: string }>;

/** A line as words, or anything else that can happen to a host. */
export type Line = readonly string[] | Choice;

const isWords = (line: Line): line is readonly string[] => Array.isArray(line);

const choiceOf = (line: Line): Choice => (isWords(line) ? { run: line, as: SEAT } : line);

function chosen({ machinery, world, choices }: Desk, choice: Choice): Desk {
  return { machinery, world: step(machinery, world, choice), choices: [...choices, choice] };
}

/** Whoever is not there yet, or was thrown out by a reboot, comes in over ssh: that gives nobody an entry on a node. */
const seated = (desk: Desk): Desk =>
  shellOn(desk.world, TTY) === null ? chosen(desk, { login: 'root', on: TTY }) : desk;

export const deskAt = (machinery: Machinery, world: World): Desk =>
  seated({ machinery, world, choices: [] });

export function typed(desk: Desk, line: Line): Typed {
  const after = chosen(desk, choiceOf(line));
  const { status, stdout, stderr } = shown(after.world, TTY);
  return { desk: seated(after), status, stdout, stderr };
}

export const allTyped = (desk: Desk, lines: readonly Line[]): Desk =>
  lines.reduce((at, line) => typed(at, line).desk, desk);

/** A line that does not wait for the next second. */
export const atOnce = (argv: readonly string[]): Choice => ({ run: argv, as: SEAT, pace: 0 });

/** `cat > path`, with the text as its input. */
export const written = (desk: Desk, path: string, text: string): Desk =>
  chosen(desk, {
    run: ['cat'],
    as: SEAT,
    stdin: text,
    redirects: [{ fd: 1, mode: 'write', path }],
  });
