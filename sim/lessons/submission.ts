/**
 * What a student hands in, and what it is worth: the answers are played again and judged by the host.
 *
 * Every check can be made alone; nothing in a submission is believed but the answers.
 */
import { digest } from '../host/canonical.ts';
import { usageError } from '../host/usage.ts';
import { VERSION } from '../host/version.ts';
import type { Lesson } from './lesson.ts';
import type { Scenarios } from './stage.ts';
import { type Answer, type Graded, gradeOf, taskOf } from './task.ts';

export type Submission = Readonly<{
  v: 1;
  kvmlab: string;
  lesson: string;
  /** The SHA-256 of the lesson's file: another text may ask other questions. */
  text: string;
  student: string;
  seed: number;
  answers: readonly Readonly<{ exercise: number; answer: Answer; hints: number }>[];
}>;

/** So that neighbours get different hosts, and the same student the same one. */
export const seedOf = (student: string, lesson: string): number =>
  Number.parseInt(digest([student, lesson]).slice(0, 8), 16);

export const textHash = (text: string): string =>
  digest(text.replaceAll('\r\n', '\n')).slice(0, 16);

const MOST = 100_000;
const isText = (value: unknown, most: number): value is string =>
  typeof value === 'string' && value.length <= most;

function isAnswer(value: unknown): value is Submission['answers'][number] {
  if (typeof value !== 'object' || value === null) return false;
  const { exercise, answer, hints } = value as Record<string, unknown>;
  const lines =
    Array.isArray(answer) && answer.length <= 100 && answer.every((a) => isText(a, 2000));
  return (
    Number.isInteger(exercise) && Number.isInteger(hints) && (Number.isInteger(answer) || lines)
  );
}

/** Read a file that claims to be a submission; a usage error says what it is instead. */
export function submissionIn(name: string, text: string): Submission {
  if (text.length > MOST) throw usageError(`${name} is too long for a submission.`);
  let given: unknown;
  try {
    given = JSON.parse(text);
  } catch {
    throw usageError(`${name} is no submission: it is not JSON.`);
  }
  const {
    v,
    lesson,
    student,
    seed,
    answers,
    kvmlab,
    text: hash,
  } = (given ?? {}) as Record<string, unknown>;
  const whole =
    v === 1 &&
    isText(kvmlab, 20) &&
    isText(lesson, 100) &&
    isText(hash, 64) &&
    isText(student, 100) &&
    Number.isSafeInteger(seed) &&
    Array.isArray(answers) &&
    answers.length <= 100 &&
    answers.every(isAnswer);
  if (!whole) throw usageError(`${name} is no submission (v: 1) of kvmlab.`);
  return given as Submission;
}

type Check = Readonly<{ name: string } & Graded>;

export type Report = Readonly<{ student: string; lesson: string; checks: readonly Check[] }>;

/** What does not fit, before anything is graded; null when all does. */
export function misfit(submission: Submission, lesson: Lesson, text: string): string | null {
  if (submission.kvmlab.split('.').slice(0, 2).join() !== VERSION.split('.').slice(0, 2).join())
    return `it was made with kvmlab ${submission.kvmlab}; this is ${VERSION}`;
  if (submission.text !== textHash(text)) return 'it answers another text of this lesson';
  if (submission.seed !== seedOf(submission.student, lesson.id))
    return `its seed is not that of student ${submission.student}`;
  return null;
}

/** One exercise, alone. An exercise that was not answered is worth nothing. */
export function checkExercise(
  scenarios: Scenarios,
  lesson: Lesson,
  { seed, answers }: Pick<Submission, 'seed' | 'answers'>,
  exercise: number,
): Check {
  const task = taskOf(scenarios, lesson, exercise, seed);
  const given = answers.find((answer) => answer.exercise === exercise);
  const name = `${exercise + 1} ${task.mode}`;
  if (given === undefined) {
    const none = gradeOf(task, task.kind === 'choice' ? -1 : []);
    return { name, points: 0, of: none.of, says: { en: 'not answered', zh: '未作答' } };
  }
  return { name, ...gradeOf(task, given.answer) };
}

export function reportOf(scenarios: Scenarios, lesson: Lesson, submission: Submission): Report {
  const { student } = submission;
  const checks = lesson.exercises.map((_, n) => checkExercise(scenarios, lesson, submission, n));
  return { student, lesson: lesson.id, checks };
}
