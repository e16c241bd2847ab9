/**
 * The same story under every libvirt: does it hide <domain type='kvm'/>, and what does `virsh create` say?
 *
 * Models: the switches of libvirt 4.5.0 to 9.0.0; from 5.1.0 on they need a kernel with ambient capabilities
 */
import { versionsOfComponent } from '../host/components.ts';
import { profileNamed } from '../host/profiles.ts';
import { isUsageError } from '../host/usage.ts';
import { diagnose } from './chain/ladder.ts';
import { historyOf, type Told } from './history.ts';

export type UnderVersion = Readonly<{ version: string; lists: boolean; symptom: string }>;

/** The profile with this libvirt, and the other swaps that it takes to be judged; null if there are none. */
function profileWith(profile: string, version: string): string | null {
  for (const more of ['', ',kernel=6.18', ',kernel=6.18,qemu=7.2']) {
    const name = `${profile},libvirt=${version}${more}`;
    try {
      profileNamed(name);
    } catch (error) {
      if (isUsageError(error)) continue;
      throw error;
    }
    // 9.0.0 refuses a QEMU older than 4.2.
    if (version.startsWith('9.') && profileNamed(name).components.qemu === '2.12.0') continue;
    return name;
  }
  return null;
}

export function versionsOf(told: Told): UnderVersion[] {
  const plain = versionsOfComponent('libvirt').filter((version) => !version.includes('+'));
  return plain.flatMap((version) => {
    const profile = profileWith(told.profile, version);
    if (profile === null) return [];
    const { lists, symptom } = diagnose(historyOf({ ...told, profile }));
    return [{ version, lists: lists === true, symptom }];
  });
}
