/** Go somewhere as if a link had been followed. */
import { story, visit } from './app.ts';
import { hostPlace } from './place.ts';

export const visitLesson = (lesson: string, seed = 1): void =>
  visit({ view: 'lesson', lesson, seed });

/** The host page, for the trace that has just been opened. */
export const visitTrace = (): void => visit(hostPlace(story.value.name));
