/**
 * WHAT, as every verb takes it: a scenario's name, a file, or `-` for standard input.
 */
import { scenarios } from '../../scenarios/index.ts';
import { readable, recognise, type What } from '../explain/what.ts';
import { usageError } from '../host/usage.ts';
import { own } from '../kernel/own.ts';
import { brokenTrace } from '../play/broken.ts';
import { hostFor } from '../play/play.ts';
import { readInput } from './input.ts';
import { noScenario } from './meant.ts';
import { replayed } from './replayed.ts';

/** The host that is asked for; else the one that the scenario is told on; else CentOS 7. */
export function profileFor(given: string, profile?: string): string {
  const scenario = own(scenarios, given);
  return scenario === undefined ? (profile ?? 'centos7') : hostFor(given, scenario, profile);
}

/** A scenario is its trace up to where its host is broken and not yet repaired. Throws a usage error for a text that is no evidence. */
export function whatIs(given: string, profile: string): What {
  const scenario = own(scenarios, given);
  if (scenario !== undefined)
    return { kind: 'trace', trace: brokenTrace(given, scenario, profile) };
  const text = readInput(given, noScenario(given, 'scenario and no readable file'));
  const what = recognise(text);
  if (what !== null) return what;
  throw usageError(`${given} holds nothing that can be explained: give ${readable}.`);
}

/** What is wrong with a trace that does not play to its hash, as a sentence; the exit code is 3 then. */
export function misplayed(given: string, what: What): string | null {
  const other = what.kind === 'trace' ? replayed(given, what.trace) : null;
  return other === null ? null : `${given} does not play to its hash, but to ${other}.`;
}
