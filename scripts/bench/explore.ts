/**
 * How fast the explorer searches, and in how much memory, beside spin and xstate/graph: npm run bench:explore [MODEL]
 *
 * One model, three ways: our search with nothing remembered yet (reactions are run on a real host as they are met), our
 * search of the table of all reactions, and pan, which is given the same table (spin.ts). pan stores exactly the states that
 * we store. Nothing here is asserted; figures depend on the machine.
 *
 * Seconds are of processor time, ours and theirs, so that what else runs on the machine is not measured; what people wait
 * for, the first counterexample, is told by the clock as well. All runs as it is installed: bundled (package.json).
 */
import { loadavg } from 'node:os';
import { assign, setup } from 'xstate';
import { getShortestPaths } from 'xstate/graph';
import { models } from '../../models/index.ts';
import type { Parts } from '../../sim/explain/calls/parts.ts';
import { reachOf } from '../../sim/explain/models/reach.ts';
import { breadthFirst } from '../../sim/explore/breadth.ts';
import { spaceOf } from '../../sim/explore/objects.ts';
import type { Progress } from '../../sim/explore/report.ts';
import { searchShard } from '../../sim/explore/shard.ts';
import type { Found, Vector } from '../../sim/explore/space.ts';
import type { SystemSpace } from '../../sim/explore/systems.ts';
import { drive, type Standing } from '../../sim/kernel/drive.ts';
import { table } from '../../sim/play/columns.ts';
import { count, median, say, timed } from './measure.ts';
import { spins } from './spin.ts';

const name = process.argv[2] ?? 'busy-host';

function ours(space: SystemSpace<Parts>): number {
  const progress = ({ states }: Progress) => process.stderr.write(`${count(states)} states ...\n`);
  const { result, seconds } = timed(() => breadthFirst(space, { only: [], progress }));
  const { states, transitions, bytes } = result;
  say(`${name}: ${count(states)} states, ${count(transitions)} transitions, all of them`);
  say(`  with no reaction known: ${seconds.toFixed(1)} s, ${count(states / seconds)} states/s`);
  say(`  visited set: ${(bytes / states).toFixed(1)} bytes a state`);
  say('  values of each component:');
  const values = Object.entries(space.values());
  for (const line of table(values.map(([component, met]) => [component, count(met)])))
    say(`    ${line}`);
  return states;
}

/** Parts know nothing of each other's visited sets: what two workers would have to do, and so how much two would gain. */
function parts(space: SystemSpace<Parts>, states: number): void {
  const whole = timed(() => breadthFirst(space, { only: [] })).seconds;
  const each = [1, 2].map((part) => timed(() => searchShard(space, { part, of: 2 })));
  const longest = Math.max(...each.map(({ seconds }) => seconds));
  const seen = each.map(({ result }) => count(result.below.states)).join(' and ');
  say(`two parts, one for each core: they see ${seen} of ${count(states)} states`);
  say(
    `  the longer takes ${longest.toFixed(1)} s, the whole in one ${whole.toFixed(1)} s: at best ${(whole / longest).toFixed(1)} times as fast`,
  );
}

/** What takes the time while nothing is known is each reaction, run once: how many would two workers both have to run? */
function halves(space: SystemSpace<Parts>): void {
  const { offered, trees } = space.reactions;
  const met = [new Set<number>(), new Set<number>()];
  const halfOf = (from: Vector) =>
    (from.reduce((sum, value) => Math.imul(sum ^ value, 0x9e3779b1), 7) >>> 16) & 1;
  const expand = (from: Vector, found: Found) => {
    for (let actor = 0; actor < space.actors; actor++) {
      const words = offered.words();
      const start = offered.find(actor, from);
      for (const offer of words.subarray(start + 1, start + 1 + (words[start] ?? 0)))
        met[halfOf(from)]?.add(trees.answer(offer < 0 ? ~offer : offer, from));
    }
    space.expand(from, found);
  };
  breadthFirst({ ...space, expand }, { only: [] });
  const all = new Set(met.flatMap((one) => [...one])).size;
  say(
    `states dealt out by their hash: of ${count(all)} reactions one half meets ${met.map(({ size }) => `${Math.round((100 * size) / all)} %`).join(', the other ')}`,
  );
}

const BITS = 12;
type Flip = Readonly<{ type: 'flip'; bit: number }>;

/** Twelve switches in one machine: 4,096 states. */
function xstates(): void {
  const machine = setup({
    types: { context: {} as { bits: number }, events: {} as Flip },
    actions: { flip: assign({ bits: ({ context, event }) => context.bits ^ (1 << event.bit) }) },
  }).createMachine({ context: { bits: 0 }, on: { flip: { actions: 'flip' } } });
  const events: Flip[] = Array.from({ length: BITS }, (_, bit) => ({ type: 'flip', bit }));
  type At = Standing<typeof machine>;
  const model = {
    name: 'twelve switches',
    initial: [{ value: {}, context: { bits: 0 } } as At],
    enabled: () => events,
    next: (at: At, event: Flip): At => drive(machine, at, event),
    fingerprint: ({ context }: At) => String(context.bits),
  };
  const turns = Array.from({ length: 5 }, () => ({
    theirs: timed(() =>
      getShortestPaths(machine, { events, serializeState: (s) => String(s.context.bits) }),
    ),
    mine: timed(() => breadthFirst(spaceOf(model))),
  }));
  const mine = median(turns.map((turn) => turn.mine.seconds));
  const theirs = median(turns.map((turn) => turn.theirs.seconds));
  say(`one machine of ${count(2 ** BITS)} states, 12 events in each, in turns:`);
  say(
    `  ours ${mine.toFixed(2)} s, xstate/graph ${theirs.toFixed(2)} s: ${(theirs / mine).toFixed(1)} times ours`,
  );
}

const model = models[name];
if (model === undefined) throw new Error(`There is no model ${name}.`);
const { system } = reachOf(model);
if (system === null)
  throw new Error(`${name} has no components: choose a model that goes call by call.`);
say(`Seconds of processor time. Load of this machine: ${loadavg()[0]?.toFixed(1)}.`);
xstates();
const states = ours(system);
spins(name, system, states);
parts(system, states);
halves(system);
