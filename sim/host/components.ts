/**
 * The components of a host by version: for each the switches that its room understands.
 *
 * A profile names one version of each; `--profile centos7,libvirt=4.5.0` swaps one. A room learns its
 * switches from a file on the host's disk, so what is chosen here is part of the world like everything else.
 */
import {
  moduleAliases,
  moduleDependencies,
  moduleFile,
  moduleNames,
  moduleSection,
} from '../kernel/moduleTable.ts';
import { type KernelSwitches, linux61, linux618, linuxEl7 } from '../kernel/switches.ts';
import {
  type LibvirtClients,
  type LibvirtSwitches,
  libvirt450,
  libvirt480,
  libvirt500,
  libvirt510,
  libvirt560,
  libvirt600,
  libvirt900,
} from '../libvirt/switches.ts';
import { qemu72, qemu212el7 } from '../qemu/switches.ts';
import { rulesDebian12 } from '../udev/rules/debian12.ts';
import { rulesEl7 } from '../udev/rules/el7.ts';
import { systemd219, systemd252 } from '../udev/switches.ts';
import { centos7Userland, debian12Userland } from '../userland/switches.ts';
import type { DiskFile } from './disk.ts';
import { usageError } from './usage.ts';

export type Component = 'kernel' | 'systemd' | 'acl' | 'qemu' | 'libvirt';

export type Components = Readonly<Record<Component, string>>;

type Versions = Readonly<Record<string, unknown>>;

const kernels: Readonly<Record<string, KernelSwitches>> = {
  '3.10.0-1062': linuxEl7,
  '6.1': linux61,
  '6.18': linux618,
};

const libvirts: Readonly<Record<string, LibvirtSwitches>> = {
  '4.5.0': libvirt450,
  '4.8.0': libvirt480,
  '5.0.0': libvirt500,
  '5.1.0': libvirt510,
  '5.6.0': libvirt560,
  '6.0.0': libvirt600,
  '9.0.0': libvirt900,
};

/** Version -> the room's switches. */
const known: Readonly<Record<Component, Versions>> = {
  kernel: kernels,
  systemd: { '219': systemd219, '252': systemd252 },
  acl: { '2.2.51': centos7Userland, '2.3.1': debian12Userland },
  qemu: { '2.12.0': qemu212el7, '7.2': qemu72 },
  libvirt: libvirts,
};

/** Where each room reads its switches; the kernel is given its own at boot. */
const files: Readonly<Record<Exclude<Component, 'kernel'>, string>> = {
  systemd: 'udev',
  acl: 'userland',
  qemu: 'qemu',
  libvirt: 'libvirt',
};

export const isComponent = (name: string): name is Component => Object.hasOwn(known, name);

export const versionsOfComponent = (component: Component): readonly string[] =>
  Object.keys(known[component]);

/**
 * What a version of a component cannot do without, as further swaps: a kernel with ambient capabilities for the prober of
 * libvirt 5.1 and later, and for 9.0 a QEMU that it does not refuse as too old.
 */
export function companionsOf(components: Components): Partial<Components> {
  const libvirt = libvirts[components.libvirt];
  const ambient = (libvirt?.proberOverridesDac ?? false) && components.kernel.startsWith('3.10');
  const newer = libvirt?.minimumQemu === libvirt900.minimumQemu && components.qemu === '2.12.0';
  return { ...(ambient ? { kernel: '6.1' } : {}), ...(newer ? { qemu: '7.2' } : {}) };
}

/** The version if there is such a one; a usage error otherwise. */
export function checkedVersion(component: Component, version: string): string {
  if (Object.hasOwn(known[component], version)) return version;
  const list = Object.keys(known[component]).join(', ');
  throw usageError(`There is no ${component} ${version} here. There are: ${list}.`);
}

/**
 * Combinations that nobody could judge. The prober of libvirt 5.1 and later keeps CAP_DAC_OVERRIDE as an ambient
 * capability; whether the kernel 3.10.0-1062 knows ambient capabilities is not established.
 */
export function refuseUnjudged(components: Components): void {
  const ambient = libvirts[components.libvirt]?.proberOverridesDac ?? false;
  if (ambient && components.kernel.startsWith('3.10')) {
    throw usageError(
      `libvirt ${components.libvirt} needs ambient capabilities, and it is not established whether kernel ${components.kernel} has them: choose another kernel.`,
    );
  }
}

export const kernelOf = (components: Components): KernelSwitches =>
  kernels[components.kernel] ?? linuxEl7;

/** What a distribution decides when it builds a component, whatever the version. */
export type Build = Readonly<{
  libvirt?: Pick<LibvirtSwitches, 'qemuUser' | 'qemuGroup'> &
    Partial<LibvirtClients & Pick<LibvirtSwitches, 'qemuModuleDir'>>;
}>;

/** The switch files of a host's disk. */
export const switchFiles = (components: Components, build: Build): DiskFile[] =>
  Object.entries(files).map(([name, file]) => {
    const component = name as Component;
    const switches = known[component][components[component]] as object;
    const built = component === 'libvirt' ? build.libvirt : {};
    return {
      path: `/usr/lib/kvmlab/${file}.json`,
      content: JSON.stringify({ ...switches, ...built }),
    };
  });

/** systemd's own rules files come with its version; their names have stayed the same. */
export const ruleFiles = ({ systemd }: Components): readonly DiskFile[] =>
  systemd === '219' ? rulesEl7 : rulesDebian12;

/** /lib/modules of the kernel: what depmod has written, and the modules themselves. */
export function moduleFiles(components: Components): DiskFile[] {
  const { release } = kernelOf(components);
  const at = `/usr/lib/modules/${release}`;
  return [
    { path: `${at}/modules.dep`, content: moduleDependencies },
    { path: `${at}/modules.alias`, content: moduleAliases },
    ...moduleNames.map((name) => ({
      path: `${at}/${moduleFile(name)}`,
      content: moduleSection(name, release),
    })),
  ];
}

/** `kernel 3.10.0-1062, systemd 219, acl 2.2.51, QEMU 2.12.0, libvirt 5.0.0`. */
export const componentText = (c: Components): string =>
  `kernel ${c.kernel}, systemd ${c.systemd}, acl ${c.acl}, QEMU ${c.qemu}, libvirt ${c.libvirt}`;
