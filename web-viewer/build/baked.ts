/**
 * The first screen, worked out by the simulator when the viewer is built, so that it stands before the simulator has arrived.
 */
import { models } from '../../models/index.ts';
import { scenarios } from '../../scenarios/index.ts';
import { profileNamed, profileText } from '../../sim/host/profiles.ts';
import type { BakedItem } from '../model/item.ts';
import { record } from '../model/record.ts';
import { FIRST, FIRST_PROFILE } from '../state/first.ts';

export function bakedItems(): BakedItem[] {
  const scenario = scenarios[FIRST];
  if (scenario === undefined) throw new Error(`there is no scenario ${FIRST}`);
  return record(scenario, FIRST_PROFILE).map(({ frame, ...rest }) => ({ ...rest, frame: frame() }));
}

/** What the list of scenarios says of each. */
export const bakedScenarios = () =>
  Object.entries(scenarios).map(([name, { title, symptom, profiles }]) => ({
    name,
    title,
    symptom,
    profiles,
    hosts: profiles.map((profile) => profileText(profileNamed(profile))),
  }));

/** The models that a reader can wait for; the large ones are the command line's. */
export const bakedModels = () =>
  Object.entries(models).flatMap(([name, { title, asks, large }]) =>
    large ? [] : [{ name, title, asks }],
  );
