/**
 * A playback as text: on one screen by default, or with every artifact.
 *
 * Our narration is a line a step; what a tool printed stands four blanks in, never cut, wrapped or coloured.
 */
import stringWidth from 'fast-string-width';
import { indented, pad, prose, table } from './columns.ts';
import { layerChanges, memories } from './layers.ts';
import { type NodeRow, nodeRow } from './node.ts';
import { countOrders } from './orders.ts';
import {
  allWords,
  lastWords,
  type Playback,
  type Played,
  type PlayedChapter,
  type Verdict,
} from './play.ts';
import { type Order, type Piece, type Scenario, titleOf } from './scenario.ts';
import { type Language, say, words } from './words.ts';

/** How emphasis is shown; the CLI gives colours, a test gives none. */
export type Paint = Readonly<{
  heading: (text: string) => string;
  good: (text: string) => string;
  bad: (text: string) => string;
  faint: (text: string) => string;
}>;

const same = (text: string) => text;
export const plain: Paint = { heading: same, good: same, bad: same, faint: same };

export type ViewOptions = Readonly<{
  language: Language;
  paint: Paint;
  /** Every artifact; a number chooses one step. */
  full: boolean | number;
}>;

const nodeCells = (node: NodeRow, language: Language): string[] => [
  node.mode ?? say(words.noNode, language),
  node.owner,
  node.users,
  node.groupObj,
  node.mask,
  node.qemu === 'opens' ? say(words.opens, language) : node.qemu,
];

const nodeHeadings = (language: Language) => [
  '/dev/kvm',
  say(words.owner, language),
  'user',
  'g::',
  'm::',
  say(words.mayQemu, language),
];

/** Green for what opens, red for what does not, on the whole row's last cell. */
function paintVerdict(line: string, node: NodeRow, paint: Paint): string {
  const at = line.lastIndexOf(node.qemu);
  if (node.qemu === '-' || at < 0) return line;
  const color = node.qemu === 'opens' ? paint.good : paint.bad;
  return line.slice(0, at) + color(line.slice(at));
}

function nodeChapter(played: PlayedChapter, from: number, options: ViewOptions): string[] {
  const { language, paint } = options;
  const states = played.lines.map(({ line, after }) => ({ says: line.says, node: nodeRow(after) }));
  const rows = states.map(({ says, node }, i) => [
    numbered(from + i, say(says, language)),
    ...nodeCells(node, language),
  ]);
  const heading = [say(titleOf(played.chapter), language), ...nodeHeadings(language)];
  const [top = '', ...lines] = table([heading, ...rows]);
  return [
    paint.heading(top),
    ...states.map(({ node }, i) => paintVerdict(lines[i] ?? '', node, paint)),
  ];
}

/** What is typed stands for itself in a table if it fits. */
const LABEL = 44;

/** What libvirt remembers after each line, and the line's exit status. */
function layersChapter(played: PlayedChapter, from: number, options: ViewOptions): string[] {
  const { language, paint } = options;
  const rows = played.lines.map((p, i) => [
    numbered(
      from + i,
      stringWidth(command(p)) <= LABEL ? `# ${command(p)}` : say(p.line.says, language),
    ),
    ...memories(p.after),
    String(p.status),
  ]);
  const columns = [words.driverColumn, words.tableColumn, words.fileColumn, words.exitColumn];
  const heading = [say(titleOf(played.chapter), language), ...columns.map((c) => say(c, language))];
  const [top = '', ...lines] = table([heading, ...rows]);
  return [paint.heading(top), ...lines];
}

function command(p: Played): string {
  if ('type' in p.line) return p.line.type;
  return '';
}

const numbered = (number: number, text: string) => `${String(number).padStart(2)}  ${text}`;

/** What a step has changed, layer by layer; for --full. */
function changes(p: Played, language: Language): string[] {
  const rows = layerChanges(p.before, p.after).map(({ name, before, after }) => [
    `      ${say(name, language)}`,
    before,
    `→ ${after}`,
  ]);
  return table(rows);
}

const NARRATION_AT = 46;

/** What is typed with what it means beside it, or above where both do not fit. */
function beside(number: number, typed: string, says: string, paint: Paint): string[] {
  if (typed === '') return [numbered(number, says)];
  const line = pad(`${numbered(number, `# ${typed}`)}  `, NARRATION_AT);
  if (stringWidth(line + says) <= 80) return [line + paint.faint(says)];
  return [numbered(number, says), `    # ${typed}`];
}

function screenLine(p: Played, number: number, options: ViewOptions): string[] {
  const { language, paint, full } = options;
  if (typeof full === 'number' && full !== number) return [];
  if ('brief' in p.line && full === false) return [];
  const typed = command(p);
  const opening = beside(number, typed, say(p.line.says, language), paint);
  return [...opening, ...indented(p.text), ...(full === false ? [] : changes(p, language))];
}

function chapterView(played: PlayedChapter, from: number, options: ViewOptions): string[] {
  if (options.full === false && (played.chapter.view ?? 'screen') !== 'screen') {
    const draw = played.chapter.view === 'node' ? nodeChapter : layersChapter;
    return [...draw(played, from, options), ''];
  }
  const lines = played.lines.flatMap((p, i) => screenLine(p, from + i, options));
  if (lines.length === 0) return [];
  return [options.paint.heading(say(titleOf(played.chapter), options.language)), ...lines, ''];
}

function verdictRows(verdicts: readonly Verdict[], options: ViewOptions): string[] {
  const { language } = options;
  const rows = verdicts.map((v) => [
    `     ${v.remedy.name}`,
    v.node.mode ?? say(words.noNode, language),
    v.node.qemu === 'opens' ? say(words.opens, language) : v.node.qemu,
    say(words[v.create], language),
    say(words[v.guest], language),
  ]);
  const heading = [
    '',
    '/dev/kvm',
    say(words.mayQemu, language),
    say(words.createColumn, language),
    say(words.guestColumn, language),
  ];
  return table([heading, ...rows]);
}

function remedies(playback: Playback, options: ViewOptions): string[] {
  const { scenario, verdicts } = playback;
  if (scenario.remedies === undefined) return [];
  const starred = verdicts.some((v) => v.create === 'works after virsh capabilities');
  return [
    options.paint.heading(say(scenario.remedies.title, options.language)),
    ...verdictRows(verdicts, options),
    ...(starred ? [`     ${say(words.star, options.language)}`] : []),
    '',
  ];
}

/** Does the story end as its file says? The lines that are missing, or should be. */
export function broken(playback: Playback): string[] {
  const all = allWords(playback);
  const last = lastWords(playback);
  const { shows, lacks } = playback.scenario.ends;
  return [
    ...shows.filter((text) => !all.includes(text)).map((text) => `missing: ${text}`),
    ...lacks.filter((text) => last.includes(text)).map((text) => `present: ${text}`),
  ];
}

const pieceText = (piece: Piece): string =>
  typeof piece === 'string'
    ? piece
    : 'login' in piece
      ? `login on ${piece.on}`
      : `logout from ${piece.logout}`;

/** Each of the orders that end so, played again. */
const ended = (scenario: Scenario, order: Order): string[] =>
  countOrders(scenario, order).witnesses.map((pieces) => `so: ${pieces.map(pieceText).join(', ')}`);

/** Whose pieces they are, and in how many of their orders the host ends so. */
function orderLines(scenario: Scenario, order: Order, options: ViewOptions): string[] {
  const { language, paint } = options;
  const { among, together, count } = order;
  const [so, of] = count;
  const who = Object.entries(among).map(
    ([name, pieces]) => `${name}: ${pieces.map(pieceText).join('; ')}`,
  );
  const how = say(together ? words.withinOneSecond : words.stepByStep, language);
  const counted =
    language === 'en' ? `${so} of ${of} orders end so` : `${of} 种顺序中有 ${so} 种如此`;
  return [
    paint.heading(say(words.orders, language)),
    ...[...who, `${counted} (${how})`, ...(options.full ? ended(scenario, order) : [])].flatMap(
      (text) => prose(text, 76).map((line) => `  ${line}`),
    ),
    '',
  ];
}

export function view(playback: Playback, options: ViewOptions): string {
  const { language, paint } = options;
  const { scenario } = playback;
  const lines = [
    `${paint.heading(playback.name)}  ${say(scenario.title, language)}`,
    ...prose(playback.title).map(paint.faint),
    '',
    ...prose(say(scenario.story, language)),
    '',
  ];
  let number = 1;
  for (const [index, chapter] of playback.chapters.entries()) {
    lines.push(...chapterView(chapter, number, options));
    number += chapter.lines.length;
    const all = typeof options.full !== 'number';
    if (all && scenario.remedies?.after === index + 1) lines.push(...remedies(playback, options));
  }
  if (scenario.order && typeof options.full !== 'number')
    lines.push(...orderLines(scenario, scenario.order, options));
  return `${lines.join('\n')}`;
}
