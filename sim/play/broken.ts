/**
 * The host of a scenario at the point that the story is about: broken, and not yet repaired.
 *
 * A scenario that tries remedies is broken where it tries them; one that tells of no repair is broken where it ends.
 */
import type { Choice } from '../host/choice.ts';
import { type Host, newHost } from '../host/machine.ts';
import { profileNamed } from '../host/profiles.ts';
import { play } from './play.ts';
import type { Scenario } from './scenario.ts';

/** How much of the story has been told by then. */
const untilBroken = ({ chapters, remedies }: Scenario): Scenario['chapters'] =>
  chapters.slice(0, remedies?.after ?? chapters.length);

/** The host, and what has been done to it. */
export function brokenHost(
  name: string,
  scenario: Scenario,
  profileName: string,
): Host & Readonly<{ choices: readonly Choice[] }> {
  const { remedies: _, ...story } = scenario;
  const told = { ...story, chapters: untilBroken(scenario) };
  const { machinery } = newHost(profileNamed(profileName), scenario.setup);
  const { end, trace } = play(name, told, profileName);
  return { machinery, world: end, choices: trace().choices };
}
