/**
 * A host made to order: a profile, what is changed about it, and the world in which it has just booted.
 */
import { changedHardware, type HardwareChange } from '../kernel/hardware.ts';
import { memo, memoOf } from '../kernel/memo.ts';
import { powerOn, rebooted } from './boot.ts';
import type { DiskFile } from './disk.ts';
import type { Profile } from './profile.ts';
import { programs } from './programs.ts';
import type { Machinery, Watch } from './route.ts';
import { settle } from './schedule.ts';
import { step } from './step.ts';
import type { World } from './world.ts';

/** What differs from the profile before the host is first switched on. */
export type Setup = Readonly<{
  hardware?: HardwareChange;
  /** Files added to the disk, or replacing those of the profile. */
  files?: readonly DiskFile[];
  /** Services that boot starts, or no longer starts, beside the profile's. */
  enable?: readonly string[];
  disable?: readonly string[];
  /** Packages that were installed in an earlier life of the host; it has been rebooted since. */
  packages?: readonly string[];
}>;

const WANTS = '/etc/systemd/system/multi-user.target.wants';

export function withSetup(profile: Profile, setup: Setup): Profile {
  const wanted = (name: string) => `${WANTS}/${name}.service`;
  const off = new Set((setup.disable ?? []).map(wanted));
  const on = (setup.enable ?? []).map((name) => ({
    path: wanted(name),
    target: `/usr/lib/systemd/system/${name}.service`,
  }));
  return {
    ...profile,
    hardware: changedHardware(profile.hardware, setup.hardware ?? {}),
    disk: [...profile.disk.filter((file) => !off.has(file.path)), ...on, ...(setup.files ?? [])],
  };
}

export type Host = Readonly<{ machinery: Machinery; world: World }>;

/** Install packages over ssh and reboot, as the earlier owner of the host did. */
function installed(machinery: Machinery, fresh: World, packages: readonly string[]): World {
  const root = 'root@pts/9';
  const inside = step(machinery, fresh, { login: 'root', on: 'pts/9' });
  const done = step(machinery, inside, { run: ['yum', '-y', 'install', ...packages], as: root });
  return settle(machinery, step(machinery, done, { run: ['reboot'], as: root }));
}

/** Power on, and install what the setup names; what the profile already has is not installed again. */
function switchedOn(profile: Profile, setup: Setup, watch?: Watch): Host {
  const ordered = withSetup(profile, setup);
  const machinery: Machinery = {
    programs,
    reboot: (world) => rebooted(machinery, ordered, world),
    ...(watch ? { watch } : {}),
  };
  const fresh = powerOn(machinery, ordered);
  const { includes = [] } = profile;
  const packages = (setup.packages ?? []).filter((name) => !includes.includes(name));
  return { machinery, world: packages.length > 0 ? installed(machinery, fresh, packages) : fresh };
}

/** Booted hosts that nobody watches, by profile and setup: a world never changes, so those who ask alike share it. */
const MOST_SETUPS = 64;
const shelf = memoOf((profile: Profile) =>
  memo((setup) => switchedOn(profile, JSON.parse(setup) as Setup), MOST_SETUPS),
);

/** Switch on a host. `watch` sees every system call from then on. */
export const newHost = (profile: Profile, setup: Setup = {}, watch?: Watch): Host =>
  watch === undefined ? shelf(profile)(JSON.stringify(setup)) : switchedOn(profile, setup, watch);
