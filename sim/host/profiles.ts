/**
 * The profiles by name. `--profile centos7,libvirt=4.5.0` names one and swaps a component.
 */
import { memo } from '../kernel/memo.ts';
import { own } from '../kernel/own.ts';
import {
  type Components,
  checkedVersion,
  componentText,
  isComponent,
  moduleFiles,
  refuseUnjudged,
  ruleFiles,
  switchFiles,
} from './components.ts';
import type { Profile } from './profile.ts';
import { centos7 } from './profiles/centos7.ts';
import { debian12 } from './profiles/debian12.ts';
import { recorded500 } from './profiles/recorded500.ts';
import { recorded900 } from './profiles/recorded900.ts';
import { usageError } from './usage.ts';

export const profiles: Readonly<Record<string, Profile>> = {
  centos7,
  debian12,
  recorded500,
  recorded900,
};

/** `libvirt=4.5.0` laid over a profile's components. */
function swapped(components: Components, swap: string): Components {
  const [component = '', version = ''] = swap.split('=');
  if (!isComponent(component)) {
    const list = Object.keys(components).join(', ');
    throw usageError(`A profile has no component ${component || swap}. It has: ${list}.`);
  }
  return { ...components, [component]: checkedVersion(component, version) };
}

/** Throws a usage error: a sentence for people. */
export const profileNamed = memo(named, 64);

function named(given: string): Profile {
  const [name = '', ...swaps] = given.split(',');
  const profile = own(profiles, name);
  if (profile === undefined) {
    throw usageError(
      `There is no profile ${name}. There are: ${Object.keys(profiles).join(', ')}.`,
    );
  }
  const components = swaps.reduce(swapped, profile.components);
  refuseUnjudged(components);
  const another = components.systemd !== profile.components.systemd;
  const hasUdev = profile.disk.some(({ path }) => path.startsWith('/usr/lib/udev/rules.d/'));
  const rules = another && hasUdev ? ruleFiles(components) : [];
  return {
    ...profile,
    name: given,
    components,
    disk: [
      ...profile.disk,
      ...rules,
      ...moduleFiles(components),
      ...switchFiles(components, profile.build ?? {}),
    ],
  };
}

/** One line that names the system and every version. */
export const profileText = (profile: Profile): string =>
  `${profile.system}: ${componentText(profile.components)}`;
