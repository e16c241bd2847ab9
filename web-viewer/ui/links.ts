/**
 * Addresses inside the page, with the moment that is being looked at.
 */
import { place, story } from '../state/app.ts';
import { hashOf, type Panel } from '../state/place.ts';

export function panelLink(panel: Panel): string {
  const { name, profile, at } = story.value;
  const here = place.value;
  const given = here.view === 'host' ? here.profile : null;
  return hashOf({
    view: 'host',
    scenario: name,
    panel,
    at: at + 1,
    profile: given === null ? null : profile,
    edits: null,
    hash: null,
    version: null,
  });
}

export const scenarioLink = (scenario: string): string =>
  hashOf({
    view: 'host',
    scenario,
    panel: 'open',
    at: 0,
    profile: null,
    edits: null,
    hash: null,
    version: null,
  });

export const lessonLink = (lesson: string, seed = 1): string =>
  hashOf({ view: 'lesson', lesson, seed });
