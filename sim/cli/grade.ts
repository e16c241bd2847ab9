/**
 * `kvmlab grade`: submissions played again and scored, for a person, for Gradescope, or as a table.
 *
 * Exit codes: 0 every point, 1 points are missing, 2 wrong usage or no submission, 3 a submission does not fit its lesson.
 */
import { existsSync, readdirSync, readFileSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { scenarios } from '../../scenarios/index.ts';
import { isUsageError, usageError } from '../host/usage.ts';
import { type Lesson, lessonOf } from '../lessons/lesson.ts';
import {
  checkExercise,
  misfit,
  misplayed,
  type Report,
  reportOf,
  type Submission,
  submissionIn,
} from '../lessons/submission.ts';
import { table } from '../play/columns.ts';
import { say } from '../play/words.ts';
import { readInput } from './input.ts';
import { languageOf } from './terminal.ts';

export type GradeOptions = Readonly<{
  lessons: string;
  check?: string;
  trace?: string;
  json?: true;
  csv?: true;
  lang?: string;
}>;

type Result = Readonly<{ file: string; code: 0 | 1 | 2 | 3; why: string; report: Report | null }>;

const out = (text: string) => process.stdout.write(`${text}\n`);

/** A folder stands for the .json files in it. */
function filesAt(path: string): string[] {
  if (!existsSync(path)) throw usageError(`There is no file and no folder called ${path}.`);
  if (!statSync(path).isDirectory()) return [path];
  const names = readdirSync(path).filter((name) => name.endsWith('.json'));
  if (names.length === 0) throw usageError(`The folder ${path} holds no .json file.`);
  return names.sort().map((name) => join(path, name));
}

function lessonText(folder: string, id: string): string {
  const name = `${id}.md`;
  if (!/^[a-z0-9][a-z0-9-]*$/.test(id) || !existsSync(join(folder, name)))
    throw usageError(`there is no lesson ${id} in ${folder}; --lessons names another folder`);
  return readFileSync(join(folder, name), 'utf8');
}

/** Exercises are counted from 1 by people. */
function exerciseNamed(lesson: Lesson, given: string): number {
  const number = Number(given);
  if (!Number.isInteger(number) || lesson.exercises[number - 1] === undefined)
    throw usageError(
      `${lesson.id} has ${lesson.exercises.length} exercises, so there is no ${given}.`,
    );
  return number - 1;
}

function reportFor(lesson: Lesson, submission: Submission, check: string | undefined): Report {
  if (check === undefined) return reportOf(scenarios, lesson, submission);
  const exercise = exerciseNamed(lesson, check);
  const checks = [checkExercise(scenarios, lesson, submission, exercise)];
  return { student: submission.student, lesson: lesson.id, checks };
}

const points = ({ checks }: Report) => checks.reduce((sum, check) => sum + check.points, 0);
const most = ({ checks }: Report) => checks.reduce((sum, check) => sum + check.of, 0);

function graded(file: string, { lessons, check }: GradeOptions): Result {
  try {
    const submission = submissionIn(readInput(file, 'it cannot be read'));
    const text = lessonText(lessons, submission.lesson);
    const lesson = lessonOf(submission.lesson, text);
    const why = misfit(submission, lesson, text) ?? misplayed(scenarios, lesson, submission);
    if (why !== null) return { file, code: 3, why, report: null };
    const report = reportFor(lesson, submission, check);
    return { file, code: points(report) === most(report) ? 0 : 1, why: '', report };
  } catch (error) {
    if (!isUsageError(error)) throw error;
    return { file, code: 2, why: error.message, report: null };
  }
}

/** https://gradescope-autograders.readthedocs.io/en/latest/specs/#output-format */
function gradescope({ file, why, report }: Result) {
  if (report === null) return { file, score: 0, output: why, tests: [] };
  return {
    file,
    score: points(report),
    max_score: most(report),
    output: `${report.lesson}, ${report.student}`,
    tests: report.checks.map(({ name, points: score, of, says }) => ({
      name,
      score,
      max_score: of,
      output: says.en,
      status: score === of ? 'passed' : 'failed',
    })),
  };
}

/** A cell that a spreadsheet would take for a formula is given a quote before it. */
const cell = (value: string | number) => {
  const text = String(value);
  const harmless = /^[=+\-@\t\r]/.test(text) ? `'${text}` : text;
  return /[",\n\r]/.test(harmless) ? `"${harmless.replaceAll('"', '""')}"` : harmless;
};

const csvRow = ({ file, code, why, report }: Result) =>
  report === null
    ? [file, '', '', '', '', code, why].map(cell).join()
    : [file, report.student, report.lesson, points(report), most(report), code, '']
        .map(cell)
        .join();

function print(results: readonly Result[], options: GradeOptions): void {
  const language = languageOf(options.lang);
  for (const { file, why, report } of results) {
    if (report === null) out(`${file}: ${why}`);
    else {
      out(`${file}: ${report.student}, ${report.lesson}: ${points(report)}/${most(report)}`);
      const rows = report.checks.map((c) => [
        `  ${c.name}`,
        `${c.points}/${c.of}`,
        say(c.says, language),
      ]);
      for (const line of table(rows)) out(line);
    }
  }
}

function readSubmission(path: string): Submission {
  const text = readInput(path, `${path}: it cannot be read.`);
  try {
    return submissionIn(text);
  } catch (error) {
    throw isUsageError(error) ? usageError(`${path}: ${error.message}.`) : error;
  }
}

/** One answer's trace, for `kvmlab scenario` to replay and `kvmlab why` to explain. */
function printTrace(paths: readonly string[], wanted: string, { lessons }: GradeOptions): number {
  const [path = '', ...more] = paths.flatMap(filesAt);
  if (more.length > 0) throw usageError('--trace takes one submission.');
  const submission = readSubmission(path);
  const lesson = lessonOf(submission.lesson, lessonText(lessons, submission.lesson));
  const exercise = exerciseNamed(lesson, wanted);
  const given = submission.answers.find((answer) => answer.exercise === exercise);
  if (given === undefined) throw usageError(`${path}: exercise ${wanted} was not answered.`);
  out(JSON.stringify(given.trace));
  return 0;
}

export function grade(paths: readonly string[], options: GradeOptions): number {
  if (options.trace !== undefined) return printTrace(paths, options.trace, options);
  const results = paths.flatMap(filesAt).map((file) => graded(file, options));
  if (options.json) {
    const shaped = results.map(gradescope);
    out(JSON.stringify(shaped.length === 1 ? shaped[0] : shaped, null, 2));
  } else if (options.csv) {
    out('file,student,lesson,points,of,code,why');
    for (const result of results) out(csvRow(result));
  } else print(results, options);
  return Math.max(...results.map(({ code }) => code));
}
