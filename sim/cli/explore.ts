/**
 * `kvmlab explore`: every order of a model, its verdicts, and a witness for each that replays.
 */
import { models } from '../../models/index.ts';
import { failingText } from '../explain/calls/failing.ts';
import { lineText } from '../explain/calls/persons.ts';
import { type HostModel, isFine } from '../explain/models/model.ts';
import { type Reach, reachOf } from '../explain/models/reach.ts';
import { breadthFirst } from '../explore/breadth.ts';
import { depthFirst } from '../explore/depth.ts';
import { reductionOf } from '../explore/reduce.ts';
import type { Progress, Report, SearchOptions, Witness } from '../explore/report.ts';
import { joinReports, type Shard, type ShardReport, searchShard } from '../explore/shard.ts';
import { profileNamed, profileText } from '../host/profiles.ts';
import type { Trace } from '../host/trace.ts';
import { usageError } from '../host/usage.ts';
import { own } from '../kernel/own.ts';
import { prose, table } from '../play/columns.ts';
import { readInput } from './input.ts';

export type ExploreOptions = Readonly<{
  json?: true;
  states?: string;
  depth?: string;
  shard?: string;
  merge?: readonly string[];
  trace?: string;
  find?: string;
  reduce?: true;
}>;

const out = (text: string) => process.stdout.write(`${text}\n`);
const note = (text: string) => process.stderr.write(`${text}\n`);

function list(): number {
  for (const line of table(
    Object.entries(models).map(([name, { title, grain, large }]) => [
      name,
      title,
      `${grain === 'coarse' ? 'event by event' : 'call by call'}${large ? ', takes a minute' : ''}`,
    ]),
  ))
    out(line);
  return 0;
}

function modelNamed(name: string): HostModel {
  const model = own(models, name);
  if (model !== undefined) return model;
  throw usageError(`There is no model ${name}. There are: ${Object.keys(models).join(', ')}.`);
}

/** A whole number from 1 on, as people type it. */
function whole(option: string, given: string | undefined): number | undefined {
  if (given === undefined) return undefined;
  const number = Number(given.replaceAll('_', ''));
  if (Number.isInteger(number) && number > 0) return number;
  throw usageError(`--${option} takes a whole number from 1 on, not ${given}.`);
}

function shardOf(given: string): Shard {
  const [, part, of] = /^(\d+)\/(\d+)$/.exec(given) ?? [];
  const shard = { part: Number(part), of: Number(of) };
  if (shard.part >= 1 && shard.part <= shard.of) return shard;
  throw usageError(`--shard takes a part and how many there are, as in 2/8, not ${given}.`);
}

function boundsOf(given: ExploreOptions) {
  const states = whole('states', given.states);
  const depth = whole('depth', given.depth);
  return {
    ...(states === undefined ? {} : { states }),
    ...(depth === undefined ? {} : { depth }),
  };
}

const progress = ({ states, transitions, depth }: Progress) =>
  note(`${states} states, ${transitions} transitions, depth ${depth} ...`);

const boundsText = ({ states, depth }: Report['bounds']): string => {
  const named = [
    ...(states === undefined ? [] : [`${states} states`]),
    ...(depth === undefined ? [] : [`depth ${depth}`]),
  ];
  return `Bounds: ${named.join(', ') || 'none'}.`;
};

/** What a search of it means: who acts, what may happen, and what cannot be interrupted. */
function describe(model: HostModel): string[] {
  const about = isFine(model)
    ? [
        ...Object.entries(model.persons).map(
          ([who, { terminal, lines }]) =>
            `${who} on ${terminal}: ${lines.map(lineText).join('; ')}`,
        ),
        model.seconds
          ? 'and the daemons of the host; the next second may begin.'
          : 'and the daemons of the host.',
        ...(model.failing === undefined
          ? []
          : [
              `May fail, at most ${model.failing.atMost === 1 ? 'once' : `${model.failing.atMost} times`}: ${failingText(model.failing)}.`,
            ]),
        `Call by call: anybody may act between two system calls that touch ${model.grain.join(', ')}.`,
      ]
    : [
        `Events: ${[...model.events, ...(model.logins ?? []).map((user) => `${user} login`)].join('; ')}.`,
        'Event by event: each runs to its end before the next.',
      ];
  return [model.asks, profileText(profileNamed(model.profile)), ...about].flatMap((text) =>
    prose(text),
  );
}

const INDENT = '      ';

/** `who: what` in a row, with who is named once for as long as the steps are theirs. */
export function inTurns(steps: readonly string[]): string[] {
  const turns: { who: string; what: string[] }[] = [];
  for (const step of steps) {
    const cut = step.lastIndexOf(': ');
    const [who, what] = cut < 0 ? ['', step] : [step.slice(0, cut), step.slice(cut + 2)];
    const last = turns.at(-1);
    if (last?.who === who) last.what.push(what);
    else turns.push({ who, what: [what] });
  }
  return turns.map(({ who, what }) =>
    who === '' ? what.join(', ') : `${who}: ${what.join(', ')}`,
  );
}

function showWitness({ steps }: Witness, replay: string): void {
  const lines = steps.length === 0 ? ['at the very beginning'] : inTurns(steps);
  for (const line of [...lines, `replay: ${replay} | kvmlab scenario -`]) {
    for (const part of prose(line, 80 - INDENT.length)) out(`${INDENT}${part}`);
  }
}

function showValues(reach: Reach): void {
  if (reach.system === null) return;
  const values = Object.entries(reach.system.values()).filter(([, count]) => count > 1);
  out('');
  out('Values met of each component; the others have one:');
  const cells = values.map(([component, count]) => [component, String(count)]);
  const rows = Array.from({ length: Math.ceil(cells.length / 3) }, (_, row) =>
    cells.slice(3 * row, 3 * row + 3).flat(),
  );
  for (const line of table(rows)) out(`  ${line}`);
}

/** A small set is mostly room for more: what a state takes, only many of them tell. */
function memoryText({ bytes, states }: Report): string {
  const whole = `visited set ${Math.ceil(bytes / 1024)} KiB`;
  return states < 10_000 ? whole : `${whole}, ${(bytes / states).toFixed(1)} bytes a state`;
}

function show(replay: string, model: HostModel, report: Report, seconds: number): void {
  for (const line of describe(model)) out(line);
  out(boundsText(report.bounds));
  out('');
  const most = report.atMost ? 'at most ' : '';
  const whole = report.stopped ? 'as many as it took' : 'all of them';
  const seen =
    report.hit.length === 0 ? whole : `stopped at the bound on ${report.hit.join(' and ')}`;
  out(
    `${most}${report.states} states, ${report.transitions} transitions, depth ${report.depth}: ${seen}`,
  );
  out(
    `${report.ends} ends; ${seconds.toFixed(2)} s; ${memoryText(report)}${report.reduced ? '; orders that cannot matter left out' : ''}`,
  );
  out('');
  for (const [i, verdict] of report.properties.entries()) {
    out(`  ${verdict.verdict} ${verdict.kind} ${verdict.property}`);
    if (verdict.witness) showWitness(verdict.witness, `${replay} --trace ${i + 1}`);
  }
}

/** 1 when a property of the model fails; else 4 when a bound was reached. */
function exitCode({ properties, hit }: Report): number {
  if (properties.some(({ verdict }) => verdict === 'fails')) return 1;
  return hit.length > 0 ? 4 : 0;
}

/** Everything that a result depends on, as data. */
const describeData = (name: string, { model, system }: Reach) => ({
  name,
  grain: model.grain,
  profile: model.profile,
  versions: profileText(profileNamed(model.profile)),
  ...(isFine(model)
    ? { persons: model.persons, failing: model.failing ?? null }
    : { events: model.events, logins: model.logins ?? [] }),
  ...(system === null ? {} : { values: system.values() }),
});

function traceNumber(reach: Reach, report: Report, given: string): Trace {
  const verdict = report.properties[Number(given) - 1];
  if (verdict === undefined) {
    throw usageError(`There is no property ${given}: there are ${report.properties.length}.`);
  }
  if (verdict.witness === null) {
    throw usageError(
      `Nothing shows "${verdict.property}": it ${verdict.verdict}, and has no witness.`,
    );
  }
  return reach.traceOf(verdict.witness);
}

function partIn(line: string): ShardReport {
  try {
    const part = JSON.parse(line) as Partial<ShardReport> | null;
    if (part?.shard !== undefined && part.below !== undefined) return part as ShardReport;
  } catch {}
  throw usageError('--merge takes the lines that `kvmlab explore MODEL --shard I/N` has printed.');
}

/** The parts in these files, joined. What is wrong with them is the user's to mend. */
function merged(files: readonly string[]): Report {
  const lines = files.flatMap((file) =>
    readInput(file, `There is no readable file called ${file}.`).split('\n').filter(Boolean),
  );
  const parts = lines.map(partIn);
  if (parts.length === 0) throw usageError(`${files.join(', ')}: no part is in there.`);
  try {
    return joinReports(parts);
  } catch (error) {
    throw usageError(error instanceof Error ? error.message : String(error));
  }
}

/** Depth first, and only until one property is decided: some witness, soon. */
function find(reach: Reach, given: string, options: SearchOptions): Report {
  const law = reach.space.laws[Number(given) - 1];
  if (law === undefined) {
    throw usageError(`There is no property ${given}: there are ${reach.space.laws.length}.`);
  }
  return depthFirst(reach.space, { ...options, only: [law.name], until: 'decided' });
}

function search(reach: Reach, given: ExploreOptions): Report {
  const options = { bounds: boundsOf(given), progress };
  if (given.find !== undefined) return find(reach, given.find, options);
  if (!given.reduce) return breadthFirst(reach.space, options);
  if (reach.system === null) throw usageError('--reduce is for models that go call by call.');
  return breadthFirst(reach.space, options, reductionOf(reach.system));
}

export async function explore(name: string | undefined, given: ExploreOptions): Promise<number> {
  if (name === undefined && given.merge) {
    throw usageError(
      '--merge needs the name of the model, before it: explore MODEL --merge FILES.',
    );
  }
  if (name === undefined) return list();
  const model = modelNamed(name);
  const started = performance.now();
  if (given.merge) {
    const report = merged(given.merge);
    if (given.json) out(JSON.stringify({ ...report, name }));
    else show(`kvmlab explore ${name}`, model, report, (performance.now() - started) / 1000);
    return exitCode(report);
  }
  const reach = reachOf(model);
  if (given.shard !== undefined) {
    const bounds = boundsOf(given);
    const part = searchShard(reach.space, shardOf(given.shard), { bounds, progress });
    out(JSON.stringify(part));
    return part.below.hit.length > 0 ? 4 : 0;
  }
  const report = search(reach, given);
  const seconds = (performance.now() - started) / 1000;
  if (given.trace !== undefined) out(JSON.stringify(traceNumber(reach, report, given.trace)));
  else if (given.json) out(JSON.stringify({ ...report, ...describeData(name, reach), seconds }));
  else {
    const found = given.find === undefined ? '' : ` --find ${given.find}`;
    show(`kvmlab explore ${name}${found}`, model, report, seconds);
    showValues(reach);
  }
  return exitCode(report);
}
