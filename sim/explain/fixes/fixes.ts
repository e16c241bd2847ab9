/**
 * How a broken host is mended: every shortest repair, each tried, weighed and ranked, and what looks like one.
 */
import { makeTrace, type Trace } from '../../host/trace.ts';
import type { World } from '../../host/world.ts';
import type { History } from '../history.ts';
import { inodeOf, nodeLine } from '../node.ts';
import { commandsOf, type Family, familiesOf } from './alphabet.ts';
import { allTyped, type Desk, deskAt, typed } from './desk.ts';
import { furnished, type Starts, startLine, startsBy, tellings, type Works } from './goal.ts';
import { type Assessed, better, lost } from './rank.ts';
import { noticedAtOnce } from './reason.ts';
import {
  type Bystander,
  bystanderOn,
  distance,
  type Guests,
  guestsUnder,
  healthyOn,
  letIn,
  shutOut,
} from './risk.ts';
import {
  type Bounds,
  type Mended,
  movesAlong,
  type Place,
  type Search,
  search,
  usualBounds,
  type Word,
} from './search.ts';
import { diskState, hostState } from './state.ts';
import { type Ordeal, ordealNames, type Survival, survivalOf } from './survive.ts';

export type Fixes = Readonly<{
  history: History;
  /** The broken host, with a domain's description to try. */
  desk: Desk;
  node: string | null;
  works: Works;
  families: readonly Family[];
  found: Search;
  /** The best first. */
  fixes: readonly Assessed[];
  /** Does libvirtd see the best one if all happens within a second? */
  noticed: boolean;
  bounds: Bounds;
}>;

type Scene = Readonly<{
  desk: Desk;
  found: Search;
  starts: Starts;
  healthy: World;
  bystander: Bystander | null;
  /** How hosts fare after a reboot, by all that outlives it. */
  rebooted: Map<string, Survival>;
}>;

/** Words that end in the same host, and do the same to a guest on the way. */
type Way = Readonly<{ place: Place; words: readonly Word[]; guests: Guests; newNode: boolean }>;

function waysOf({ desk, found, bystander }: Scene, { place, words }: Mended): Way[] {
  const ways = new Map<string, { guests: Guests; newNode: boolean; words: Word[] }>();
  const rebooted = place.world.kernel.bootedAt !== desk.world.kernel.bootedAt;
  for (const word of words) {
    const moves = movesAlong(found, word);
    const guests = guestsUnder(bystander, word, moves);
    const newNode = !rebooted && inodeOf(desk.world) !== null && moves.some((move) => move.newNode);
    const key = `${guests} ${newNode}`;
    const way = ways.get(key) ?? { guests, newNode, words: [] };
    way.words.push(word);
    ways.set(key, way);
  }
  return [...ways.values()].map((way) => ({ place, ...way }));
}

function survival({ starts, rebooted }: Scene, desk: Desk, ordeal: Ordeal): Survival {
  if (ordeal !== 'reboot') return survivalOf(desk, ordeal, starts);
  const disk = diskState(desk.world);
  const known = rebooted.get(disk);
  if (known !== undefined) return known;
  const fresh = survivalOf(desk, ordeal, starts);
  rebooted.set(disk, fresh);
  return fresh;
}

/**
 * One command that makes a repair last: what it loses alone it survives with it. Only what outlives a reboot is worth a
 * trial against one.
 */
function lastingWith(scene: Scene, mended: Desk, losses: readonly Ordeal[]): Word {
  if (losses.length === 0) return [];
  const { desk, found } = scene;
  const disk = diskState(mended.world);
  const state = hostState(mended.world);
  const command = found.commands.find(({ argv, forgets }) => {
    if (forgets) return false;
    const after = typed({ ...desk, world: mended.world }, argv).desk;
    const matters = losses.includes('reboot')
      ? diskState(after.world) !== disk
      : hostState(after.world) !== state;
    const survives = (ordeal: Ordeal) => survival(scene, after, ordeal) !== 'no';
    return matters && losses.every(survives) && ordealNames.every(survives);
  });
  return command === undefined ? [] : [command];
}

function assessed(scene: Scene, { place, words, guests, newNode }: Way): Assessed {
  const { desk, healthy } = scene;
  const { world } = place;
  const told = place.works.told ?? 'nothing';
  const mended = allTyped({ ...desk, world }, tellings[told]);
  const survives = Object.fromEntries(
    ordealNames.map((ordeal) => [ordeal, survival(scene, mended, ordeal)]),
  ) as Record<Ordeal, Survival>;
  return {
    word: words[0] ?? place.word,
    words,
    told,
    also: lastingWith(scene, mended, lost({ survives })),
    survives,
    guests,
    newNode,
    lets: letIn(world, healthy),
    shuts: shutOut(world, healthy),
    node: nodeLine(world),
    distance: distance(world, healthy),
  };
}

export function fixesOf(history: History, bounds: Bounds = usualBounds): Fixes {
  const broken = history.worlds.at(-1) as World;
  const desk = furnished(deskAt(history.machinery, broken));
  const families = familiesOf(desk.world);
  const found = search(desk, commandsOf(families), bounds);
  const starts = startsBy(hostState);
  const scene = {
    desk,
    found,
    starts,
    healthy: healthyOn(history.profile),
    bystander: bystanderOn(desk),
    rebooted: new Map<string, Survival>(),
  };
  const fixes = found.mended
    .flatMap((mended) => waysOf(scene, mended))
    .map((way) => assessed(scene, way))
    .sort(better);
  return {
    history,
    desk,
    node: nodeLine(broken),
    works: found.start.works,
    families,
    found,
    fixes,
    noticed: fixes[0] === undefined || noticedAtOnce(desk, fixes[0].word),
    bounds,
  };
}

/** The whole story: how the host broke, the repair, what libvirtd is told, and a guest that starts. */
export function traceOf(
  { history, desk }: Fixes,
  { word, told }: Pick<Assessed, 'word' | 'told'>,
): Trace {
  const mended = allTyped(desk, [...word.map(({ argv }) => argv), ...tellings[told]]);
  const started = allTyped(mended, [startLine(mended)]);
  return makeTrace(
    history.profile,
    history.setup,
    [...history.choices, ...started.choices],
    started.world,
  );
}
