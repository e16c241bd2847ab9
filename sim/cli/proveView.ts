/**
 * A proof as text: with the command in the package's scriptlet and without it, over all orders.
 */
import { holds, PACKAGE, type Proof, type Proofs, type Verdict } from '../explain/fixesProve.ts';
import { type Position, positions } from '../host/scriptlet.ts';
import { prose, table } from '../play/columns.ts';
import { say } from '../play/words.ts';
import { type FixesView, headLines, indentedBy } from './fixesLines.ts';

const places = {
  without: { en: 'without it', zh: '没有它' },
  'before the trigger': { en: 'before the trigger', zh: '在 trigger 之前' },
  'after the trigger': { en: 'after the trigger', zh: '在 trigger 之后' },
} as const;

/** One order that leads there, with the number by which its trace can be had. */
export type Example = Readonly<{ position: Position | null; order: readonly string[] }>;

/** The shortest order of each verdict that has one, in the order of the view. */
export const examplesOf = ({ proofs }: Proofs): Example[] =>
  proofs.flatMap((proof) =>
    [null, ...positions].flatMap((position) => {
      const { orders } = position === null ? proof.without : proof.with[position];
      const [order] = orders;
      return order === undefined ? [] : [{ position, order }];
    }),
  );

const seen = ({ reached, states, hit }: Verdict) =>
  hit.length > 0 ? 'open' : reached === 0 ? 'never' : `${reached}/${states}`;

function verdictRow(label: string, verdict: Verdict, number: number | null, view: FixesView) {
  const { language, paint } = view;
  const { reached, states, transitions, orders } = verdict;
  const word =
    language === 'en'
      ? { never: 'never', open: 'bound reached' }
      : { never: '从不', open: '达到上限' };
  const how =
    seen(verdict) === 'never'
      ? paint.good(word.never)
      : seen(verdict) === 'open'
        ? word.open
        : paint.bad(language === 'en' ? 'sometimes' : '有时');
  const counts =
    language === 'en'
      ? `${reached} of ${states} states, ${transitions} transitions`
      : `${states} 个状态中的 ${reached} 个，${transitions} 个转移`;
  const example =
    number === null
      ? []
      : [
          ['', '', `${number}: ${orders[0]?.join(', ')}`],
          ...(orders.length > 1
            ? [
                [
                  '',
                  '',
                  language === 'en'
                    ? `(and ${orders.length - 1} orders more)`
                    : `（另有 ${orders.length - 1} 种顺序）`,
                ],
              ]
            : []),
        ];
  return [[`    ${label}`, how, counts], ...example];
}

function proofLines(proof: Proof, from: number, view: FixesView): string[] {
  const { language } = view;
  let number = from;
  const rows = ([null, ...positions] as const).flatMap((position) => {
    const verdict = position === null ? proof.without : proof.with[position];
    const mine = verdict.orders.length > 0 ? number++ : null;
    return verdictRow(say(places[position ?? 'without'], language), verdict, mine, view);
  });
  return ['', ...prose(say(proof.question.says, language), 80), ...table(rows)];
}

/** Where in %post the command keeps the promise, for every question. */
export const keeps = ({ proofs }: Proofs, position: Position): boolean =>
  proofs.every((proof) => holds(proof.with[position]));

function conclusion(proofs: Proofs, view: FixesView): string {
  const { language } = view;
  const good = positions.filter((position) => keeps(proofs, position));
  const names = good.map((position) => say(places[position], language));
  if (good.length === 0) return language === 'en' ? 'It does not hold.' : '不成立。';
  return language === 'en'
    ? `Proved in this model: it holds ${names.join(' and ')}.`
    : `在此模型中得证：${names.join('、')}时成立。`;
}

function modelText({ events }: Proofs, { language }: FixesView): string {
  return language === 'en'
    ? `Who acts: operator at the console, root over ssh, udevd, logind. Events, each to its end before the next (races are not in it): ${events.join('; ')}. Every state was visited, no bound was reached unless said.`
    : `参与者：控制台上的 operator、ssh 上的 root、udevd、logind。事件依次执行到底（不含竞争）：${events.join('；')}。除非注明，所有状态均已遍历，未达上限。`;
}

export function proveView(proofs: Proofs, view: FixesView): string {
  const { language, paint } = view;
  const line = proofs.command.join(' ');
  const question =
    language === 'en'
      ? `Would \`${line}\` in the %post of ${PACKAGE} prevent it, in every order of events?`
      : `在 ${PACKAGE} 的 %post 中加入 \`${line}\`，能否在任何事件顺序下避免？`;
  const lines: string[] = [];
  let number = 1;
  for (const proof of proofs.proofs) {
    lines.push(...proofLines(proof, number, view));
    number += [proof.without, ...Object.values(proof.with)].filter(
      (v) => v.orders.length > 0,
    ).length;
  }
  return [
    ...headLines(proofs.profile, view),
    '',
    ...prose(question, 80),
    ...lines,
    '',
    paint.heading(conclusion(proofs, view)),
    ...indentedBy(2, modelText(proofs, view)),
  ].join('\n');
}
