/**
 * A proof as text: with the command in the package's scriptlet and without it, over all orders.
 */
import {
  type Between,
  counterexample,
  holds,
  holdsBetween,
  PACKAGE,
  type Proof,
  type Proofs,
  type Verdict,
} from '../explain/fixes/prove.ts';
import type { Words } from '../explain/words.ts';
import { type Position, positions } from '../host/scriptlet.ts';
import type { Trace } from '../host/trace.ts';
import { prose, table } from '../play/columns.ts';
import { say } from '../play/words.ts';
import { inTurns } from './explore.ts';
import { type FixesView, headLines, indentedBy } from './fixesLines.ts';

const places = {
  without: { en: 'without it', zh: '没有它' },
  'before the trigger': { en: 'before the trigger', zh: '在 trigger 之前' },
  'after the trigger': { en: 'after the trigger', zh: '在 trigger 之后' },
} as const;

/** An order that leads there: of which verdict, and how to have it as a trace. */
export type Example = Readonly<{ of: Verdict | Between; trace: () => Trace }>;

/** The shortest order of each verdict that has one; `--order` counts them from 1. */
export function examplesOf(proofs: Proofs): Example[] {
  const verdicts = proofs.proofs.flatMap((proof) =>
    [null, ...positions].flatMap((position) => {
      const of = position === null ? proof.without : proof.with[position];
      const [order] = of.orders;
      return order === undefined
        ? []
        : [{ of, trace: () => counterexample(proofs, position, order) }];
    }),
  );
  const { without, with: amended } = proofs.between;
  const races = [without, ...positions.map((position) => amended[position])].flatMap((of) => {
    const { trace } = of;
    return trace === null ? [] : [{ of, trace: () => trace }];
  });
  return [...verdicts, ...races];
}

/** Columns for the text of an order, beside what stands before it. */
const WIDE = 44;

type Row = readonly [label: string, how: string, what: string];

const answers = {
  never: { en: 'never', zh: '从不' },
  sometimes: { en: 'sometimes', zh: '有时' },
  open: { en: 'bound reached', zh: '达到上限' },
} satisfies Record<string, Words>;

function answerText(answer: keyof typeof answers, { language, paint }: FixesView): string {
  const text = say(answers[answer], language);
  if (answer === 'open') return text;
  return answer === 'never' ? paint.good(text) : paint.bad(text);
}

const under = (text: string): Row => ['', '', text];

function verdictRows(label: string, verdict: Verdict, example: number, view: FixesView): Row[] {
  const { reached, states, transitions, orders, hit } = verdict;
  const answer = hit.length > 0 ? 'open' : reached === 0 ? 'never' : 'sometimes';
  const counts: Words = {
    en: `${reached} of ${states} states, ${transitions} transitions`,
    zh: `${states} 个状态中的 ${reached} 个，${transitions} 个转移`,
  };
  const others = orders.length - 1;
  const [shortest] = orders;
  const first = shortest === undefined ? [] : prose(`${example}: ${shortest.join(', ')}`, WIDE);
  const more: Words = {
    en: `(and ${others} more ${others === 1 ? 'order' : 'orders'})`,
    zh: `（另有 ${others} 种顺序）`,
  };
  return [
    [`    ${label}`, answerText(answer, view), say(counts, view.language)],
    ...first.map(under),
    ...(others > 0 ? [under(say(more, view.language))] : []),
  ];
}

const grouped = (number: bigint) => number.toLocaleString('en');

function raceRows(label: string, race: Between, example: number, view: FixesView): Row[] {
  const { states, steps, complete, lost, schedules } = race;
  const answer = steps !== null ? 'sometimes' : complete ? 'never' : 'open';
  const counts: Words = {
    en: `${grouped(lost)} of ${grouped(schedules)} orders, ${states} states`,
    zh: `${grouped(schedules)} 种顺序中的 ${grouped(lost)} 种，${states} 个状态`,
  };
  const told = steps === null ? [] : prose(`${example}: ${inTurns(steps).join('; ')}`, WIDE);
  return [
    [`    ${label}`, answerText(answer, view), say(counts, view.language)],
    ...told.map(under),
  ];
}

/** A row or more for the package as it is, and for the command at each of its places. */
function rowsOf<Thing extends Verdict | Between>(
  compared: Readonly<{ without: Thing; with: Readonly<Record<Position, Thing>> }>,
  examples: readonly Example[],
  view: FixesView,
  rows: (label: string, thing: Thing, example: number, view: FixesView) => Row[],
): string[] {
  const all = ([null, ...positions] as const).flatMap((position) => {
    const thing = position === null ? compared.without : compared.with[position];
    const label = say(places[position ?? 'without'], view.language);
    return rows(label, thing, examples.findIndex(({ of }) => of === thing) + 1, view);
  });
  return table(all);
}

const proofLines = (proof: Proof, examples: readonly Example[], view: FixesView): string[] => [
  '',
  ...prose(say(proof.question.says, view.language), 80),
  ...rowsOf(proof, examples, view, verdictRows),
];

function betweenLines(
  { between }: Proofs,
  examples: readonly Example[],
  view: FixesView,
): string[] {
  const { people, shared } = between.without;
  const asked: Words = {
    en: `The same, when somebody logs in and out while the package is being installed, call by call (${people.join('; ')}; they meet in ${shared.join(' and ')})`,
    zh: `同上，但有人在安装期间登录又注销，逐个系统调用（${people.join('；')}；相遇之处：${shared.join('、')}）`,
  };
  return [
    '',
    ...prose(say(asked, view.language), 80),
    ...rowsOf(between, examples, view, raceRows),
  ];
}

/** Where in %post the command keeps the promise, for every question: each event to its end before the next. */
export const keeps = ({ proofs }: Proofs, position: Position): boolean =>
  proofs.every((proof) => holds(proof.with[position]));

function conclusion(proofs: Proofs, { language }: FixesView): string[] {
  const named = (some: readonly Position[]) => {
    const names = some.map((position) => say(places[position], language));
    return names.join(language === 'en' ? ' and ' : '、');
  };
  const good = positions.filter((position) => keeps(proofs, position));
  const safe = good.filter((position) => holdsBetween(proofs.between.with[position]));
  const risky = good.filter((position) => !safe.includes(position));
  if (good.length === 0) return [language === 'en' ? 'It does not hold.' : '不成立。'];
  const proved: Words = {
    en: `Proved in this model: it holds ${named(good)}.`,
    zh: `在此模型中得证：${named(good)}时成立。`,
  };
  const between: Words = {
    en:
      risky.length === 0
        ? 'So it does call by call, while somebody logs in and out.'
        : `That is if each event ends before the next begins: while somebody logs in and out during the installation, it may fail ${named(risky)}.`,
    zh:
      risky.length === 0
        ? '安装期间有人登录又注销，逐个系统调用亦然。'
        : `前提是各事件依次完成；若安装期间有人登录又注销，${named(risky)}时仍可能失败。`,
  };
  return [proved, between].map((text) => say(text, language));
}

function modelText({ events }: Proofs, { language }: FixesView): string {
  return language === 'en'
    ? `Who acts: operator at the console, root over ssh, udevd, logind. Events: ${events.join('; ')}. Every state was visited, no bound was reached unless said. Counts of orders are no probabilities.`
    : `参与者：控制台上的 operator、ssh 上的 root、udevd、logind。事件：${events.join('；')}。除非注明，所有状态均已遍历，未达上限。顺序的数目并非概率。`;
}

/** A command that does nothing because it fails is not refuted but misspelt. */
function complaintLines({ complaint }: Proofs, { language }: FixesView): string[] {
  if (complaint === null) return [];
  const fails: Words = {
    en: `Typed by root after the installation it fails:`,
    zh: '安装之后由 root 键入，它失败：',
  };
  const said = complaint.split('\n').flatMap((line) => indentedBy(4, line));
  return ['', say(fails, language), ...said];
}

export function proveView(proofs: Proofs, view: FixesView): string {
  const { language, paint } = view;
  const line = proofs.command.join(' ');
  const question =
    language === 'en'
      ? `Would \`${line}\` in the %post of ${PACKAGE} prevent it, in every order of events?`
      : `在 ${PACKAGE} 的 %post 中加入 \`${line}\`，能否在任何事件顺序下避免？`;
  const examples = examplesOf(proofs);
  return [
    ...headLines(proofs.profile, view),
    '',
    ...prose(question, 80),
    ...complaintLines(proofs, view),
    ...proofs.proofs.flatMap((proof) => proofLines(proof, examples, view)),
    ...betweenLines(proofs, examples, view),
    '',
    ...conclusion(proofs, view).flatMap((text) => prose(text, 80).map(paint.heading)),
    ...indentedBy(2, modelText(proofs, view)),
  ].join('\n');
}
