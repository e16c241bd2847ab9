/**
 * Runs a piece of program with answers to the few system calls that it makes.
 */
import type { Sys } from '../../sim/kernel/program.ts';
import type { Request } from '../../sim/kernel/request.ts';

export type Answers = { [call in Request['call']]?: (request: Request) => unknown };

export function answering<T>(program: Sys<T>, answers: Answers, seen: Request[] = []): T {
  let step = program.next();
  while (!step.done) {
    seen.push(step.value);
    const answer = answers[step.value.call];
    if (answer === undefined) throw new Error(`nobody answers ${JSON.stringify(step.value)}`);
    step = program.next(answer(step.value));
  }
  return step.value;
}
