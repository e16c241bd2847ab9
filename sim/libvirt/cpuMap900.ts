/**
 * The x86 CPU models that libvirt 9.0 knows: more of them, with all their families, and features that are MSR bits.
 *
 * Models: libvirt v9.0.0 src/cpu_map/index.xml, x86_features.xml, x86_<model>.xml
 *
 * The lines are as in cpuMap.ts; `!` is a feature that the model once had and a guest is told that it has not.
 */
import { type CpuMap, cpuMap } from './cpuMap.ts';

export const cpuMap900: CpuMap = cpuMap(
  `
fpu vme de pse tsc msr pae mce cx8 apic sep mtrr pge mca cmov pat pse36 pn clflush ds acpi mmx
fxsr sse sse2 ss ht tm ia64 pbe pni pclmuldq dtes64 monitor ds_cpl vmx smx est tm2 ssse3 cid
fma cx16 xtpr pdcm pcid dca sse4.1 sse4.2 x2apic movbe popcnt tsc-deadline aes xsave osxsave
avx f16c rdrand hypervisor arat fsgsbase tsc_adjust sgx bmi1 hle avx2 smep bmi2 erms invpcid
rtm cmt mpx avx512f avx512dq rdseed adx smap avx512ifma pcommit clflushopt clwb intel-pt
avx512pf avx512er avx512cd sha-ni avx512bw avx512vl avx512vbmi umip pku ospke waitpkg
avx512vbmi2 gfni vaes vpclmulqdq avx512vnni avx512bitalg avx512-vpopcntdq la57 rdpid
bus-lock-detect cldemote movdiri movdir64b sgxlc pks avx512-4vnniw avx512-4fmaps fsrm
avx512-vp2intersect md-clear serialize tsx-ldtrk pconfig arch-lbr amx-bf16 avx512-fp16
amx-tile amx-int8 spec-ctrl stibp arch-capabilities core-capability ssbd avx-vnni avx512-bf16
xsaveopt xsavec xgetbv1 xsaves xfd mbm_total mbm_local sgx1 sgx2 sgx-exinfo sgx-debug
sgx-mode64 sgx-provisionkey sgx-tokenkey sgx-kss intel-pt-lip syscall nx mmxext fxsr_opt
pdpe1gb rdtscp lm 3dnowext 3dnow lahf_lm cmp_legacy svm extapic cr8legacy abm sse4a
misalignsse 3dnowprefetch osvw ibs xop skinit wdt lwp fma4 tce cvt16 nodeid_msr tbm topoext
perfctr_core perfctr_nb invtsc clzero xsaveerptr wbnoinvd ibpb ibrs amd-stibp amd-ssbd
virt-ssbd amd-no-ssb npt lbrv svm-lock nrip-save tsc-scale vmcb-clean flushbyasid
decodeassists pause-filter pfthreshold avic v-vmsave-vmload vgif svme-addr-chk rdctl-no
ibrs-all rsba skip-l1dfl-vmentry ssb-no mds-no pschange-mc-no tsx-ctrl taa-no
split-lock-detect
`,
  `
486 - - - +fpu +vme +pse
pentium - - 486 +de +tsc +msr +mce +cx8 +mmx
pentium2 - - pentium +pae +sep +mtrr +pge +mca +cmov +pat +pse36 +fxsr
pentium3 - - pentium2 +sse
pentiumpro - - pentium3 +apic +sse2 -vme -mtrr -mca -pse36
coreduo Intel - pentium3 +apic +clflush +sse2 +pni +monitor +nx -pse36
n270 Intel - coreduo +ssse3
core2duo Intel - n270 +pse36 +syscall +lm
qemu32 - - pentiumpro +pni
kvm32 - - coreduo +pse36 -vme -monitor -nx
cpu64-rhel5 - - core2duo -vme -monitor -ssse3
cpu64-rhel6 - - cpu64-rhel5 +cx16 +lahf_lm
qemu64 - - cpu64-rhel6 +popcnt +svm +abm +sse4a
kvm64 - - cpu64-rhel5 +cx16
Conroe Intel 6/15,6/22 cpu64-rhel5 +ssse3 +lahf_lm
Penryn Intel 6/23,6/29 cpu64-rhel6 +ssse3 +sse4.1
Nehalem Intel 6/26,6/30,6/31,6/46 Penryn +sse4.2 +popcnt
Nehalem-IBRS Intel 6/26,6/30,6/31,6/46 Nehalem +spec-ctrl
Westmere Intel 6/44,6/47,6/37 Nehalem +aes
Westmere-IBRS Intel 6/44 Nehalem-IBRS +aes
SandyBridge Intel 6/42,6/45 Westmere +pclmuldq +x2apic +tsc-deadline +xsave +avx +rdtscp
SandyBridge-IBRS Intel 6/42,6/45 SandyBridge +spec-ctrl
IvyBridge Intel 6/58,6/62 SandyBridge +vme +f16c +rdrand +fsgsbase +smep +erms
IvyBridge-IBRS Intel 6/58,6/62 IvyBridge +spec-ctrl
Haswell-noTSX Intel 6/60,6/63,6/69,6/70 SandyBridge +fma +pcid +movbe +fsgsbase +bmi1 +avx2
    +smep +bmi2 +erms +invpcid
Haswell-noTSX-IBRS Intel 6/60,6/63,6/69,6/70 Haswell-noTSX +spec-ctrl
Haswell Intel 6/60,6/63,6/69,6/70 Haswell-noTSX +hle +rtm
Haswell-IBRS Intel 6/60,6/63,6/69,6/70 Haswell +spec-ctrl
Broadwell-noTSX Intel 6/61,6/71,6/79,6/86 Haswell-noTSX +rdseed +adx +smap +3dnowprefetch
Broadwell-noTSX-IBRS Intel 6/61,6/71,6/79,6/86 Broadwell-noTSX +spec-ctrl
Broadwell Intel 6/61,6/71,6/79,6/86 Broadwell-noTSX +hle +rtm
Broadwell-IBRS Intel 6/61,6/71,6/79,6/86 Broadwell +spec-ctrl
Skylake-Client Intel 6/94,6/78,6/142,6/158 Broadwell +vme +f16c +rdrand +arat +mpx +xsaveopt
    +xsavec +xgetbv1 +abm
Skylake-Client-IBRS Intel 6/94,6/78,6/142,6/158 Skylake-Client +spec-ctrl
Skylake-Client-noTSX-IBRS Intel 6/94,6/78,6/142,6/158 Skylake-Client-IBRS -hle -rtm
Skylake-Server Intel 6/85/0-4 Skylake-Client +avx512f +avx512dq +clwb +avx512cd +avx512bw
    +avx512vl +pdpe1gb
Skylake-Server-IBRS Intel 6/85/0-4 Skylake-Server +spec-ctrl
Skylake-Server-noTSX-IBRS Intel 6/85/0-4 Skylake-Server-IBRS -hle -rtm
Cascadelake-Server Intel 6/85/5-7 Skylake-Server-IBRS +clflushopt +avx512vnni +ssbd
Cascadelake-Server-noTSX Intel 6/85/5-7 Cascadelake-Server -hle -rtm
Icelake-Client Intel 6/126 Skylake-Client-IBRS +avx512vbmi +umip +pku +avx512vbmi2 +gfni +vaes
    +vpclmulqdq +avx512vnni +avx512bitalg +avx512-vpopcntdq +ssbd +wbnoinvd !intel-pt
Icelake-Client-noTSX Intel 6/126 Icelake-Client -hle -rtm !intel-pt
Icelake-Server Intel 6/106 Icelake-Client +avx512f +avx512dq +clflushopt +clwb +avx512cd
    +avx512bw +avx512vl +la57 +pdpe1gb !intel-pt
Icelake-Server-noTSX Intel 6/106 Icelake-Server -hle -rtm !intel-pt
Cooperlake Intel 6/85/10-11 Cascadelake-Server +pku +stibp +arch-capabilities +avx512-bf16
    +rdctl-no +ibrs-all +skip-l1dfl-vmentry +mds-no +pschange-mc-no +taa-no -mpx
Snowridge Intel 6/134 IvyBridge-IBRS +movbe +arat +rdseed +smap +clflushopt +clwb +sha-ni +umip
    +gfni +cldemote +movdiri +movdir64b +arch-capabilities +core-capability +ssbd +xsaveopt
    +xsavec +xgetbv1 +pdpe1gb +3dnowprefetch +split-lock-detect -avx -f16c
athlon AMD - pentium3 +apic +sse2 +mmxext +3dnowext +3dnow -mca
phenom AMD - cpu64-rhel5 +monitor +mmxext +fxsr_opt +3dnowext +3dnow +svm
Opteron_G1 AMD 15/6 cpu64-rhel5
Opteron_G2 AMD 15/6 cpu64-rhel6 +rdtscp +svm
Opteron_G3 AMD 15/6 qemu64 +rdtscp +misalignsse !monitor
Opteron_G4 AMD 21/1 SandyBridge +pdpe1gb +svm +abm +sse4a +misalignsse +3dnowprefetch +xop +fma4
    -x2apic -tsc-deadline
Opteron_G5 AMD 21/2 Opteron_G4 +fma +f16c +tbm
EPYC AMD 23/1 Skylake-Client-noTSX-IBRS +clflushopt +sha-ni +mmxext +fxsr_opt +pdpe1gb +svm
    +cr8legacy +sse4a +misalignsse +osvw -pcid -x2apic -tsc-deadline -erms -invpcid -mpx
    -spec-ctrl !monitor
EPYC-IBPB AMD 23/1 EPYC +ibpb !monitor
EPYC-Rome AMD 23/49 EPYC-IBPB +clwb +umip +rdpid +perfctr_core +clzero +xsaveerptr +wbnoinvd
    +amd-stibp +npt +nrip-save
EPYC-Milan AMD 25/1 EPYC-Rome +pcid +erms +invpcid +pku +fsrm +xsaves +ibrs +amd-ssbd
    +svme-addr-chk
Dhyana Hygon 24/0 EPYC-IBPB -pclmuldq -aes -sha-ni !monitor
`,
  {
    host: 'cpu64-rhel5 cpu64-rhel6',
    guest: `cpu64-rhel5 cpu64-rhel6 Skylake-Client-noTSX-IBRS Skylake-Server-noTSX-IBRS Cascadelake-Server-noTSX
      Icelake-Client-noTSX Icelake-Server-noTSX`,
  },
);
