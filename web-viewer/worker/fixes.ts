/**
 * `fixes` for the page: sim/explain's repairs as lines to type.
 */
import { fixesOf } from '../../sim/explain/fixes/fixes.ts';
import { tellings } from '../../sim/explain/fixes/goal.ts';
import { patientsOf } from '../../sim/explain/fixes/patient.ts';
import { uselessOf } from '../../sim/explain/fixes/reason.ts';
import type { Word } from '../../sim/explain/fixes/search.ts';
import { ordealNames, ordeals } from '../../sim/explain/fixes/survive.ts';
import type { Trace } from '../../sim/host/trace.ts';
import { usageError } from '../../sim/host/usage.ts';
import type { FixesAnswer } from './questions.ts';

const lines = (word: Word): string[] => word.map(({ argv }) => argv.join(' '));

export function mended(trace: Trace): FixesAnswer {
  const patients = patientsOf({ kind: 'trace', trace }, trace.profile);
  if ('refused' in patients) throw usageError(patients.refused);
  const [patient] = patients;
  if (patient === undefined) throw usageError('There is no host to mend.');
  const found = fixesOf(patient.history);
  return {
    works: found.works.told === 'nothing',
    node: found.node,
    tried: found.found.levels.reduce((sum, { typed }) => sum + typed, 0),
    fixes: found.fixes.map(({ word, told, also, guests, survives, node, lets }) => ({
      commands: lines(word),
      tell: tellings[told].map((argv) => argv.join(' ')),
      also: lines(also),
      guests,
      survives: ordealNames.map((name) => ({ ordeal: ordeals[name].says, how: survives[name] })),
      node,
      lets,
    })),
    useless: uselessOf(found, found.found).map(({ commands, says }) => ({
      commands: lines(commands),
      says,
    })),
  };
}
