/**
 * The machine below the kernel: what /proc/cpuinfo, DMI and the feature-control MSR say.
 */
export type Hardware = Readonly<{
  vendor: 'GenuineIntel' | 'AuthenticAMD';
  modelName: string;
  family: number;
  model: number;
  stepping: number;
  /** Microcode revision, as libvirt reads it from /proc/cpuinfo. */
  microcode: number;
  mhz: number;
  /** Features of the CPU by the names of /proc/cpuinfo; `vmx` or `svm` says that it can virtualize. */
  flags: readonly string[];
  /** Features that the CPU has and /proc/cpuinfo does not show, as some clouds arrange it. */
  hiddenFlags?: readonly string[];
  sockets: number;
  coresPerSocket: number;
  threadsPerCore: number;
  /** MSR_IA32_FEATURE_CONTROL: false when the BIOS locked it without VMXON. */
  virtEnabledInBios: boolean;
  memoryKiB: number;
  l3KiB: number;
  uuid: string;
  vendorName: string;
  productName: string;
  biosVersion: string;
  /** ACPI sleep states, as /sys/power/state lists them; a server has all three. */
  sleepStates?: string;
  /** A virtual console that a person can log in on. */
  hasConsole: boolean;
}>;

/** What firmware, a microcode update or the hypervisor below can change about a machine. */
export type HardwareChange = Partial<Hardware> &
  Readonly<{ moreFlags?: readonly string[]; fewerFlags?: readonly string[] }>;

export function changedHardware(hw: Hardware, change: HardwareChange): Hardware {
  const { moreFlags = [], fewerFlags = [], ...rest } = change;
  const flags = [...(rest.flags ?? hw.flags), ...moreFlags];
  return { ...hw, ...rest, flags: flags.filter((flag) => !fewerFlags.includes(flag)) };
}

export const cpuCount = (hw: Hardware): number =>
  hw.sockets * hw.coresPerSocket * hw.threadsPerCore;

const broadwellFlags =
  'fpu vme de pse tsc msr pae mce cx8 apic sep mtrr pge mca cmov pat pse36 clflush dts acpi mmx fxsr sse sse2 ss ht tm pbe syscall nx pdpe1gb rdtscp lm constant_tsc arch_perfmon pebs bts rep_good nopl xtopology nonstop_tsc aperfmperf eagerfpu pni pclmulqdq dtes64 monitor ds_cpl vmx smx est tm2 ssse3 sdbg fma cx16 xtpr pdcm pcid dca sse4_1 sse4_2 x2apic movbe popcnt tsc_deadline_timer aes xsave avx f16c rdrand lahf_lm abm 3dnowprefetch epb cat_l3 cdp_l3 intel_ppin intel_pt ssbd ibrs ibpb stibp tpr_shadow vnmi flexpriority ept vpid fsgsbase tsc_adjust bmi1 hle avx2 smep bmi2 erms invpcid rtm cqm rdt_a rdseed adx smap xsaveopt cqm_llc cqm_occup_llc cqm_mbm_total cqm_mbm_local dtherm ida arat pln pts md_clear spec_ctrl intel_stibp flush_l1d';

/** What /proc/cpuinfo says of the CPU's features. */
export const shownFlags = ({ flags, hiddenFlags = [] }: Hardware): readonly string[] =>
  flags.filter((flag) => !hiddenFlags.includes(flag));

/** A rack server of the incident's time, one of its two sockets filled. */
export const server2019: Hardware = {
  vendor: 'GenuineIntel',
  modelName: 'Intel(R) Xeon(R) CPU E5-2603 v4 @ 1.70GHz',
  family: 6,
  model: 79,
  stepping: 1,
  microcode: 0xb000038,
  mhz: 1700,
  flags: broadwellFlags.split(' '),
  sockets: 1,
  coresPerSocket: 6,
  threadsPerCore: 1,
  virtEnabledInBios: true,
  memoryKiB: 32780180,
  l3KiB: 15360,
  uuid: '4c4c4544-0046-3010-8052-b7c04f4e4d32',
  vendorName: 'Dell Inc.',
  productName: 'PowerEdge R730',
  biosVersion: '2.9.1',
  hasConsole: true,
};

const epycGuestFlags =
  'fpu vme de pse tsc msr pae mce cx8 apic sep mtrr pge mca cmov pat pse36 clflush mmx fxsr sse sse2 ht syscall nx mmxext fxsr_opt pdpe1gb rdtscp lm constant_tsc rep_good nopl xtopology nonstop_tsc cpuid extd_apicid tsc_known_freq pni pclmulqdq ssse3 fma cx16 pcid sse4_1 sse4_2 x2apic movbe popcnt tsc_deadline_timer aes xsave avx f16c rdrand hypervisor lahf_lm svm cmp_legacy cr8_legacy abm sse4a misalignsse 3dnowprefetch osvw topoext vmmcall fsgsbase tsc_adjust bmi1 avx2 smep bmi2 erms invpcid rdseed adx smap clflushopt clwb sha_ni xsaveopt xsavec xgetbv1 xsaves clzero xsaveerptr arat umip vaes vpclmulqdq fsrm';

/** The virtual machine of the recordings: KVM works in it, and its /proc/cpuinfo does not say why. */
export const epycGuest: Hardware = {
  vendor: 'AuthenticAMD',
  modelName: 'AMD EPYC',
  family: 25,
  model: 17,
  stepping: 1,
  microcode: 0x1000065,
  mhz: 2596,
  flags: epycGuestFlags.split(' '),
  hiddenFlags: ['svm'],
  sockets: 1,
  coresPerSocket: 2,
  threadsPerCore: 1,
  virtEnabledInBios: true,
  memoryKiB: 24684092,
  l3KiB: 32768,
  uuid: '5f6cd621-4c50-4acb-8199-32b9affd7b79',
  vendorName: '',
  productName: '',
  biosVersion: '',
  sleepStates: 'freeze',
  hasConsole: false,
};
