/**
 * A process: a program, what it remembers, and what the kernel has told it since its turn began.
 *
 * Models: the user-space half of a Linux task; the kernel keeps the other half (sim/kernel/state.ts Task)
 *
 * Reacting to an answer means running the turn again from its memory on the answers so far. As a turn is
 * a function of these alone, a generator that stands at the right place may be kept and carried on
 * instead; that is what `running` remembers, and nothing else depends on it.
 */
import type { Program, Programs, Start, Sys } from '../kernel/program.ts';
import type { Answer, Request } from '../kernel/request.ts';

export type Process = Readonly<{
  program: string;
  memory: unknown;
  /** In stretches, so that one answer more copies one stretch and not all of a long turn. */
  answers: readonly (readonly Answer[])[];
  /** The system call that it makes next. */
  request: Request;
}>;

type Turning = Sys<{ again: unknown } | { exit: number }>;

const running = new WeakMap<Process, Turning>();

function programOf(programs: Programs, name: string): Program {
  const program = programs[name];
  if (program === undefined) {
    throw new Error(
      `No program is called ${name}: add it to its room's programs.ts, or see host/programs.ts.`,
    );
  }
  return program;
}

const IDLE_TURNS = 1000;

/** Start turns until one makes a system call. */
function nextRequest(program: Program, name: string, memory: unknown): Process {
  let at = memory;
  for (let turns = 0; turns < IDLE_TURNS; turns++) {
    const turn = program.turn(at) as Turning;
    const first = turn.next();
    if (!first.done)
      return keep({ program: name, memory: at, answers: [], request: first.value }, turn);
    if ('exit' in first.value) return exiting(name, at, first.value.exit);
    at = first.value.again;
  }
  throw new Error(
    `${name} has turned ${IDLE_TURNS} times without a system call: its turn never blocks.`,
  );
}

function keep(process: Process, turn: Turning): Process {
  running.set(process, turn);
  return process;
}

const exiting = (program: string, memory: unknown, code: number): Process => ({
  program,
  memory,
  answers: [],
  request: { call: 'exit', code },
});

export const begin = (programs: Programs, name: string, start: Start): Process => {
  const program = programOf(programs, name);
  return nextRequest(program, name, program.begin(start));
};

/** The turn of a process, standing at its request. */
function resume(program: Program, process: Process): Turning {
  const kept = running.get(process);
  if (kept !== undefined) {
    running.delete(process);
    return kept;
  }
  const turn = program.turn(process.memory) as Turning;
  turn.next();
  for (const answer of process.answers.flat()) turn.next(answer);
  return turn;
}

const STRETCH = 32;

function withAnswer(answers: Process['answers'], answer: Answer): Process['answers'] {
  const last = answers.at(-1);
  return last === undefined || last.length === STRETCH
    ? [...answers, [answer]]
    : answers.with(-1, [...last, answer]);
}

export function react(programs: Programs, process: Process, answer: Answer): Process {
  const program = programOf(programs, process.program);
  const turn = resume(program, process);
  const next = turn.next(answer);
  if (!next.done) {
    const answers = withAnswer(process.answers, answer);
    return keep({ ...process, answers, request: next.value }, turn);
  }
  return 'exit' in next.value
    ? exiting(process.program, process.memory, next.value.exit)
    : nextRequest(program, process.program, next.value.again);
}
