/**
 * What differs between versions of libvirt, each difference a named switch.
 *
 * Models: libvirt v4.5.0 to v9.0.0, the commits named at each switch
 *
 * Only 4.8.0 to 5.0.0 hide `<domain type='kvm'/>` because of a permission: before, the device's mere
 * existence was enough; from 5.1.0 the probing QEMU may override permissions, so it sees more than a guest will.
 */
import { failed } from '../kernel/errno.ts';
import type { Sys } from '../kernel/program.ts';
import { readFile } from '../libc/sys.ts';

export type LibvirtSwitches = Readonly<{
  /** As `virsh version` prints it. */
  version: string;
  /** The number of the last procedure that it knows (src/libvirt_public.syms says which release brought which). */
  procedures: number;
  /** Which probe result makes the kvm domain type: 88983855d5 and 2f8b91ee74 (4.8.0) dropped the look at the node. */
  kvmAdvert: 'device exists' | 'flag';
  /** How often access(2) is asked: 91684829be (5.0.0) remembers the verdict under the node's ctime. */
  kvmUsable: 'each lookup' | 'ctime gated';
  /** b183a75319 (5.0.0): a changed `nested` parameter invalidates. */
  checksNesting: boolean;
  /** 55e5eb9478 (4.8.0): emulators of other architectures are spared the KVM checks. */
  skipsForeign: boolean;
  /** a2d3dea9d4 (5.1.0): the probing QEMU keeps CAP_DAC_OVERRIDE. */
  proberOverridesDac: boolean;
  /** 673c62a3b7 (5.3.0): the microcode version is read anew at each lookup. */
  rereadsMicrocode: boolean;
  /** b251d6ad24 (4.6.0) asks the driver's capabilities for every domain, 4a4132b462 (6.0.0) for none. */
  parseAsksDriverCaps: 'arch or machine missing' | 'always' | 'never';
  /** 3dd91af01f (6.0.0): nothing is probed when the daemon starts. */
  capsAtStart: boolean;
  /** 16058045d0 (5.1.0): each probing QEMU gets a directory of its own, and its failure to start is an error. */
  uniqueQmpDirectory: boolean;
  /** `server=on,wait=off` instead of `server,nowait`, which QEMU 6.0 warns about. Recorded in 9.0. */
  explicitSocketOptions: boolean;
  /** A guest's accelerator: -machine accel=, or an -accel option of its own. Recorded in 9.0. */
  guestAccelerator: '-machine' | '-accel';
  /** QEMU_MIN_MAJOR and its sisters: older QEMUs are refused. */
  minimumQemu: string;
  /** Which questions a probe asks, and which flags the answers make (see probesBetween.ts, dialogue900.ts). */
  probe: '4.8.0' | '5.0.0' | '5.1.0' | '5.6.0' | '6.0.0' | '9.0.0';
  /** How the cache file is written (see cacheFile.ts). */
  cacheForm: '5.0.0' | '5.1.0' | '6.0.0' | '9.0.0';
  /** The form of `<capabilities>` and `<domainCapabilities>`, and the CPU map behind them. */
  documents: '4.8.0' | '5.0.0' | '5.6.0' | '6.0.0' | '9.0.0';
  /** ceb04d15e6 (5.5.0): whoever looks at the host's CPU asks KVM for the clock's rate; adf009b48f (6.0.0) keeps the driver's. */
  asksClock: 'never' | 'each refresh' | 'once';
  /** 7a6e7bad1c (6.0.0): what guests can be told to do is an enumeration, and named in its order. */
  featuresInOrder: boolean;
  /** 5e939cea89 (6.0.0): a guest gets its machine's default CPU by name, where QEMU has named one. */
  namesDefaultCpu: boolean;
  /** The number of the monitor's socket in QEMU: what else the daemon has open by then. Recorded. */
  monitorFd: number;
  /** d5d2d8e34a (6.0.0): machines are remembered for each accelerator, so without KVM there is none for a KVM domain. */
  machinesPerAccelerator: boolean;
  /** 004804a7d7 (6.4.0): another processor in /proc/cpuinfo invalidates. */
  checksCpuSignature: boolean;
  /** 2ad009eadd (6.8.0): QEMU's modules count as part of the binary, by the time of this directory; null before. */
  qemuModuleDir: string | null;
  /** libvirtd asks KVM itself what its guests see, and a change invalidates: between 7.5 and 9.0. */
  checksCpuid: boolean;
  /** 66ce769d27 (6.5.0): a file of another libvirt is not read to its end, and not deleted. */
  stopsLoadEarly: boolean;
  /** The start of a guest checks the definition with the emulator's entry at hand, without further look-ups. */
  startKeepsEntry: boolean;
  /** virXMLParse names the element that it wanted before the one that it found. Recorded in 9.0. */
  namesExpectedRoot: boolean;
  /** Whose functions and line numbers the log names. */
  logPlaces: '5.0.0' | '9.0.0';
  /** The user that QEMU runs as where qemu.conf names none: --with-qemu-user of the distribution's build. */
  qemuUser: string;
  qemuGroup: string;
  /** virsh and virt-host-validate are programs of their own, and need not be as old as the daemon. */
  clientVersion: string;
  /** virt-host-validate 6.5.0 and later (dfd6ed6d0a and its like): "Host not compatible with KVM; ...". */
  hostValidate: 'emulated only' | 'not compatible with KVM';
  /** virsh 7.0.0 (781bc9201b) put quotes around names. */
  quotesNames: boolean;
  /** virsh 4.8.0 draws tables as wide as their cells. */
  fittedTables: boolean;
}>;

export const libvirt500: LibvirtSwitches = {
  version: '5.0.0',
  procedures: 402,
  kvmAdvert: 'flag',
  kvmUsable: 'ctime gated',
  checksNesting: true,
  skipsForeign: true,
  proberOverridesDac: false,
  rereadsMicrocode: false,
  parseAsksDriverCaps: 'always',
  capsAtStart: true,
  uniqueQmpDirectory: false,
  explicitSocketOptions: false,
  guestAccelerator: '-machine',
  minimumQemu: '1.5.0',
  probe: '5.0.0',
  cacheForm: '5.0.0',
  documents: '5.0.0',
  asksClock: 'never',
  featuresInOrder: false,
  namesDefaultCpu: false,
  monitorFd: 18,
  machinesPerAccelerator: false,
  checksCpuSignature: false,
  qemuModuleDir: null,
  checksCpuid: false,
  stopsLoadEarly: false,
  startKeepsEntry: false,
  namesExpectedRoot: false,
  logPlaces: '5.0.0',
  qemuUser: 'qemu',
  qemuGroup: 'qemu',
  clientVersion: '5.0.0',
  hostValidate: 'emulated only',
  quotesNames: false,
  fittedTables: true,
};

export const libvirt450: LibvirtSwitches = {
  ...libvirt500,
  version: '4.5.0',
  procedures: 401,
  clientVersion: '4.5.0',
  probe: '4.8.0',
  documents: '4.8.0',
  kvmAdvert: 'device exists',
  kvmUsable: 'each lookup',
  checksNesting: false,
  skipsForeign: false,
  parseAsksDriverCaps: 'arch or machine missing',
  fittedTables: false,
};

/** The first that hides `<domain type='kvm'/>`; it asks access(2) at each look-up and so notices everything at once. */
export const libvirt480: LibvirtSwitches = {
  ...libvirt500,
  version: '4.8.0',
  procedures: 401,
  clientVersion: '4.8.0',
  probe: '4.8.0',
  documents: '4.8.0',
  kvmUsable: 'each lookup',
  checksNesting: false,
};

export const libvirt510: LibvirtSwitches = {
  ...libvirt500,
  version: '5.1.0',
  procedures: 402,
  clientVersion: '5.1.0',
  proberOverridesDac: true,
  uniqueQmpDirectory: true,
  probe: '5.1.0',
  cacheForm: '5.1.0',
};

export const libvirt560: LibvirtSwitches = {
  ...libvirt510,
  version: '5.6.0',
  procedures: 417,
  clientVersion: '5.6.0',
  rereadsMicrocode: true,
  probe: '5.6.0',
  documents: '5.6.0',
  asksClock: 'each refresh',
  monitorFd: 22,
};

/** Only what the parse and the start do; its other messages and its count of look-ups are 5.0.0's. */
export const libvirt600: LibvirtSwitches = {
  ...libvirt560,
  version: '6.0.0',
  procedures: 422,
  clientVersion: '6.0.0',
  parseAsksDriverCaps: 'never',
  capsAtStart: false,
  probe: '6.0.0',
  cacheForm: '6.0.0',
  documents: '6.0.0',
  asksClock: 'once',
  featuresInOrder: true,
  namesDefaultCpu: true,
  machinesPerAccelerator: true,
};

/** What virsh and virt-host-validate alone decide: a host may have them in another version than its daemon. */
export type LibvirtClients = Pick<
  LibvirtSwitches,
  'clientVersion' | 'hostValidate' | 'quotesNames' | 'fittedTables'
>;

export const clients900: LibvirtClients = {
  clientVersion: '9.0.0',
  hostValidate: 'not compatible with KVM',
  quotesNames: true,
  fittedTables: true,
};

/** As recorded with QEMU 7.2. */
export const libvirt900: LibvirtSwitches = {
  ...libvirt600,
  version: '9.0.0',
  procedures: 443,
  explicitSocketOptions: true,
  guestAccelerator: '-accel',
  minimumQemu: '4.2.0',
  probe: '9.0.0',
  cacheForm: '9.0.0',
  documents: '9.0.0',
  monitorFd: 28,
  checksCpuSignature: true,
  qemuModuleDir: '/usr/lib64/qemu',
  checksCpuid: true,
  stopsLoadEarly: true,
  startKeepsEntry: true,
  namesExpectedRoot: true,
  logPlaces: '9.0.0',
  ...clients900,
};

/** The documents of 5.6.0 and later; 5.1.0 writes as 5.0.0 does. */
export const from560 = (documents: LibvirtSwitches['documents']): boolean =>
  documents !== '4.8.0' && documents !== '5.0.0';

/** LIBVIR_VERSION_NUMBER: 5.0.0 is 5000000. */
export const versionNumber = (version: string): number =>
  version.split('.').reduce((sum, part) => sum * 1000 + Number(part), 0);

/** 7002022 as 7.2.22. */
export const versionText = (number: number): string =>
  `${Math.floor(number / 1000000)}.${Math.floor(number / 1000) % 1000}.${number % 1000}`;

/** The switches that the host's profile chose; 5.0.0 where it chose none. */
export function* switches(): Sys<LibvirtSwitches> {
  const text = yield* readFile('/usr/lib/kvmlab/libvirt.json');
  return failed(text) ? libvirt500 : (JSON.parse(text) as LibvirtSwitches);
}
