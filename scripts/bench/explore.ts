/**
 * How fast the explorer searches, and in how much memory, beside spin and xstate/graph: npm run bench:explore [MODEL]
 *
 * One model, three ways: our search with nothing remembered yet (reactions are run on a real host as they are met),
 * our search again with all reactions remembered, and pan, which is given the remembered reactions as a table
 * (promela.ts). pan stores exactly the states that we store. Nothing here is asserted; figures depend on the machine.
 *
 * Seconds are of processor time, ours and theirs, so that what else runs on the machine is not measured; what people wait
 * for, the first counterexample, is told by the clock as well. All runs as it is installed: bundled (package.json).
 */
import { spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { loadavg, tmpdir } from 'node:os';
import { join } from 'node:path';
import { assign, setup } from 'xstate';
import { getShortestPaths } from 'xstate/graph';
import { models } from '../../models/index.ts';
import type { Parts } from '../../sim/explain/calls/parts.ts';
import { reachOf } from '../../sim/explain/models/reach.ts';
import { breadthFirst } from '../../sim/explore/breadth.ts';
import { spaceOf } from '../../sim/explore/objects.ts';
import type { Progress } from '../../sim/explore/report.ts';
import { searchShard } from '../../sim/explore/shard.ts';
import type { SystemSpace } from '../../sim/explore/systems.ts';
import { drive, type Standing } from '../../sim/kernel/drive.ts';
import { table } from '../../sim/play/columns.ts';
import { type Bad, promelaOf } from './promela.ts';

const name = process.argv[2] ?? 'busy-host';
const say = (text: string) => process.stdout.write(`${text}\n`);
const count = (number: number) => Math.round(number).toLocaleString('en');

function processorTime(): number {
  const { user, system } = process.cpuUsage();
  return (user + system) / 1e6;
}

function timed<Result>(run: () => Result): { result: Result; seconds: number } {
  const started = processorTime();
  const result = run();
  return { result, seconds: processorTime() - started };
}

/** Twice with all reactions known: the first time V8 still learns what is hot. */
function ours(space: SystemSpace<Parts>) {
  const progress = ({ states }: Progress) => process.stderr.write(`${count(states)} states ...\n`);
  const cold = timed(() => breadthFirst(space, { only: [], progress }));
  const warm = timed(() => breadthFirst(space, { only: [] }));
  const { states, transitions, bytes } = warm.result;
  const rate = (seconds: number) => `${seconds.toFixed(1)} s, ${count(states / seconds)} states/s`;
  say(`${name}: ${count(states)} states, ${count(transitions)} transitions, all of them`);
  say(`  with no reaction known  ${rate(cold.seconds)}`);
  say(`  with all known          ${rate(warm.seconds)}`);
  say(`  visited set             ${(bytes / states).toFixed(1)} bytes a state`);
  say('  values of each component:');
  const values = Object.entries(space.values());
  for (const line of table(values.map(([component, met]) => [component, count(met)])))
    say(`    ${line}`);
  return { states, transitions, rate: states / warm.seconds, seconds: warm.seconds };
}

/** Parts know nothing of each other's visited sets: what two workers would have to do, and so whether two pay. */
function parts(space: SystemSpace<Parts>, { states, seconds }: ReturnType<typeof ours>): void {
  const each = [1, 2].map((part) => timed(() => searchShard(space, { part, of: 2 })));
  const longest = Math.max(...each.map((one) => one.seconds));
  const seen = each.map(({ result }) => count(result.below.states)).join(' and ');
  say(`two parts, one for each core: they see ${seen} of ${count(states)} states`);
  say(
    `  the longer takes ${longest.toFixed(1)} s, the whole in one ${seconds.toFixed(1)} s: two workers ${longest < seconds ? 'pay' : 'do not pay'}`,
  );
}

const isHere = (tool: string) => spawnSync('which', [tool]).status === 0;

/** A shell tells what its children took of the processor (POSIX times). */
function run(command: string, args: readonly string[], cwd: string) {
  const started = performance.now();
  const shell = ['-c', '"$@"; code=$?; times >&3; exit $code', 'sh', command, ...args];
  const result = spawnSync('sh', shell, {
    cwd,
    encoding: 'utf8',
    maxBuffer: 1 << 28,
    stdio: ['ignore', 'pipe', 'pipe', 'pipe'],
  });
  const waited = (performance.now() - started) / 1000;
  if (result.status !== 0 && !command.endsWith('pan') && command !== 'node')
    throw new Error(`${command} did not run: ${result.stdout}${result.stderr}`);
  const children = (result.output[3] ?? '').trim().split('\n').at(-1) ?? '';
  const seconds = [...children.matchAll(/(\d+)m([\d.]+)s/g)].reduce(
    (sum, [, minutes, rest]) => sum + 60 * Number(minutes) + Number(rest),
    0,
  );
  return { text: result.stdout + result.stderr, seconds, waited };
}

const numberIn = (text: string, what: RegExp) => Number(what.exec(text)?.[1] ?? Number.NaN);

/** Of what is asked, what pan is asked too. It must be the model's first property. */
const TARGET = 'somebody has an entry who is not at the seat';

const FLAGS = ['-O2', '-w', '-DNOREDUCE', '-DSAFETY', '-DMEMLIM=16000'];

function spins(space: SystemSpace<Parts>, mine: ReturnType<typeof ours>): void {
  const missing = ['spin', 'gcc'].filter((tool) => !isHere(tool));
  if (missing.length > 0) {
    say(`spin: skipped: ${missing.join(' and ')} not installed (Debian: apt-get install spin gcc)`);
    return;
  }
  const folder = mkdtempSync(join(tmpdir(), 'kvmlab-spin-'));
  try {
    const owns = Array.from({ length: space.actors }, (_, actor) => actor);
    const { text, table } = promelaOf(space, owns, wrong(space));
    writeFileSync(join(folder, 'model.pml'), text);
    writeFileSync(join(folder, 'table.h'), table);
    run('spin', ['-a', 'model.pml'], folder);
    run('gcc', [...FLAGS, '-include', 'table.h', '-o', 'pan', 'pan.c'], folder);
    const searched = run('./pan', ['-E', '-m1000000', '-w24'], folder);
    const states = numberIn(searched.text, /^\s*(\d+) states, stored/m);
    const memory = numberIn(searched.text, /([\d.]+)\s+equivalent memory usage/);
    const rate = states / Math.max(searched.seconds, 0.01);
    say(
      `pan, of the same table: ${count(states)} states stored, ${states === mine.states ? 'as many as ours' : `NOT OURS, which are ${count(mine.states)}`}`,
    );
    say(`  spin -a, gcc -O2 -DNOREDUCE, ${searched.seconds.toFixed(1)} s, ${count(rate)} states/s`);
    say(`  ${((memory * 1048576) / states).toFixed(0)} bytes a state`);
    say(`  ours to pan's: ${(mine.rate / rate).toFixed(2)} of the states/s`);
    if (space.laws.some((law) => law.name === TARGET)) first(folder);
  } finally {
    rmSync(folder, { recursive: true });
  }
}

/** From the command to the first counterexample, compiling included. */
function first(folder: string): void {
  const theirs = [
    run('spin', ['-a', '-DFIND', 'model.pml'], folder),
    run('gcc', [...FLAGS, '-include', 'table.h', '-o', 'pan', 'pan.c'], folder),
    run('./pan', ['-E', '-m1000000'], folder),
  ];
  if (!/errors: 1/.test(theirs.at(-1)?.text ?? '')) throw new Error('pan found nothing.');
  const mine = run('node', ['scripts/kvmlab.mjs', 'explore', name, '--find', '1'], '.');
  const told = (runs: readonly ReturnType<typeof run>[]) => {
    const sum = (of: (one: ReturnType<typeof run>) => number) =>
      runs.reduce((total, one) => total + of(one), 0).toFixed(1);
    return `${sum((one) => one.seconds)} s, ${sum((one) => one.waited)} s by the clock`;
  };
  say('first counterexample, from the command on:');
  say(`  ours ${told([mine])}; spin, gcc and pan ${told(theirs)}`);
}

/** The property, judged for each value of the node with each of the seat. */
function wrong(space: SystemSpace<Parts>): Bad {
  const values = space.values();
  const names = Object.keys(values);
  const components = ['node', 'seat'].map((name) => names.indexOf(name)) as [number, number];
  const law = space.laws.find((one) => one.name === TARGET);
  const vector = Int32Array.from(space.starts[0] ?? []);
  const judged = (node: number, seat: number) => {
    vector[components[0]] = node;
    vector[components[1]] = seat;
    return law?.holds(vector) ?? false;
  };
  const rows = Array.from({ length: values['node'] ?? 0 }, (_, node) =>
    Array.from({ length: values['seat'] ?? 0 }, (_, seat) => judged(node, seat)),
  );
  return { components, rows };
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
  const theirs = timed(() =>
    getShortestPaths(machine, { events, serializeState: (s) => String(s.context.bits) }),
  );
  type At = Standing<typeof machine>;
  const model = {
    name: 'twelve switches',
    initial: [{ value: {}, context: { bits: 0 } } as At],
    enabled: () => events,
    next: (at: At, event: Flip): At => drive(machine, at, event),
    fingerprint: ({ context }: At) => String(context.bits),
  };
  const mine = timed(() => breadthFirst(spaceOf(model)));
  say(`one machine of ${count(mine.result.states)} states, 12 events in each:`);
  say(
    `  ours ${mine.seconds.toFixed(2)} s, xstate/graph ${theirs.seconds.toFixed(2)} s: ${(theirs.seconds / mine.seconds).toFixed(1)} times ours`,
  );
}

const model = models[name];
if (model === undefined) throw new Error(`There is no model ${name}.`);
const { system } = reachOf(model);
if (system === null)
  throw new Error(`${name} has no components: choose a model that goes call by call.`);
say(`Seconds of processor time. Load of this machine: ${loadavg()[0]?.toFixed(1)}.`);
const mine = ours(system);
spins(system, mine);
parts(system, mine);
xstates();
