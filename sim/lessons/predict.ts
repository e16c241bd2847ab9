/**
 * "What does this command print now?" The wrong options are what it prints at other moments of the same host.
 */
import { eventWords } from '../explain/models/eventWords.ts';
import type { Dice } from '../explore/random.ts';
import { usageError } from '../host/usage.ts';
import type { Words } from '../play/scenario.ts';
import type { Predict } from './lesson.ts';
import { type Here, type Moment, type Stage, shuffled, stirred, typedOn } from './stage.ts';
import type { ChoiceTask } from './task.ts';

const OPTIONS = 4;
/** Moments that are asked for wrong options. */
const TRIED = 10;

const same = (text: string): Words => ({ en: text, zh: text });

/** What the command shows, cut to the lines that the question is about. */
export function output(here: Here, run: string, show: string | null): string {
  const { text } = typedOn(here, run);
  const kept =
    show === null
      ? text
      : text
          .split('\n')
          .filter((line) => line.includes(show))
          .join('\n');
  return kept.trimEnd() === '' ? '' : kept.trimEnd();
}

/** Two outputs that differ only in a date are no two answers. */
const timeless = (text: string) => text.replace(/[A-Z][a-z]{2} [ \d]\d \d\d:\d\d(:\d\d)?/g, '');

/** Different outputs of the same command at other moments, and after other drawn events. */
function others(
  stage: Stage,
  from: Moment,
  exercise: Predict,
  right: string,
  dice: Dice,
): string[] {
  const found = new Map<string, string>();
  const note = (text: string) => {
    if (timeless(text) !== timeless(right)) found.set(timeless(text), text);
  };
  const elsewhere = shuffled(dice, stage.moments).slice(0, TRIED);
  for (const moment of elsewhere) {
    if (found.size >= OPTIONS - 1) break;
    note(output(moment, exercise.run, exercise.show));
  }
  for (let n = 1; n <= TRIED && found.size < OPTIONS - 1 && exercise.stir > 0; n++) {
    note(output(stirred(from, 1 + (n % 3), dice), exercise.run, exercise.show));
  }
  return [...found.values()];
}

const nothing: Words = { en: '(prints nothing)', zh: '（无输出）' };

export function predictTask(
  stage: Stage,
  moment: Moment,
  exercise: Predict,
  dice: Dice,
  where: string,
): ChoiceTask {
  const here =
    exercise.stir > 0 ? stirred(moment, exercise.stir, dice) : { ...moment, happened: [] };
  const right = output(here, exercise.run, exercise.show);
  const wrong = others(stage, moment, exercise, right, dice);
  if (wrong.length === 0)
    throw usageError(
      `${where}: ${exercise.run} prints the same everywhere; there is nothing to predict.`,
    );
  const texts = shuffled(dice, [right, ...wrong.slice(0, OPTIONS - 1)]);
  const asked = {
    en: `What does \`${exercise.run}\` print now?`,
    zh: `现在 \`${exercise.run}\` 会输出什么？`,
  };
  return {
    kind: 'choice',
    mode: 'predict',
    ask: exercise.ask === null ? asked : same(exercise.ask),
    happened: [moment.says, ...here.happened.map(eventWords)],
    options: texts.map((text) =>
      text === '' ? { text: nothing, verbatim: false } : { text: same(text), verbatim: true },
    ),
    correct: texts.indexOf(right),
    step: moment.number,
    here,
  };
}
