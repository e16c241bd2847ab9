/**
 * The CPUID bits by QEMU's names, from bit 0 on; `-` where QEMU has none.
 *
 * Models: QEMU v7.2.0 target/i386/cpu.c feature_word_info; an older QEMU lacks some of the names
 * XCR0's components have no names of their own: `xsave:` and the feature they belong to.
 *
 * Leaves out: SVM's and VMX's own words, VIA's, SGX, AMX: nothing modelled here offers them.
 */
export type FeatureWord = Readonly<{
  function: number;
  index: number;
  register: 'eax' | 'ebx' | 'ecx' | 'edx';
  bits: readonly string[];
}>;

const word = (
  fn: number,
  index: number,
  register: FeatureWord['register'],
  names: string,
): FeatureWord => ({ function: fn, index, register, bits: names.trim().split(/\s+/) });

export const featureWords: readonly FeatureWord[] = [
  word(
    1,
    0,
    'edx',
    `fpu vme de pse tsc msr pae mce cx8 apic - sep mtrr pge mca cmov pat pse36 pn clflush - ds acpi
    mmx fxsr sse sse2 ss ht tm ia64 pbe`,
  ),
  word(
    1,
    0,
    'ecx',
    `pni pclmulqdq dtes64 monitor ds-cpl vmx smx est tm2 ssse3 cid - fma cx16 xtpr pdcm - pcid dca
    sse4.1 sse4.2 x2apic movbe popcnt tsc-deadline aes xsave - avx f16c rdrand hypervisor`,
  ),
  word(6, 0, 'eax', '- - arat'),
  word(
    7,
    0,
    'ebx',
    `fsgsbase tsc-adjust sgx bmi1 hle avx2 - smep bmi2 erms invpcid rtm - - mpx - avx512f avx512dq
    rdseed adx smap avx512ifma pcommit clflushopt clwb intel-pt avx512pf avx512er avx512cd sha-ni
    avx512bw avx512vl`,
  ),
  word(
    7,
    0,
    'ecx',
    `- avx512vbmi umip pku - waitpkg avx512vbmi2 - gfni vaes vpclmulqdq avx512vnni avx512bitalg -
    avx512-vpopcntdq - la57 - - - - - rdpid - bus-lock-detect cldemote - movdiri movdir64b - sgxlc
    pks`,
  ),
  word(
    7,
    0,
    'edx',
    `- - avx512-4vnniw avx512-4fmaps fsrm - - - avx512-vp2intersect - md-clear - - - serialize -
    tsx-ldtrk - - arch-lbr - - amx-bf16 avx512-fp16 amx-tile amx-int8 spec-ctrl stibp -
    arch-capabilities core-capability ssbd`,
  ),
  word(7, 1, 'eax', '- - - - avx-vnni avx512-bf16'),
  word(
    0xd,
    0,
    'eax',
    '- - xsave:avx xsave:mpx xsave:mpx xsave:avx512f xsave:avx512f xsave:avx512f - xsave:pku',
  ),
  word(0xd, 1, 'eax', 'xsaveopt xsavec xgetbv1 xsaves xfd'),
  word(
    0x40000001,
    0,
    'eax',
    `kvmclock kvm-nopiodelay kvm-mmu kvmclock kvm-asyncpf kvm-steal-time kvm-pv-eoi kvm-pv-unhalt -
    kvm-pv-tlb-flush - kvm-pv-ipi kvm-poll-control kvm-pv-sched-yield kvm-asyncpf-int
    kvm-msi-ext-dest-id - - - - - - - - kvmclock-stable-bit`,
  ),
  word(
    0x80000001,
    0,
    'edx',
    `- - - - - - - - - - - syscall - - - - - - - - nx - mmxext - - fxsr-opt pdpe1gb rdtscp - lm
    3dnowext 3dnow`,
  ),
  word(
    0x80000001,
    0,
    'ecx',
    `lahf-lm cmp-legacy svm extapic cr8legacy abm sse4a misalignsse 3dnowprefetch osvw ibs xop
    skinit wdt - lwp fma4 tce - nodeid-msr - tbm topoext perfctr-core perfctr-nb`,
  ),
  word(0x80000007, 0, 'edx', '- - - - - - - - invtsc'),
  word(
    0x80000008,
    0,
    'ebx',
    `clzero - xsaveerptr - - - - - - wbnoinvd - - ibpb - ibrs amd-stibp - - - - - - - - amd-ssbd
    virt-ssbd amd-no-ssb`,
  ),
];

/** MSR_IA32_ARCH_CAPABILITIES, a feature word that is an MSR. */
export const archCapabilities: readonly string[] =
  'rdctl-no ibrs-all rsba skip-l1dfl-vmentry ssb-no mds-no pschange-mc-no tsx-ctrl taa-no'.split(
    ' ',
  );
