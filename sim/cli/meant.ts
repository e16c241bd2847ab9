/**
 * What somebody may have meant who gave a name that nothing has.
 */
import { distance } from 'fastest-levenshtein';
import { scenarios } from '../../scenarios/index.ts';

const MOST = 3;

/** The names that are nearly this one, nearest first; or else those that it is a piece of. */
export function near(given: string, names: readonly string[]): readonly string[] {
  const wanted = given.toLowerCase();
  const far = names
    .map((name) => ({ name, steps: distance(wanted, name.toLowerCase()) }))
    .filter(({ steps }) => steps <= Math.max(1, wanted.length / 4))
    .sort((a, b) => a.steps - b.steps);
  const close = far.length > 0 ? far.map(({ name }) => name) : pieces(wanted, names);
  return close.slice(0, MOST);
}

const pieces = (wanted: string, names: readonly string[]) =>
  wanted.length < MOST ? [] : names.filter((name) => name.toLowerCase().includes(wanted));

/** ` Did you mean a, b or c?`, to stand behind a sentence; nothing, if nothing is near. */
export function didYouMean(given: string, names: readonly string[]): string {
  const close = near(given, names);
  if (close.length === 0) return '';
  const last = close.at(-1);
  const others = close.slice(0, -1);
  return ` Did you mean ${others.length > 0 ? `${others.join(', ')} or ` : ''}${last}?`;
}

/** The sentence for every verb that takes a scenario: `kind` says what else would have done. */
export const noScenario = (given: string, kind = 'scenario'): string =>
  `There is no ${kind} called ${given}.${didYouMean(given, Object.keys(scenarios))} \`kvmlab scenario\` lists the scenarios.`;
