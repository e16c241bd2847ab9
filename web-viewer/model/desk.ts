/**
 * The lessons as the page uses them: sim/lessons with the scenarios at hand.
 */
import './unfrozen.ts';
import { scenarios } from '../../scenarios/index.ts';
import { VERSION } from '../../sim/host/version.ts';
import { type Lesson, lessonOf } from '../../sim/lessons/lesson.ts';
import { type Here, traceOf, typedOn } from '../../sim/lessons/stage.ts';
import { givenOf, type Submission, seedOf, textHash } from '../../sim/lessons/submission.ts';
import {
  type Answer,
  type Graded,
  gradeOf,
  hostOf,
  type Task,
  taskOf,
} from '../../sim/lessons/task.ts';
import { picture, seenBefore } from './lessonItems.ts';

export { givenOf, gradeOf, hostOf, lessonOf, picture, seedOf, seenBefore, traceOf, typedOn };

export const task = (lesson: Lesson, exercise: number, seed: number): Task =>
  taskOf(scenarios, lesson, exercise, seed);

export function submission(
  lesson: Lesson,
  text: string,
  student: string,
  answers: Submission['answers'],
): Submission {
  return {
    v: 2,
    kvmlab: VERSION,
    lesson: lesson.id,
    text: textHash(text),
    student,
    seed: seedOf(student, lesson.id),
    answers,
  };
}

export type { Answer, Graded, Here, Lesson, Submission, Task };
export type Desk = typeof import('./desk.ts');
