/**
 * What KVM offers its guests of the processor, as CPUID registers.
 *
 * Models: Linux arch/x86/include/asm/cpufeatures.h; arch/x86/kvm/cpuid.c kvm_set_cpu_caps, __do_cpuid_func;
 *   arch/x86/kvm/x86.c kvm_get_arch_capabilities
 *
 * On bare metal it is the processor less what KVM keeps to itself, plus what KVM makes up. What a KVM inside a
 * virtual machine offers cannot be told from /proc/cpuinfo, so such hardware brings the registers along.
 * Leaves out: leaves that describe caches, topology and XSAVE areas, unless the hardware brings them.
 */
import type { Hardware } from './hardware.ts';
import type { KernelSwitches } from './switches.ts';

type Register = 'eax' | 'ebx' | 'ecx' | 'edx';
type Leaf = Readonly<{ function: number; index: number } & Record<Register, number>>;

const hex = (value: number): string => value.toString(16).padStart(8, '0');

/** `function index eax ebx ecx edx` in hexadecimal, one leaf a line. */
const leavesText = (leaves: readonly Leaf[]): string =>
  leaves
    .map((l) =>
      [l.function, l.index, l.eax, l.ebx, l.ecx, l.edx].map((value) => hex(value)).join(' '),
    )
    .join('\n');

/** The bits by their names in /proc/cpuinfo, from bit 0 on; `-` where KVM offers nothing or nobody has a name. */
const words: readonly (readonly [fn: number, index: number, register: Register, bits: string])[] = [
  [
    1,
    0,
    'edx',
    'fpu vme de pse tsc msr pae mce cx8 apic - sep mtrr pge mca cmov pat pse36 - clflush - - - mmx fxsr sse sse2 ss',
  ],
  [
    1,
    0,
    'ecx',
    'pni pclmulqdq - - - - - - - ssse3 - - fma cx16 - - - pcid - sse4_1 sse4_2 - movbe popcnt - aes xsave - avx f16c rdrand',
  ],
  [
    7,
    0,
    'ebx',
    'fsgsbase tsc_adjust - bmi1 hle avx2 - smep bmi2 erms invpcid rtm - - mpx - avx512f avx512dq rdseed adx smap avx512ifma - clflushopt clwb - avx512pf avx512er avx512cd sha_ni avx512bw avx512vl',
  ],
  [
    7,
    0,
    'ecx',
    '- avx512vbmi umip pku - - avx512_vbmi2 - gfni vaes vpclmulqdq avx512_vnni avx512_bitalg - avx512_vpopcntdq - la57 - - - - - rdpid',
  ],
  [
    7,
    0,
    'edx',
    '- - avx512_4vnniw avx512_4fmaps fsrm - - - - - md_clear - - - - - - - - - - - - - - - spec_ctrl intel_stibp - arch_capabilities - ssbd',
  ],
  [0xd, 0, 'eax', 'fpu sse avx mpx mpx avx512f avx512f avx512f - pku'],
  [0xd, 1, 'eax', 'xsaveopt xsavec xgetbv1 xsaves'],
  [
    0x80000001,
    0,
    'edx',
    '- - - - - - - - - - - syscall - - - - - - - - nx - mmxext - - fxsr_opt pdpe1gb rdtscp - lm 3dnowext 3dnow',
  ],
  [
    0x80000001,
    0,
    'ecx',
    'lahf_lm cmp_legacy - - cr8_legacy abm sse4a misalignsse 3dnowprefetch osvw - xop - - - - fma4 - - - - tbm topoext perfctr_core',
  ],
  [0x80000007, 0, 'edx', '- - - - - - - - nonstop_tsc'],
  [
    0x80000008,
    0,
    'ebx',
    'clzero - xsaveerptr - - - - - - wbnoinvd - - ibpb - ibrs stibp - - - - - - - - amd_ssbd virt_ssbd',
  ],
];

const VMX = 1 << 5;
const SVM = 1 << 2;
/** x2APIC, the TSC deadline timer, the hypervisor bit: on every processor. */
const MADE_UP = (1 << 21) | (1 << 24) | (1 << 31);
const ARAT = 1 << 2;

/** Three registers that spell a name. */
function spelled(text: string, order: readonly Register[]): Partial<Record<Register, number>> {
  const at = (i: number) => text.charCodeAt(i) || 0;
  return Object.fromEntries(
    order.map((register, i) => {
      const from = 4 * i;
      const value = at(from) | (at(from + 1) << 8) | (at(from + 2) << 16) | (at(from + 3) << 24);
      return [register, value >>> 0];
    }),
  );
}

/** CPUID.1:EAX of a family, model and stepping. */
function signature({ family, model, stepping }: Hardware): number {
  const extended = Math.max(0, family - 15);
  return (
    ((extended << 20) |
      ((model >> 4) << 16) |
      (Math.min(family, 15) << 8) |
      ((model & 15) << 4) |
      stepping) >>>
    0
  );
}

function fromFlags(hw: Hardware, nested: boolean, features: number): readonly Leaf[] {
  const found = new Map<string, Leaf>();
  const add = (fn: number, index: number, more: Partial<Record<Register, number>>) => {
    const key = `${hex(fn)} ${hex(index)}`;
    const old = found.get(key) ?? { function: fn, index, eax: 0, ebx: 0, ecx: 0, edx: 0 };
    const or = (r: Register) => (old[r] | (more[r] ?? 0)) >>> 0;
    found.set(key, { ...old, eax: or('eax'), ebx: or('ebx'), ecx: or('ecx'), edx: or('edx') });
  };
  const has = new Set(hw.flags);
  add(0, 0, { eax: 0xd, ...spelled(hw.vendor, ['ebx', 'edx', 'ecx']) });
  add(1, 0, { eax: signature(hw), ecx: MADE_UP | (nested && has.has('vmx') ? VMX : 0) });
  add(6, 0, { eax: ARAT });
  for (const [fn, index, register, bits] of words) {
    const set = bits
      .split(' ')
      .reduce((sum, name, bit) => (has.has(name) ? sum | (1 << bit) : sum), 0);
    add(fn, index, { [register]: set });
  }
  add(0x40000000, 0, { eax: 0x40000001, ...spelled('KVMKVMKVM', ['ebx', 'ecx', 'edx']) });
  add(0x40000001, 0, { eax: features });
  add(0x80000000, 0, {
    eax: 0x80000008,
    ...(hw.vendor === 'AuthenticAMD' ? spelled(hw.vendor, ['ebx', 'edx', 'ecx']) : {}),
  });
  add(0x80000001, 0, { ecx: nested && has.has('svm') ? SVM : 0 });
  add(0x80000008, 0, { eax: 0x3000 | hw.physicalBits });
  return [...found.keys()]
    .sort()
    .flatMap((key) => found.get(key) ?? [])
    .filter((l) => [l.eax, l.ebx, l.ecx, l.edx].some((value) => value !== 0));
}

/** KVM_GET_SUPPORTED_CPUID: in ascending order. */
export const supportedCpuid = (hw: Hardware, kernel: KernelSwitches, nested: boolean): string =>
  hw.kvm === undefined ? leavesText(fromFlags(hw, nested, kernel.kvmFeatures)) : hw.kvm.cpuid;
