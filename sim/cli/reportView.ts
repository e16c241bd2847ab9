/**
 * A report explained, as text: the first lines say what is broken and what to do; every claim has the line it rests on.
 */

import { entryText } from '../acl/text.ts';
import type { Claim } from '../explain/report/judge.ts';
import type { Quote } from '../explain/report/reading.ts';
import type { Standing } from '../explain/report/rungs.ts';
import type { Held, ReportExplanation } from '../explain/report/whyReport.ts';
import type { Words } from '../explain/words.ts';
import { profileNamed, profileText } from '../host/profiles.ts';
import { pad, prose } from '../play/columns.ts';
import { askFor, factWords } from '../play/facts.ts';
import { type Language, say } from '../play/words.ts';
import { words } from './reportWords.ts';
import type { WhyView } from './whyView.ts';

const WIDTH = 80;
const MOST_EXCLUSIONS = 3;
const MOST_QUESTIONS = 2;
const MOST_ORDERS = 3;

const indentedBy = (blanks: number, text: string): string[] =>
  prose(text, WIDTH - blanks).map((line) => ' '.repeat(blanks) + line);

const cut = (text: string, width: number): string =>
  text.length <= width ? text : `${text.slice(0, width - 3)}...`;

/** `48: group::---`; of a command that says nothing, the command. */
function quoteLine({ at, line, silent }: Quote, blanks: number, language: Language): string {
  const text = silent ? `$ ${line}` : line;
  const tail = silent ? ` (${say(words.saysNothing, language)})` : '';
  const number = `${at}: `;
  const room = WIDTH - blanks - number.length - tail.length * (language === 'zh' ? 2 : 1);
  return `${' '.repeat(blanks)}${number}${cut(text.replace(/\t/g, ' '), room)}${tail}`;
}

const claimText = ({ fact, value }: Claim): Words => factWords(fact, value);

function claimLines(claim: Claim, blanks: number, { language, paint, full }: WhyView): string[] {
  const quotes = full ? claim.quotes : claim.quotes.slice(0, 2);
  return [
    ...indentedBy(blanks, say(claimText(claim), language)),
    ...quotes.map((quote) => paint.faint(quoteLine(quote, blanks + 4, language))),
  ];
}

const section = (title: Words, lines: readonly string[], { paint, language }: WhyView): string[] =>
  lines.length === 0 ? [] : ['', paint.heading(say(title, language)), ...lines];

const colon = (language: Language) => (language === 'zh' ? '：' : ': ');

/** Causes of a broken host before those of one that works. */
function provedIn({ causes }: ReportExplanation): readonly Held[] {
  const proved = causes.filter(({ judgement }) => judgement.verdict === 'proved');
  return [
    ...proved.filter(({ known }) => known.symptom !== 'healthy'),
    ...proved.filter(({ known }) => known.symptom === 'healthy'),
  ];
}

const fitting = ({ causes }: ReportExplanation): readonly Held[] =>
  causes.filter(({ judgement }) => judgement.verdict === 'fits');

const firstBroken = ({ standings }: ReportExplanation): Standing | null =>
  standings.find(({ state }) => state === 'broken') ?? null;

const named = ({ name, known }: Held, language: Language) =>
  `${say(known.title, language)} (${name})`;

function headline(found: ReportExplanation, { language, paint }: WhyView): string[] {
  const broken = firstBroken(found);
  const [cause, ...others] = provedIn(found);
  const [first] = fitting(found);
  const mark = colon(language);
  const telling = broken?.claims[0];
  const where = broken
    ? `${say(words.broken, language)} ${say(broken.rung.name, language)}${mark}${telling ? say(claimText(telling), language) : ''}`
    : say(cause ? words.works : words.unknown, language);
  const verdict = cause
    ? `${say(words.proved, language)}${mark}${named(cause, language)}`
    : first && broken
      ? `${say(words.fits, language)}${mark}${named(first, language)}`
      : say(words.none, language);
  const told = cause ?? (broken ? first : undefined);
  const alike = others.map((other) => other.name).join(', ');
  return [
    ...prose(where).map(paint.heading),
    ...(cause || broken ? prose(verdict) : []),
    ...(told ? prose(`${say(words.now, language)}${mark}${say(told.known.now, language)}`) : []),
    ...(alike === '' ? [] : prose(`${say(words.alike, language)}${mark}${alike}`)),
  ];
}

function hostLines({ nearest }: ReportExplanation, { language, paint }: WhyView): string[] {
  const { profile, differs } = nearest;
  const but = differs.map((one) => say(one, language)).join('; ');
  const text = `${say(words.as, language)} ${profileText(profileNamed(profile))}${but === '' ? '' : ` (${but})`}`;
  return prose(text).map(paint.faint);
}

const marks = { broken: '✘', holds: '✔', unknown: '?' } as const;

function standingLines(found: ReportExplanation, view: WhyView): string[] {
  const { language, paint } = view;
  const first = found.standings.findIndex(({ state }) => state === 'broken');
  const shown = found.standings.filter((_, i) => view.full || first < 0 || i <= first);
  return shown.flatMap(({ rung, state, claims }, i) => {
    const label = `  ${marks[state]} ${pad(say(rung.name, language), 18)}`;
    const [claim] = claims;
    const text = claim ? say(claimText(claim), language) : say(words.open, language);
    const quote = claim?.quotes[0];
    const again =
      state !== 'broken' &&
      quote !== undefined &&
      shown[i - 1]?.claims[0]?.quotes[0]?.at === quote.at;
    const painted = state === 'broken' ? paint.bad : state === 'holds' ? paint.good : paint.faint;
    const [line = '', ...rest] = prose(text, WIDTH - 22);
    return [
      painted(label + line),
      ...rest.map((more) => ' '.repeat(22) + more),
      ...(quote && !again ? [paint.faint(quoteLine(quote, 22, language))] : []),
    ];
  });
}

/** What stands among the rungs already is not said again. */
function proofLines(found: ReportExplanation, view: WhyView): string[] {
  const proved = provedIn(found);
  const shown = view.full ? proved : proved.slice(0, 1);
  const known = new Set(found.standings.flatMap(({ claims }) => claims[0]?.fact ?? []));
  return shown.flatMap(({ name, judgement }) => {
    if (judgement.verdict !== 'proved') return [];
    const claims = judgement.claims.filter(({ fact }) => view.full || !known.has(fact));
    return [
      ...(proved.length > 1 ? [`  ${name}`] : []),
      ...claims.flatMap((claim) => claimLines(claim, 2, view)),
    ];
  });
}

/** Whom the computation is about, and the entry that decides. */
function decisionLines({ computed }: ReportExplanation, view: WhyView): string[] {
  if (!computed?.qemu.user) return [];
  const { verdict, qemu, quotes } = computed;
  const { language, paint } = view;
  const by = typeof verdict.by === 'string' ? verdict.by : entryText(verdict.by);
  const who = `${qemu.name}, uid ${computed.qemu.user.uid}, gids ${computed.qemu.user.gids.join(' ')}`;
  const text = `${say(verdict.granted ? words.lets : words.keeps, language)} (${who}); ${say(words.decidedBy, language)} ${by}`;
  return [
    ...indentedBy(2, text),
    ...quotes.slice(0, 1).map((quote) => paint.faint(quoteLine(quote, 6, language))),
  ];
}

/** Names of causes by the one fact that excludes them, most first. */
function excludedLines({ causes }: ReportExplanation, view: WhyView): string[] {
  const { language } = view;
  const groups = new Map<string, { claim: Claim; names: string[] }>();
  for (const { name, judgement } of causes) {
    if (judgement.verdict !== 'excluded') continue;
    const key = `${judgement.by.fact} ${judgement.by.value}`;
    const group = groups.get(key) ?? { claim: judgement.by, names: [] };
    group.names.push(name);
    groups.set(key, group);
  }
  const sorted = [...groups.values()].sort((a, b) => b.names.length - a.names.length);
  const shown = view.full ? sorted : sorted.slice(0, MOST_EXCLUSIONS);
  const left = sorted.slice(shown.length).flatMap(({ names }) => names).length;
  return [
    ...shown.flatMap(({ claim, names }) => [
      ...indentedBy(2, `${say(claimText(claim), language)}${colon(language)}${names.join(', ')}`),
      ...claim.quotes.slice(0, 1).map((quote) => view.paint.faint(quoteLine(quote, 6, language))),
    ]),
    ...(left > 0
      ? [`  ${say(words.more, language)} ${left} ${say(words.moreCauses, language)}: --full`]
      : []),
  ];
}

/** Names of causes by the command that would settle them, most first. */
function fitLines(found: ReportExplanation, view: WhyView): string[] {
  const { language, paint, full } = view;
  const groups = new Map<string, string[]>();
  for (const { name, judgement } of found.causes) {
    if (judgement.verdict !== 'fits') continue;
    const command = askFor(judgement.unknown[0]);
    groups.set(command, [...(groups.get(command) ?? []), name]);
  }
  const sorted = [...groups].sort(([, a], [, b]) => b.length - a.length);
  const shown = full ? sorted : sorted.slice(0, MOST_QUESTIONS);
  const left = sorted.slice(shown.length).flatMap(([, names]) => names).length;
  return [
    ...shown.flatMap(([command, names]) => [
      ...indentedBy(2, names.join(', ')),
      ...indentedBy(6, command).map(paint.faint),
    ]),
    ...(left > 0
      ? [`  ${say(words.more, language)} ${left} ${say(words.moreCauses, language)}: --full`]
      : []),
  ];
}

function cameLines({ came }: ReportExplanation, view: WhyView): string[] {
  if (came === null) return [];
  const families = came.families?.families ?? [];
  if (families.length === 0)
    return indentedBy(
      2,
      `${say(words.noOrder, view.language)} ${profileText(profileNamed(came.profile))}`,
    );
  const orders = families.flatMap(({ orders }) => orders.map(({ events }) => events.join(', ')));
  const shown = view.full ? orders : orders.slice(0, MOST_ORDERS);
  const left = orders.length - shown.length;
  return [
    ...shown.flatMap((order) => indentedBy(2, order)),
    ...(left > 0
      ? [`  ${say(words.more, view.language)} ${left} ${say(words.moreOrders, view.language)}`]
      : []),
  ];
}

function problemLines({ problems }: ReportExplanation, view: WhyView): string[] {
  return problems.flatMap(({ says, quotes }) => [
    ...indentedBy(2, say(says, view.language)),
    ...quotes.slice(0, 3).map((quote) => view.paint.faint(quoteLine(quote, 6, view.language))),
  ]);
}

export function reportView(found: ReportExplanation, given: string, view: WhyView): string {
  const [cause] = provedIn(found);
  const { language } = view;
  const further = [
    ...(firstBroken(found)
      ? [`  kvmlab fixes ${given}`, ...indentedBy(6, say(words.fixes, language))]
      : []),
    ...(cause
      ? [`  kvmlab scenario ${cause.name}`, ...indentedBy(6, say(words.story, language))]
      : []),
  ];
  return [
    ...headline(found, view),
    ...hostLines(found, view),
    ...section(words.problems, problemLines(found, view), view),
    ...section(words.where, standingLines(found, view), view),
    ...section(words.why, proofLines(found, view), view),
    ...section(words.decides, decisionLines(found, view), view),
    ...section(words.excluded, excludedLines(found, view), view),
    ...section(words.notExcluded, fitLines(found, view), view),
    ...section(words.came, cameLines(found, view), view),
    ...section(words.further, further, view),
  ].join('\n');
}
