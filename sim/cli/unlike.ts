/** What of a reported host could not be brought about on the simulated one, said aloud before anything is tried on it. */
import type { Patient } from '../explain/fixes/patient.ts';
import { type Report, readReport } from '../explain/report/blocks.ts';
import { differences } from '../explain/report/compare.ts';
import { factsOf } from '../explain/report/facts.ts';
import { nearestHost } from '../explain/report/host.ts';
import { prose } from '../play/columns.ts';
import { factNames, factWords } from '../play/facts.ts';
import { type Language, say } from '../play/words.ts';
import { collectAgain } from './collectAgain.ts';

const words = {
  all: { en: 'facts of the report hold on the simulated host', zh: '项报告事实在模拟主机上成立' },
  not: { en: 'not', zh: '不成立的' },
  differs: { en: 'the host itself differs', zh: '主机本身不同' },
} as const;

function linesFor(report: Report, { history }: Patient, language: Language): string[] {
  const reported = factsOf(report);
  const told = factNames.filter((fact) => reported[fact] !== null).length;
  const unlike = differences(reported, factsOf(collectAgain(report, history)));
  const { differs } = nearestHost(report);
  const colon = language === 'zh' ? '：' : ': ';
  const facts = unlike
    .map(({ fact, reported: value }) => say(factWords(fact, value), language))
    .join('; ');
  return [
    `${told - unlike.length}/${told} ${say(words.all, language)}${facts === '' ? '' : `; ${say(words.not, language)}${colon}${facts}`}`,
    ...(differs.length > 0
      ? [
          `${say(words.differs, language)}${colon}${differs.map((one) => say(one, language)).join('; ')}`,
        ]
      : []),
  ];
}

export function unlikeLines(text: string, patient: Patient, language: Language): string[] {
  const report = readReport(text);
  return 'refused' in report
    ? []
    : linesFor(report, patient, language).flatMap((line) => prose(line));
}
