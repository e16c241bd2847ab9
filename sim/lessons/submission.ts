/**
 * What a student hands in, and what it is worth: the answers with their traces, played again and judged by the host.
 *
 * Every check can be made alone; nothing in a submission is believed but the answers, and a trace has to be theirs.
 */
import { canonicalJson, digest } from '../host/canonical.ts';
import { replayFails, type Trace } from '../host/trace.ts';
import { usageError } from '../host/usage.ts';
import { VERSION } from '../host/version.ts';
import type { Lesson } from './lesson.ts';
import { type Scenarios, traceOf } from './stage.ts';
import { type Answer, type Graded, gradeOf, hostOf, type Task, taskOf } from './task.ts';

/** One answer: to which exercise, after which step of the story, what was chosen, and the host it was given on. */
export type Given = Readonly<{
  exercise: number;
  step: number;
  choice: Answer;
  hints: number;
  trace: Trace;
}>;

export type Submission = Readonly<{
  v: 2;
  kvmlab: string;
  lesson: string;
  /** The SHA-256 of the lesson's file: another text may ask other questions. */
  text: string;
  student: string;
  seed: number;
  answers: readonly Given[];
}>;

/** What is handed in of an exercise: the trace ends on the host as it was asked about, or as the student has left it. */
export const givenOf = (task: Task, exercise: number, choice: Answer, hints: number): Given => ({
  exercise,
  step: task.step,
  choice,
  hints,
  trace: traceOf(hostOf(task, choice)),
});

/** So that neighbours get different hosts, and the same student the same one. */
export const seedOf = (student: string, lesson: string): number =>
  Number.parseInt(digest([student, lesson]).slice(0, 8), 16);

export const textHash = (text: string): string =>
  digest(text.replaceAll('\r\n', '\n')).slice(0, 16);

const MOST = 2_000_000;
const isText = (value: unknown, most: number): value is string =>
  typeof value === 'string' && value.length <= most;

const isRecord = (value: unknown): value is Record<string, unknown> =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

function isGiven(value: unknown): value is Given {
  if (!isRecord(value) || !isRecord(value['trace'])) return false;
  const { exercise, step, choice, hints, trace } = value;
  const lines =
    Array.isArray(choice) && choice.length <= 100 && choice.every((line) => isText(line, 2000));
  return (
    [exercise, step, hints].every(Number.isInteger) &&
    (Number.isInteger(choice) || lines) &&
    trace['v'] === 1 &&
    isText(trace['hash'], 64) &&
    Array.isArray(trace['choices'])
  );
}

/** The first form held answers alone. */
const isOld = (given: unknown) => isRecord(given) && given['v'] === 1 && 'answers' in given;

/** Read a file that claims to be a submission; a usage error says what it is instead. */
export function submissionIn(text: string): Submission {
  if (text.length > MOST) throw usageError('it is too long for a submission');
  let given: unknown;
  try {
    given = JSON.parse(text);
  } catch {
    throw usageError('it is no submission: it is not JSON');
  }
  if (isOld(given))
    throw usageError(
      "it is a submission of the old form (v: 1), which holds no traces: answer the lesson again in this version's page",
    );
  const { v, lesson, student, seed, answers, kvmlab, text: hash } = isRecord(given) ? given : {};
  const whole =
    v === 2 &&
    isText(kvmlab, 20) &&
    isText(lesson, 100) &&
    isText(hash, 64) &&
    isText(student, 100) &&
    Number.isSafeInteger(seed) &&
    Array.isArray(answers) &&
    answers.length <= 100 &&
    answers.every(isGiven);
  if (!whole) throw usageError('it is no submission (v: 2) of kvmlab');
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

/** What a trace says happened, without how it ended. */
const told = ({ profile, setup, choices }: Trace) => canonicalJson({ profile, setup, choices });

/**
 * An answer whose trace does not show what it claims; null when all fit. A trace is replayed only if it is the one that
 * the seed and the answer lead to: one that somebody has made up never runs.
 */
export function misplayed(
  scenarios: Scenarios,
  lesson: Lesson,
  { seed, answers }: Pick<Submission, 'seed' | 'answers'>,
): string | null {
  for (const { exercise, step, choice, trace } of answers) {
    const where = `exercise ${exercise + 1}`;
    const task = taskOf(scenarios, lesson, exercise, seed);
    if (step !== task.step) return `${where} is asked after step ${task.step}, not ${step}`;
    if (told(trace) !== told(traceOf(hostOf(task, choice))))
      return `the trace of ${where} is not what its seed and its answer lead to`;
    if (replayFails(trace) !== null) return `the trace of ${where} does not play to its hash`;
  }
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
  return { name, ...gradeOf(task, given.choice) };
}

export function reportOf(scenarios: Scenarios, lesson: Lesson, submission: Submission): Report {
  const { student } = submission;
  const checks = lesson.exercises.map((_, n) => checkExercise(scenarios, lesson, submission, n));
  return { student, lesson: lesson.id, checks };
}
