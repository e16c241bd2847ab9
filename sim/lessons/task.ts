/**
 * An exercise with its seed drawn: the question, what can be answered, and what the host says is right.
 */
import { dice } from '../explore/random.ts';
import { usageError } from '../host/usage.ts';
import type { Words } from '../play/scenario.ts';
import { breakTask } from './breakIt.ts';
import { diagnoseTask } from './diagnose.ts';
import type { Exercise, Lesson } from './lesson.ts';
import { lieTask } from './lie.ts';
import { predictTask } from './predict.ts';
import { repairTask } from './repair.ts';
import { type Here, type Scenarios, type Stage, stageOf } from './stage.ts';

/** One click answers it. */
export type ChoiceTask = Readonly<{
  kind: 'choice';
  mode: Exercise['mode'];
  ask: Words;
  /** What has happened on the host; told with the question. */
  happened: readonly Words[];
  /** Program output, or words of ours. */
  options: readonly Readonly<{ text: Words; verbatim: boolean }>[];
  correct: number;
  /** The step of the scenario after which it is asked. */
  step: number;
  here: Here;
}>;

export type Graded = Readonly<{ points: number; of: number; says: Words }>;

/** Commands, or events, answer it. */
export type DoTask = Readonly<{
  kind: 'do';
  mode: Exercise['mode'];
  ask: Words;
  step: number;
  here: Here;
  /** What can be chosen; empty where commands are typed. */
  events: readonly string[];
  /** The host that they lead to. */
  after: (lines: readonly string[]) => Here;
  grade: (lines: readonly string[]) => Graded;
  /** A shortest way, found by the simulator. */
  key: () => readonly string[];
}>;

export type Task = ChoiceTask | DoTask;

/** A drawn exercise always has the same dice, whatever the others drew. */
const diceOf = (seed: number, exercise: number) => dice((seed * 31 + exercise * 7919) | 0);

export function taskOf(scenarios: Scenarios, lesson: Lesson, number: number, seed: number): Task {
  const exercise = lesson.exercises[number];
  if (exercise === undefined)
    throw usageError(
      `${lesson.id} has ${lesson.exercises.length} exercises, so there is no ${number + 1}.`,
    );
  const horizon = Math.max(...lesson.exercises.map(({ at: [, last] }) => last));
  const stage = stageOf(scenarios, lesson.scenario, lesson.profile, horizon);
  return drawnTask(stage, exercise, diceOf(seed, number), `${lesson.id}, exercise ${number + 1}`);
}

function drawnTask(
  stage: Stage,
  exercise: Exercise,
  draw: ReturnType<typeof dice>,
  where: string,
): Task {
  const [from, to] = exercise.at;
  const at = from + draw(to - from + 1);
  const moment = stage.moments[at];
  if (moment === undefined)
    throw usageError(
      `${where}: the scenario has ${stage.moments.length - 1} steps, so there is no step ${at}.`,
    );
  switch (exercise.mode) {
    case 'predict':
      return predictTask(stage, moment, exercise, draw, where);
    case 'diagnose':
      return diagnoseTask(stage, moment, exercise, draw);
    case 'lie':
      return lieTask(stage, moment, exercise, draw, where);
    case 'repair':
      return repairTask(moment, exercise);
    case 'break':
      return breakTask(moment, exercise);
  }
}

/** An answer as a submission has it: the number of an option, or the lines that were typed or chosen. */
export type Answer = number | readonly string[];

/** The host on which an answer was given: as it was asked about, or as the answer has left it. */
export const hostOf = (task: Task, answer: Answer): Here =>
  task.kind === 'do' && typeof answer !== 'number' ? task.after(answer) : task.here;

export function gradeOf(task: Task, answer: Answer): Graded {
  if (task.kind === 'do') {
    if (typeof answer === 'number')
      throw usageError('This exercise is answered with lines, not with a number.');
    return task.grade(answer);
  }
  if (typeof answer !== 'number')
    throw usageError('This exercise is answered with the number of an option.');
  const right = answer === task.correct;
  const says = right ? { en: 'right', zh: '正确' } : { en: 'not so', zh: '不对' };
  return { points: right ? 1 : 0, of: 1, says };
}
