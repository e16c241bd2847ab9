/**
 * The explorer beside spin: what has been learnt of a model is given to pan as a table in C, and to our search as the same
 * table in a file. Both are whole processes, run in turns, and the medians are compared.
 */
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { serialize } from 'node:v8';
import type { SystemSpace } from '../../sim/explore/systems.ts';
import { count, median, mustRun, type Ran, run, say } from './measure.ts';
import { type Bad, promelaOf } from './promela.ts';
import { tablesOf } from './tables.ts';

/** Of what is asked, what pan is asked too. It must be the model's first property. */
const TARGET = 'somebody has an entry who is not at the seat';

const FLAGS = ['-O2', '-w', '-DNOREDUCE', '-DSAFETY', '-DMEMLIM=16000'];

const TURNS = 5;

const isHere = (tool: string) => run('which', [tool], '.').code === 0;

const numberIn = (text: string, what: RegExp) => Number(what.exec(text)?.[1] ?? Number.NaN);

export function spins<State>(name: string, space: SystemSpace<State>, states: number): void {
  const missing = ['spin', 'gcc'].filter((tool) => !isHere(tool));
  if (missing.length > 0) {
    say(`spin: skipped: ${missing.join(' and ')} not installed (Debian: apt-get install spin gcc)`);
    return;
  }
  const folder = mkdtempSync(join(tmpdir(), 'kvmlab-spin-'));
  try {
    const tables = tablesOf(space);
    const { text, table } = promelaOf(tables, wrong(space));
    writeFileSync(join(folder, 'tables'), serialize(tables));
    writeFileSync(join(folder, 'model.pml'), text);
    writeFileSync(join(folder, 'table.h'), table);
    compile(folder);
    sideBySide(folder, states);
    if (space.laws.some((law) => law.name === TARGET)) first(folder, name);
  } finally {
    rmSync(folder, { recursive: true });
  }
}

const compile = (folder: string, ...options: readonly string[]): readonly Ran[] => [
  mustRun('spin', ['-a', ...options, 'model.pml'], folder),
  mustRun('gcc', [...FLAGS, '-include', 'table.h', '-o', 'pan', 'pan.c'], folder),
];

/** Bundled beside what runs here (package.json). */
const SEARCH = join(dirname(process.argv[1] ?? ''), 'search.cjs');

function sideBySide(folder: string, states: number): void {
  const turns = Array.from({ length: TURNS }, () => ({
    mine: mustRun('node', [SEARCH, 'tables'], folder),
    theirs: run('./pan', ['-E', '-m1000000', '-w24'], folder),
  }));
  const rates = (who: 'mine' | 'theirs') =>
    turns.map((turn) => numberIn(turn[who].text, /^\s*(\d+) states, stored/m) / turn[who].seconds);
  const [mine, theirs] = [rates('mine'), rates('theirs')];
  const stored = turns.flatMap(({ mine, theirs }) =>
    [mine, theirs].map(({ text }) => numberIn(text, /^\s*(\d+) states, stored/m)),
  );
  const same = stored.every((one) => one === states);
  const pan = turns[0]?.theirs.text ?? '';
  const memory = numberIn(pan, /([\d.]+)\s+equivalent memory usage/) * 1048576;
  const each = (some: readonly number[]) => some.map(count).join(', ');
  say(`the same table, ours and pan's in turns, whole processes, states/s:`);
  say(`  ours          ${each(mine)}`);
  say(`  pan -DNOREDUCE ${each(theirs)}`);
  say(`  states stored: ${same ? 'as many by each' : `NOT THE SAME: ${stored.join(', ')}`}`);
  say(`  pan takes ${(memory / states).toFixed(0)} bytes a state`);
  const ratios = mine.map((rate, turn) => rate / (theirs[turn] ?? Number.NaN));
  const two = (ratio: number) => ratio.toFixed(2);
  say(`  ours to pan's: ${two(median(ratios))} (${ratios.map(two).join(', ')})`);
}

/** From the command to the first counterexample, compiling included. */
function first(folder: string, name: string): void {
  const theirs = [...compile(folder, '-DFIND'), run('./pan', ['-E', '-m1000000'], folder)];
  if (!/errors: 1/.test(theirs.at(-1)?.text ?? '')) throw new Error('pan found nothing.');
  const mine = [mustRun('node', ['scripts/kvmlab.mjs', 'explore', name, '--find', '1'], '.')];
  const told = (runs: readonly Ran[]) => {
    const sum = (of: (one: Ran) => number) =>
      runs.reduce((total, one) => total + of(one), 0).toFixed(1);
    return `${sum((one) => one.seconds)} s, ${sum((one) => one.waited)} s by the clock`;
  };
  say('first counterexample, from the command on:');
  say(`  ours ${told(mine)}; spin, gcc and pan ${told(theirs)}`);
}

/** The property, judged for each value of the node with each of the seat. */
function wrong<State>(space: SystemSpace<State>): Bad {
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
