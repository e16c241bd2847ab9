/**
 * The CPU models of Debian's QEMU 7.2.
 *
 * Models: QEMU v7.2.22 target/i386/cpu.c builtin_x86_defs, as recorded: query-cpu-definitions with KVM and without
 * Leaves out: of a model the features that every accelerator has, but those that qemu-system-i386 lacks
 *
 * A model lists the features that may be missing, in the order of the feature words; `=` names the version behind an
 * alias, `xsave:` a part of the XSAVE area that a feature needs.
 */
import type { CpuTables } from './tables.ts';

export const models72: CpuTables['cpuModels'] = [
  ['qemu64-v1', 'pni syscall lm'],
  ['qemu64', '=qemu64-v1'],
  ['qemu32-v1', 'pni'],
  ['qemu32', '=qemu32-v1'],
  ['phenom-v1', 'pni popcnt syscall fxsr-opt pdpe1gb rdtscp lm 3dnowext 3dnow abm sse4a'],
  ['phenom', '=phenom-v1'],
  ['pentium3-v1', ''],
  ['pentium3', '=pentium3-v1'],
  ['pentium2-v1', ''],
  ['pentium2', '=pentium2-v1'],
  ['pentium-v1', ''],
  ['pentium', '=pentium-v1'],
  ['n270-v1', 'ss pni ssse3 movbe'],
  ['n270', '=n270-v1'],
  ['kvm64-v1', 'pni syscall lm'],
  ['kvm64', '=kvm64-v1'],
  ['kvm32-v1', 'pni'],
  ['kvm32', '=kvm32-v1'],
  ['coreduo-v1', 'ss pni'],
  ['coreduo', '=coreduo-v1'],
  ['core2duo-v1', 'ss pni ssse3 syscall lm'],
  ['core2duo', '=core2duo-v1'],
  ['athlon-v1', '3dnowext 3dnow'],
  ['athlon', '=athlon-v1'],
  ['Westmere-v2', 'pni pclmulqdq ssse3 sse4.1 sse4.2 popcnt aes spec-ctrl syscall lm'],
  ['Westmere-v1', 'pni pclmulqdq ssse3 sse4.1 sse4.2 popcnt aes syscall lm'],
  ['Westmere-IBRS', '=Westmere-v2'],
  ['Westmere', '=Westmere-v1'],
  [
    'Snowridge-v4',
    `
    pni pclmulqdq ssse3 sse4.1 sse4.2 x2apic movbe popcnt tsc-deadline aes xsave rdrand
    fsgsbase smep erms rdseed smap sha-ni gfni cldemote movdiri movdir64b spec-ctrl
    arch-capabilities ssbd syscall pdpe1gb rdtscp lm 3dnowprefetch xsaveopt xsavec xgetbv1
    xsaves`,
  ],
  [
    'Snowridge-v3',
    `
    pni pclmulqdq ssse3 sse4.1 sse4.2 x2apic movbe popcnt tsc-deadline aes xsave rdrand
    fsgsbase smep erms rdseed smap sha-ni gfni cldemote movdiri movdir64b spec-ctrl
    arch-capabilities core-capability ssbd syscall pdpe1gb rdtscp lm 3dnowprefetch xsaveopt
    xsavec xgetbv1 xsaves split-lock-detect`,
  ],
  [
    'Snowridge-v2',
    `
    pni pclmulqdq ssse3 sse4.1 sse4.2 x2apic movbe popcnt tsc-deadline aes xsave rdrand
    fsgsbase smep erms rdseed smap sha-ni gfni cldemote movdiri movdir64b spec-ctrl
    arch-capabilities core-capability ssbd syscall pdpe1gb rdtscp lm 3dnowprefetch xsaveopt
    xsavec xgetbv1 split-lock-detect`,
  ],
  [
    'Snowridge-v1',
    `
    pni pclmulqdq ssse3 sse4.1 sse4.2 x2apic movbe popcnt tsc-deadline aes xsave rdrand
    fsgsbase smep erms mpx rdseed smap sha-ni gfni cldemote movdiri movdir64b spec-ctrl
    arch-capabilities core-capability ssbd syscall pdpe1gb rdtscp lm 3dnowprefetch xsaveopt
    xsavec xgetbv1 xsave:mpx xsave:mpx split-lock-detect`,
  ],
  ['Snowridge', '=Snowridge-v1'],
  [
    'Skylake-Server-v5',
    `
    pni pclmulqdq ssse3 fma pcid sse4.1 sse4.2 x2apic movbe popcnt tsc-deadline aes xsave avx
    f16c rdrand fsgsbase bmi1 avx2 smep bmi2 erms invpcid avx512f avx512dq rdseed adx smap
    avx512cd avx512bw avx512vl pku spec-ctrl syscall pdpe1gb rdtscp lm abm 3dnowprefetch
    xsaveopt xsavec xgetbv1 xsaves xsave:avx512f xsave:avx512f xsave:avx512f xsave:pku`,
  ],
  [
    'Skylake-Server-v4',
    `
    pni pclmulqdq ssse3 fma pcid sse4.1 sse4.2 x2apic movbe popcnt tsc-deadline aes xsave avx
    f16c rdrand fsgsbase bmi1 avx2 smep bmi2 erms invpcid avx512f avx512dq rdseed adx smap
    avx512cd avx512bw avx512vl pku spec-ctrl syscall pdpe1gb rdtscp lm abm 3dnowprefetch
    xsaveopt xsavec xgetbv1 xsave:avx512f xsave:avx512f xsave:avx512f xsave:pku`,
  ],
  [
    'Skylake-Server-v3',
    `
    pni pclmulqdq ssse3 fma pcid sse4.1 sse4.2 x2apic movbe popcnt tsc-deadline aes xsave avx
    f16c rdrand fsgsbase bmi1 avx2 smep bmi2 erms invpcid avx512f avx512dq rdseed adx smap
    avx512cd avx512bw avx512vl pku spec-ctrl syscall pdpe1gb rdtscp lm abm 3dnowprefetch
    xsaveopt xsavec xgetbv1 xsave:avx512f xsave:avx512f xsave:avx512f xsave:pku`,
  ],
  [
    'Skylake-Server-v2',
    `
    pni pclmulqdq ssse3 fma pcid sse4.1 sse4.2 x2apic movbe popcnt tsc-deadline aes xsave avx
    f16c rdrand fsgsbase bmi1 hle avx2 smep bmi2 erms invpcid rtm avx512f avx512dq rdseed adx
    smap avx512cd avx512bw avx512vl pku spec-ctrl syscall pdpe1gb rdtscp lm abm 3dnowprefetch
    xsaveopt xsavec xgetbv1 xsave:avx512f xsave:avx512f xsave:avx512f xsave:pku`,
  ],
  [
    'Skylake-Server-v1',
    `
    pni pclmulqdq ssse3 fma pcid sse4.1 sse4.2 x2apic movbe popcnt tsc-deadline aes xsave avx
    f16c rdrand fsgsbase bmi1 hle avx2 smep bmi2 erms invpcid rtm avx512f avx512dq rdseed adx
    smap avx512cd avx512bw avx512vl pku syscall pdpe1gb rdtscp lm abm 3dnowprefetch xsaveopt
    xsavec xgetbv1 xsave:avx512f xsave:avx512f xsave:avx512f xsave:pku`,
  ],
  ['Skylake-Server-noTSX-IBRS', '=Skylake-Server-v3'],
  ['Skylake-Server-IBRS', '=Skylake-Server-v2'],
  ['Skylake-Server', '=Skylake-Server-v1'],
  [
    'Skylake-Client-v4',
    `
    pni pclmulqdq ssse3 fma pcid sse4.1 sse4.2 x2apic movbe popcnt tsc-deadline aes xsave avx
    f16c rdrand fsgsbase bmi1 avx2 smep bmi2 erms invpcid rdseed adx smap spec-ctrl syscall
    rdtscp lm abm 3dnowprefetch xsaveopt xsavec xgetbv1 xsaves`,
  ],
  [
    'Skylake-Client-v3',
    `
    pni pclmulqdq ssse3 fma pcid sse4.1 sse4.2 x2apic movbe popcnt tsc-deadline aes xsave avx
    f16c rdrand fsgsbase bmi1 avx2 smep bmi2 erms invpcid rdseed adx smap spec-ctrl syscall
    rdtscp lm abm 3dnowprefetch xsaveopt xsavec xgetbv1`,
  ],
  [
    'Skylake-Client-v2',
    `
    pni pclmulqdq ssse3 fma pcid sse4.1 sse4.2 x2apic movbe popcnt tsc-deadline aes xsave avx
    f16c rdrand fsgsbase bmi1 hle avx2 smep bmi2 erms invpcid rtm rdseed adx smap spec-ctrl
    syscall rdtscp lm abm 3dnowprefetch xsaveopt xsavec xgetbv1`,
  ],
  [
    'Skylake-Client-v1',
    `
    pni pclmulqdq ssse3 fma pcid sse4.1 sse4.2 x2apic movbe popcnt tsc-deadline aes xsave avx
    f16c rdrand fsgsbase bmi1 hle avx2 smep bmi2 erms invpcid rtm rdseed adx smap syscall
    rdtscp lm abm 3dnowprefetch xsaveopt xsavec xgetbv1`,
  ],
  ['Skylake-Client-noTSX-IBRS', '=Skylake-Client-v3'],
  ['Skylake-Client-IBRS', '=Skylake-Client-v2'],
  ['Skylake-Client', '=Skylake-Client-v1'],
  [
    'SandyBridge-v2',
    `
    pni pclmulqdq ssse3 sse4.1 sse4.2 x2apic popcnt tsc-deadline aes xsave avx spec-ctrl
    syscall rdtscp lm xsaveopt`,
  ],
  [
    'SandyBridge-v1',
    `
    pni pclmulqdq ssse3 sse4.1 sse4.2 x2apic popcnt tsc-deadline aes xsave avx syscall rdtscp
    lm xsaveopt`,
  ],
  ['SandyBridge-IBRS', '=SandyBridge-v2'],
  ['SandyBridge', '=SandyBridge-v1'],
  ['Penryn-v1', 'pni ssse3 sse4.1 syscall lm'],
  ['Penryn', '=Penryn-v1'],
  [
    'Opteron_G5-v1',
    `
    pni pclmulqdq ssse3 fma sse4.1 sse4.2 popcnt aes xsave avx f16c syscall pdpe1gb rdtscp lm
    abm sse4a misalignsse 3dnowprefetch xop fma4 tbm nrip-save`,
  ],
  ['Opteron_G5', '=Opteron_G5-v1'],
  [
    'Opteron_G4-v1',
    `
    pni pclmulqdq ssse3 sse4.1 sse4.2 popcnt aes xsave avx syscall pdpe1gb rdtscp lm abm sse4a
    misalignsse 3dnowprefetch xop fma4 nrip-save`,
  ],
  ['Opteron_G4', '=Opteron_G4-v1'],
  ['Opteron_G3-v1', 'pni popcnt syscall rdtscp lm abm sse4a misalignsse'],
  ['Opteron_G3', '=Opteron_G3-v1'],
  ['Opteron_G2-v1', 'pni syscall lm'],
  ['Opteron_G2', '=Opteron_G2-v1'],
  ['Opteron_G1-v1', 'pni syscall lm'],
  ['Opteron_G1', '=Opteron_G1-v1'],
  ['Nehalem-v2', 'pni ssse3 sse4.1 sse4.2 popcnt spec-ctrl syscall lm'],
  ['Nehalem-v1', 'pni ssse3 sse4.1 sse4.2 popcnt syscall lm'],
  ['Nehalem-IBRS', '=Nehalem-v2'],
  ['Nehalem', '=Nehalem-v1'],
  [
    'KnightsMill-v1',
    `
    ss pni pclmulqdq ssse3 fma sse4.1 sse4.2 x2apic movbe popcnt tsc-deadline aes xsave avx
    f16c rdrand fsgsbase bmi1 avx2 smep bmi2 erms avx512f rdseed adx avx512pf avx512er
    avx512cd avx512-vpopcntdq avx512-4vnniw avx512-4fmaps syscall pdpe1gb rdtscp lm abm
    3dnowprefetch xsaveopt xsave:avx512f xsave:avx512f xsave:avx512f`,
  ],
  ['KnightsMill', '=KnightsMill-v1'],
  [
    'IvyBridge-v2',
    `
    pni pclmulqdq ssse3 sse4.1 sse4.2 x2apic popcnt tsc-deadline aes xsave avx f16c rdrand
    fsgsbase smep erms spec-ctrl syscall rdtscp lm xsaveopt`,
  ],
  [
    'IvyBridge-v1',
    `
    pni pclmulqdq ssse3 sse4.1 sse4.2 x2apic popcnt tsc-deadline aes xsave avx f16c rdrand
    fsgsbase smep erms syscall rdtscp lm xsaveopt`,
  ],
  ['IvyBridge-IBRS', '=IvyBridge-v2'],
  ['IvyBridge', '=IvyBridge-v1'],
  [
    'Icelake-Server-v6',
    `
    pni pclmulqdq ssse3 fma pcid sse4.1 sse4.2 x2apic movbe popcnt tsc-deadline aes xsave avx
    f16c rdrand fsgsbase bmi1 avx2 smep bmi2 erms invpcid avx512f avx512dq rdseed adx smap
    avx512ifma avx512cd sha-ni avx512bw avx512vl avx512vbmi pku avx512vbmi2 gfni vaes
    vpclmulqdq avx512vnni avx512bitalg avx512-vpopcntdq la57 rdpid fsrm spec-ctrl
    arch-capabilities ssbd syscall pdpe1gb rdtscp lm abm 3dnowprefetch wbnoinvd xsaveopt
    xsavec xgetbv1 xsaves xsave:avx512f xsave:avx512f xsave:avx512f xsave:pku rdctl-no
    ibrs-all skip-l1dfl-vmentry mds-no pschange-mc-no taa-no`,
  ],
  [
    'Icelake-Server-v5',
    `
    pni pclmulqdq ssse3 fma pcid sse4.1 sse4.2 x2apic movbe popcnt tsc-deadline aes xsave avx
    f16c rdrand fsgsbase bmi1 avx2 smep bmi2 erms invpcid avx512f avx512dq rdseed adx smap
    avx512ifma avx512cd sha-ni avx512bw avx512vl avx512vbmi pku avx512vbmi2 gfni vaes
    vpclmulqdq avx512vnni avx512bitalg avx512-vpopcntdq la57 rdpid fsrm spec-ctrl
    arch-capabilities ssbd syscall pdpe1gb rdtscp lm abm 3dnowprefetch wbnoinvd xsaveopt
    xsavec xgetbv1 xsaves xsave:avx512f xsave:avx512f xsave:avx512f xsave:pku rdctl-no
    ibrs-all skip-l1dfl-vmentry mds-no pschange-mc-no taa-no`,
  ],
  [
    'Icelake-Server-v4',
    `
    pni pclmulqdq ssse3 fma pcid sse4.1 sse4.2 x2apic movbe popcnt tsc-deadline aes xsave avx
    f16c rdrand fsgsbase bmi1 avx2 smep bmi2 erms invpcid avx512f avx512dq rdseed adx smap
    avx512ifma avx512cd sha-ni avx512bw avx512vl avx512vbmi pku avx512vbmi2 gfni vaes
    vpclmulqdq avx512vnni avx512bitalg avx512-vpopcntdq la57 rdpid fsrm spec-ctrl
    arch-capabilities ssbd syscall pdpe1gb rdtscp lm abm 3dnowprefetch wbnoinvd xsaveopt
    xsavec xgetbv1 xsave:avx512f xsave:avx512f xsave:avx512f xsave:pku rdctl-no ibrs-all
    skip-l1dfl-vmentry mds-no pschange-mc-no taa-no`,
  ],
  [
    'Icelake-Server-v3',
    `
    pni pclmulqdq ssse3 fma pcid sse4.1 sse4.2 x2apic movbe popcnt tsc-deadline aes xsave avx
    f16c rdrand fsgsbase bmi1 avx2 smep bmi2 erms invpcid avx512f avx512dq rdseed adx smap
    avx512cd avx512bw avx512vl avx512vbmi pku avx512vbmi2 gfni vaes vpclmulqdq avx512vnni
    avx512bitalg avx512-vpopcntdq la57 spec-ctrl arch-capabilities ssbd syscall pdpe1gb rdtscp
    lm abm 3dnowprefetch wbnoinvd xsaveopt xsavec xgetbv1 xsave:avx512f xsave:avx512f
    xsave:avx512f xsave:pku rdctl-no ibrs-all skip-l1dfl-vmentry mds-no pschange-mc-no taa-no`,
  ],
  [
    'Icelake-Server-v2',
    `
    pni pclmulqdq ssse3 fma pcid sse4.1 sse4.2 x2apic movbe popcnt tsc-deadline aes xsave avx
    f16c rdrand fsgsbase bmi1 avx2 smep bmi2 erms invpcid avx512f avx512dq rdseed adx smap
    avx512cd avx512bw avx512vl avx512vbmi pku avx512vbmi2 gfni vaes vpclmulqdq avx512vnni
    avx512bitalg avx512-vpopcntdq la57 spec-ctrl ssbd syscall pdpe1gb rdtscp lm abm
    3dnowprefetch wbnoinvd xsaveopt xsavec xgetbv1 xsave:avx512f xsave:avx512f xsave:avx512f
    xsave:pku`,
  ],
  [
    'Icelake-Server-v1',
    `
    pni pclmulqdq ssse3 fma pcid sse4.1 sse4.2 x2apic movbe popcnt tsc-deadline aes xsave avx
    f16c rdrand fsgsbase bmi1 hle avx2 smep bmi2 erms invpcid rtm avx512f avx512dq rdseed adx
    smap avx512cd avx512bw avx512vl avx512vbmi pku avx512vbmi2 gfni vaes vpclmulqdq avx512vnni
    avx512bitalg avx512-vpopcntdq la57 spec-ctrl ssbd syscall pdpe1gb rdtscp lm abm
    3dnowprefetch wbnoinvd xsaveopt xsavec xgetbv1 xsave:avx512f xsave:avx512f xsave:avx512f
    xsave:pku`,
  ],
  ['Icelake-Server-noTSX', '=Icelake-Server-v2'],
  ['Icelake-Server', '=Icelake-Server-v1'],
  [
    'Haswell-v4',
    `
    pni pclmulqdq ssse3 fma pcid sse4.1 sse4.2 x2apic movbe popcnt tsc-deadline aes xsave avx
    f16c rdrand fsgsbase bmi1 avx2 smep bmi2 erms invpcid spec-ctrl syscall rdtscp lm abm
    xsaveopt`,
  ],
  [
    'Haswell-v3',
    `
    pni pclmulqdq ssse3 fma pcid sse4.1 sse4.2 x2apic movbe popcnt tsc-deadline aes xsave avx
    f16c rdrand fsgsbase bmi1 hle avx2 smep bmi2 erms invpcid rtm spec-ctrl syscall rdtscp lm
    abm xsaveopt`,
  ],
  [
    'Haswell-v2',
    `
    pni pclmulqdq ssse3 fma pcid sse4.1 sse4.2 x2apic movbe popcnt tsc-deadline aes xsave avx
    f16c rdrand fsgsbase bmi1 avx2 smep bmi2 erms invpcid syscall rdtscp lm abm xsaveopt`,
  ],
  [
    'Haswell-v1',
    `
    pni pclmulqdq ssse3 fma pcid sse4.1 sse4.2 x2apic movbe popcnt tsc-deadline aes xsave avx
    f16c rdrand fsgsbase bmi1 hle avx2 smep bmi2 erms invpcid rtm syscall rdtscp lm abm
    xsaveopt`,
  ],
  ['Haswell-noTSX-IBRS', '=Haswell-v4'],
  ['Haswell-noTSX', '=Haswell-v2'],
  ['Haswell-IBRS', '=Haswell-v3'],
  ['Haswell', '=Haswell-v1'],
  [
    'EPYC-v3',
    `
    pni pclmulqdq ssse3 fma sse4.1 sse4.2 movbe popcnt aes xsave avx f16c rdrand fsgsbase bmi1
    avx2 smep bmi2 rdseed adx smap sha-ni syscall fxsr-opt pdpe1gb rdtscp lm abm sse4a
    misalignsse 3dnowprefetch osvw topoext perfctr-core clzero xsaveerptr ibpb xsaveopt
    nrip-save xsavec xgetbv1 xsaves`,
  ],
  [
    'EPYC-v2',
    `
    pni pclmulqdq ssse3 fma sse4.1 sse4.2 movbe popcnt aes xsave avx f16c rdrand fsgsbase bmi1
    avx2 smep bmi2 rdseed adx smap sha-ni syscall fxsr-opt pdpe1gb rdtscp lm abm sse4a
    misalignsse 3dnowprefetch osvw topoext ibpb xsaveopt nrip-save xsavec xgetbv1`,
  ],
  [
    'EPYC-v1',
    `
    pni pclmulqdq ssse3 fma sse4.1 sse4.2 movbe popcnt aes xsave avx f16c rdrand fsgsbase bmi1
    avx2 smep bmi2 rdseed adx smap sha-ni syscall fxsr-opt pdpe1gb rdtscp lm abm sse4a
    misalignsse 3dnowprefetch osvw topoext xsaveopt nrip-save xsavec xgetbv1`,
  ],
  [
    'EPYC-Rome-v2',
    `
    pni pclmulqdq ssse3 fma sse4.1 sse4.2 movbe popcnt aes xsave avx f16c rdrand fsgsbase bmi1
    avx2 smep bmi2 rdseed adx smap sha-ni rdpid syscall fxsr-opt pdpe1gb rdtscp lm abm sse4a
    misalignsse 3dnowprefetch osvw topoext perfctr-core clzero xsaveerptr wbnoinvd ibpb ibrs
    amd-stibp amd-ssbd xsaveopt nrip-save xsavec xgetbv1 xsaves`,
  ],
  [
    'EPYC-Rome-v1',
    `
    pni pclmulqdq ssse3 fma sse4.1 sse4.2 movbe popcnt aes xsave avx f16c rdrand fsgsbase bmi1
    avx2 smep bmi2 rdseed adx smap sha-ni rdpid syscall fxsr-opt pdpe1gb rdtscp lm abm sse4a
    misalignsse 3dnowprefetch osvw topoext perfctr-core clzero xsaveerptr wbnoinvd ibpb
    amd-stibp xsaveopt nrip-save xsavec xgetbv1 xsaves`,
  ],
  ['EPYC-Rome', '=EPYC-Rome-v1'],
  [
    'EPYC-Milan-v1',
    `
    pni pclmulqdq ssse3 fma pcid sse4.1 sse4.2 movbe popcnt aes xsave avx f16c rdrand fsgsbase
    bmi1 avx2 smep bmi2 erms invpcid rdseed adx smap sha-ni pku rdpid fsrm syscall fxsr-opt
    pdpe1gb rdtscp lm abm sse4a misalignsse 3dnowprefetch osvw topoext perfctr-core clzero
    xsaveerptr wbnoinvd ibpb ibrs amd-stibp amd-ssbd xsaveopt nrip-save xsavec xgetbv1 xsaves
    xsave:pku`,
  ],
  ['EPYC-Milan', '=EPYC-Milan-v1'],
  ['EPYC-IBPB', '=EPYC-v2'],
  ['EPYC', '=EPYC-v1'],
  [
    'Dhyana-v2',
    `
    pni ssse3 fma sse4.1 sse4.2 movbe popcnt xsave avx f16c rdrand fsgsbase bmi1 avx2 smep
    bmi2 rdseed adx smap syscall fxsr-opt pdpe1gb rdtscp lm abm sse4a misalignsse
    3dnowprefetch osvw topoext ibpb xsaveopt nrip-save xsavec xgetbv1 xsaves`,
  ],
  [
    'Dhyana-v1',
    `
    pni ssse3 fma sse4.1 sse4.2 movbe popcnt xsave avx f16c rdrand fsgsbase bmi1 avx2 smep
    bmi2 rdseed adx smap syscall fxsr-opt pdpe1gb rdtscp lm abm sse4a misalignsse
    3dnowprefetch osvw topoext ibpb xsaveopt nrip-save xsavec xgetbv1`,
  ],
  ['Dhyana', '=Dhyana-v1'],
  [
    'Denverton-v3',
    `
    pni pclmulqdq ssse3 sse4.1 sse4.2 x2apic movbe popcnt tsc-deadline aes xsave rdrand
    fsgsbase smep erms rdseed smap sha-ni spec-ctrl arch-capabilities ssbd syscall pdpe1gb
    rdtscp lm 3dnowprefetch xsaveopt xsavec xgetbv1 xsaves rdctl-no skip-l1dfl-vmentry`,
  ],
  [
    'Denverton-v2',
    `
    pni pclmulqdq ssse3 sse4.1 sse4.2 x2apic movbe popcnt tsc-deadline aes xsave rdrand
    fsgsbase smep erms rdseed smap sha-ni spec-ctrl arch-capabilities ssbd syscall pdpe1gb
    rdtscp lm 3dnowprefetch xsaveopt xsavec xgetbv1 rdctl-no skip-l1dfl-vmentry`,
  ],
  [
    'Denverton-v1',
    `
    pni pclmulqdq ssse3 sse4.1 sse4.2 x2apic movbe popcnt tsc-deadline aes xsave rdrand
    fsgsbase smep erms mpx rdseed smap sha-ni spec-ctrl arch-capabilities ssbd syscall pdpe1gb
    rdtscp lm 3dnowprefetch xsaveopt xsavec xgetbv1 xsave:mpx xsave:mpx rdctl-no
    skip-l1dfl-vmentry`,
  ],
  ['Denverton', '=Denverton-v1'],
  [
    'Cooperlake-v2',
    `
    pni pclmulqdq ssse3 fma pcid sse4.1 sse4.2 x2apic movbe popcnt tsc-deadline aes xsave avx
    f16c rdrand fsgsbase bmi1 hle avx2 smep bmi2 erms invpcid rtm avx512f avx512dq rdseed adx
    smap avx512cd avx512bw avx512vl pku avx512vnni spec-ctrl stibp arch-capabilities ssbd
    avx512-bf16 syscall pdpe1gb rdtscp lm abm 3dnowprefetch xsaveopt xsavec xgetbv1 xsaves
    xsave:avx512f xsave:avx512f xsave:avx512f xsave:pku rdctl-no ibrs-all skip-l1dfl-vmentry
    mds-no pschange-mc-no taa-no`,
  ],
  [
    'Cooperlake-v1',
    `
    pni pclmulqdq ssse3 fma pcid sse4.1 sse4.2 x2apic movbe popcnt tsc-deadline aes xsave avx
    f16c rdrand fsgsbase bmi1 hle avx2 smep bmi2 erms invpcid rtm avx512f avx512dq rdseed adx
    smap avx512cd avx512bw avx512vl pku avx512vnni spec-ctrl stibp arch-capabilities ssbd
    avx512-bf16 syscall pdpe1gb rdtscp lm abm 3dnowprefetch xsaveopt xsavec xgetbv1
    xsave:avx512f xsave:avx512f xsave:avx512f xsave:pku rdctl-no ibrs-all skip-l1dfl-vmentry
    mds-no pschange-mc-no taa-no`,
  ],
  ['Cooperlake', '=Cooperlake-v1'],
  ['Conroe-v1', 'pni ssse3 syscall lm'],
  ['Conroe', '=Conroe-v1'],
  [
    'Cascadelake-Server-v5',
    `
    pni pclmulqdq ssse3 fma pcid sse4.1 sse4.2 x2apic movbe popcnt tsc-deadline aes xsave avx
    f16c rdrand fsgsbase bmi1 avx2 smep bmi2 erms invpcid avx512f avx512dq rdseed adx smap
    avx512cd avx512bw avx512vl pku avx512vnni spec-ctrl arch-capabilities ssbd syscall pdpe1gb
    rdtscp lm abm 3dnowprefetch xsaveopt xsavec xgetbv1 xsaves xsave:avx512f xsave:avx512f
    xsave:avx512f xsave:pku rdctl-no ibrs-all skip-l1dfl-vmentry mds-no`,
  ],
  [
    'Cascadelake-Server-v4',
    `
    pni pclmulqdq ssse3 fma pcid sse4.1 sse4.2 x2apic movbe popcnt tsc-deadline aes xsave avx
    f16c rdrand fsgsbase bmi1 avx2 smep bmi2 erms invpcid avx512f avx512dq rdseed adx smap
    avx512cd avx512bw avx512vl pku avx512vnni spec-ctrl arch-capabilities ssbd syscall pdpe1gb
    rdtscp lm abm 3dnowprefetch xsaveopt xsavec xgetbv1 xsave:avx512f xsave:avx512f
    xsave:avx512f xsave:pku rdctl-no ibrs-all skip-l1dfl-vmentry mds-no`,
  ],
  [
    'Cascadelake-Server-v3',
    `
    pni pclmulqdq ssse3 fma pcid sse4.1 sse4.2 x2apic movbe popcnt tsc-deadline aes xsave avx
    f16c rdrand fsgsbase bmi1 avx2 smep bmi2 erms invpcid avx512f avx512dq rdseed adx smap
    avx512cd avx512bw avx512vl pku avx512vnni spec-ctrl arch-capabilities ssbd syscall pdpe1gb
    rdtscp lm abm 3dnowprefetch xsaveopt xsavec xgetbv1 xsave:avx512f xsave:avx512f
    xsave:avx512f xsave:pku rdctl-no ibrs-all skip-l1dfl-vmentry mds-no`,
  ],
  [
    'Cascadelake-Server-v2',
    `
    pni pclmulqdq ssse3 fma pcid sse4.1 sse4.2 x2apic movbe popcnt tsc-deadline aes xsave avx
    f16c rdrand fsgsbase bmi1 hle avx2 smep bmi2 erms invpcid rtm avx512f avx512dq rdseed adx
    smap avx512cd avx512bw avx512vl pku avx512vnni spec-ctrl arch-capabilities ssbd syscall
    pdpe1gb rdtscp lm abm 3dnowprefetch xsaveopt xsavec xgetbv1 xsave:avx512f xsave:avx512f
    xsave:avx512f xsave:pku rdctl-no ibrs-all skip-l1dfl-vmentry mds-no`,
  ],
  [
    'Cascadelake-Server-v1',
    `
    pni pclmulqdq ssse3 fma pcid sse4.1 sse4.2 x2apic movbe popcnt tsc-deadline aes xsave avx
    f16c rdrand fsgsbase bmi1 hle avx2 smep bmi2 erms invpcid rtm avx512f avx512dq rdseed adx
    smap avx512cd avx512bw avx512vl pku avx512vnni spec-ctrl ssbd syscall pdpe1gb rdtscp lm
    abm 3dnowprefetch xsaveopt xsavec xgetbv1 xsave:avx512f xsave:avx512f xsave:avx512f
    xsave:pku`,
  ],
  ['Cascadelake-Server-noTSX', '=Cascadelake-Server-v3'],
  ['Cascadelake-Server', '=Cascadelake-Server-v1'],
  [
    'Broadwell-v4',
    `
    pni pclmulqdq ssse3 fma pcid sse4.1 sse4.2 x2apic movbe popcnt tsc-deadline aes xsave avx
    f16c rdrand fsgsbase bmi1 avx2 smep bmi2 erms invpcid rdseed adx smap spec-ctrl syscall
    rdtscp lm abm 3dnowprefetch xsaveopt`,
  ],
  [
    'Broadwell-v3',
    `
    pni pclmulqdq ssse3 fma pcid sse4.1 sse4.2 x2apic movbe popcnt tsc-deadline aes xsave avx
    f16c rdrand fsgsbase bmi1 hle avx2 smep bmi2 erms invpcid rtm rdseed adx smap spec-ctrl
    syscall rdtscp lm abm 3dnowprefetch xsaveopt`,
  ],
  [
    'Broadwell-v2',
    `
    pni pclmulqdq ssse3 fma pcid sse4.1 sse4.2 x2apic movbe popcnt tsc-deadline aes xsave avx
    f16c rdrand fsgsbase bmi1 avx2 smep bmi2 erms invpcid rdseed adx smap syscall rdtscp lm
    abm 3dnowprefetch xsaveopt`,
  ],
  [
    'Broadwell-v1',
    `
    pni pclmulqdq ssse3 fma pcid sse4.1 sse4.2 x2apic movbe popcnt tsc-deadline aes xsave avx
    f16c rdrand fsgsbase bmi1 hle avx2 smep bmi2 erms invpcid rtm rdseed adx smap syscall
    rdtscp lm abm 3dnowprefetch xsaveopt`,
  ],
  ['Broadwell-noTSX-IBRS', '=Broadwell-v4'],
  ['Broadwell-noTSX', '=Broadwell-v2'],
  ['Broadwell-IBRS', '=Broadwell-v3'],
  ['Broadwell', '=Broadwell-v1'],
  ['486-v1', ''],
  ['486', '=486-v1'],
];
