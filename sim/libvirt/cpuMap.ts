/**
 * The x86 CPU models that libvirt knows, each as a vendor, signatures and a set of features.
 *
 * Models: libvirt v5.0.0 src/cpu_map/index.xml, x86_features.xml, x86_<model>.xml
 *
 * Each feature of the map is one CPUID bit, so a set of names says the same as the bits would.
 * A model's line: name, vendor, family/model[/steppings], the model it is like, and the features more (+) and fewer (-).
 * Leaves out: the CPUID leaves themselves.
 */
export type Signature = Readonly<{
  family: number;
  model: number;
  /** First and last; null for all. */
  steppings: readonly [number, number] | null;
}>;

export type MapModel = Readonly<{
  name: string;
  vendor: string | null;
  signatures: readonly Signature[];
  features: ReadonlySet<string>;
  /** Features that it once had: a guest is told that it lacks them. */
  removed: readonly string[];
  /** May a host's or a guest's CPU be described by it? */
  decodes: Readonly<{ host: boolean; guest: boolean }>;
}>;

export type CpuMap = Readonly<{
  /** In the map's order, which is the order in which they are printed. */
  features: readonly string[];
  known: ReadonlySet<string>;
  /** Oldest first; a decoder tries them from the end. */
  models: readonly MapModel[];
}>;

function signatureOf(text: string): Signature {
  const [family = '', model = '', steppings] = text.split('/');
  const [first, last = first] = steppings?.split('-').map(Number) ?? [];
  return {
    family: Number(family),
    model: Number(model),
    steppings: first === undefined || last === undefined ? null : [first, last],
  };
}

/** Models that nobody's CPU is described by any more. */
type Hidden = Readonly<{ host: string; guest: string }>;

const words = (text: string): readonly string[] => text.trim().split(/\s+/);

function modelsOf(text: string, hidden: Hidden): readonly MapModel[] {
  const models: MapModel[] = [];
  const [notHost, notGuest] = [words(hidden.host), words(hidden.guest)];
  for (const line of text
    .trim()
    .replace(/\n {4}/g, ' ')
    .split('\n')) {
    const [name = '', vendor = '-', signatures = '-', like = '-', ...changes] = line.split(' ');
    const features = new Set(models.find((m) => m.name === like)?.features ?? []);
    for (const change of changes) {
      if (change.startsWith('+')) features.add(change.slice(1));
      else features.delete(change.slice(1));
    }
    models.push({
      name,
      vendor: vendor === '-' ? null : vendor,
      signatures: signatures === '-' ? [] : signatures.split(',').map(signatureOf),
      features,
      removed: changes.filter((c) => c.startsWith('!')).map((c) => c.slice(1)),
      decodes: { host: !notHost.includes(name), guest: !notGuest.includes(name) },
    });
  }
  return models;
}

export const cpuMap = (
  features: string,
  models: string,
  hidden: Hidden = { host: '', guest: '' },
): CpuMap => ({
  features: words(features),
  known: new Set(words(features)),
  models: modelsOf(models, hidden),
});

/** Features of 5.0.0, in the map's order. */
export const names500 = `
  fpu vme de pse tsc msr pae mce cx8 apic sep mtrr pge mca cmov pat pse36 pn clflush ds acpi mmx
  fxsr sse sse2 ss ht tm ia64 pbe pni pclmuldq dtes64 monitor ds_cpl vmx smx est tm2 ssse3 cid
  fma cx16 xtpr pdcm pcid dca sse4.1 sse4.2 x2apic movbe popcnt tsc-deadline aes xsave osxsave
  avx f16c rdrand hypervisor arat fsgsbase tsc_adjust bmi1 hle avx2 smep bmi2 erms invpcid rtm
  cmt mpx avx512f avx512dq rdseed adx smap avx512ifma pcommit clflushopt clwb intel-pt avx512pf
  avx512er avx512cd sha-ni avx512bw avx512vl avx512vbmi umip pku ospke avx512vbmi2 gfni vaes
  vpclmulqdq avx512vnni avx512bitalg avx512-vpopcntdq la57 avx512-4vnniw avx512-4fmaps pconfig
  spec-ctrl stibp arch-capabilities ssbd xsaveopt xsavec xgetbv1 xsaves mbm_total mbm_local
  syscall nx mmxext fxsr_opt pdpe1gb rdtscp lm 3dnowext 3dnow lahf_lm cmp_legacy svm extapic
  cr8legacy abm sse4a misalignsse 3dnowprefetch osvw ibs xop skinit wdt lwp fma4 tce cvt16
  nodeid_msr tbm topoext perfctr_core perfctr_nb invtsc wbnoinvd ibpb amd-ssbd virt-ssbd
  amd-no-ssb
`;

export const modelLines500 = `
486 - - - +fpu +vme +pse
pentium - - 486 +de +tsc +msr +mce +cx8 +mmx
pentium2 - - pentium +pae +sep +mtrr +pge +mca +cmov +pat +pse36 +fxsr
pentium3 - - pentium2 +sse
pentiumpro - - pentium3 +apic +sse2 -vme -mtrr -mca -pse36
coreduo Intel - pentiumpro +vme +mtrr +mca +clflush +pni +monitor +nx
n270 Intel - coreduo +ssse3
core2duo Intel - n270 +pse36 +syscall +lm
qemu32 - - pentiumpro +pni
kvm32 - - coreduo +pse36 -vme -monitor -nx
cpu64-rhel5 - - kvm32 +syscall +nx +lm
cpu64-rhel6 - - cpu64-rhel5 +cx16 +lahf_lm
qemu64 - - cpu64-rhel5 +cx16 +svm
kvm64 - - qemu64 -svm
Conroe Intel 6/15 cpu64-rhel6 +ssse3 -cx16
Penryn Intel 6/23 Conroe +cx16 +sse4.1
Nehalem Intel 6/26 Penryn +sse4.2 +popcnt
Nehalem-IBRS Intel 6/26 Nehalem +spec-ctrl
Westmere Intel 6/44 Nehalem +aes
Westmere-IBRS Intel 6/44 Nehalem-IBRS +aes
SandyBridge Intel 6/42 Westmere +pclmuldq +x2apic +tsc-deadline +xsave +avx +rdtscp
SandyBridge-IBRS Intel 6/42 SandyBridge +spec-ctrl
IvyBridge Intel 6/58 SandyBridge +vme +f16c +rdrand +fsgsbase +smep +erms
IvyBridge-IBRS Intel 6/58 IvyBridge +spec-ctrl
Haswell-noTSX Intel 6/60 IvyBridge +fma +pcid +movbe +bmi1 +avx2 +bmi2 +invpcid -vme -f16c
    -rdrand
Haswell-noTSX-IBRS Intel 6/60 Haswell-noTSX +spec-ctrl
Haswell Intel 6/60 Haswell-noTSX +hle +rtm
Haswell-IBRS Intel 6/60 Haswell-noTSX-IBRS +hle +rtm
Broadwell-noTSX Intel 6/61 Haswell-noTSX +rdseed +adx +smap +3dnowprefetch
Broadwell-noTSX-IBRS Intel 6/61 Broadwell-noTSX +spec-ctrl
Broadwell Intel 6/61 Broadwell-noTSX +hle +rtm
Broadwell-IBRS Intel 6/61 Broadwell-noTSX-IBRS +hle +rtm
Skylake-Client Intel 6/94 Broadwell +vme +f16c +rdrand +arat +mpx +xsaveopt +xsavec +xgetbv1
    +abm
Skylake-Client-IBRS Intel 6/94 Skylake-Client +spec-ctrl
Skylake-Server Intel 6/85 Skylake-Client +avx512f +avx512dq +clwb +avx512cd +avx512bw +avx512vl
    +pdpe1gb
Skylake-Server-IBRS Intel 6/85 Skylake-Server +spec-ctrl
Icelake-Client Intel 6/126 Skylake-Client-IBRS +intel-pt +avx512vbmi +umip +pku +avx512vbmi2
    +gfni +vaes +vpclmulqdq +avx512vnni +avx512bitalg +avx512-vpopcntdq +ssbd +wbnoinvd
Icelake-Server Intel 6/134 Icelake-Client +avx512f +avx512dq +clflushopt +clwb +avx512cd
    +avx512bw +avx512vl +la57 +pconfig +pdpe1gb
athlon AMD - pentium3 +apic +sse2 +mmxext +3dnowext +3dnow -mca
phenom AMD - cpu64-rhel5 +monitor +mmxext +fxsr_opt +3dnowext +3dnow +svm
Opteron_G1 AMD 15/6 cpu64-rhel5
Opteron_G2 AMD 15/6 cpu64-rhel6 +rdtscp +svm
Opteron_G3 AMD 15/6 Opteron_G2 +monitor +popcnt +abm +sse4a +misalignsse
Opteron_G4 AMD 21/1 SandyBridge +pdpe1gb +svm +abm +sse4a +misalignsse +3dnowprefetch +xop +fma4
    -x2apic -tsc-deadline
Opteron_G5 AMD 21/2 Opteron_G4 +fma +f16c +tbm
EPYC AMD 23/1 Skylake-Client +monitor +clflushopt +sha-ni +mmxext +fxsr_opt +pdpe1gb +svm
    +cr8legacy +sse4a +misalignsse +osvw -pcid -x2apic -tsc-deadline -hle -erms -invpcid -rtm
    -mpx
EPYC-IBPB AMD 23/1 EPYC +ibpb
`;

export const cpuMap500: CpuMap = cpuMap(names500, modelLines500);
