/**
 * Hosts to choose from: a profile, and other versions of its components.
 */
import {
  type Component,
  type Components,
  checkedVersion,
  companionsOf,
  isComponent,
  versionsOfComponent,
} from '../../sim/host/components.ts';
import { profileNamed, profileText } from '../../sim/host/profiles.ts';
import { usageError } from '../../sim/host/usage.ts';

export type HostChoice = Readonly<{
  /** `CentOS 7.7: kernel 3.10.0-1062, ...`. */
  line: string;
  components: readonly Readonly<{
    name: Component;
    version: string;
    versions: readonly string[];
  }>[];
}>;

export function hostChoice(profile: string): HostChoice {
  const host = profileNamed(profile);
  const names = Object.keys(host.components).filter(isComponent);
  return {
    line: profileText(host),
    components: names.map((name) => ({
      name,
      version: host.components[name],
      versions: versionsOfComponent(name),
    })),
  };
}

/** `centos7,libvirt=5.1.0,kernel=6.1`: another version of one component, and what that cannot do without. */
export function hostWith(profile: string, name: string, version: string): string {
  const [base = ''] = profile.split(',');
  if (!isComponent(name)) throw usageError(`There is no component ${name}.`);
  const wanted: Components = {
    ...profileNamed(profile).components,
    [name]: checkedVersion(name, version),
  };
  const whole: Components = { ...wanted, ...companionsOf(wanted) };
  const usual = profileNamed(base).components;
  const swaps = Object.keys(whole)
    .filter(isComponent)
    .filter((each) => whole[each] !== usual[each])
    .map((each) => `,${each}=${whole[each]}`);
  return `${base}${swaps.join('')}`;
}
