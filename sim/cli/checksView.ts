/**
 * `kvmlab why WHAT --checks`: the usual checks on the broken host, those that mislead first.
 */
import type { Explanation } from '../explain/explanation.ts';
import { headline } from '../explain/headline.ts';
import type { Check, Misleading } from '../explain/misleading.ts';
import { prose, table } from '../play/columns.ts';
import { say } from '../play/words.ts';
import type { WhyView } from './whyView.ts';
import { words } from './whyWords.ts';

const firstLine = (reading: string): string => {
  const [line = ''] = reading.split('\n').slice(-1);
  return line.trim().replace(/ {2,}/g, ' ').slice(0, 34);
};

const rows = (checks: readonly Check[], { language, paint, full }: WhyView): string[] =>
  table(
    checks.map(({ line, passes, reading }) => [
      `  ${passes ? paint.bad(say(words.misleads, language)) : paint.good(say(words.tells, language))}`,
      line,
      full ? firstLine(reading) : '',
    ]),
  );

/** For each cause, what the smallest set shows: causes by number, since their names are long. */
function matrix(found: Misleading, { language }: WhyView): string[] {
  const letters = found.readings.map((row) => {
    const seen = [...new Set(row)];
    return row.map((reading) => String.fromCharCode(97 + seen.indexOf(reading)));
  });
  const lines = found.causes.map((name, i) => [
    `  ${letters.map((row) => row[i]).join(' ')}`,
    say(name, language),
  ]);
  return table(lines);
}

export function checksView(explanation: Explanation, found: Misleading, view: WhyView): string {
  const { language, paint } = view;
  const [first] = headline(explanation);
  const wrong = found.checks.filter(({ passes }) => passes);
  const right = found.checks.filter(({ passes }) => !passes);
  const alike = found.alike.map((group) => group.map((name) => say(name, language)).join(' = '));
  const together =
    language === 'en'
      ? `These ${found.set.length} together tell the ${found.causes.length} known causes apart, and no smaller set does:`
      : `以下 ${found.set.length} 项合起来即可区分 ${found.causes.length} 种已知原因，更少则不能：`;
  const but = language === 'en' ? 'No check tells apart: ' : '任何检查都无法区分：';
  return [
    ...prose(first === undefined ? '' : say(first, language)).map(paint.heading),
    '',
    paint.heading(say(words.checks, language)),
    ...rows([...wrong, ...right], view),
    '',
    ...prose(together),
    ...found.set.map((line) => `    ${line}`),
    ...matrix(found, view),
    ...(alike.length === 0 ? [] : prose(but + alike.join('; '), 80)),
  ].join('\n');
}
