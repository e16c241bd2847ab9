/**
 * Addresses inside the page, with the moment that is being looked at.
 */
import { place, story } from '../state/app.ts';
import { hashOf, hostPlace, type Panel } from '../state/place.ts';

export function panelLink(panel: Panel): string {
  const { name, profile, at } = story.value;
  const here = place.value;
  const given = here.view === 'host' ? here.profile : null;
  return hashOf({
    ...hostPlace(name),
    panel,
    at: at + 1,
    profile: given === null ? null : profile,
  });
}

export const scenarioLink = (scenario: string): string => hashOf(hostPlace(scenario));

export const lessonLink = (lesson: string, seed = 1): string =>
  hashOf({ view: 'lesson', lesson, seed });
