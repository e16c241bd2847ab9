/**
 * The hosts that exercises are set on: a scenario at any of its steps, and copies that somebody types on.
 */
import { alphabetOf } from '../explain/models/events.ts';
import type { Dice } from '../explore/random.ts';
import type { Choice, Seat } from '../host/choice.ts';
import { newHost } from '../host/machine.ts';
import { profileNamed } from '../host/profiles.ts';
import type { Machinery } from '../host/route.ts';
import { step } from '../host/step.ts';
import { shellOn } from '../host/terminal.ts';
import { usageError } from '../host/usage.ts';
import type { World } from '../host/world.ts';
import { own } from '../kernel/own.ts';
import { play } from '../play/play.ts';
import type { Scenario, Words } from '../play/scenario.ts';
import { createShell } from '../shell/create.ts';

export type Here = Readonly<{ machinery: Machinery; world: World }>;

/** A step that has been played: 0 is the host as it has booted. */
export type Moment = Here & Readonly<{ number: number; says: Words }>;

export type Stage = Readonly<{ profile: string; moments: readonly Moment[] }>;

const booted: Words = { en: 'the host has booted', zh: '主机启动完毕' };

/** A scenario as far as its first so many lines. */
function until(scenario: Scenario, horizon: number): Scenario {
  const { remedies: _, ...story } = scenario;
  let left = horizon;
  const chapters = story.chapters.map((chapter) => {
    const lines = chapter.lines.slice(0, left);
    left -= lines.length;
    return { ...chapter, lines };
  });
  return { ...story, chapters };
}

function staged(name: string, scenario: Scenario, given: string | null, horizon: number): Stage {
  const profile = given ?? scenario.profiles?.[0] ?? 'centos7';
  const { chapters } = play(name, until(scenario, horizon), profile);
  const { machinery, world } = newHost(profileNamed(profile), scenario.setup);
  const start: Moment = { number: 0, says: booted, machinery, world };
  const later = chapters
    .flatMap((chapter) => chapter.lines)
    .map(({ after, line }, i): Moment => {
      return { number: i + 1, says: line.says, machinery, world: after };
    });
  return { profile, moments: [start, ...later] };
}

export type Scenarios = Readonly<Record<string, Scenario>>;

const known = new WeakMap<Scenarios, Map<string, Stage>>();

/** A scenario is played once, and no further than its lesson goes, however many exercises are set on it. */
export function stageOf(
  scenarios: Scenarios,
  name: string,
  profile: string | null,
  horizon: number,
): Stage {
  const scenario = own(scenarios, name);
  if (scenario === undefined) throw usageError(`There is no scenario ${name}.`);
  const stages = known.get(scenarios) ?? new Map<string, Stage>();
  known.set(scenarios, stages);
  const key = `${name} ${profile} ${horizon}`;
  const stage = stages.get(key) ?? staged(name, scenario, profile, horizon);
  stages.set(key, stage);
  return stage;
}

const SEAT: Seat = 'root@pts/7';

export type Typed = Here & Readonly<{ text: string; status: number }>;

/** A line typed by root, who has come in over ssh, on a copy. */
export function typedOn({ machinery, world }: Here, line: string): Typed {
  const inside =
    shellOn(world, 'pts/7') === null
      ? step(machinery, world, { login: 'root', on: 'pts/7' })
      : world;
  const ran = createShell(machinery, inside, SEAT).run(line, { interactive: true });
  const text = ran.chunks.map((chunk) => chunk.text).join('');
  return { machinery, world: ran.world, text, status: ran.status };
}

export const drawn = <T>(dice: Dice, things: readonly T[]): T => things[dice(things.length)] as T;

/** A drawn order of the same things. */
export function shuffled<T>(dice: Dice, things: readonly T[]): T[] {
  const left = [...things];
  const out: T[] = [];
  while (left.length > 0) out.push(...left.splice(dice(left.length), 1));
  return out;
}

const ROOT_LOGIN: Choice = { login: 'root', on: 'pts/0' };

/** Events drawn one after the other from those that can happen; their names are told to the student. */
export function stirred(from: Here, events: number, dice: Dice): Here & { happened: string[] } {
  const { machinery } = from;
  const happened: string[] = [];
  let world =
    shellOn(from.world, 'pts/0') === null ? step(machinery, from.world, ROOT_LOGIN) : from.world;
  for (let n = 0; n < events; n++) {
    const alphabet = alphabetOf(world);
    const possible = Object.keys(alphabet).filter((name) => alphabet[name]?.possible(world));
    const name = drawn(dice, possible);
    happened.push(name);
    for (const choice of alphabet[name]?.choices ?? []) world = step(machinery, world, choice);
  }
  return { machinery, world, happened };
}

/** One event of the alphabet, by its name; what is not possible here changes nothing. */
export function stirredBy({ machinery, world }: Here, name: string): Here {
  const there = shellOn(world, 'pts/0') === null ? step(machinery, world, ROOT_LOGIN) : world;
  const event = own(alphabetOf(there), name);
  if (event === undefined) {
    const names = Object.keys(alphabetOf(there)).join(', ');
    throw usageError(`There is no event ${name}. There are: ${names}.`);
  }
  const after = event.possible(there)
    ? event.choices.reduce((at, choice) => step(machinery, at, choice), there)
    : there;
  return { machinery, world: after };
}
