/**
 * A recorded story without what did not matter: the fewest of its own choices that still lead to the same node.
 *
 * Kept are first the choices in whose course something was done to the node, to /dev, to modules or accounts; then one
 * after the other is left out for as long as the host still ends the same. What remains was played, not guessed.
 */
import type { Choice } from '../host/choice.ts';
import type { World } from '../host/world.ts';
import { type History, type Moment, playedOf } from './history.ts';
import { nodeLine } from './node.ts';
import { type Unit, unitsOf } from './prevention.ts';
import { usable } from './usable.ts';

/** Choices that can have had a part in it, and who had to be logged in for them. */
function candidates(history: History): Moment[] {
  const { node, dev, modules, accounts, choices } = history;
  const acts = [...node, ...dev, ...modules, ...accounts].map(({ moment }) => moment);
  const faults = choices.flatMap((choice, i) => ('fault' in choice ? [i] : []));
  const moments = new Set([...acts, ...faults].filter((moment) => moment >= 0));
  const ttyOf = (choice: Choice | undefined) =>
    choice !== undefined && 'run' in choice ? choice.as.split('@')[1] : undefined;
  for (const moment of moments) {
    const tty = ttyOf(choices[moment]);
    const login = choices.findLastIndex((c, i) => i < moment && 'login' in c && c.on === tty);
    if (login >= 0) moments.add(login);
  }
  return [...moments].sort((a, b) => a - b);
}

const pickOnly = (choices: readonly Choice[]) => choices.some((choice) => 'pick' in choice);

/** null where even all candidates together do not lead there: then the story stands as it is. */
export function essence(history: History): readonly Unit[] | null {
  // A story told call by call cannot be shortened by whole choices.
  if (pickOnly(history.choices)) return null;
  const { profile, setup } = history;
  const end = nodeLine(history.worlds.at(-1) as World);
  const reason = usable(history);
  const leads = (units: readonly Unit[]): boolean => {
    const choices = units.flatMap((unit) => unit.choices);
    const played = playedOf({ profile, setup, choices });
    if (played === null) return false;
    return nodeLine(played.worlds.at(-1) as World) === end && usable(played) === reason;
  };
  let units = unitsOf(candidates(history).flatMap((moment) => history.choices[moment] ?? []));
  if (!leads(units)) return null;
  for (const unit of [...units].reverse()) {
    const fewer = units.filter((other) => other !== unit);
    if (leads(fewer)) units = fewer;
  }
  return units;
}
