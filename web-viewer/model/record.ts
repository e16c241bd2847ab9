/**
 * Playing lines on a host and keeping every world: a scenario as a list of items, and one line more.
 *
 * Worlds are immutable and share what did not change, so all of them are kept and undo costs nothing.
 */
import type { Choice, Seat } from '../../sim/host/choice.ts';
import { type Host, newHost } from '../../sim/host/machine.ts';
import { profileNamed } from '../../sim/host/profiles.ts';
import type { Machinery, Observed } from '../../sim/host/route.ts';
import { step } from '../../sim/host/step.ts';
import { shellOn } from '../../sim/host/terminal.ts';
import type { World } from '../../sim/host/world.ts';
import type { Line, Scenario } from '../../sim/play/scenario.ts';
import { createShell } from '../../sim/shell/create.ts';
import { frameOf, type Printed } from './frame.ts';
import type { Item } from './item.ts';
import { callsByLane, messagesOf } from './messages.ts';

/** What stands behind an item: its world, and the choices that led from the one before. */
export type Behind = Readonly<{
  world: World;
  choices: readonly Choice[];
  printed: Printed | null;
}>;

const behind = new WeakMap<Item, Behind>();

export function behindOf(item: Item): Behind {
  const found = behind.get(item);
  if (found === undefined) throw new Error(`no world stands behind "${item.says.en}"`);
  return found;
}

export function keepBehind(item: Item, now: Behind): void {
  behind.set(item, now);
}

export const worldOf = (item: Item): World => behindOf(item).world;

export const typedOf = (line: Line): string | null => ('type' in line ? line.type : null);

type Shown = Readonly<{ text: string; status: number }>;

/** Make an item; what virsh printed last is carried on from the one before. */
function itemOf(
  line: Line,
  prompt: string,
  shown: Shown,
  seen: readonly Observed[],
  now: Behind,
): Item {
  const typed = typedOf(line);
  const item: Item = {
    says: line.says,
    typed,
    prompt,
    text: shown.text,
    status: shown.status,
    messages: messagesOf(seen),
    calls: callsByLane(seen),
    line,
    frame: () => frameOf(now.world, now.printed),
  };
  keepBehind(item, now);
  return item;
}

/** virsh's words, where this line was virsh's and it said something. */
function printedBy(line: Line, shown: Shown, before: Printed | null): Printed | null {
  const typed = typedOf(line);
  if (typed === null || !/^virsh\b/.test(typed) || shown.text === '') return before;
  return { typed, text: shown.text, status: shown.status };
}

export const seatOf = (scenario: Pick<Scenario, 'seat'>): Seat => scenario.seat ?? 'root@pts/0';

const promptOf = (seat: Seat) => (seat.startsWith('root@') ? '#' : '$');

const booted: Line = { look: true, says: { en: 'the host has booted', zh: '主机启动完毕' } };

export type Recording = Readonly<{
  name: string;
  profile: string;
  scenario: Scenario;
  host: Host;
  items: readonly Item[];
}>;

/** Every line in order on one host, as sim/play does; the boot is a moment of its own unless the story begins with a look. */
export function record(name: string, scenario: Scenario, profile: string): Recording {
  const host = newHost(profileNamed(profile), scenario.setup);
  const seat = seatOf(scenario);
  const now = { world: host.world, choices: [], printed: null };
  const start = itemOf(booted, promptOf(seat), { text: '', status: 0 }, [], now);
  const lines = scenario.chapters.flatMap((chapter) => chapter.lines);
  const items: Item[] = [start];
  for (const line of lines) items.push(continued(host.machinery, items.at(-1) as Item, line, seat));
  const [first] = lines;
  const told = first !== undefined && 'look' in first ? items.slice(1) : items;
  return { name, profile, scenario, host, items: told };
}

const ttyOf = (seat: Seat) => seat.slice(seat.indexOf('@') + 1);
const userOf = (seat: Seat) => seat.slice(0, seat.indexOf('@'));

/** Whoever types is there: they log in first if need be. */
export function seated(machinery: Machinery, world: World, seat: Seat): [World, readonly Choice[]] {
  if (shellOn(world, ttyOf(seat)) !== null) return [world, []];
  const login = { login: userOf(seat), on: ttyOf(seat) };
  return [step(machinery, world, login), [login]];
}

/** One line more, after an item. Throws where a choice is not possible (nobody there to log out). */
export function continued(machinery: Machinery, after: Item, line: Line, usual: Seat): Item {
  const calls: Observed[] = [];
  const watched: Machinery = { ...machinery, watch: (call) => calls.push(call) };
  const { world, printed } = behindOf(after);
  if ('look' in line) {
    return itemOf(line, '#', { text: '', status: 0 }, [], { world, choices: [], printed });
  }
  if ('choice' in line) {
    const then = step(watched, world, line.choice);
    const now = { world: then, choices: [line.choice], printed };
    return itemOf(line, '#', { text: '', status: 0 }, calls, now);
  }
  const seat = line.as ?? usual;
  const [there, came] = seated(watched, world, seat);
  const shell = createShell(watched, there, seat);
  const ran = shell.run(line.type, { interactive: true });
  const shown = { text: ran.chunks.map(({ text }) => text).join(''), status: ran.status };
  return itemOf(line, promptOf(seat), shown, calls, {
    world: ran.world,
    choices: [...came, ...shell.choices()],
    printed: printedBy(line, shown, printed),
  });
}

/** A line that is not possible after an item: nothing happens, and the moment says why. */
export function passedOver(after: Item, line: Line, reason: string): Item {
  const { en, zh } = line.says;
  const says = { en: `${en} (not possible here)`, zh: `${zh}（此处不可行）` };
  return itemOf({ ...line, says }, '#', { text: reason, status: 1 }, [], behindOf(after));
}
