/**
 * "One of these was not printed on this host now." All are outputs of real commands; one is of another moment.
 */
import type { Dice } from '../explore/random.ts';
import { usageError } from '../host/usage.ts';
import type { Words } from '../play/scenario.ts';
import type { Lie } from './lesson.ts';
import { output } from './predict.ts';
import { type Moment, type Stage, shuffled } from './stage.ts';
import type { ChoiceTask } from './task.ts';

const same = (text: string): Words => ({ en: text, zh: text });
const printed = (run: string, text: string) =>
  same(`# ${run}\n${text === '' ? '' : text}`.trimEnd());

export function lieTask(
  stage: Stage,
  moment: Moment,
  { lines, ask }: Lie,
  dice: Dice,
  where: string,
): ChoiceTask {
  const truths = lines.map((run) => ({ run, text: output(moment, run, null) }));
  for (const run of shuffled(dice, lines)) {
    const truth = truths.find((t) => t.run === run)?.text;
    for (const other of shuffled(dice, stage.moments)) {
      const text = output(other, run, null);
      if (text === truth || text === '') continue;
      const told = truths.map((t) => (t.run === run ? { run, text } : t));
      return {
        kind: 'choice',
        mode: 'lie',
        ask:
          ask === null
            ? {
                en: 'Which of these was not printed on this host now?',
                zh: '哪一段不是这台主机此刻的输出？',
              }
            : same(ask),
        happened: [moment.says],
        options: told.map((t) => ({ text: printed(t.run, t.text), verbatim: true })),
        correct: told.findIndex((t) => t.run === run),
        step: moment.number,
        here: moment,
      };
    }
  }
  throw usageError(
    `${where}: these commands print the same everywhere; there is nothing to lie about.`,
  );
}
