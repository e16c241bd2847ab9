/**
 * The simulator as the page uses it, in one chunk that arrives after the first screen.
 */
import './unfrozen.ts';
import { scenarios } from '../../scenarios/index.ts';
import { digest } from '../../sim/host/canonical.ts';
import type { Choice, Seat } from '../../sim/host/choice.ts';
import { makeTrace, type Trace, worldsOf } from '../../sim/host/trace.ts';
import { usageError } from '../../sim/host/usage.ts';
import { VERSION } from '../../sim/host/version.ts';
import { own } from '../../sim/kernel/own.ts';
import { hostFor, play } from '../../sim/play/play.ts';
import type { Scenario } from '../../sim/play/scenario.ts';
import { broken } from '../../sim/play/view.ts';
import { createShell } from '../../sim/shell/create.ts';
import { prompt } from '../../sim/shell/prompt.ts';
import { needsMore } from '../../sim/shell/source.ts';
import { hostChoice, hostWith } from './hosts.ts';
import type { Item } from './item.ts';
import { behindOf, record, seated, seatOf, worldOf } from './record.ts';
import { refusal } from './refusal.ts';
import { type Branch, type Edit, edited, mainBranch, type Told } from './story.ts';
import { traceItems } from './traceItems.ts';

export const version = VERSION;
export { hostChoice, hostWith, needsMore, refusal };

function scenarioNamed(name: string): Scenario {
  const found = own(scenarios, name);
  if (found === undefined) throw usageError(`There is no scenario ${name}.`);
  return found;
}

const ROOT: Seat = 'root@pts/0';

/** Who types: as the scenario says, and root on a host that is no scenario's. */
const seatAt = (name: string): Seat => {
  const found = own(scenarios, name);
  return found === undefined ? ROOT : seatOf(found);
};

/** The host that a scenario is told on. */
export const homeOf = (name: string): string => scenarioNamed(name).profiles?.[0] ?? 'centos7';

const recordings = new Map<string, readonly Item[]>();

/** A host that the scenario cannot happen on is refused. A recording is made once; a class that goes back and forth does not wait for it again. */
export function openScenario(name: string, profile: string): Branch {
  const key = `${name} ${profile}`;
  const scenario = scenarioNamed(name);
  const items = recordings.get(key) ?? record(scenario, hostFor(name, scenario, profile));
  recordings.set(key, items);
  return mainBranch(items);
}

export const edit = (name: string, from: Branch, change: Edit): Branch =>
  edited(from, change, seatAt(name));

/** What a scenario is about; null for somebody's own trace. */
export const storyText = (name: string) => own(scenarios, name)?.story ?? null;

/** Does the story end as told on this host? What helps is not tried again for it. */
export function endsAsTold(name: string, profile: string): boolean {
  const { remedies: _, ...story } = scenarioNamed(name);
  return broken(play(name, story, profile)).length === 0;
}

/** The hash of the world at a moment: what `kvmlab scenario NAME --json` prints for the last. */
export const hashAt = (item: Item): string => digest(worldOf(item));

export type Asked = Readonly<{ text: string; status: number }>;

const ASKER: Seat = 'root@pts/7';

/** What a command would show if root typed it now. The host is left as it is: a copy answers. */
export function ask(item: Item, line: string): Asked {
  const { machinery, world: here } = behindOf(item);
  const [world] = seated(machinery, here, ASKER);
  const ran = createShell(machinery, world, ASKER).run(line, { interactive: true });
  return { text: ran.chunks.map(({ text }) => text).join(''), status: ran.status };
}

/** What the terminal would show before the next line. */
export function promptAt(name: string, item: Item): string {
  const { machinery, world: here, typing } = behindOf(item);
  const seat = seatAt(name);
  const [world] = seated(machinery, here, seat);
  const session =
    typing !== null && typing.session.world() === here && !typing.session.gone()
      ? typing.session
      : createShell(machinery, world, seat);
  const user = seat.slice(0, seat.indexOf('@'));
  return prompt(user, world.kernel.nodename, session.cwd(), session.home());
}

/** How many choices of a trace an item stands for. */
export const choicesOf = (item: Item): number => behindOf(item).choices.length;

const choicesTo = (items: readonly Item[]): Choice[] =>
  items.flatMap((item) => [...behindOf(item).choices]);

/** What happened up to a moment, as a trace that the command line replays. */
export function traceTo(name: string, profile: string, items: readonly Item[]): Trace {
  const last = items.at(-1);
  if (last === undefined) throw new Error('a trace needs a moment');
  const { setup = {} } = own(scenarios, name) ?? {};
  return makeTrace(profile, setup, choicesTo(items), worldOf(last));
}

/** A host told by its choices: each a moment. */
export function openTold(told: Told): Branch {
  const { profile, setup, choices } = told;
  const items = traceItems(told, [...worldsOf(told)]);
  return { ...mainBranch(items), told: { profile, setup, choices } };
}

/** A trace that somebody has, and the hash that it plays to. */
export function openTrace(trace: Trace): { branch: Branch; hash: string } {
  const branch = openTold(trace);
  const last = branch.items.at(-1);
  return { branch, hash: last === undefined ? '' : hashAt(last) };
}

export type Engine = typeof import('./engine.ts');
