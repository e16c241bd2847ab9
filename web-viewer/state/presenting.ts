/**
 * A presentation: big type, one panel, the notes kept from the class, and a clicker that turns pages.
 */
import { signal } from '@preact/signals';
import { branch, goTo, place, story } from './app.ts';

export const presenting = signal(false);
/** Ask what comes next before it is shown: each step takes two clicks. */
export const askFirst = signal(false);
/** The class has been asked, and the answer is still hidden. */
export const asking = signal(false);

function turnStep(by: 1 | -1): void {
  const { at } = story.value;
  const hasNext = at < branch.value.items.length - 1;
  if (by === 1 && askFirst.value && !asking.value && hasNext) {
    asking.value = true;
    return;
  }
  asking.value = false;
  goTo(at + by);
}

/** In a lesson a page is an exercise. */
function turnExercise(by: 1 | -1): void {
  const stops = [...document.querySelectorAll('.lesson > header, .exercise, .score')];
  const here = stops.findLastIndex((stop) => stop.getBoundingClientRect().top < 8);
  stops[Math.max(0, Math.min(stops.length - 1, here + by))]?.scrollIntoView();
}

/** A clicker sends these two keys; without a presentation they scroll, as everywhere. */
export function onClicker(event: KeyboardEvent): void {
  const by = event.key === 'PageDown' ? 1 : event.key === 'PageUp' ? -1 : null;
  const { view } = place.value;
  if (!presenting.value || by === null || (view !== 'host' && view !== 'lesson')) return;
  event.preventDefault();
  if (view === 'host') turnStep(by);
  else turnExercise(by);
}
