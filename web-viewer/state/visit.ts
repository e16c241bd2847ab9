/** Go to a lesson, as if its link had been followed. */
import { visit } from './app.ts';

export const visitLesson = (lesson: string, seed = 1): void =>
  visit({ view: 'lesson', lesson, seed });
