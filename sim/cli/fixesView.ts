/**
 * Repairs as text: what to do first, then all that works, then what only looks as if it did.
 */

import { familyText } from '../explain/fixes/alphabet.ts';
import type { Fixes } from '../explain/fixes/fixes.ts';
import { type Assessed, lost } from '../explain/fixes/rank.ts';
import type { Useless } from '../explain/fixes/reason.ts';
import { type Word, wordText } from '../explain/fixes/search.ts';
import { type Ordeal, ordealNames, ordeals } from '../explain/fixes/survive.ts';
import type { Words } from '../explain/words.ts';
import { prose, table } from '../play/columns.ts';
import { type Language, say } from '../play/words.ts';
import { type FixesView, headLines, indentedBy, section, typedLines, WIDTH } from './fixesLines.ts';
import { guestSentence, guests, tellLine, told, words } from './fixesWords.ts';

/** Rows that a first look needs. */
const MOST_FIXES = 10;

/** What is left of a line for the commands. */
const COMMANDS = 31;
const MOST_REASONS = 5;

const letterOf = ({ survives }: Assessed, ordeal: Ordeal): string => {
  const { letter } = ordeals[ordeal];
  const how = survives[ordeal];
  if (how === null) return ' ';
  return how === 'yes' ? letter : how === 'again' ? letter.toLowerCase() : '-';
};

/** Who may open the node then and may not on a healthy host, and the other way round. */
function othersText({ lets, shuts }: Assessed, language: Language): string {
  const en = [
    ...(lets.length > 0 ? [`lets in ${lets.join(', ')}`] : []),
    ...(shuts.length > 0 ? [`keeps out ${shuts.join(', ')}`] : []),
  ];
  const zh = [
    ...(lets.length > 0 ? [`多放行 ${lets.join('、')}`] : []),
    ...(shuts.length > 0 ? [`多拒绝 ${shuts.join('、')}`] : []),
  ];
  if (en.length === 0)
    return language === 'en' ? 'others as on a healthy host' : '其他用户与正常主机相同';
  return language === 'en' ? en.join('; ') : zh.join('；');
}

function survivalText(fix: Assessed, language: Language): string {
  const gone = lost(fix).map((ordeal) => say(ordeals[ordeal].says, language));
  const asked = ordealNames.filter((ordeal) => fix.survives[ordeal] !== null).length;
  if (gone.length > 0 && fix.also.length > 0) {
    const names = wordText(fix.also);
    return language === 'en'
      ? `survives all ${asked} of the events below, ${gone.join(', ')} thanks to ${names}`
      : `经受下列全部 ${asked} 种事件，其中${gone.join('、')}有赖于 ${names}`;
  }
  if (gone.length === 0)
    return language === 'en'
      ? `survives all ${asked} of the events below`
      : `经受下列全部 ${asked} 种事件`;
  return language === 'en' ? `does not survive: ${gone.join(', ')}` : `经不起：${gone.join('、')}`;
}

const orText = (names: readonly string[], language: Language): string =>
  names.join(language === 'en' ? ' or ' : ' 或 ');

/** Pairs that differ in one command are told together: `A or B, then C or D`. */
function factored(all: readonly Word[], language: Language): string[] {
  const firsts = new Map<string, string[]>();
  for (const word of all) {
    const last = word.at(-1)?.name ?? '';
    const before = wordText(word.slice(0, -1));
    firsts.set(last, [...(firsts.get(last) ?? []), before]);
  }
  const lasts = new Map<string, string[]>();
  for (const [last, before] of firsts) {
    const key = before[0] === '' ? '' : orText(before, language);
    lasts.set(key, [...(lasts.get(key) ?? []), last]);
  }
  const then = language === 'en' ? ', then ' : '，再 ';
  return [...lasts].map(([before, names]) =>
    before === '' ? orText(names, language) : `${before}${then}${orText(names, language)}`,
  );
}

function alikeText({ words: all }: Assessed, language: Language): string {
  const others = factored(all.slice(1), language);
  if (others.length === 0) return '';
  return language === 'en' ? `as good: ${others.join('; ')}` : `效果相同：${others.join('；')}`;
}

function recommended({ fixes, noticed }: Fixes, view: FixesView): string[] {
  const [best] = fixes;
  if (best === undefined) return [];
  const { language, paint } = view;
  const like =
    best.distance === 0
      ? { en: 'the node is as on a healthy host', zh: '节点与正常主机相同' }
      : {
          en: `the node differs from a healthy one in ${best.distance} places`,
          zh: `节点与正常主机有 ${best.distance} 处不同`,
        };
  const facts = [
    survivalText(best, language),
    say(guestSentence[best.guests], language),
    othersText(best, language),
    say(like, language),
  ].join(language === 'en' ? '; ' : '；');
  const alike = alikeText(best, language);
  return section(
    say(words.recommended, language),
    [
      ...typedLines(best, best.told).map(paint.good),
      ...best.also.map(({ argv }) => paint.good(`    # ${argv.join(' ')}`)),
      ...indentedBy(2, facts),
      ...(alike === '' ? [] : indentedBy(2, alike)),
      ...(noticed ? [] : indentedBy(2, say(words.hasty, language))),
    ],
    view,
  );
}

/** As `ls -l` has it, without the letter for a device. */
const modeOf = (node: string | null, language: Language): string =>
  node === null ? say(words.noNode, language) : (node.split(' ')[0] ?? '').slice(1);

/** A row for each repair; its second command stands below the first. */
function fixRows(fix: Assessed, number: number, view: FixesView): string[][] {
  const { language } = view;
  const whole = wordText(fix.word);
  const names = fix.word.map(({ name }) => name);
  const [first, ...rest] = whole.length <= COMMANDS ? [whole] : names;
  const more = fix.words.length - 1;
  const cells = [
    String(number).padStart(2),
    say(told[fix.told], language),
    ordealNames.map((ordeal) => letterOf(fix, ordeal)).join(''),
    say(guests[fix.guests], language),
    modeOf(fix.node, language),
  ];
  const below = rest.map((name) => ['', '', '', '', '', name]);
  const last = below.at(-1) ?? [];
  const count = more > 0 ? ` +${more}` : '';
  const rows = [[...cells, `${first}${rest.length > 0 ? ',' : count}`], ...below];
  if (below.length > 0) last[5] = `${last[5]}${count}`;
  const notes = [
    ...fix.also.map(({ name }) => (language === 'en' ? `to last: ${name}` : `欲持久：${name}`)),
    ...(fix.lets.length + fix.shuts.length > 0 ? [othersText(fix, language)] : []),
    ...(fix.newNode
      ? [language === 'en' ? 'new node; containers keep the old' : '新节点；容器仍用旧的']
      : []),
  ];
  return [...rows, ...notes.map((note) => ['', '', '', '', '', `  ${note}`])];
}

function legend(shown: readonly Assessed[], { language, full }: FixesView): string[] {
  const letters = ordealNames
    .map((ordeal) => `${ordeals[ordeal].letter} ${say(ordeals[ordeal].says, language)}`)
    .join(', ');
  const tells = (['capabilities', 'restart'] as const).filter((one) =>
    shown.some((fix) => fix.told === one),
  );
  return [
    ...indentedBy(2, `${letters}; ${say(words.legend, language)}`),
    ...tells.flatMap((one) => indentedBy(2, say(tellLine[one] as Words, language))),
    ...(full ? indentedBy(2, say(words.ranking, language)) : []),
  ];
}

function allFixes({ fixes, found }: Fixes, view: FixesView): string[] {
  if (fixes.length === 0) return [];
  const { language, paint, full } = view;
  const shown = full ? fixes : fixes.slice(0, MOST_FIXES);
  const columns = [
    words.tellColumn,
    words.survivesColumn,
    words.guestColumn,
    words.nodeColumn,
    words.commandsColumn,
  ].map((c) => say(c, language));
  const rows = shown.flatMap((fix, i) => fixRows(fix, i + 1, view));
  const [top = '', ...lines] = table([['', ...columns], ...rows]);
  const ways = fixes.reduce((sum, fix) => sum + fix.words.length, 0);
  const longest = found.levels.at(-1)?.length ?? 1;
  const count =
    language === 'en'
      ? `: ${ways} ways of up to ${longest} command${longest > 1 ? 's' : ''}, ${fixes.length} outcomes, the best first`
      : `：不超过 ${longest} 条命令的 ${ways} 种，${fixes.length} 种结果，最优在前`;
  const left = fixes.length - shown.length;
  const more =
    left === 0
      ? []
      : [
          language === 'en'
            ? `    and ${left} more outcomes: --full`
            : `    另有 ${left} 种结果：--full`,
        ];
  return section(
    say(words.all, language) + count,
    [paint.faint(top), ...lines, ...more, ...legend(shown, view)],
    view,
  );
}

const MOST_NAMES = 3;

function uselessLines(useless: readonly Useless[], view: FixesView): string[] {
  const { language, full, paint } = view;
  const told = full ? useless : useless.slice(0, MOST_REASONS);
  const lines = told.flatMap(({ commands, says }) => {
    const names = commands.map(({ name }) => name);
    const shown = full ? names : names.slice(0, MOST_NAMES);
    const more = names.length - shown.length;
    const rest = more === 0 ? '' : language === 'en' ? `, and ${more} more` : `，另有 ${more} 条`;
    return [
      ...indentedBy(2, `${shown.join(', ')}${rest}`),
      ...indentedBy(6, say(says, language)).map(paint.faint),
    ];
  });
  const left = useless.slice(told.length).reduce((sum, { commands }) => sum + commands.length, 0);
  const end = language === 'en' ? `  and ${left} others: --full` : `  另有 ${left} 条：--full`;
  return section(say(words.useless, language), left === 0 ? lines : [...lines, end], view);
}

/** The alphabet and the counts: what the word "every" rests on. */
function searchedLines({ families, found, bounds }: Fixes, view: FixesView): string[] {
  const { language, full } = view;
  const counts = found.levels
    .map(({ length, typed, states }) =>
      language === 'en'
        ? `${typed} typed as number ${length}, ${states} new states`
        : `第 ${length} 条共键入 ${typed} 次，新状态 ${states} 个`,
    )
    .join('; ');
  const size =
    language === 'en'
      ? `${found.commands.length} commands (${families.length} kinds${full ? '' : ', --full lists them'}): ${counts}; no longer than ${bounds.length}.`
      : `${found.commands.length} 条命令（${families.length} 类${full ? '' : '，--full 列出'}）：${counts}；长度不超过 ${bounds.length}。`;
  const alphabet = full ? families.flatMap((family) => indentedBy(4, familyText(family))) : [];
  return section(say(words.searched, language), [...indentedBy(2, size), ...alphabet], view);
}

function brokenLines(
  says: Words,
  { node, works }: Fixes,
  { language, paint }: FixesView,
): string[] {
  const opens = works.opens === null ? '-' : works.opens;
  const state =
    opens === 'opens'
      ? { en: 'QEMU may open it; no guest starts at once', zh: 'QEMU 能打开；虚拟机不能立即启动' }
      : { en: `QEMU may not open it: ${opens}`, zh: `QEMU 打不开：${opens}` };
  return [
    '',
    ...prose(say(says, language), WIDTH),
    `    ${node ?? say(words.noNode, language)}`,
    `    ${paint.bad(say(state, language))}`,
  ];
}

/** Nothing found says as much as the search was long. */
function noneText({ found, bounds }: Fixes, language: Language): string {
  const none = say(words.none, language);
  if (found.hit === 'length')
    return language === 'en'
      ? `${none} Only up to ${bounds.length} of them were typed: --length ${bounds.length + 1} looks further.`
      : `${none}只尝试了不超过 ${bounds.length} 条：--length ${bounds.length + 1} 可继续。`;
  if (found.hit === 'commands')
    return language === 'en'
      ? `${none} The search ended after ${bounds.commands} lines.`
      : `${none}搜索在键入 ${bounds.commands} 行后终止。`;
  return language === 'en'
    ? `${none} They lead to no other host: longer ones do not help either.`
    : `${none}再长也没有新的状态。`;
}

export function fixesView(
  says: Words,
  fixes: Fixes,
  useless: readonly Useless[],
  view: FixesView,
  works: Words,
): string {
  const { language } = view;
  const head = [...headLines(fixes.history.profile, view), ...brokenLines(says, fixes, view)];
  if (fixes.works.told === 'nothing')
    return [
      ...headLines(fixes.history.profile, view),
      '',
      ...prose(say(works, language), WIDTH),
    ].join('\n');
  return [
    ...head,
    ...(fixes.fixes.length === 0 ? ['', ...prose(noneText(fixes, language), WIDTH)] : []),
    ...recommended(fixes, view),
    ...allFixes(fixes, view),
    ...uselessLines(useless, view),
    ...searchedLines(fixes, view),
  ].join('\n');
}
