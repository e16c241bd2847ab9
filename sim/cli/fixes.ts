/**
 * `kvmlab fixes`: how a broken host is mended, each repair tried; or whether a package's scriptlet would prevent it.
 */
import { scenarios } from '../../scenarios/index.ts';
import { type Fixes, fixesOf, traceOf } from '../explain/fixes/fixes.ts';
import { type Patient, patientsOf } from '../explain/fixes/patient.ts';
import { uselessOf } from '../explain/fixes/reason.ts';
import { usualBounds } from '../explain/fixes/search.ts';
import { usageError } from '../host/usage.ts';
import { own } from '../kernel/own.ts';
import { prose } from '../play/columns.ts';
import { say } from '../play/words.ts';
import { causesView } from './fixesCauses.ts';
import { fixesJson } from './fixesJson.ts';
import type { FixesView } from './fixesLines.ts';
import { fixesView } from './fixesView.ts';
import { words } from './fixesWords.ts';
import { printProof } from './prove.ts';
import { languageOf, paintOf } from './terminal.ts';
import { unlikeLines } from './unlike.ts';
import { misplayed, whatIs } from './what.ts';

export type FixesOptions = Readonly<{
  profile: string;
  full?: true;
  length?: string;
  fix?: string;
  prove?: string;
  order?: string;
  json?: true;
  lang?: string;
  color: boolean;
}>;

const out = (text: string) => process.stdout.write(`${text}\n`);

function lengthOf(given: string | undefined): number {
  if (given === undefined) return usualBounds.length;
  const length = Number(given);
  if (Number.isInteger(length) && length >= 1 && length <= 4) return length;
  throw usageError(`--length takes 1 to 4 commands, not ${given}.`);
}

function fixNumber(fixes: Fixes, given: string) {
  const fix = fixes.fixes[Number(given) - 1];
  if (fix === undefined)
    throw usageError(`There is no repair ${given}: there are ${fixes.fixes.length}.`);
  return fix;
}

/** An error that several known causes print: the shortest repair for each, by single commands. */
function printEach(patients: readonly Patient[], options: FixesOptions, view: FixesView): number {
  if (options.fix !== undefined || options.prove !== undefined)
    throw usageError(
      `This error has ${patients.length} known causes: give a scenario, a trace or a getfacl text, which tell more.`,
    );
  const each = patients.map(({ history, says }) => ({
    says,
    found: fixesOf(history, { ...usualBounds, length: 1 }),
  }));
  if (options.json)
    out(JSON.stringify(each.map(({ says, found }) => ({ cause: says, ...fixesJson(found, []) }))));
  else out(causesView(each, view));
  return each.some(({ found }) => found.fixes.length > 0) ? 0 : 4;
}

/** `reported`: the host is a likeness of a real one, of which no more is known than its report tells. */
function printOne(
  patient: Patient,
  given: string,
  options: FixesOptions,
  view: FixesView,
  reported: boolean,
): number {
  const { profile } = options;
  const bounds = { ...usualBounds, length: lengthOf(options.length) };
  const found = fixesOf(patient.history, bounds);
  if (options.fix !== undefined) {
    out(JSON.stringify(traceOf(found, fixNumber(found, options.fix))));
    return 0;
  }
  const useless = uselessOf(found, found.found);
  if (options.json) out(JSON.stringify(fixesJson(found, useless)));
  else {
    const works = reported ? words.worksAsTold : words.works;
    out(fixesView(patient.says, found, useless, view, works));
    const line = `kvmlab fixes ${given}${profile === 'centos7' ? '' : ` --profile ${profile}`}`;
    if (found.fixes.length > 0)
      out(`\n${say(words.replay, view.language)} ${line} --fix N | kvmlab scenario -`);
  }
  const missed = found.fixes.length === 0 && found.works.told !== 'nothing';
  return missed && found.found.hit !== null ? 4 : 0;
}

export async function fixes(given: string, options: FixesOptions): Promise<number> {
  const { profile, full = false } = options;
  const language = languageOf(options.lang);
  const view = { language, paint: paintOf(options.color), full };
  lengthOf(options.length);
  if (options.order !== undefined && options.prove === undefined)
    throw usageError('--order belongs to --prove; the trace of a repair is printed by --fix.');
  const what = whatIs(given, profile);
  const wrong = misplayed(given, what);
  if (wrong !== null) {
    process.stderr.write(`kvmlab: ${wrong}\n`);
    return 3;
  }
  const patients = patientsOf(what, profile);
  if ('refused' in patients) throw usageError(`${given}: ${patients.refused}.`);
  const [patient] = patients;
  if (patient === undefined) throw usageError(`No known cause prints this error on ${profile}.`);
  if (patients.length > 1) return printEach(patients, options, view);
  if (options.prove !== undefined) {
    const { prove, order, json = false } = options;
    return printProof(patient, { prove, order, json, what: given }, view);
  }
  if (what.kind === 'report' && !options.json && options.fix === undefined)
    out(`${unlikeLines(what.text, patient, language).join('\n')}\n`);
  const repairs = own(scenarios, given)?.fixes;
  if (repairs !== undefined && 'none' in repairs && !options.json && options.fix === undefined)
    out(`${prose(repairs.none[language]).join('\n')}\n`);
  return printOne(patient, given, options, view, what.kind === 'report');
}
