/**
 * The simulator as the page uses it, in one chunk that arrives after the first screen.
 */
import { setAutoFreeze } from 'immer';
import { scenarios } from '../../scenarios/index.ts';
import { digest } from '../../sim/host/canonical.ts';
import type { Choice, Seat } from '../../sim/host/choice.ts';
import { newHost } from '../../sim/host/machine.ts';
import { profileNamed, profileText } from '../../sim/host/profiles.ts';
import type { Machinery } from '../../sim/host/route.ts';
import { type Trace, worldsOf } from '../../sim/host/trace.ts';
import { usageError } from '../../sim/host/usage.ts';
import { VERSION } from '../../sim/host/version.ts';
import { own } from '../../sim/kernel/own.ts';
import { type Playback, play } from '../../sim/play/play.ts';
import type { Scenario } from '../../sim/play/scenario.ts';
import { createShell } from '../../sim/shell/create.ts';
import type { Item } from './item.ts';
import { behindOf, type Recording, record, seated, seatOf, worldOf } from './record.ts';
import { type Branch, type Edit, edited, mainBranch } from './story.ts';
import { traceItems } from './traceItems.ts';

// Frozen states catch a model that writes to what is past; the tests run with them.
setAutoFreeze(false);

export const version = VERSION;

function scenarioNamed(name: string): Scenario {
  const found = own(scenarios, name);
  if (found === undefined) throw usageError(`There is no scenario ${name}.`);
  return found;
}

/** The host that a scenario is told on. */
export const homeOf = (name: string): string => scenarioNamed(name).profiles?.[0] ?? 'centos7';

const recordings = new Map<string, Recording>();

/** A recording is made once; a class that goes back and forth does not wait for it again. */
export function recordingOf(name: string, profile: string): Recording {
  const key = `${name} ${profile}`;
  const found = recordings.get(key) ?? record(name, scenarioNamed(name), profile);
  recordings.set(key, found);
  return found;
}

export const openScenario = (name: string, profile: string): Branch =>
  mainBranch(recordingOf(name, profile).items);

const machineryOf = (name: string, profile: string): Machinery =>
  recordingOf(name, profile).host.machinery;

export function edit(name: string, profile: string, from: Branch, change: Edit): Branch {
  const seat = seatOf(scenarioNamed(name));
  return edited(machineryOf(name, profile), from, change, seat);
}

export const storyText = (name: string) => scenarioNamed(name).story;
export const sourceText = (name: string) => scenarioNamed(name).source;
export const profileLine = (profile: string): string => profileText(profileNamed(profile));

/** The hash of the world at a moment: what `kvmlab scenario NAME --json` prints for the last. */
export const hashAt = (item: Item): string => digest(worldOf(item));

export type Asked = Readonly<{ text: string; status: number }>;

const ROOT: Seat = 'root@pts/7';

/** What a command would show if root typed it now. The host is left as it is: a copy answers. */
export function ask(item: Item, line: string): Asked {
  const { machinery } = newHost(profileNamed(worldOf(item).profile));
  const [world] = seated(machinery, worldOf(item), ROOT);
  const ran = createShell(machinery, world, ROOT).run(line, { interactive: true });
  return { text: ran.chunks.map(({ text }) => text).join(''), status: ran.status };
}

/** The remedies of a scenario, tried. */
export const remediesOf = (name: string, profile: string): Playback['verdicts'] =>
  play(name, scenarioNamed(name), profile).verdicts;

export const hasRemedies = (name: string): boolean => scenarioNamed(name).remedies !== undefined;

/** Setup and choices up to a moment: the same as a trace of the command line. */
export function choicesTo(branch: Branch, at: number): Choice[] {
  return branch.items.slice(0, at + 1).flatMap((item) => [...behindOf(item).choices]);
}

export const setupOf = (name: string) => scenarioNamed(name).setup ?? {};

/** A trace that the command line has written: its every choice as a moment. */
export function openTrace(trace: Trace): { branch: Branch; hash: string } {
  const worlds = [...worldsOf(trace)];
  const items = traceItems(trace, worlds);
  return { branch: mainBranch(items), hash: digest(worlds.at(-1)) };
}

export type Engine = typeof import('./engine.ts');
