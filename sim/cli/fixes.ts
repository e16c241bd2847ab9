/**
 * `kvmlab fixes`: how a broken host is mended, each repair tried; or whether a package's scriptlet would prevent it.
 */
import { type Fixes, fixesOf, traceOf } from '../explain/fixes.ts';
import { patientsOf } from '../explain/fixesOn.ts';
import { uselessOf } from '../explain/fixesReason.ts';
import { usualBounds } from '../explain/fixesSearch.ts';
import { usageError } from '../host/usage.ts';
import { say } from '../play/words.ts';
import { fixesJson } from './fixesJson.ts';
import { fixesView } from './fixesView.ts';
import { words } from './fixesWords.ts';
import { printProof } from './prove.ts';
import { languageOf, paintOf } from './terminal.ts';
import { whatIs } from './what.ts';

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

export async function fixes(given: string, options: FixesOptions): Promise<number> {
  const { profile, full = false } = options;
  const language = languageOf(options.lang);
  const view = { language, paint: paintOf(options.color), full };
  const bounds = { ...usualBounds, length: lengthOf(options.length) };
  const patients = patientsOf(whatIs(given, profile), profile);
  if ('refused' in patients) throw usageError(`${given}: ${patients.refused}.`);
  const [patient] = patients;
  if (patient === undefined) throw usageError(`No known cause prints this error on ${profile}.`);
  if (options.prove !== undefined) {
    const { prove, order, json = false } = options;
    return printProof(patient, { prove, order, json, what: given }, view);
  }
  const found = fixesOf(patient.history, bounds);
  if (options.fix !== undefined) {
    out(JSON.stringify(traceOf(found, fixNumber(found, options.fix))));
    return 0;
  }
  const useless = uselessOf(found, found.found);
  if (options.json) out(JSON.stringify(fixesJson(found, useless)));
  else {
    out(fixesView(patient.says, found, useless, view));
    const line = `kvmlab fixes ${given}${profile === 'centos7' ? '' : ` --profile ${profile}`}`;
    out(`\n${say(words.replay, language)} ${line} --fix N | kvmlab scenario -`);
  }
  return found.fixes.length === 0 && found.works.told !== 'nothing' && found.found.hit !== null
    ? 4
    : 0;
}
