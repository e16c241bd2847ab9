/**
 * From a recorded story: the history is known, so its cause is proved and the others are excluded.
 */

import { shown } from '../host/terminal.ts';
import type { World } from '../host/world.ts';
import { diagnose } from './chain/ladder.ts';
import { familyOf, type Mechanism, mechanismOf, mechanismWords } from './chain/mechanism.ts';
import { knownError } from './errorText.ts';
import { essence } from './essence.ts';
import { type Explanation, nothing, type Options, storyOf } from './explanation.ts';
import { type Families, familiesTo } from './families.ts';
import { type History, historyOf, type Moment, type Told, until } from './history.ts';
import { nearMisses } from './nearMiss.ts';
import { nodeLine } from './node.ts';
import { unitsOf } from './prevention.ts';

/** The first line typed whose output shows a known error. */
function symptomMoment({ choices, worlds }: History): Moment | null {
  const found = choices.findIndex((choice, i) => {
    if (!('run' in choice)) return false;
    const { text } = shown(worlds[i + 1] as World, choice.as.split('@')[1] ?? '');
    return knownError(text) !== null;
  });
  return found < 0 ? null : found;
}

/** The end if something is broken there; otherwise the moment at which somebody saw it. */
export function brokenPart(whole: History): History {
  if (diagnose(whole).state === 'broken') return whole;
  const moment = symptomMoment(whole);
  return moment === null ? whole : until(whole, moment);
}

/** Only where an ACL is in it: other nodes have no more to tell than who wrote them. */
function familiesOf(
  history: History,
  mechanism: Mechanism | null,
  options: Options,
): Families | null {
  if (mechanism === null || mechanism.origin === 'none') return null;
  const { profile, setup } = history;
  const node = nodeLine(history.worlds.at(-1) as World);
  const { bounds, full = false } = options;
  return familiesTo(profile, setup, (world) => nodeLine(world) === node, {
    bounds,
    races: full ? 'always' : 'if nothing else',
  });
}

export function whyTrace(told: Told, options: Options): Explanation {
  const whole = historyOf(told);
  const history = brokenPart(whole);
  const broken = diagnose(history);
  const at = broken.act === null ? history : until(history, broken.act.moment);
  const mechanism = broken.act === null ? null : mechanismOf(at, isRace(told) ? 'race' : 'atomic');
  const units = broken.state === 'broken' ? essence(at) : null;
  const families = familiesOf(at, mechanism, options);
  const own = mechanism === null ? null : familyOf(mechanism);
  const name = mechanism === null || mechanism.origin === 'none' ? null : mechanismWords(mechanism);
  const mine = families?.families.find(({ key }) => key === own);
  const target = nodeLine(at.worlds.at(-1) as World);
  return {
    ...nothing,
    kind: 'trace',
    profile: told.profile,
    subject: nodeLine(history.worlds.at(-1) as World) ?? 'no /dev/kvm',
    story: storyOf(name, history, units ?? unitsOf(at.choices)),
    families,
    verdicts: families?.families.map(({ key }) => (key === own ? 'proved' : 'excluded')) ?? [],
    near: mine?.search
      ? nearMisses(mine.search, mine.orders[0]?.events ?? [], (world) => nodeLine(world) === target)
      : [],
    repaired: history !== whole,
  };
}

const isRace = ({ choices }: Told): boolean => choices.some((choice) => 'pick' in choice);
