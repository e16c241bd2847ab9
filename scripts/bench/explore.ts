/**
 * How fast the explorer searches, and in how much memory, beside spin and xstate/graph: npm run bench:explore [MODEL]
 *
 * One model, three ways: our search with nothing remembered yet (reactions are run on a real host as they are met),
 * our search again with all reactions remembered, and pan, which is given the remembered reactions as a table
 * (promela.ts). pan stores exactly the states that we store. Nothing here is asserted; figures depend on the machine.
 */
import { spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { assign, setup, transition } from 'xstate';
import { getShortestPaths } from 'xstate/graph';
import { models } from '../../models/index.ts';
import type { Parts } from '../../sim/explain/parts.ts';
import { reachOf } from '../../sim/explain/reach.ts';
import { breadthFirst } from '../../sim/explore/breadth.ts';
import { spaceOf } from '../../sim/explore/objects.ts';
import type { Progress } from '../../sim/explore/report.ts';
import type { SystemSpace } from '../../sim/explore/systems.ts';
import { promelaOf } from './promela.ts';

const name = process.argv[2] ?? 'two-consoles';
const say = (text: string) => process.stdout.write(`${text}\n`);
const count = (number: number) => Math.round(number).toLocaleString('en');

function timed<Result>(run: () => Result): { result: Result; seconds: number } {
  const started = performance.now();
  const result = run();
  return { result, seconds: (performance.now() - started) / 1000 };
}

function ours(space: SystemSpace<Parts>) {
  const progress = ({ states }: Progress) => process.stderr.write(`${count(states)} states ...\n`);
  const cold = timed(() => breadthFirst(space, { only: [], progress }));
  const warm = timed(() => breadthFirst(space, { only: [] }));
  const { states, transitions, bytes } = warm.result;
  say(`${name}: ${count(states)} states, ${count(transitions)} transitions`);
  say(`  values of each component: ${JSON.stringify(space.values())}`);
  say(`  visited set: ${(bytes / states).toFixed(1)} bytes a state`);
  say(
    `  with no reaction known: ${cold.seconds.toFixed(1)} s, ${count(states / cold.seconds)} states/s`,
  );
  say(
    `  with all known:         ${warm.seconds.toFixed(1)} s, ${count(states / warm.seconds)} states/s`,
  );
  return { states, transitions, rate: states / warm.seconds };
}

const spinIsHere = () => spawnSync('spin', ['-V']).status === 0;

function run(command: string, args: readonly string[], cwd: string) {
  const { result, seconds } = timed(() =>
    spawnSync(command, args, { cwd, encoding: 'utf8', maxBuffer: 1 << 28 }),
  );
  if (result.status !== 0 && !command.endsWith('pan'))
    throw new Error(`${command} did not run: ${result.stdout}${result.stderr}`);
  return { text: result.stdout + result.stderr, seconds };
}

const numberIn = (text: string, what: RegExp) => Number(what.exec(text)?.[1] ?? Number.NaN);

function spins(space: SystemSpace<Parts>, mine: ReturnType<typeof ours>): void {
  if (!spinIsHere()) {
    say('spin: skipped: spin not installed (Debian: apt-get install spin)');
    return;
  }
  const folder = mkdtempSync(join(tmpdir(), 'kvmlab-spin-'));
  try {
    const components = Object.keys(space.values());
    const owns = Array.from({ length: space.actors }, (_, actor) => actor);
    const { text, table } = promelaOf(space, owns, wrongNodes(space, components.indexOf('node')));
    writeFileSync(join(folder, 'model.pml'), text);
    writeFileSync(join(folder, 'table.h'), table);
    const made = run('spin', ['-a', 'model.pml'], folder);
    const flags = ['-O2', '-w', '-DNOREDUCE', '-DSAFETY', '-DMEMLIM=16000'];
    const compiled = run('gcc', [...flags, '-include', 'table.h', '-o', 'pan', 'pan.c'], folder);
    const searched = run('./pan', ['-E', '-m1000000', '-w24'], folder);
    const states = numberIn(searched.text, /^\s*(\d+) states, stored/m);
    const seconds = numberIn(searched.text, /elapsed time ([\d.]+) seconds/);
    const memory = numberIn(searched.text, /([\d.]+)\s+equivalent memory usage/);
    const rate = states / Math.max(seconds, 0.01);
    say(
      `spin: ${count(states)} states stored: ${states === mine.states ? 'the same as ours' : `ours are ${mine.states}`}`,
    );
    say(
      `  spin -a ${made.seconds.toFixed(1)} s, gcc ${compiled.seconds.toFixed(1)} s, pan ${seconds} s, ${count(rate)} states/s, ${((memory * 1048576) / states).toFixed(0)} bytes a state`,
    );
    say(`  ours / pan: ${(mine.rate / rate).toFixed(2)} states/s`);
    first(folder, flags);
  } finally {
    rmSync(folder, { recursive: true });
  }
}

/** From the command to the first counterexample, compiling included. */
function first(folder: string, flags: readonly string[]): void {
  const theirs = timed(() => {
    run('spin', ['-a', '-DFIND', 'model.pml'], folder);
    run('gcc', [...flags, '-include', 'table.h', '-o', 'pan', 'pan.c'], folder);
    return run('./pan', ['-E', '-m1000000'], folder);
  });
  if (!/errors: 1/.test(theirs.result.text))
    throw new Error(`pan found nothing: ${theirs.result.text}`);
  const mine = timed(() =>
    run('node', ['scripts/kvmlab.mjs', 'explore', name, '--find', '1'], '.'),
  );
  say(
    `first counterexample: ours ${mine.seconds.toFixed(1)} s, spin ${theirs.seconds.toFixed(1)} s`,
  );
}

/** The numbers of the nodes that are the incident. */
function wrongNodes(space: SystemSpace<Parts>, component: number) {
  const law = space.laws.find((one) => one.name === 'the incident is there');
  const values = [...Array(space.values()['node'] ?? 0).keys()].filter((value) => {
    const vector = Int32Array.from(space.starts[0] ?? []);
    vector[component] = value;
    return law?.holds(vector) ?? false;
  });
  return { component, values };
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
  const model = {
    name: 'twelve switches',
    initial: [machine.resolveState({ value: {}, context: { bits: 0 } })],
    enabled: () => events,
    next: (state: ReturnType<typeof machine.resolveState>, event: Flip) =>
      transition(machine, state, event)[0],
    fingerprint: (state: ReturnType<typeof machine.resolveState>) => String(state.context.bits),
  };
  const mine = timed(() => breadthFirst(spaceOf(model)));
  say(
    `one machine of ${count(mine.result.states)} states, by the same transition: ours ${mine.seconds.toFixed(2)} s,`,
  );
  say(
    `  xstate/graph ${theirs.seconds.toFixed(2)} s for ${count(theirs.result.length)} paths: ${(theirs.seconds / mine.seconds).toFixed(1)} times ours`,
  );
}

const model = models[name];
if (model === undefined) throw new Error(`There is no model ${name}.`);
const { system } = reachOf(model);
if (system === null)
  throw new Error(`${name} has no components: choose a model that goes call by call.`);
spins(system, ours(system));
xstates();
