/**
 * The host of a scenario at the point that the story is about: broken, and not yet repaired.
 *
 * That is where it tries remedies, or before its chapter `mended`. A story that tells of no repair is broken after what is
 * seen and its cause; where it has none of these chapters either, at its end.
 */
import type { Choice } from '../host/choice.ts';
import { type Host, newHost } from '../host/machine.ts';
import { profileNamed } from '../host/profiles.ts';
import type { Trace } from '../host/trace.ts';
import { type Playback, play } from './play.ts';
import type { Chapter, Scenario } from './scenario.ts';

const telling: readonly Chapter['title'][] = ['seen', 'cause'];

/** How many chapters have been told by then. */
export function chaptersUntilBroken({ chapters, remedies }: Scenario): number {
  if (remedies !== undefined) return remedies.after;
  const mended = chapters.findIndex(({ title }) => title === 'mended');
  if (mended >= 0) return mended;
  const last = chapters.findLastIndex(({ title }) => telling.includes(title));
  return last >= 0 ? last + 1 : chapters.length;
}

/** The story up to there. */
export function playUntilBroken(name: string, scenario: Scenario, profileName: string): Playback {
  const { remedies: _, ...story } = scenario;
  const chapters = scenario.chapters.slice(0, chaptersUntilBroken(scenario));
  return play(name, { ...story, chapters }, profileName);
}

/** What has been done to the host by then. */
export const brokenTrace = (name: string, scenario: Scenario, profileName: string): Trace =>
  playUntilBroken(name, scenario, profileName).trace();

/** The host, and what has been done to it. */
export function brokenHost(
  name: string,
  scenario: Scenario,
  profileName: string,
): Host & Readonly<{ choices: readonly Choice[] }> {
  const { machinery } = newHost(profileNamed(profileName), scenario.setup);
  const { end, trace } = playUntilBroken(name, scenario, profileName);
  return { machinery, world: end, choices: trace().choices };
}
