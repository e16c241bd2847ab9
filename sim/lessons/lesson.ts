/**
 * A lesson: prose with exercises in it, in one language, as its Markdown file says.
 *
 * An exercise is a fenced block whose name is its mode. It never holds an answer: that is for the host to give.
 */
import { usageError } from '../host/usage.ts';
import { type Fields, fieldsOf, listed, needed, one, range } from './frontMatter.ts';

export const modes = ['predict', 'diagnose', 'repair', 'break', 'lie'] as const;

type Common = Readonly<{
  /** In the lesson's own words, where it does not do with the usual question. */
  ask: string | null;
  hints: readonly string[];
  /** The step after which it is asked, counted from 1 (0: the host has booted); one of a range is drawn. */
  at: readonly [number, number];
}>;

/** What a command prints now. `show` keeps the lines that hold a text; `stir` lets that many drawn events happen first. */
export type Predict = Common &
  Readonly<{ mode: 'predict'; run: string; show: string | null; stir: number }>;

export const questions = ['layer', 'entry', 'writer', 'who'] as const;
type DiagnoseQuestion = (typeof questions)[number];

export type Diagnose = Common &
  Readonly<{ mode: 'diagnose'; question: DiagnoseQuestion; user: string; stir: number }>;

export type Repair = Common & Readonly<{ mode: 'repair'; survives: readonly string[] }>;

export type BreakIt = Common & Readonly<{ mode: 'break'; events: readonly string[] }>;

export type Lie = Common & Readonly<{ mode: 'lie'; lines: readonly string[] }>;

export type Exercise = Predict | Diagnose | Repair | BreakIt | Lie;

/** Prose, or an exercise by its place among the exercises. */
type Part = Readonly<{ prose: string }> | Readonly<{ exercise: number }>;

export type Lesson = Readonly<{
  id: string;
  title: string;
  minutes: number;
  objectives: readonly string[];
  needs: readonly string[];
  scenario: string;
  profile: string | null;
  parts: readonly Part[];
  exercises: readonly Exercise[];
  /** For the teacher alone. */
  notes: string;
}>;

const count = (fields: Fields, key: string, where: string): number => {
  const text = one(fields, key);
  return text === null ? 0 : range(text, where)[0];
};

function exerciseOf(mode: string, text: string, where: string): Exercise {
  const known = modes.find((name) => name === mode);
  const fields = fieldsOf(text, where);
  const common = {
    ask: one(fields, 'ask'),
    hints: listed(fields, 'hint'),
    at: range(needed(fields, 'at', where), where),
  };
  switch (known) {
    case 'predict': {
      const run = needed(fields, 'run', where);
      const stir = count(fields, 'stir', where);
      return { ...common, mode: known, run, show: one(fields, 'show'), stir };
    }
    case 'diagnose': {
      const given = needed(fields, 'question', where);
      const question = questions.find((name) => name === given);
      if (question === undefined)
        throw usageError(
          `${where}: there is no question ${given}. There are: ${questions.join(', ')}.`,
        );
      const stir = count(fields, 'stir', where);
      return { ...common, mode: known, question, user: one(fields, 'user') ?? 'qemu', stir };
    }
    case 'repair':
      return { ...common, mode: known, survives: listed(fields, 'survives') };
    case 'break':
      return { ...common, mode: known, events: listed(fields, 'events') };
    case 'lie':
      return { ...common, mode: known, lines: listed(fields, 'lines') };
    default:
      throw usageError(`${where}: there is no mode ${mode}. There are: ${modes.join(', ')}.`);
  }
}

const TEACHER = /^<!-- teacher -->$/m;
const BLOCK = /^```([a-z]+)\n([\s\S]*?)^```$/gm;

function partsOf(body: string, id: string): Pick<Lesson, 'parts' | 'exercises'> {
  const parts: Part[] = [];
  const exercises: Exercise[] = [];
  let done = 0;
  for (const found of body.matchAll(BLOCK)) {
    const [whole, mode = '', text = ''] = found;
    if (!modes.some((name) => name === mode)) continue;
    parts.push({ prose: body.slice(done, found.index) }, { exercise: exercises.length });
    exercises.push(exerciseOf(mode, text, `${id}, exercise ${exercises.length + 1}`));
    done = found.index + whole.length;
  }
  parts.push({ prose: body.slice(done) });
  return { parts: parts.filter((p) => !('prose' in p) || p.prose.trim() !== ''), exercises };
}

/** `03-the-mask.zh.md` is the lesson `03-the-mask`. */
export const lessonId = (file: string): string =>
  file.replace(/^.*\//, '').replace(/\.md$/, '').replace(/\.zh$/, '');

/** Longer than any lesson: whatever this is, it is none. */
const LONGEST = 200_000;

export function lessonOf(file: string, text: string): Lesson {
  const id = lessonId(file);
  if (text.length > LONGEST) throw usageError(`${file} is too long for a lesson.`);
  const [, head, rest] =
    /^---\n([\s\S]*?)\n---\n([\s\S]*)$/.exec(text.replaceAll('\r\n', '\n')) ?? [];
  if (head === undefined || rest === undefined)
    throw usageError(`${file} is no lesson: it does not begin with a head between two lines ---.`);
  const fields = fieldsOf(head, `${file}, head`);
  const [body = '', notes = ''] = rest.split(TEACHER, 2);
  const where = `${file}, head`;
  return {
    id,
    title: needed(fields, 'title', where),
    minutes: range(needed(fields, 'minutes', where), where)[0],
    objectives: listed(fields, 'objectives'),
    needs: listed(fields, 'needs'),
    scenario: needed(fields, 'scenario', where),
    profile: one(fields, 'profile'),
    ...partsOf(body, id),
    notes,
  };
}
