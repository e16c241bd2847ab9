/**
 * What Debian's QEMU 7.2 says of a CPU's properties.
 *
 * Models: QEMU v7.2.22 target/i386/cpu.c feature_word_info, x86_cpu_properties, as recorded: query-cpu-model-expansion
 *   with KVM and without
 * Leaves out: lbr-fmt, whose value no JSON reader here or in libvirt can hold.
 */
import { models72 } from './debian72Models.ts';
import type { CpuTables } from './tables.ts';

export const cpus72: CpuTables = {
  cpuModels: models72,
  tcgFeatures: `
    xsave:avx xsave:mpx xsave:avx512f xsave:pku
    3dnow 3dnowext abm acpi adx aes apic arat avx avx2 bmi1 bmi2 clflush clflushopt clwb cmov
    cr8legacy cx16 cx8 de erms f16c fma fpu fsgsbase fxsr hypervisor la57 lahf-lm lm mca mce mmx
    mmxext monitor movbe mpx msr mtrr npt nx pae pat pclmulqdq pcommit pdpe1gb pge pks pku pni
    popcnt pse pse36 rdrand rdtscp sep smap smep ss sse sse2 sse4.1 sse4.2 sse4a ssse3 svm
    svme-addr-chk syscall tsc umip vaes vgif xgetbv1 xsave xsaveopt`,
  features: `
    xstore-en vmx-hlt-exit avx512pf vmx-ept-advanced-exitinfo abm vmx-exit-load-pkrs sha-ni
    vmx-entry-load-efer vmx-mtf vmx-rdpmc-exit wdt tbm vmx-activity-wait-sipi kvm-pv-tlb-flush
    pse36 xsaveerptr rdtscp mtrr dtes64 vmx vme avx512-4vnniw rdseed rdrand perfctr-nb lmce
    amx-bf16 kvm-hint-dedicated rtm xstore fxsr-opt vmx-ins-outs vpclmulqdq lahf-lm
    vmx-entry-ia32e-mode erms 3dnow clzero vmx-xsaves vmx-secondary-ctls vgif arch-capabilities
    taa-no pcid pmm-en full-width-write avx512er vmx-vintr-pending monitor vmx-vnmi-pending
    vmx-entry-load-pkrs clflushopt vmx-preemption-timer amd-stibp topoext tsc-scale
    kvm-pv-unhalt bmi2 bmi1 split-lock-detect misalignsse md-clear nodeid-msr
    vmx-cr3-load-noexit virt-ssbd sep avic avx2 pse vmx-movdr-exit vmx-store-lma umip
    vmx-io-bitmap vmx-entry-load-perf-global-ctrl fsrm vmx-entry-load-pat
    vmx-exit-save-preemption-timer lm vmx-shadow-vmcs xsaves movdir64b serialize vaes popcnt
    mmxext pclmulqdq nx vmx-io-exit ht vmx-ept-1gb vmx-ept-2mb fsgsbase ace2 avx512bw acpi
    movdiri vmx-invept-single-context core-capability avx ibrs ibpb xop amd-ssbd lwp
    sgx-provisionkey vmx-rdrand-exit v-vmsave-vmload pschange-mc-no vmx-zero-len-inject kvmclock
    avx512-vp2intersect kvm-steal-time tsc-adjust vmx-apicv-register vmx-posted-intr spec-ctrl
    vmx-eptad vmx-entry-noload-debugctl pmm apic osvw vmx-invept la57 sgx-kss
    vmx-exit-nosave-debugctl fma4 ibs ds-cpl fpu tce tsc skinit clflush xsave de cx16 fma
    vmx-exit-load-perf-global-ctrl skip-l1dfl-vmentry tsc-deadline sgx-mode64 pdpe1gb sgx-debug
    invpcid vmx-pause-exit kvm-msi-ext-dest-id sse4a ssse3 nrip-save movbe
    vmx-exit-clear-rtit-ctl vmx-entry-load-bndcfgs pdcm avx512bitalg pge sse4.2 kvm-mmu xfd
    vmx-ept sgx-tokenkey cldemote waitpkg vmx-invvpid-single-addr cx8 kvm-pv-ipi kvm-pv-eoi tm2
    avx512ifma kvm-poll-control est vmx-wbinvd-exit ssbd sse2 vmx-monitor-exit invtsc svm
    avx512dq syscall vmx-vpid pcommit mds-no vmx-rdtscp-exit hypervisor vmx-rdtsc-exit
    kvmclock-stable-bit tm kvm-nopiodelay vmx-tsc-offset phe-en sse pat pae ace2-en
    vmx-exit-ack-intr f16c flushbyasid vmx-activity-hlt vmx-invvpid-all-context vmx-invlpg-exit
    kvm-pv-sched-yield vmx-apicv-x2apic avx512vnni avx512vbmi x2apic amx-int8 vmx-invpcid-exit
    pfthreshold smap smep svm-lock tsx-ldtrk pni ss adx lbrv clwb vmx-invvpid rdctl-no sgxlc npt
    amd-no-ssb 3dnowext avx-vnni hle vmcb-clean avx512-4fmaps cmp-legacy smx pks pku
    vmx-cr3-store-noexit vmx-unrestricted-guest dca rsba pn vmx-invept-single-context-noglobals
    amx-tile vmx-nmi-exit vmx-pml vmx-mwait-exit xcrypt-en vmx-msr-bitmap stibp vmx-encls-exit
    cr8legacy avx512vbmi2 sgx2 sgx1 vmx-activity-shutdown vmx-vmfunc 3dnowprefetch extapic phe
    avx512-vpopcntdq avx512vl vmx-ple tsx-ctrl xtpr vmx-exit-save-pat vmx-apicv-vid arch-lbr
    xsaveopt vmx-cr8-load-exit avx512-bf16 avx512-fp16 fxsr ds sgx-exinfo cid xgetbv1
    vmx-flexpriority vmx-intr-exit vmx-exit-load-pat sgx xcrypt mca mce msr avx512f wbnoinvd
    vmx-invept-all-context vmx-exit-save-efer vmx-ept-execonly vmx-true-ctls vmx-vnmi
    kvm-asyncpf-int vmx-vmwrite-vmexit-fields intel-pt-lip sse4.1 vmx-exit-clear-bndcfgs
    vmx-exit-load-efer decodeassists avx512cd pbe mpx perfctr-core kvm-asyncpf
    vmx-eptp-switching vmx-rdseed-exit vmx-cr8-store-exit vmx-tsc-scaling intel-pt xsavec
    bus-lock-detect pause-filter vmx-desc-exit ibrs-all gfni vmx-page-walk-5 vmx-page-walk-4
    arat rdpid mmx vmx-apicv-xapic aes ssb-no ia64 cmov svme-addr-chk vmx-entry-load-rtit-ctl`,
  cpuAliases: `
    cmp_legacy=cmp-legacy ds_cpl=ds-cpl ffxsr=fxsr-opt fxsr_opt=fxsr-opt i64=lm
    kvm_asyncpf=kvm-asyncpf kvm_asyncpf_int=kvm-asyncpf-int kvm_mmu=kvm-mmu
    kvm_nopiodelay=kvm-nopiodelay kvm_poll_control=kvm-poll-control kvm_pv_eoi=kvm-pv-eoi
    kvm_pv_unhalt=kvm-pv-unhalt kvm_steal_time=kvm-steal-time lahf_lm=lahf-lm
    nodeid_msr=nodeid-msr nrip_save=nrip-save pause_filter=pause-filter pclmuldq=pclmulqdq
    perfctr_core=perfctr-core perfctr_nb=perfctr-nb sse3=pni sse4-1=sse4.1 sse4-2=sse4.2
    sse4_1=sse4.1 sse4_2=sse4.2 svm_lock=svm-lock tsc_adjust=tsc-adjust tsc_scale=tsc-scale
    vmcb_clean=vmcb-clean xd=nx`,
  fullOrder: `
    xstore-en vmx-hlt-exit avx512pf vmx-ept-advanced-exitinfo abm vmx-exit-load-pkrs sha-ni
    model-id pause_filter hv-tlbflush-ext vmx-mtf level-func7 vmx-entry-load-efer wdt
    vmx-rdpmc-exit tbm vmx-activity-wait-sipi kvm-pv-tlb-flush pse36 xsaveerptr rdtscp mtrr
    dtes64 vmx vme avx512-4vnniw rdseed rdrand ffxsr hv-tlbflush perfctr_nb perfctr-nb hv-time
    lmce amx-bf16 kvm-hint-dedicated rtm fxsr_opt hv-synic fxsr-opt xstore vpclmulqdq
    vmx-ins-outs lahf_lm lahf-lm vmx-entry-ia32e-mode x-force-features erms 3dnow clzero
    x-vendor-cpuid-only arch-capabilities vmx-xsaves vmx-secondary-ctls vgif pcid taa-no pmm-en
    full-width-write avx512er vmx-vintr-pending monitor kvm-no-smi-migration vmx-vnmi-pending
    clflushopt vmx-entry-load-pkrs xlevel2 vmx-preemption-timer ucode-rev
    hv-no-nonarch-coresharing hv-vpindex amd-stibp topoext tsc_scale tsc-scale bmi1 bmi2
    kvm-pv-unhalt realized min-xlevel misalignsse kvm split-lock-detect md-clear nodeid-msr
    x-hv-max-vps virt-ssbd vmx-cr3-load-noexit pclmuldq sep avic pse avx2 vmx-movdr-exit umip
    vmx-store-lma vmx-io-bitmap vmx-entry-load-perf-global-ctrl fsrm vmx-entry-load-pat
    vmx-exit-save-preemption-timer lm tcg-cpuid vmx-shadow-vmcs movdir64b xsaves serialize vaes
    popcnt mmxext pclmulqdq nx vmx-io-exit ht vmx-ept-1gb vmx-ept-2mb hv-vapic fsgsbase ace2
    acpi avx512bw movdiri vmx-invept-single-context avx core-capability xop ibrs ibpb amd-ssbd
    hv-passthrough lwp vmx-rdrand-exit sgx-provisionkey v-vmsave-vmload pschange-mc-no l3-cache
    vmx-zero-len-inject kvmclock avx512-vp2intersect kvm_steal_time kvm-steal-time tsc_adjust
    tsc-adjust min-xlevel2 vmx-apicv-register vmx-posted-intr spec-ctrl apic pmm
    vmx-entry-noload-debugctl pmu vmx-eptad hv-spinlocks check migratable osvw la57 vmx-invept
    hv-version-id-major vmx-exit-nosave-debugctl sgx-kss host-phys-bits fma4 ds_cpl ibs ds-cpl
    fpu kvm_asyncpf_int tce tsc skinit clflush lbr_fmt lbr-fmt xsave stepping enforce
    hv-version-id-build de cx16 fma vmx-exit-load-perf-global-ctrl skip-l1dfl-vmentry
    tsc-deadline sgx-mode64 pdpe1gb invpcid sgx-debug kvm_pv_unhalt kvm-msi-ext-dest-id sse4a
    ssse3 vmx-pause-exit nrip_save nrip-save movbe model hv-apicv vmx-exit-clear-rtit-ctl
    nodeid_msr pdcm vmx-entry-load-bndcfgs avx512bitalg fill-mtrr-mask pge sse4_2 sse4-2 sse4.2
    kvm_mmu kvm-mmu hv-reenlightenment xfd hv-tlbflush-direct vmx-ept cldemote sgx-tokenkey
    waitpkg vmx-invvpid-single-addr cx8 hv-emsr-bitmap kvm-pv-ipi kvm-pv-eoi start-powered-off
    tm2 avx512ifma kvm_poll_control kvm-poll-control est sse3 ssbd vmx-wbinvd-exit sse2
    vmx-monitor-exit invtsc hv-reset hv-avic full-cpuid-auto-level svm x-migrate-smi-count
    avx512dq level syscall vmx-vpid pcommit mds-no socket-id vmx-rdtscp-exit hypervisor
    vmx-rdtsc-exit kvmclock-stable-bit hv-enforce-cpuid tm kvm_nopiodelay kvm-nopiodelay phe-en
    vmx-tsc-offset die-id sse pat pae ace2-en vmx-exit-ack-intr f16c flushbyasid
    vmx-activity-hlt i64 vmx-invvpid-all-context x-hv-synic-kvm-only vmx-invlpg-exit
    kvm-pv-sched-yield hv-stimer vmx-apicv-x2apic avx512vbmi avx512vnni x2apic amx-int8
    vmx-invpcid-exit smep smap pfthreshold svm_lock svm-lock host-cache-info tsx-ldtrk pni ss
    adx lbrv clwb memory vmx-invvpid rdctl-no sgxlc npt avx-vnni 3dnowext amd-no-ssb hle
    vmcb_clean vmcb-clean avx512-4fmaps node-id cmp_legacy cmp-legacy smx pks pku
    vmx-cr3-store-noexit hv-ipi vendor vmx-unrestricted-guest dca rsba pn amx-tile
    vmx-invept-single-context-noglobals vmx-nmi-exit apic-id vmx-pml kvm_pv_eoi vmx-mwait-exit
    xcrypt-en cpuid-0xb vmx-msr-bitmap stibp vmx-encls-exit cr8legacy avx512vbmi2 sgx2 sgx1
    vmx-activity-shutdown 3dnowprefetch vmx-vmfunc extapic avx512vl phe hv-version-id-spack
    avx512-vpopcntdq hv-evmcs vmx-ple xtpr tsx-ctrl vmx-exit-save-pat vmx-apicv-vid arch-lbr
    xsaveopt hv-version-id-snumber hv-version-id-sbranch vmx-cr8-load-exit fxsr hv-crash ds
    avx512-fp16 avx512-bf16 sgx-exinfo hv-relaxed cid xgetbv1 vmx-flexpriority min-level
    vmx-intr-exit vmx-exit-load-pat thread-id sgx msr mca mce hv-stimer-direct hv-runtime xcrypt
    avx512f wbnoinvd vmware-cpuid-freq vmx-invept-all-context vmx-exit-save-efer
    vmx-ept-execonly host-phys-bits-limit vmx-true-ctls kvm-asyncpf-int vmx-vnmi
    vmx-vmwrite-vmexit-fields intel-pt-lip legacy-cache family sse4_1 sse4-1 sse4.1
    vmx-exit-clear-bndcfgs vmx-exit-load-efer decodeassists pbe avx512cd mpx perfctr_core
    perfctr-core kvm_asyncpf kvm-asyncpf hv-syndbg vmx-eptp-switching hv-vendor-id
    x-intel-pt-auto-level xd vmx-rdseed-exit tsc-frequency hv-frequencies hv-xmm-input
    vmx-cr8-store-exit vmx-tsc-scaling intel-pt xsavec bus-lock-detect pause-filter ibrs-all
    gfni vmx-desc-exit vmx-page-walk-4 vmx-page-walk-5 rdpid arat mmx kvm-pv-enforce-cpuid
    vmx-apicv-xapic aes ssb-no hv-version-id-minor ia64 cmov xlevel svme-addr-chk core-id
    phys-bits vmx-entry-load-rtit-ctl`,
  cpuProperties: {
    every: {
      'apic-id': 4294967295,
      check: true,
      'core-id': -1,
      'cpuid-0xb': true,
      'die-id': -1,
      enforce: false,
      'fill-mtrr-mask': true,
      'full-cpuid-auto-level': true,
      'host-phys-bits': false,
      'host-phys-bits-limit': 0,
      'hv-apicv': false,
      'hv-avic': false,
      'hv-crash': false,
      'hv-emsr-bitmap': false,
      'hv-enforce-cpuid': false,
      'hv-evmcs': false,
      'hv-frequencies': false,
      'hv-ipi': false,
      'hv-no-nonarch-coresharing': 'off',
      'hv-passthrough': false,
      'hv-reenlightenment': false,
      'hv-relaxed': false,
      'hv-reset': false,
      'hv-runtime': false,
      'hv-spinlocks': 4294967295,
      'hv-stimer': false,
      'hv-stimer-direct': false,
      'hv-syndbg': false,
      'hv-synic': false,
      'hv-time': false,
      'hv-tlbflush': false,
      'hv-tlbflush-direct': false,
      'hv-tlbflush-ext': false,
      'hv-vapic': false,
      'hv-vendor-id': '',
      'hv-version-id-build': 14393,
      'hv-version-id-major': 10,
      'hv-version-id-minor': 0,
      'hv-version-id-sbranch': 0,
      'hv-version-id-snumber': 0,
      'hv-version-id-spack': 0,
      'hv-vpindex': false,
      'hv-xmm-input': false,
      kvm: true,
      'kvm-no-smi-migration': false,
      'kvm-pv-enforce-cpuid': false,
      'l3-cache': true,
      'legacy-cache': true,
      'level-func7': 0,
      memory: '/machine/unattached/system[0]',
      'min-xlevel2': 0,
      'node-id': -1,
      'phys-bits': 0,
      pmu: false,
      realized: false,
      'socket-id': -1,
      'start-powered-off': false,
      'tcg-cpuid': true,
      'thread-id': -1,
      'tsc-frequency': 0,
      'ucode-rev': 0,
      'vmware-cpuid-freq': true,
      'x-force-features': false,
      'x-hv-max-vps': -1,
      'x-hv-synic-kvm-only': false,
      'x-intel-pt-auto-level': true,
      'x-migrate-smi-count': true,
      'x-vendor-cpuid-only': true,
      xlevel2: 0,
    },
    host: { 'host-cache-info': false, migratable: true, pmu: true },
  },
};
