/**
 * Every shortest way to mend a host with the commands of an alphabet, by breadth: all lines, then all pairs, and so on.
 *
 * A word (commands in order) is minimal if no part of it, in the same order, mends the host as well. Words that lead to
 * the same state are one for all that follows, so a state is gone on from once; which words lead to a fix is then read
 * off the table of moves, with nothing left out that running every word would find.
 */
import type { World } from '../../host/world.ts';
import { inodeOf } from '../node.ts';
import type { Command } from './alphabet.ts';
import { type Desk, typed } from './desk.ts';
import { judged, type Starts, startsBy, type Works } from './goal.ts';
import { diskState, hostState } from './state.ts';

export type Word = readonly Command[];

/** A host that some word leads to. */
export type Place = Readonly<{
  state: string;
  /** The plainest word that leads here. */
  word: Word;
  world: World;
  works: Works;
}>;

export type Move = Readonly<{
  to: string;
  status: number;
  stderr: string;
  /** The node that is there afterwards is not the one before. */
  newNode: boolean;
}>;

/** All minimal words that end in one and the same host. */
export type Mended = Readonly<{ place: Place; words: readonly Word[] }>;

export type Level = Readonly<{ length: number; typed: number; states: number; fixes: number }>;

export type Search = Readonly<{
  start: Place;
  commands: readonly Command[];
  places: ReadonlyMap<string, Place>;
  moves: ReadonlyMap<string, ReadonlyMap<Command, Move>>;
  mended: readonly Mended[];
  levels: readonly Level[];
  /** Is the host mended in this place? */
  isFix: (place: Place) => boolean;
  /** The bound that was reached, if one was. */
  hit: 'length' | 'commands' | null;
}>;

export type Bounds = Readonly<{ length: number; commands: number }>;

export const usualBounds: Bounds = { length: 2, commands: 20_000 };

export const wordText = (word: Word): string => word.map(({ name }) => name).join(', ');

/** How a search tells hosts apart; a test runs one that never takes two for the same. */
export type StateOf = (world: World) => string;

type Book = {
  stateOf: StateOf;
  starts: Starts;
  places: Map<string, Place>;
  moves: Map<string, Map<Command, Move>>;
  typed: number;
  /** A reboot's outcome, by all that outlives it. */
  rebooted: Map<string, Readonly<{ world: World; status: number; stderr: string }>>;
};

function carriedOut(book: Book, desk: Desk, command: Command) {
  const disk = command.forgets ? diskState(desk.world) : null;
  const known = disk === null ? undefined : book.rebooted.get(disk);
  if (known !== undefined) return known;
  const { desk: after, status, stderr } = typed(desk, command.argv);
  book.typed++;
  const done = { world: after.world, status, stderr };
  if (disk !== null) book.rebooted.set(disk, done);
  return done;
}

/** Type every command in a place; the places that were not known come back. */
function expand(book: Book, from: Place, desk: Desk, commands: readonly Command[]): Place[] {
  const moves = new Map<Command, Move>();
  const fresh: Place[] = [];
  for (const command of commands) {
    const { world, status, stderr } = carriedOut(book, { ...desk, world: from.world }, command);
    const state = book.stateOf(world);
    const newNode = inodeOf(from.world)?.ino !== inodeOf(world)?.ino;
    moves.set(command, { to: state, status, stderr, newNode });
    if (book.places.has(state)) continue;
    const works = judged({ ...desk, world }, book.starts);
    const place = { state, word: [...from.word, command], world, works };
    book.places.set(state, place);
    fresh.push(place);
  }
  book.moves.set(from.state, moves);
  return fresh;
}

/** Follow a word through the table; null where it has not been typed so far. */
function walked(book: Book, start: Place, word: Word): Place | null {
  let at: Place | null = start;
  for (const command of word) {
    const move: Move | undefined = at === null ? undefined : book.moves.get(at.state)?.get(command);
    at = move === undefined ? null : (book.places.get(move.to) ?? null);
  }
  return at;
}

/** Does a proper part of the word, in its order, mend the host too? */
function partMends(book: Book, start: Place, word: Word, isFix: Search['isFix']): boolean {
  for (let kept = 0; kept < 2 ** word.length - 1; kept++) {
    const part = word.filter((_, i) => (kept >> i) & 1);
    const end = part.length === 0 ? null : walked(book, start, part);
    if (end !== null && isFix(end)) return true;
  }
  return false;
}

/** The minimal words of one length that mend the host, read off the table. */
function minimalWords(
  book: Book,
  start: Place,
  commands: readonly Command[],
  length: number,
  isFix: Search['isFix'],
) {
  const found: Readonly<{ word: Word; end: Place }>[] = [];
  const extend = (word: Word, at: Place) => {
    for (const command of commands) {
      const move = book.moves.get(at.state)?.get(command);
      const next = move === undefined ? undefined : book.places.get(move.to);
      if (next === undefined) continue;
      const longer = [...word, command];
      if (longer.length < length) {
        if (!isFix(next)) extend(longer, next);
      } else if (isFix(next) && !partMends(book, start, longer, isFix)) {
        found.push({ word: longer, end: next });
      }
    }
  };
  extend([], start);
  return found;
}

const plainer = (a: Word, b: Word): number =>
  a.length - b.length ||
  wordText(a).length - wordText(b).length ||
  (wordText(a) < wordText(b) ? -1 : 1);

function grouped(found: readonly Readonly<{ word: Word; end: Place }>[]): Mended[] {
  const groups = new Map<string, { end: Place; words: Word[] }>();
  for (const { word, end } of found) {
    const group = groups.get(end.state) ?? { end, words: [] };
    group.words.push(word);
    groups.set(end.state, group);
  }
  return [...groups.values()].map(({ end, words }) => {
    const sorted = words.sort(plainer);
    return { place: { ...end, word: sorted[0] ?? end.word }, words: sorted };
  });
}

/**
 * Where a guest would start as soon as libvirtd is told, telling it is the repair, and a fix is what works at once;
 * anywhere else libvirtd may be told afterwards.
 */
const aimOf = ({ works }: Place): Search['isFix'] =>
  works.told === null
    ? (place) => place.works.told !== null
    : (place) => place.works.told === 'nothing';

export function search(
  desk: Desk,
  commands: readonly Command[],
  bounds: Bounds = usualBounds,
  stateOf: StateOf = hostState,
): Search {
  const starts = startsBy(stateOf);
  const works = judged(desk, starts);
  const start: Place = { state: stateOf(desk.world), word: [], world: desk.world, works };
  const places = new Map([[start.state, start]]);
  const book: Book = { stateOf, starts, places, moves: new Map(), typed: 0, rebooted: new Map() };
  const isFix = aimOf(start);
  const levels: Level[] = [];
  const found: Readonly<{ word: Word; end: Place }>[] = [];
  let frontier: readonly Place[] = start.works.told === 'nothing' ? [] : [start];
  let hit: Search['hit'] = null;
  let useful = commands;
  for (let length = 1; frontier.length > 0 && hit === null; length++) {
    const before = book.typed;
    const fresh: Place[] = [];
    for (const place of frontier) {
      if (book.typed >= bounds.commands) hit = 'commands';
      else fresh.push(...expand(book, place, desk, useful));
    }
    const words = minimalWords(book, start, useful, length, isFix);
    // What mends alone is part of no longer minimal word.
    if (length === 1) useful = useful.filter((c) => !words.some(({ word }) => word[0] === c));
    found.push(...words);
    levels.push({ length, typed: book.typed - before, states: fresh.length, fixes: words.length });
    frontier = fresh.filter((place) => !isFix(place));
    if (length >= bounds.length && frontier.length > 0) hit ??= 'length';
  }
  return { start, commands, places, moves: book.moves, mended: grouped(found), levels, isFix, hit };
}

/** How each command of a word ended, read off the table. */
export function movesAlong({ start, moves }: Search, word: Word): Move[] {
  let at = start.state;
  return word.flatMap((command) => {
    const move = moves.get(at)?.get(command);
    at = move?.to ?? at;
    return move ?? [];
  });
}
