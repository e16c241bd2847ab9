/**
 * Playing lines on a host and keeping every world: a scenario as a list of items, and one line more.
 *
 * Worlds are immutable and share what did not change, so all of them are kept and undo costs nothing.
 */
import type { Choice, Seat } from '../../sim/host/choice.ts';
import { newHost } from '../../sim/host/machine.ts';
import { profileNamed } from '../../sim/host/profiles.ts';
import type { Machinery, Observed } from '../../sim/host/route.ts';
import { step } from '../../sim/host/step.ts';
import { shellOn } from '../../sim/host/terminal.ts';
import type { World } from '../../sim/host/world.ts';
import type { Line, Scenario } from '../../sim/play/scenario.ts';
import { createShell, type ShellSession } from '../../sim/shell/create.ts';
import { frameOf, type Printed } from './frame.ts';
import type { Item } from './item.ts';
import { callsByLane, messagesOf } from './messages.ts';

/** A shell that is still open after a line, with the place where its system calls are noted. */
type Typing = Readonly<{ seat: Seat; session: ShellSession; noted: { calls: Observed[] } }>;

/** What stands behind an item: its host, its world, and the choices that led from the one before. */
export type Behind = Readonly<{
  machinery: Machinery;
  world: World;
  choices: readonly Choice[];
  printed: Printed | null;
  typing: Typing | null;
}>;

const behind = new WeakMap<Item, Behind>();

export function keepBehind(item: Item, now: Behind): void {
  behind.set(item, now);
}

export function behindOf(item: Item): Behind {
  const found = behind.get(item);
  if (found === undefined) throw new Error(`no world stands behind "${item.says.en}"`);
  return found;
}

export const worldOf = (item: Item): World => behindOf(item).world;

type Shown = Readonly<{ text: string; status: number }>;

const silent: Shown = { text: '', status: 0 };

export function itemOf(
  line: Line,
  prompt: string,
  shown: Shown,
  seen: readonly Observed[],
  now: Behind,
): Item {
  const item: Item = {
    says: line.says,
    typed: 'type' in line ? line.type : null,
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
export function printedBy(typed: string, shown: Shown, before: Printed | null): Printed | null {
  if (!/^virsh\b/.test(typed) || shown.text === '') return before;
  return { typed, text: shown.text, status: shown.status };
}

export const seatOf = (scenario: Pick<Scenario, 'seat'>): Seat => scenario.seat ?? 'root@pts/0';

const promptOf = (seat: Seat) => (seat.startsWith('root@') ? '#' : '$');

const booted: Line = { look: true, says: { en: 'the host has booted', zh: '主机启动完毕' } };

export function bootItem(machinery: Machinery, world: World): Item {
  return itemOf(booted, '#', silent, [], {
    machinery,
    world,
    choices: [],
    printed: null,
    typing: null,
  });
}

const linesOf = ({ chapters }: Scenario): Line[] => chapters.flatMap(({ lines }) => lines);

/** The boot, then as many lines as are wanted, in order on one host, as sim/play does. */
export function recordTo(scenario: Scenario, profile: string, steps: number): Item[] {
  const { machinery, world } = newHost(profileNamed(profile), scenario.setup);
  const seat = seatOf(scenario);
  const items: Item[] = [bootItem(machinery, world)];
  for (const line of linesOf(scenario).slice(0, steps))
    items.push(continued(items.at(-1) as Item, line, seat, 'new shells'));
  return items;
}

/** A whole scenario; the boot is a moment of its own unless the story begins with a look. */
export function record(scenario: Scenario, profile: string): Item[] {
  const items = recordTo(scenario, profile, Number.POSITIVE_INFINITY);
  const [first] = linesOf(scenario);
  return first !== undefined && 'look' in first ? items.slice(1) : items;
}

const ttyOf = (seat: Seat) => seat.slice(seat.indexOf('@') + 1);
const userOf = (seat: Seat) => seat.slice(0, seat.indexOf('@'));

/** Whoever types is there: they log in first if need be. */
export function seated(machinery: Machinery, world: World, seat: Seat): [World, readonly Choice[]] {
  if (shellOn(world, ttyOf(seat)) !== null) return [world, []];
  const login = { login: userOf(seat), on: ttyOf(seat) };
  return [step(machinery, world, login), [login]];
}

/** The shell of the line before, if its world is still this one; otherwise a new one. */
function typingAfter(
  { machinery, world, typing }: Behind,
  seat: Seat,
): [Typing, readonly Choice[]] {
  if (typing?.seat === seat && typing.session.world() === world && !typing.session.gone())
    return [typing, []];
  const noted: Typing['noted'] = { calls: [] };
  const watched: Machinery = { ...machinery, watch: (call) => noted.calls.push(call) };
  const [there, came] = seated(watched, world, seat);
  return [{ seat, session: createShell(watched, there, seat), noted }, came];
}

function typedItem(
  from: Behind,
  line: Extract<Line, { type: string }>,
  seat: Seat,
  shells: Shells,
): Item {
  const { machinery } = from;
  const known = shells === 'one shell' ? from : { ...from, typing: null };
  const [typing, came] = typingAfter(known, seat);
  const { session, noted } = typing;
  const done = session.choices().length;
  if (known.typing === typing) noted.calls = [];
  const ran = session.run(line.type, { interactive: true });
  const shown = { text: ran.chunks.map(({ text }) => text).join(''), status: ran.status };
  return itemOf(line, promptOf(seat), shown, noted.calls, {
    machinery,
    world: ran.world,
    choices: [...came, ...session.choices().slice(done)],
    printed: printedBy(line.type, shown, from.printed),
    typing: ran.exited ? null : typing,
  });
}

/** A scenario's lines are a shell each, as sim/play has them; at the terminal one shell goes on. */
export type Shells = 'one shell' | 'new shells';

/** One line more, after an item. Throws where a choice is not possible (nobody there to log out). */
export function continued(after: Item, line: Line, usual: Seat, shells: Shells): Item {
  const from = behindOf(after);
  if ('look' in line) return itemOf(line, '#', silent, [], { ...from, choices: [] });
  if ('type' in line) return typedItem(from, line, line.as ?? usual, shells);
  const calls: Observed[] = [];
  const watched: Machinery = { ...from.machinery, watch: (call) => calls.push(call) };
  const world = step(watched, from.world, line.choice);
  return itemOf(line, '#', silent, calls, { ...from, world, choices: [line.choice], typing: null });
}

/** A line that is not possible after an item: nothing happens, and the moment says why. */
export function passedOver(after: Item, line: Line, reason: string): Item {
  const { en, zh } = line.says;
  const says = { en: `${en} (not possible here)`, zh: `${zh}（此处不可行）` };
  const now = { ...behindOf(after), choices: [] };
  return itemOf({ ...line, says }, '#', { text: reason, status: 1 }, [], now);
}
