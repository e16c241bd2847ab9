/**
 * The profiles by name. `--profile centos7,libvirt=4.5.0` names one and swaps a component.
 */
import type { Profile } from '../profile.ts';
import { centos7 } from './centos7.ts';

export const profiles: Readonly<Record<string, Profile>> = { centos7 };

export class UnknownProfile extends Error {}

/** Throws UnknownProfile with a sentence for people. */
export function profileNamed(given: string): Profile {
  const [name = '', ...swaps] = given.split(',');
  const profile = profiles[name];
  if (profile === undefined) {
    throw new UnknownProfile(
      `There is no profile ${name}. There are: ${Object.keys(profiles).join(', ')}.`,
    );
  }
  if (swaps.length > 0) {
    throw new UnknownProfile(
      `Components cannot be swapped yet (${swaps.join(', ')}): this version has the profiles as they are.`,
    );
  }
  return profile;
}
