/**
 * Does a command in the package's %post keep a host from ever getting there? Asked of all orders of events, not of one.
 *
 * The same model twice, with the package as it is and with the command in it: without, the state is sometimes reached,
 * or there is nothing to prove; with it, it must be reached in none of the states. A repair that does not hold gives the
 * orders in which it fails. There each event runs to its end before the next. Then the same is asked call by call of the
 * one occasion that a scriptlet has: somebody logs in and out while the package is being installed.
 */
import { countSchedules } from '../../explore/count.ts';
import type { Choice } from '../../host/choice.ts';
import type { Setup } from '../../host/machine.ts';
import { amended, type Position, positions } from '../../host/scriptlet.ts';
import { shown } from '../../host/terminal.ts';
import { lastWorld, makeTrace, type Trace } from '../../host/trace.ts';
import type { World } from '../../host/world.ts';
import { rootLogin } from '../models/events.ts';
import { type Race, raceOn, raceTo } from '../models/races.ts';
import type { Reach } from '../models/reach.ts';
import { choicesOf, ordersTo, type Search, searchOf, type Target } from '../models/search.ts';
import { emulatorOf, nodeLine, qemuOpens } from '../node.ts';
import type { Words } from '../words.ts';

export const PACKAGE = 'qemu-kvm-ev';

/** How one model fares: in how many of its states the question is answered yes, and by which orders one gets there. */
export type Verdict = Readonly<{
  states: number;
  transitions: number;
  /** States in which it holds. */
  reached: number;
  orders: readonly (readonly string[])[];
  hit: readonly string[];
}>;

export type Question = Readonly<{ says: Words; target: Target }>;

/** Something of the package as it is, and with the command at each place of its %post. */
type Compared<Thing> = Readonly<{ without: Thing; with: Readonly<Record<Position, Thing>> }>;

export type Proof = Compared<Verdict> & Readonly<{ question: Question }>;

/** Of all orders of calls, so many leave it behind. */
export type Between = Race & Readonly<{ lost: bigint; schedules: bigint }>;

export type Proofs = Readonly<{
  profile: string;
  command: readonly string[];
  events: readonly string[];
  proofs: readonly Proof[];
  /** Call by call: may QEMU be left without the node? */
  between: Compared<Between>;
  /** What it says when it fails where it is typed by root after the installation; else null. A scriptlet would not tell. */
  complaint: string | null;
}>;

const setupWith = (command: readonly string[], position: Position): Setup => ({
  files: [amended(PACKAGE, command, position)],
});

const DURING = 'a login and logout during the installation';

function verdictOn(search: Search, target: Target): Verdict {
  const { states, transitions, hit, orders } = ordersTo(search, target);
  return {
    states,
    transitions,
    hit,
    reached: countStates(search, target),
    orders: orders.map(({ steps }) => steps),
  };
}

function between(reach: Reach, target: Target): Between {
  const { total, ends } = countSchedules(reach.space, (end) => String(target(end)));
  return { ...raceTo(reach, target, 'finally'), lost: ends['true'] ?? 0n, schedules: total };
}

/** Every state of the model, once: how many answer yes? */
function countStates({ model }: Search, target: Target): number {
  const [first] = model.initial as readonly [World];
  const seen = new Map([[model.fingerprint?.(first) ?? '', first]]);
  for (const world of seen.values()) {
    for (const event of model.enabled(world)) {
      const next = model.next(world, event);
      const state = model.fingerprint?.(next) ?? '';
      if (!seen.has(state)) seen.set(state, next);
    }
  }
  return [...seen.values()].filter(target).length;
}

const lockedOut: Question = {
  says: { en: 'QEMU may not open /dev/kvm, in whatever way', zh: 'QEMU 以任何方式打不开 /dev/kvm' },
  target: (world) =>
    emulatorOf(world) !== null && qemuOpens(world) !== 'opens' && qemuOpens(world) !== null,
};

/** `node`: the broken node as one line. */
const sameNode = (node: string): Question => ({
  says: { en: `/dev/kvm is ${node}`, zh: `/dev/kvm 为 ${node}` },
  target: (world) => nodeLine(world) === node,
});

export function prove(profile: string, node: string | null, command: readonly string[]): Proofs {
  const setups = positions.map((position) => setupWith(command, position));
  const compared = <Thing>(of: (setup: Setup) => Thing): Compared<Thing> => ({
    without: of({}),
    with: Object.fromEntries(
      positions.map((position, i) => [position, of(setups[i] as Setup)]),
    ) as Record<Position, Thing>,
  });
  const questions = [...(node === null ? [] : [sameNode(node)]), lockedOut];
  return {
    profile,
    command,
    events: Object.keys(searchOf(profile, {}, 'people').alphabet),
    proofs: questions.map((question) => ({
      question,
      ...compared((setup) => verdictOn(searchOf(profile, setup, 'people'), question.target)),
    })),
    complaint: complaintOf(profile, command),
    between: compared((setup) => between(raceOn(DURING, profile, setup), lockedOut.target)),
  };
}

function complaintOf(profile: string, command: readonly string[]): string | null {
  const run = (argv: readonly string[]): Choice => ({ run: argv, as: 'root@pts/0' });
  const choices = [rootLogin, run(['yum', '-y', 'install', PACKAGE]), run(command)];
  const { status, stderr } = shown(lastWorld({ profile, setup: {}, choices }), 'pts/0');
  return status === 0 ? null : stderr.trim() || `exit status ${status}`;
}

/** Always: never there, and everything was seen. */
export const holds = ({ reached, hit }: Verdict): boolean => reached === 0 && hit.length === 0;

/** In no order of calls, and everything was seen. */
export const holdsBetween = ({ steps, complete }: Between): boolean => steps === null && complete;

/** An order that leads there, as a trace. */
export function counterexample(
  { profile, command }: Proofs,
  position: Position | null,
  order: readonly string[],
): Trace {
  const setup = position === null ? {} : setupWith(command, position);
  const choices = choicesOf(searchOf(profile, setup, 'people'), order);
  return makeTrace(profile, setup, choices, lastWorld({ profile, setup, choices }));
}
