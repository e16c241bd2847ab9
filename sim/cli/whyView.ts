/**
 * An explanation as text: the first lines say what is broken, the rest how that is known.
 */

import stringWidth from 'fast-string-width';
import { errorLine } from '../explain/chain/libvirtRungs.ts';
import type { Link } from '../explain/chain/link.ts';
import type { Explanation, Suspect } from '../explain/explanation.ts';
import type { Family } from '../explain/families.ts';
import { headline } from '../explain/headline.ts';
import type { NearMiss } from '../explain/nearMiss.ts';
import type { Trial } from '../explain/prevention.ts';
import { versionsOf } from '../explain/versions.ts';
import type { Words } from '../explain/words.ts';
import { profileNamed, profileText } from '../host/profiles.ts';
import { pad, prose, table } from '../play/columns.ts';
import type { Paint } from '../play/view.ts';
import { type Language, say } from '../play/words.ts';
import { rungs, words } from './whyWords.ts';

export type WhyView = Readonly<{ language: Language; paint: Paint; full: boolean }>;

const WIDTH = 80;
const LABEL = 13;
const MOST_FAMILIES = 4;

/** Wrapped and moved in: a blank at a line's beginning does not survive the wrapping. */
const indentedBy = (blanks: number, text: string): string[] =>
  prose(text, WIDTH - blanks).map((line) => ' '.repeat(blanks) + line);

/** A text beside a label, its further lines below its first. */
function labelled(label: string, text: string): string[] {
  const [first = '', ...rest] = indentedBy(LABEL, text);
  return [pad(label, LABEL) + first.trimStart(), ...rest];
}

function linkLines({ rung, says, source, event }: Link, view: WhyView): string[] {
  const { language, paint, full } = view;
  const when = event === null ? '' : ` (${say(event, language)})`;
  const whole = say(says, language);
  // Of several complaints the first says it; the versions stand above, the place alone tells where to look.
  const text = full || rung === 'symptom' ? whole : (whole.split(' / ')[0] ?? whole);
  const place = full ? source : source.replace(/(^|; )\S+ v?\d\S* (?:src\/)?/g, '$1');
  const lines = labelled(say(rungs[rung], language), `${text}${when}`);
  const last = lines.at(-1) ?? '';
  if (stringWidth(last) + stringWidth(place) + 2 <= WIDTH)
    return [...lines.slice(0, -1), `${last}  ${paint.faint(place)}`];
  return [...lines, ...indentedBy(LABEL, place).map(paint.faint)];
}

const section = (title: Words, lines: readonly string[], view: WhyView): string[] =>
  lines.length === 0 ? [] : ['', view.paint.heading(say(title, view.language)), ...lines];

/** Links that a hurried reader can do without: what lies between two that he knows. */
const detours: ReadonlySet<string> = new Set(['driver', 'access', 'probe', 'qmp']);

function chain({ story, kind }: Explanation, view: WhyView): string[] {
  const links = story?.diagnosis.links ?? [];
  const shown = view.full ? links : links.filter(({ rung }) => !detours.has(rung));
  const name = kind === 'error' ? story?.name : null;
  const heading = name
    ? { en: `${words.chain.en}, if it is ${name.en}`, zh: `${words.chain.zh}（若为：${name.zh}）` }
    : words.chain;
  return section(
    heading,
    shown.flatMap((one) => linkLines(one, view)),
    view,
  );
}

/** Orders are numbered through all families, as `--order` counts them. */
function familyLines(found: readonly Family[], { verdicts }: Explanation, view: WhyView): string[] {
  const { language, full } = view;
  let number = 1;
  const lines: string[] = [];
  for (const [i, { name, tag, orders, host, begins }] of found.entries()) {
    const marks = [say(words[tag], language), say(words[verdicts[i] ?? 'fits'], language)];
    const boot = begins === 0 ? '' : ` [${say(host, language)}]`;
    const shown = full ? orders : orders.slice(0, 1);
    if (full || i < MOST_FAMILIES) {
      lines.push(...indentedBy(2, `${say(name, language)}${boot} (${marks.join(', ')})`));
      for (const [n, { events }] of shown.entries()) {
        const text = tag === 'race' ? raceText(events, view) : events.join(', ');
        const more = full || orders.length === 1 ? '' : moreText(orders.length - 1, language);
        const [first = '', ...rest] = indentedBy(7, `${text}${more}`);
        lines.push(`${String(number + n).padStart(5)}  ${first.trimStart()}`, ...rest);
      }
    }
    number += orders.length;
  }
  const left = full ? [] : found.slice(MOST_FAMILIES);
  if (left.length === 0) return lines;
  const numbers = numbersOf(found).slice(MOST_FAMILIES);
  const further = left.flatMap(({ name, tag, host, begins }, i) => {
    const boot = begins === 0 ? '' : ` [${say(host, language)}]`;
    const text = `${say(name, language)}${boot} (${say(words[tag], language)})`;
    const [first = '', ...rest] = indentedBy(9, text);
    return [`${(numbers[i] ?? '').padStart(7)}  ${first.trimStart()}`, ...rest];
  });
  return [...lines, ...further];
}

const raceText = (events: readonly string[], { full }: WhyView): string =>
  full ? events.join('; ') : `${events.slice(0, 3).join('; ')}; ...`;

const moreText = (more: number, language: Language): string =>
  language === 'en' ? ` (and ${more} like it)` : `（另有 ${more} 种类似）`;

function families(explanation: Explanation, view: WhyView): string[] {
  const found = explanation.families;
  if (found === null || found.families.length === 0) return [];
  const orders = found.families.reduce((sum, family) => sum + family.orders.length, 0);
  const count =
    view.language === 'en'
      ? `: ${orders} minimal order${orders > 1 ? 's' : ''}, ${found.families.length} mechanism${found.families.length > 1 ? 's' : ''}`
      : `：${orders} 个最小顺序，${found.families.length} 种机制`;
  const title = explanation.kind === 'trace' ? words.cameProved : words.came;
  const heading = { en: title.en + count, zh: title.zh + count };
  return section(heading, familyLines(found.families, explanation, view), view);
}

const MOST = 3;

const shortNode = (node: string | null, { language, full }: WhyView): string =>
  node === null ? say(words.noNode, language) : full ? node : (node.split(' ')[0] ?? node);

const verdictText = (qemu: string | null, { language, paint }: WhyView): string =>
  qemu === 'works' || qemu === 'opens'
    ? paint.good(say(words.opens, language))
    : paint.bad(qemu ?? '-');

function nearLines(near: readonly NearMiss[], view: WhyView): string[] {
  const shown = view.full ? near : near.slice(0, MOST);
  return table(
    shown.map(({ differs, node, qemu }) => [
      `  ${say(differs, view.language)}`,
      shortNode(node, view),
      verdictText(qemu, view),
    ]),
  );
}

const helped = ({ qemu }: Trial) => qemu === 'works';

const trialLines = (trials: readonly Trial[], view: WhyView): string[] =>
  table(
    trials.map(({ says, node, qemu }) => [
      `  ${say(says, view.language)}`,
      shortNode(node, view),
      verdictText(qemu, view),
    ]),
  );

function prevented({ story }: Explanation, view: WhyView): string[] {
  const trials = story?.trials ?? [];
  const good = trials.filter(helped);
  const shown = view.full ? good : plainest(good);
  const useless = trials.filter((trial) => !helped(trial) && trial.qemu !== null);
  return [
    ...section(words.prevented, trialLines(shown, view), view),
    ...(view.full ? section(words.useless, trialLines(useless, view), view) : []),
  ];
}

/** Two of a kind are enough for a first look. */
function plainest(trials: readonly Trial[]): Trial[] {
  const counts = new Map<string, number>();
  return trials.filter(({ kind }) => {
    counts.set(kind, (counts.get(kind) ?? 0) + 1);
    return (counts.get(kind) ?? 0) <= 2;
  });
}

/** The numbers that a family's orders have in the list above: `2-3`. */
function numbersOf(found: readonly Family[]): string[] {
  let next = 1;
  return found.map(({ orders }) => {
    const first = next;
    next += orders.length;
    return orders.length === 1 ? `${first}` : `${first}-${next - 1}`;
  });
}

function ask(explanation: Explanation, view: WhyView): string[] {
  const { decision, kind } = explanation;
  if (decision === null) return [];
  const numbers = numbersOf(explanation.families?.families ?? []);
  const { language, full } = view;
  const groups = decision.groups.flatMap(({ reading, telling, names, members }) => {
    const who =
      kind === 'error'
        ? names.map((name) => say(name, language)).join('; ')
        : members.map((i) => numbers[i]).join(', ');
    const seen = full ? reading.split('\n').join(' / ') : telling;
    const said = seen === '' ? say(words.nothingSuch, language) : seen;
    return indentedBy(4, `${said} → ${who}`).map((line, i) =>
      i === 0 ? `  -${line.slice(3)}` : line,
    );
  });
  const sets =
    language === 'en'
      ? `(of ${decision.probes} commands, run on every such host, it tells most of these apart)`
      : `（在每台这样的主机上运行 ${decision.probes} 个命令，它区分得最多）`;
  return section(words.ask, [`    ${decision.line}`, ...indentedBy(4, sets), ...groups], view);
}

function suspectLines(suspects: readonly Suspect[], { language }: WhyView): string[] {
  const of = (verdict: Suspect['verdict']) =>
    suspects.filter((s) => s.verdict === verdict).map(({ name }) => say(name, language));
  return (['fits', 'excluded'] as const).flatMap((verdict) => {
    const names = of(verdict);
    return names.length === 0
      ? []
      : labelled(`  ${say(words[verdict], language)}`, names.join('; '));
  });
}

/** The recorded or the plainest story once more under every libvirt. */
function versionLines({ story }: Explanation, view: WhyView): string[] {
  if (story === null || story.diagnosis.state !== 'broken') return [];
  const rows = versionsOf(story.told).map(({ version, lists, symptom }) => [
    `  ${version}`,
    lists ? "<domain type='kvm'/>" : '-',
    errorLine(symptom)
      .replace(/^error: /, '')
      .slice(0, 44),
  ]);
  return section(words.versions, table(rows), view);
}

function models({ families: found }: Explanation, view: WhyView): string[] {
  if (found === null) return [];
  const { language } = view;
  const searched = found.searched.map(({ host, events, states, transitions, hit }) => {
    const all =
      hit.length === 0
        ? { en: 'all of them', zh: '全部' }
        : { en: `a bound was reached (${hit.join(', ')})`, zh: `达到上限（${hit.join('、')}）` };
    const en = `${host.en}, events each to its end before the next: ${events.join('; ')}: ${states} states, ${transitions} transitions, ${all.en}.`;
    const zh = `${host.zh}，事件依次执行到底：${events.join('；')}：${states} 个状态，${transitions} 个转移，${all.zh}。`;
    return { en, zh };
  });
  const races = found.races.map(({ host, race }) => {
    const all = race.complete ? '' : ' (a bound was reached)';
    const people = race.people.join('; ');
    const en = `${host.en}, call by call (${race.shared.join(', ')}): ${people}: ${race.states} states, ${race.transitions} transitions${all}.`;
    const zh = `${host.zh}，逐个系统调用（${race.shared.join('、')}）：${people}：${race.states} 个状态，${race.transitions} 个转移${all}。`;
    return { en, zh };
  });
  const lines = [...searched, ...races].flatMap((text) => indentedBy(2, say(text, language)));
  return section(words.models, lines, view);
}

export function whyView(explanation: Explanation, view: WhyView): string {
  const { language, paint } = view;
  const [first, ...rest] = headline(explanation);
  const title = profileText(profileNamed(explanation.profile));
  const unreachable = explanation.kind !== 'error' && explanation.families?.families.length === 0;
  const known = section(words.causes, suspectLines(explanation.suspects, view), view);
  const lines = [
    ...prose(first === undefined ? '' : say(first, language)).map(paint.heading),
    ...rest.flatMap((line) => {
      const text = say(line, language);
      return text.startsWith('    ') ? indentedBy(4, text.trim()) : prose(text);
    }),
    ...prose(title).map(paint.faint),
    ...(explanation.kind === 'error' ? known : []),
    ...(explanation.kind === 'error' ? ask(explanation, view) : []),
    ...chain(explanation, view),
    ...families(explanation, view),
    ...section(words.near, nearLines(explanation.near, view), view),
    ...prevented(explanation, view),
    ...(explanation.kind === 'error' ? [] : ask(explanation, view)),
    ...(explanation.kind === 'error' ? [] : known),
    ...(view.full ? versionLines(explanation, view) : []),
    ...(view.full || unreachable ? models(explanation, view) : []),
  ];
  return lines.join('\n');
}
