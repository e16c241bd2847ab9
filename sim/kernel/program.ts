/**
 * What a program is: straight-line code that yields system calls and receives their answers.
 *
 * Models: a process's text; the kernel below it and the host around it are other components.
 *
 * The state of a process is data: its program's name, its memory, and the answers it has received since
 * its turn began. Reacting to an answer means running the turn again on those answers up to the next
 * request, so a turn must be a function of (memory, answers) alone: no clock, no dice, no globals.
 * A one-shot command has a single turn; a daemon's turn ends with `again`, and what it hands on is the
 * whole of what it remembers.
 */
import type { Answer, Request } from './request.ts';

/** A piece of program: yields requests, receives answers, returns a T. */
export type Sys<T> = Generator<Request, T, Answer>;

export type Start = Readonly<{
  argv: readonly string[];
  env: Readonly<Record<string, string>>;
}>;

/** How a turn ends. Memory is plain JSON. */
export type Turn<Memory> = Readonly<{ again: Memory }> | Readonly<{ exit: number }>;

export type Program<Memory = unknown> = Readonly<{
  begin: (start: Start) => Memory;
  turn: (memory: Memory) => Sys<Turn<Memory>>;
}>;

/** The table a room exports: program name -> program. Names are unique over all rooms. */
export type Programs = Readonly<Record<string, Program>>;

/** A program of one turn, such as `setfacl`: returns its exit code. */
export const command = (run: (start: Start) => Sys<number>): Program => ({
  begin: (start) => start,
  *turn(memory) {
    return { exit: yield* run(memory as Start) };
  },
});

/** A program of many turns, such as `systemd-udevd`: each turn hands its memory to the next. */
export const daemon = <Memory>(program: Program<Memory>): Program => program as unknown as Program;
