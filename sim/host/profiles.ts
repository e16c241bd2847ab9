/**
 * The profiles by name. `--profile centos7,libvirt=4.5.0` names one and swaps a component.
 */
import type { Profile } from './profile.ts';
import { centos7 } from './profiles/centos7.ts';
import { usageError } from './usage.ts';

export const profiles: Readonly<Record<string, Profile>> = { centos7 };

/** Throws a usage error: a sentence for people. */
export function profileNamed(given: string): Profile {
  const [name = '', ...swaps] = given.split(',');
  const profile = profiles[name];
  if (profile === undefined) {
    throw usageError(
      `There is no profile ${name}. There are: ${Object.keys(profiles).join(', ')}.`,
    );
  }
  if (swaps.length > 0) {
    throw usageError(
      `Components cannot be swapped yet (${swaps.join(', ')}): this version has the profiles as they are.`,
    );
  }
  return profile;
}
