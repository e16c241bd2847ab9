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
  /** Width of a physical address, as /proc/cpuinfo's `address sizes` has it. */
  physicalBits: number;
  /** What its KVM offers where that does not follow from the flags: a KVM inside a virtual machine. */
  kvm?: NestedKvm;
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

export type NestedKvm = Readonly<{
  /** KVM_GET_SUPPORTED_CPUID: `function index eax ebx ecx edx` in hexadecimal, one leaf a line. */
  cpuid: string;
  /** The MSR IA32_ARCH_CAPABILITIES that guests see. */
  archCapabilities: number;
  /** KVM_GET_TSC_KHZ of a new vCPU. */
  tscKhz: number;
  /** An MSR that KVM_SET_MSRS refuses, because the hypervisor below does, once CPUID offers a guest what it belongs to. */
  refusedMsr?: Readonly<{ index: number; value: number }>;
}>;

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
  physicalBits: 46,
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

/** A KVM inside a KVM guest: much of what the processor can do, it does not pass on. As recorded. */
const nestedEpyc: NestedKvm = {
  cpuid: `00000000 00000000 0000000d 68747541 444d4163 69746e65
00000001 00000000 00a00f11 00020800 81202000 078bfbff
00000006 00000000 00000004 00000000 00000000 00000000
00000007 00000000 00000000 01800002 00000004 20000000
0000000d 00000000 00000007 00000340 00000340 00000000
0000000d 00000002 00000100 00000240 00000000 00000000
40000000 00000000 40000001 4b4d564b 564b4d56 0000004d
40000001 00000000 01007efb 00000000 00000000 00000000
80000000 00000000 80000021 68747541 444d4163 69746e65
80000001 00000000 00a00f11 40000000 00400393 23d3fbff
80000005 00000000 ff40ff40 ff40ff40 20080140 20080140
80000006 00000000 48002200 68004200 02006140 08009140
80000007 00000000 00000000 00000000 00000000 00000100
80000008 00000000 00003030 10000005 00007001 00000000
8000001a 00000000 00000002 00000000 00000000 00000000
8000001d 00000000 00000121 01c0003f 0000003f 00000000
8000001d 00000001 00000122 01c0003f 0000003f 00000000
8000001d 00000002 00000143 01c0003f 000003ff 00000002
8000001d 00000003 00004163 03c0003f 00007fff 00000001
80000021 00000000 00000204 00000000 00000006 00000000`,
  archCapabilities: 0x69,
  tscKhz: 2445434,
  refusedMsr: { index: 0x10a, value: 0x69 },
};

/** The virtual machine of the recordings of libvirt 5.0.0: KVM works in it, and its /proc/cpuinfo does not say why. */
export const epycGuest: Hardware = {
  vendor: 'AuthenticAMD',
  modelName: 'AMD EPYC',
  family: 25,
  model: 1,
  stepping: 1,
  microcode: 0x1000065,
  mhz: 2596,
  physicalBits: 48,
  kvm: nestedEpyc,
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

/** The one of the recordings of libvirt 9.0: of the same kind, smaller, and libvirt had learnt of rdpid. */
export const smallEpycGuest: Hardware = {
  ...epycGuest,
  mhz: 2445,
  flags: [...epycGuest.flags, 'rdpid'],
  memoryKiB: 8218836,
  uuid: '988e153e-c35d-482e-8f46-7d48b61e1ab4',
};
