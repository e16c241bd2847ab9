/**
 * `kvmlab scenario`: list, play, print as data, replay a trace.
 */
import { existsSync } from 'node:fs';
import { scenarios } from '../../scenarios/index.ts';
import type { Trace } from '../host/trace.ts';
import { usageError } from '../host/usage.ts';
import { own } from '../kernel/own.ts';
import { list, search } from '../play/list.ts';
import { play } from '../play/play.ts';
import { stepCount } from '../play/scenario.ts';
import { broken, view } from '../play/view.ts';
import { type Language, say, words } from '../play/words.ts';
import { readInput } from './input.ts';
import { noScenario } from './meant.ts';
import { replayed } from './replayed.ts';
import { languageOf, paintOf } from './terminal.ts';
import { versions } from './versions.ts';

export type ScenarioOptions = Readonly<{
  profile?: string;
  full?: string | true;
  json?: true;
  versions?: string | true;
  markdown?: true;
  lang?: string;
  color: boolean;
}>;

const out = (text: string) => process.stdout.write(`${text}\n`);

/** The list, or the part of it that shows a message; null where nothing does. */
function catalogue(text: string | undefined, language: Language, json: boolean): number | null {
  const wanted = text === undefined ? scenarios : search(scenarios, text);
  if (Object.keys(wanted).length === 0) return null;
  if (json) {
    const rows = Object.entries(wanted).map(([name, { symptom, kind, title }]) => ({
      name,
      symptom,
      kind,
      title: title[language],
    }));
    out(JSON.stringify(rows));
    return 0;
  }
  for (const line of list(wanted, language)) out(line);
  out(say(words.playOne, language));
  out(say(words.whichIsYours, language));
  return 0;
}

function traceIn(path: string): Trace {
  // Names have no blanks in them: what has was meant as a message.
  const text = readInput(
    path,
    path.trim().includes(' ')
      ? `No scenario shows "${path}". A shorter piece of the message, without names and numbers of your own, may be found.`
      : noScenario(path, 'scenario and no readable file'),
  );
  try {
    const trace = JSON.parse(text) as Trace;
    if (trace.v === 1 && Array.isArray(trace.choices)) return trace;
  } catch {}
  throw usageError(
    `${path} holds no trace: expected the JSON that \`kvmlab scenario NAME --json\` prints (v: 1).`,
  );
}

function replay(path: string): number {
  const trace = traceIn(path);
  const other = replayed(path, trace);
  if (other === null) {
    out(`replayed ${trace.choices.length} choices on ${trace.profile}: ${trace.hash}`);
    return 0;
  }
  process.stderr.write(
    `kvmlab: the trace says ${trace.hash} but plays to ${other} (written by kvmlab ${trace.kvmlab}).\n`,
  );
  return 3;
}

function fullOf(given: string | true | undefined): boolean | number {
  if (given === undefined || given === true) return given === true;
  const step = Number(given);
  if (Number.isInteger(step) && step > 0) return step;
  throw usageError(`--full takes the number of a step, not ${given}.`);
}

export async function scenario(
  name: string | undefined,
  options: ScenarioOptions,
): Promise<number> {
  const language = languageOf(options.lang);
  const full = fullOf(options.full);
  if (options.versions !== undefined) {
    return versions(name, { ...options, versions: options.versions }, language);
  }
  if (options.markdown) throw usageError('--markdown belongs to --versions.');
  const json = options.json ?? false;
  if (name === undefined && full !== false)
    throw usageError('--full needs the name of a scenario.');
  if (name === undefined) return catalogue(undefined, language, json) ?? 1;
  const known = own(scenarios, name);
  if (known === undefined) {
    const shown = existsSync(name) || name === '-' ? null : catalogue(name, language, json);
    return shown ?? replay(name);
  }
  const steps = stepCount(known);
  if (typeof full === 'number' && full > steps) {
    throw usageError(`${name} has ${steps} steps, so there is no step ${full}.`);
  }
  const playback = play(name, known, options.profile);
  const wrong = broken(playback);
  if (json) out(JSON.stringify(playback.trace()));
  else {
    out(view(playback, { language, paint: paintOf(options.color), full }));
    const on = options.profile === undefined ? '' : ` -- --profile ${options.profile}`;
    out(`${say(words.replay, language)} npm run scenario ${name}${on}`);
  }
  for (const line of wrong)
    process.stderr.write(`kvmlab: ${say(words.notAsTold, language)}: ${line}\n`);
  return wrong.length === 0 ? 0 : 1;
}
