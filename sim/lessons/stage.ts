/**
 * The hosts that exercises are set on: a scenario at any of its steps, and copies that somebody types on.
 */
import { alphabetOf } from '../explain/models/events.ts';
import type { Dice } from '../explore/random.ts';
import type { Choice, Seat } from '../host/choice.ts';
import { newHost, type Setup } from '../host/machine.ts';
import { profileNamed } from '../host/profiles.ts';
import type { Machinery } from '../host/route.ts';
import { step } from '../host/step.ts';
import { shellOn } from '../host/terminal.ts';
import { makeTrace, type Trace } from '../host/trace.ts';
import { usageError } from '../host/usage.ts';
import type { World } from '../host/world.ts';
import { own } from '../kernel/own.ts';
import { play } from '../play/play.ts';
import type { Scenario, Words } from '../play/scenario.ts';
import { createShell } from '../shell/create.ts';

/** A host, and how it came about: what a trace tells. */
export type Here = Readonly<{
  machinery: Machinery;
  world: World;
  profile: string;
  setup: Setup;
  choices: readonly Choice[];
}>;

export const traceOf = ({ profile, setup, choices, world }: Here): Trace =>
  makeTrace(profile, setup, choices, world);

/** One choice more. */
const chosen = (here: Here, choice: Choice): Here => ({
  ...here,
  world: step(here.machinery, here.world, choice),
  choices: [...here.choices, choice],
});

const loggedIn = (here: Here, login: Extract<Choice, { login: string }>): Here =>
  shellOn(here.world, login.on) === null ? chosen(here, login) : here;

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
  const { setup = {} } = scenario;
  const host = { ...newHost(profileNamed(profile), setup), profile, setup };
  const moments: Moment[] = [{ ...host, number: 0, says: booted, choices: [] }];
  for (const { after: world, line, choices } of chapters.flatMap(({ lines }) => lines)) {
    const past = moments.at(-1)?.choices ?? [];
    const now = { ...host, world, choices: [...past, ...choices] };
    moments.push({ ...now, number: moments.length, says: line.says });
  }
  return { profile, moments };
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

const TTY = 'pts/7';
const SEAT: Seat = `root@${TTY}`;

export type Typed = Here & Readonly<{ text: string; status: number }>;

/** A line typed by root, who has come in over ssh, on a copy. */
export function typedOn(here: Here, line: string): Typed {
  const inside = loggedIn(here, { login: 'root', on: TTY });
  const shell = createShell(inside.machinery, inside.world, SEAT);
  const ran = shell.run(line, { interactive: true });
  const text = ran.chunks.map((chunk) => chunk.text).join('');
  const choices = [...inside.choices, ...shell.choices()];
  return { ...inside, world: ran.world, choices, text, status: ran.status };
}

/** The worlds between two hosts of which one came of the other, the first included. */
export function* worldsBetween(from: Here, to: Here): Generator<World> {
  let { world } = from;
  yield world;
  for (const choice of to.choices.slice(from.choices.length)) {
    world = step(from.machinery, world, choice);
    yield world;
  }
}

export const drawn = <T>(dice: Dice, things: readonly T[]): T => things[dice(things.length)] as T;

/** A drawn order of the same things. */
export function shuffled<T>(dice: Dice, things: readonly T[]): T[] {
  const left = [...things];
  const out: T[] = [];
  while (left.length > 0) out.push(...left.splice(dice(left.length), 1));
  return out;
}

const ROOT_LOGIN = { login: 'root', on: 'pts/0' } as const;

/** Events drawn one after the other from those that can happen; their names are told to the student. */
export function stirred(
  from: Here,
  events: number,
  dice: Dice,
): Here & Readonly<{ happened: readonly string[] }> {
  const happened: string[] = [];
  let here = loggedIn(from, ROOT_LOGIN);
  for (let n = 0; n < events; n++) {
    const alphabet = alphabetOf(here.world);
    const { world } = here;
    const possible = Object.keys(alphabet).filter((name) => alphabet[name]?.possible(world));
    const name = drawn(dice, possible);
    happened.push(name);
    here = (alphabet[name]?.choices ?? []).reduce<Here>(chosen, here);
  }
  return { ...here, happened };
}

/** One event of the alphabet, by its name; what is not possible here changes nothing. */
export function stirredBy(here: Here, name: string): Here {
  const there = loggedIn(here, ROOT_LOGIN);
  const event = own(alphabetOf(there.world), name);
  if (event === undefined) {
    const names = Object.keys(alphabetOf(there.world)).join(', ');
    throw usageError(`There is no event ${name}. There are: ${names}.`);
  }
  return event.possible(there.world) ? event.choices.reduce<Here>(chosen, there) : there;
}
