/**
 * The host to serve: a scenario's, broken and not yet repaired; a trace's, as it leaves it; or a freshly booted one.
 */
import { scenarios } from '../../../scenarios/index.ts';
import type { Choice, Seat } from '../../host/choice.ts';
import { type Host, newHost, type Setup } from '../../host/machine.ts';
import { profileNamed } from '../../host/profiles.ts';
import { lastWorld } from '../../host/trace.ts';
import { own } from '../../kernel/own.ts';
import { brokenHost } from '../../play/broken.ts';
import { hostFor } from '../../play/play.ts';
import { noScenario } from '../meant.ts';
import { replayed, traceIn } from '../replayed.ts';

export type Start = Readonly<{
  host: Host;
  profile: string;
  setup: Setup;
  choices: readonly Choice[];
  seat: Seat;
}>;

const ROOT: Seat = 'root@pts/0';

function fromTrace(name: string): Start | string {
  const trace = traceIn(name, noScenario(name, 'scenario and no readable file'));
  const other = replayed(name, trace);
  if (other !== null) return `${name} does not play to its hash, but to ${other}.`;
  const { profile, setup, choices } = trace;
  const { machinery } = newHost(profileNamed(profile), setup);
  return { host: { machinery, world: lastWorld(trace) }, profile, setup, choices, seat: ROOT };
}

/** A sentence where a trace does not play to its hash. */
export function startOf(name: string | undefined, given: string | undefined): Start | string {
  if (name === undefined) {
    const profile = given ?? 'centos7';
    return { host: newHost(profileNamed(profile)), profile, setup: {}, choices: [], seat: ROOT };
  }
  const scenario = own(scenarios, name);
  if (scenario === undefined) return fromTrace(name);
  const profile = hostFor(name, scenario, given);
  const { choices, ...host } = brokenHost(name, scenario, profile);
  return { host, profile, setup: scenario.setup ?? {}, choices, seat: scenario.seat ?? ROOT };
}
