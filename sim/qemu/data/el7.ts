/**
 * What qemu-kvm-ev 2.12 says of itself, as far as libvirt 5.0.0 looks.
 *
 * Models: QEMU v2.12.0 with el7's configuration (default-configs/x86_64-softmmu.mak, hw/i386/pc_piix.c, pc_q35.c).
 *   The choice of names is ours: no reply of the el7 binary was recorded. A CPU model lists the features that
 *   some accelerator or host lacks; query-cpu-definitions works out which of them are missing here.
 * Leaves out: every type and property that no modelled client asks for.
 */
import { schema212 } from './schema.ts';
import type { Tables } from './tables.ts';

export const el7: Tables = {
  commands: `
    netdev_add __com.redhat_drive_add device_add query-qmp-schema x-oob-test
    query-sev-capabilities query-sev-launch-measure query-sev query-vm-generation-id
    query-hotpluggable-cpus rtc-reset-reinjection query-acpi-ospm-status query-memory-devices
    query-memdev query-command-line-options query-target query-fdsets remove-fd add-fd
    query-cpu-model-expansion query-cpu-definitions query-memory-size-summary query-machines
    closefd getfd object-del object-add query-dump-guest-memory-capability query-dump
    dump-guest-memory device_del qom-list-properties device-list-properties qom-list-types
    change qom-set qom-get qom-list human-monitor-command balloon inject-nmi system_wakeup cont
    pmemsave memsave cpu-add system_powerdown system_reset stop quit query-pci query-balloon
    query-iothreads query-cpus-fast query-cpus query-events query-uuid query-kvm query-name
    add_client query-commands query-version qmp_capabilities trace-event-set-state
    trace-event-get-state transaction migrate-incoming migrate query-migrate-cache-size
    migrate-set-cache-size migrate_set_speed migrate_set_downtime migrate-continue
    migrate_cancel x-colo-lost-heartbeat migrate-start-postcopy client_migrate_info
    query-migrate-parameters migrate-set-parameters query-migrate-capabilities
    migrate-set-capabilities query-migrate input-send-event send-key query-mice
    change-vnc-password query-vnc-servers query-vnc query-spice screendump expire_password
    set_password query-tpm query-tpm-types query-tpm-models query-rx-filter netdev_del set_link
    chardev-send-break chardev-remove chardev-change chardev-add ringbuf-read ringbuf-write
    query-chardev-backends query-chardev nbd-server-stop nbd-server-remove nbd-server-add
    nbd-server-start eject blockdev-snapshot-delete-internal-sync
    blockdev-snapshot-internal-sync x-blockdev-set-iothread x-blockdev-change
    block-set-write-threshold blockdev-change-medium blockdev-insert-medium
    blockdev-remove-medium blockdev-close-tray blockdev-open-tray x-blockdev-create blockdev-del
    blockdev-add block-job-finalize block-job-dismiss block-job-complete block-job-resume
    block-job-pause block-job-cancel block-job-set-speed block-stream block_set_io_throttle
    blockdev-mirror x-debug-block-dirty-bitmap-sha256 block-dirty-bitmap-clear
    block-dirty-bitmap-remove block-dirty-bitmap-add drive-mirror query-named-block-nodes
    blockdev-backup drive-backup block-commit change-backing-file blockdev-snapshot
    blockdev-snapshot-sync block_resize block_passwd query-block-jobs query-blockstats
    query-block x-block-latency-histogram-set watchdog-set-action query-status`,
  events: `
    COMMAND_DROPPED RTC_CHANGE ACPI_DEVICE_OST MEM_UNPLUG_ERROR DUMP_COMPLETED DEVICE_DELETED
    BALLOON_CHANGE MIGRATION_PASS MIGRATION VNC_DISCONNECTED VNC_INITIALIZED VNC_CONNECTED
    SPICE_MIGRATE_COMPLETED SPICE_DISCONNECTED SPICE_INITIALIZED SPICE_CONNECTED
    NIC_RX_FILTER_CHANGED VSERPORT_CHANGE QUORUM_REPORT_BAD QUORUM_FAILURE DEVICE_TRAY_MOVED
    BLOCK_WRITE_THRESHOLD BLOCK_JOB_PENDING BLOCK_JOB_READY BLOCK_JOB_ERROR BLOCK_JOB_CANCELLED
    BLOCK_JOB_COMPLETED BLOCK_IO_ERROR BLOCK_IMAGE_CORRUPTED GUEST_PANICKED WATCHDOG WAKEUP
    SUSPEND_DISK SUSPEND RESUME STOP RESET POWERDOWN SHUTDOWN`,
  migration: `
    xbzrle rdma-pin-all auto-converge zero-blocks compress events postcopy-ram x-colo
    release-ram block return-path pause-before-switchover x-multifd dirty-bitmaps`,
  tpmModels: 'tpm-crb tpm-tis',
  tpmTypes: 'passthrough emulator',
  tcgFeatures: `
    xsave:avx xsave:mpx xsave:avx512f xsave:pku
    3dnow 3dnowext abm acpi adx aes apic arat bmi1 bmi2 clflush clflushopt clwb cmov cr8legacy
    cx16 cx8 de erms fpu fsgsbase fxsr hypervisor la57 lahf-lm lm mca mce mmx mmxext monitor
    movbe mpx msr mtrr nx ospke pae pat pclmulqdq pcommit pdpe1gb pge pku pni popcnt pse pse36
    rdtscp sep smap smep ss sse sse2 sse4.1 sse4.2 sse4a ssse3 svm syscall tsc xgetbv1 xsave
    xsaveopt`,
  features: `
    3dnow 3dnowext abm acpi adx aes apic arat bmi1 bmi2 clflush clflushopt clwb cmov cr8legacy
    cx16 cx8 de erms fpu fsgsbase fxsr hypervisor la57 lahf-lm lm mca mce mmx mmxext monitor
    movbe mpx msr mtrr nx ospke pae pat pclmulqdq pcommit pdpe1gb pge pku pni popcnt pse pse36
    rdtscp sep smap smep ss sse sse2 sse4.1 sse4.2 sse4a ssse3 svm syscall tsc xgetbv1 xsave
    xsaveopt 3dnowprefetch ace2 ace2-en avx avx2 avx512-4fmaps avx512-4vnniw avx512-vpopcntdq
    avx512bitalg avx512bw avx512cd avx512dq avx512er avx512f avx512ifma avx512pf avx512vbmi
    avx512vbmi2 avx512vl avx512vnni cid cmp-legacy dca decodeassists ds ds-cpl dtes64 est
    extapic f16c flushbyasid fma fma4 fxsr-opt gfni hle ht ia64 ibpb ibs intel-pt invpcid invtsc
    kvm-asyncpf kvm-hint-dedicated kvm-mmu kvm-nopiodelay kvm-pv-eoi kvm-pv-tlb-flush
    kvm-pv-unhalt kvm-steal-time kvmclock kvmclock-stable-bit lbrv lmce lwp misalignsse
    nodeid-msr npt nrip-save osvw osxsave pause-filter pbe pcid pdcm perfctr-core perfctr-nb
    pfthreshold phe phe-en pmm pmm-en pn rdpid rdrand rdseed rtm sha-ni skinit smx spec-ctrl
    svm-lock tbm tce tm tm2 topoext tsc-adjust tsc-deadline tsc-scale umip vaes vmcb-clean vme
    vmx vpclmulqdq wdt x2apic xcrypt xcrypt-en xop xsavec xsaves xstore xstore-en xtpr`,
  cpuAliases: '',
  fullOrder: '',
  cpuProperties: { every: {}, host: {} },
  schema: schema212,
  types: {
    accel: 'kvm-accel tcg-accel',
    'base-pci-bridge': 'i82801b11-bridge pci-bridge pcie-pci-bridge',
    'base-xhci': 'nec-usb-xhci qemu-xhci',
    'ccid-card': 'ccid-card-emulated ccid-card-passthru',
    device: 'pc-dimm tpm-crb vmcoreinfo vmgenid',
    'e1000-base': 'e1000',
    'hda-audio': 'hda-duplex hda-micro hda-output',
    'ide-device': 'ide-cd ide-drive ide-hd',
    'intel-hda-generic': 'ich9-intel-hda intel-hda',
    'isa-device': 'isa-debugcon isa-fdc isa-serial pvpanic sga tpm-tis',
    'ivshmem-common': 'ivshmem-doorbell ivshmem-plain',
    machine: 'none-machine',
    'memory-backend': 'memory-backend-file memory-backend-memfd memory-backend-ram',
    object: 'accel iothread secret sev-guest',
    'pc-dimm': 'nvdimm',
    'pci-device': `
      AC97 ICH9-LPC PIIX4_PM cirrus-vga e1000e ich9-ahci mch pci-serial pci-testdev pxb pxb-pcie
      rtl8139 vfio-pci`,
    'pci-ehci-usb': 'ich9-usb-ehci1 usb-ehci',
    'pci-host-bridge': 'i440FX-pcihost',
    'pci-qxl': 'qxl',
    'pci-uhci-usb': 'piix3-usb-uhci piix4-usb-uhci vt82c686b-usb-uhci',
    'pci-vga': 'VGA',
    'pcie-host-bridge': 'q35-pcihost',
    'pcie-port': 'x3130-upstream',
    'pcie-root-port-base': 'ioh3420 pcie-root-port',
    'pcie-slot': 'xio3130-downstream',
    'pit-common': 'kvm-pit',
    'pr-manager': 'pr-manager-helper',
    'rng-backend': 'rng-egd rng-random',
    'scsi-disk-base': 'scsi-block scsi-cd scsi-disk scsi-hd',
    'sys-bus-device': 'kvmclock',
    'tls-creds': 'tls-creds-x509',
    'usb-device': 'usb-ccid usb-host usb-hub usb-redir',
    'usb-hid': 'usb-kbd usb-mouse usb-tablet',
    'usb-storage-dev': 'usb-storage',
    'vhost-scsi-common': 'vhost-scsi',
    'virtio-device': `
      vhost-vsock-device virtio-balloon-device virtio-blk-device virtio-gpu-device
      virtio-net-device virtio-rng-device`,
    'virtio-input-device': 'virtio-input-host-device',
    'virtio-input-hid-device': 'virtio-keyboard-device virtio-mouse-device virtio-tablet-device',
    'virtio-input-hid-pci': 'virtio-keyboard-pci virtio-mouse-pci virtio-tablet-pci',
    'virtio-input-pci': 'virtio-input-host-pci',
    'virtio-pci': `
      vhost-vsock-pci virtio-9p-pci virtio-balloon-pci virtio-blk-pci virtio-gpu-pci
      virtio-net-pci virtio-rng-pci virtio-scsi-pci virtio-serial-pci virtio-vga`,
    'virtio-scsi-common': 'virtio-scsi-device',
    'x86-iommu': 'intel-iommu',
  },
  properties: {
    'virtio-blk-pci': `
      iothread:link<iothread> event_idx:bool ioeventfd:bool scsi:bool logical_block_size:uint16
      disable-legacy:OnOffAuto werror:BlockdevOnError share-rw:bool iommu_platform:bool
      write-cache:OnOffAuto num-queues:uint16 ats:bool secs:uint32 request-merging:bool`,
    'virtio-net-pci': `
      iommu_platform:bool host_mtu:uint16 event_idx:bool ats:bool ioeventfd:bool
      tx_queue_size:uint16 disable-legacy:OnOffAuto tx:str rx_queue_size:uint16
      ctrl_mac_addr:bool romfile:str`,
    'virtio-scsi-pci': `
      event_idx:bool ioeventfd:bool disable-legacy:OnOffAuto iothread:link<iothread>
      iommu_platform:bool ats:bool multifunction:bool rombar:uint32`,
    'vfio-pci': 'display:OnOffAuto x-igd-opregion:bool x-pci-vendor-id:uint32',
    'scsi-disk': `
      logical_block_size:uint16 write-cache:OnOffAuto share-rw:bool channel:uint32 wwn:uint64
      werror:BlockdevOnError removable:bool serial:str port_index:uint16`,
    'scsi-hd': `
      logical_block_size:uint16 write-cache:OnOffAuto share-rw:bool channel:uint32 wwn:uint64
      werror:BlockdevOnError removable:bool serial:str port_index:uint16`,
    'ide-drive': `
      logical_block_size:uint16 write-cache:OnOffAuto share-rw:bool wwn:uint64
      werror:BlockdevOnError serial:str discard_granularity:uint32`,
    'ide-hd': `
      logical_block_size:uint16 write-cache:OnOffAuto share-rw:bool wwn:uint64
      werror:BlockdevOnError serial:str discard_granularity:uint32`,
    PIIX4_PM: 'disable_s4:uint8 disable_s3:uint8 memory-hotplug-support:bool rombar:uint32',
    'usb-redir': 'filter:str msos-desc:bool serial:str',
    'i440FX-pcihost': 'pci-hole64-size:size short_root_bus:uint32 pci-hole64-end:uint64',
    'q35-pcihost': 'pci-hole64-size:size short_root_bus:uint32 system-mem:link<qemu:memory-region>',
    'usb-storage': `
      logical_block_size:uint16 write-cache:OnOffAuto share-rw:bool removable:bool serial:str
      msos-desc:bool`,
    'kvm-pit': 'lost_tick_policy:LostTickPolicy iobase:uint32',
    VGA: 'vgamem_mb:uint32 rombar:uint32 x-pcie-lnksta-dllla:bool',
    qxl: `
      vgamem_mb:uint32 vram64_size_mb:uint32 max_outputs:uint16 rombar:uint32
      x-pcie-lnksta-dllla:bool`,
    'virtio-gpu-pci': `
      event_idx:bool ioeventfd:bool disable-legacy:OnOffAuto max_outputs:uint32
      iommu_platform:bool ats:bool yres:uint32 multifunction:bool`,
    'virtio-gpu-device':
      'event_idx:bool iommu_platform:bool max_outputs:uint32 notify_on_empty:bool any_layout:bool',
    'ICH9-LPC': 'disable_s3:uint8 disable_s4:uint8 memory-hotplug-support:bool rombar:uint32',
    'virtio-balloon-pci': `
      event_idx:bool disable-legacy:OnOffAuto deflate-on-oom:bool iommu_platform:bool ats:bool
      guest-stats-polling-interval:int rombar:uint32`,
    'virtio-balloon-device': `
      event_idx:bool iommu_platform:bool deflate-on-oom:bool notify_on_empty:bool
      any_layout:bool`,
    'nec-usb-xhci': 'p3:uint32 rombar:uint32 intrs:uint32',
    'intel-iommu': `
      eim:OnOffAuto intremap:bool device-iotlb:bool caching-mode:bool x-aw-bits:uint8
      x-buggy-eim:bool`,
    mch: 'extended-tseg-mbytes:uint16 rombar:uint32 x-pcie-lnksta-dllla:bool',
    nvdimm: 'memdev:link<memory-backend>',
    'memory-backend-file': 'align:int discard-data:bool policy:HostMemPolicy dump:bool',
    'memory-backend-memfd': 'hugetlb:bool policy:HostMemPolicy share:bool',
  },
  commandLine: {
    vnc: 'vnc:string non-adaptive:boolean lossy:boolean',
    spice: 'disable-agent-file-xfer:boolean unix:boolean head:number display:string',
    numa: '',
    name: 'debug-threads:boolean guest:string process:string',
    msg: 'timestamp:boolean',
    realtime: 'mlock:boolean',
    sandbox: 'elevateprivileges:string enable:boolean resourcecontrol:string spawn:string',
    'boot-opts':
      'strict:boolean reboot-timeout:string splash-time:string splash:string menu:boolean',
    memory: 'maxmem:size slots:number',
    accel: 'thread:string accel:string',
    machine: `
      loadparm:string dea-key-wrap:boolean aes-key-wrap:boolean mem-merge:boolean
      kernel_irqchip:boolean suppress-vmdesc:boolean iommu:boolean`,
    mon: 'pretty:boolean chardev:string',
    netdev: '',
    chardev:
      'logfile:string append:boolean reconnect:number fd:string logappend:boolean chardev:string',
    drive: `
      detect-zeroes:string throttling.group:string throttling.bps-total-max-length:number
      throttling.bps-total-max:number discard:string copy-on-read:boolean werror:string`,
  },
  machines: {
    'pc-i440fx-rhel7.6.0': '240 alias=pc default',
    'pc-i440fx-rhel7.5.0': '240',
    'pc-i440fx-rhel7.4.0': '240',
    'pc-i440fx-rhel7.3.0': '240',
    'pc-i440fx-rhel7.2.0': '240',
    'pc-i440fx-rhel7.1.0': '240',
    'pc-i440fx-rhel7.0.0': '240',
    'pc-q35-rhel7.6.0': '240 alias=q35',
    'pc-q35-rhel7.5.0': '240',
    'pc-q35-rhel7.4.0': '240',
    'pc-q35-rhel7.3.0': '240',
    'rhel6.6.0': '240',
    'rhel6.5.0': '240',
    'rhel6.4.0': '240',
    'rhel6.3.0': '240',
    'rhel6.2.0': '240',
    'rhel6.1.0': '240',
    'rhel6.0.0': '240',
    none: '1 nohotplug',
  },
  cpuModels: [
    ['qemu64', ''],
    ['qemu32', ''],
    ['phenom', 'mmxext fxsr-opt 3dnowext 3dnow sse4a npt'],
    ['pentium3', ''],
    ['pentium2', ''],
    ['cpu64-rhel6', 'sse4a'],
    ['pentium', ''],
    ['n270', ''],
    ['kvm64', ''],
    ['kvm32', ''],
    ['coreduo', ''],
    ['core2duo', ''],
    ['athlon', 'mmxext 3dnowext 3dnow'],
    ['Westmere', ''],
    ['Westmere-IBRS', 'spec-ctrl'],
    [
      'Skylake-Server',
      `
      fma pcid x2apic tsc-deadline avx f16c rdrand hle avx2 invpcid rtm mpx avx512f avx512dq
      rdseed adx smap clflushopt clwb avx512cd avx512bw avx512vl 3dnowprefetch xsavec xgetbv1`,
    ],
    [
      'Skylake-Server-IBRS',
      `
      fma pcid x2apic tsc-deadline avx f16c rdrand hle avx2 invpcid rtm mpx avx512f avx512dq
      rdseed adx smap clwb avx512cd avx512bw avx512vl spec-ctrl 3dnowprefetch xsavec xgetbv1`,
    ],
    [
      'Skylake-Client',
      `
      fma pcid x2apic tsc-deadline avx f16c rdrand hle avx2 invpcid rtm mpx rdseed adx smap
      3dnowprefetch xsavec xgetbv1`,
    ],
    [
      'Skylake-Client-IBRS',
      `
      fma pcid x2apic tsc-deadline avx f16c rdrand hle avx2 invpcid rtm mpx rdseed adx smap
      spec-ctrl 3dnowprefetch xsavec xgetbv1`,
    ],
    ['SandyBridge', 'x2apic tsc-deadline avx'],
    ['SandyBridge-IBRS', 'x2apic tsc-deadline avx spec-ctrl'],
    ['Penryn', ''],
    ['Opteron_G5', 'fma avx f16c sse4a misalignsse 3dnowprefetch xop fma4 tbm'],
    ['Opteron_G4', 'avx sse4a misalignsse 3dnowprefetch xop fma4'],
    ['Opteron_G3', 'sse4a misalignsse'],
    ['Opteron_G2', ''],
    ['Opteron_G1', ''],
    ['Nehalem', ''],
    ['Nehalem-IBRS', 'spec-ctrl'],
    ['IvyBridge', 'x2apic tsc-deadline avx f16c rdrand'],
    ['IvyBridge-IBRS', 'x2apic tsc-deadline avx f16c rdrand spec-ctrl'],
    ['Haswell', 'fma pcid x2apic tsc-deadline avx f16c rdrand hle avx2 invpcid rtm'],
    ['Haswell-noTSX', 'fma pcid x2apic tsc-deadline avx f16c rdrand avx2 invpcid'],
    ['Haswell-noTSX-IBRS', 'fma pcid x2apic tsc-deadline avx f16c rdrand avx2 invpcid spec-ctrl'],
    ['Haswell-IBRS', 'fma pcid x2apic tsc-deadline avx f16c rdrand hle avx2 invpcid rtm spec-ctrl'],
    [
      'EPYC',
      `
      fma avx f16c rdrand avx2 rdseed adx smap clflushopt sha-ni mmxext fxsr-opt cr8legacy sse4a
      misalignsse 3dnowprefetch osvw xsavec xgetbv1`,
    ],
    [
      'EPYC-IBPB',
      `
      fma avx f16c rdrand avx2 rdseed adx smap clflushopt sha-ni mmxext fxsr-opt cr8legacy sse4a
      misalignsse 3dnowprefetch osvw ibpb xsavec xgetbv1`,
    ],
    ['Conroe', ''],
    [
      'Broadwell',
      `
      fma pcid x2apic tsc-deadline avx f16c rdrand hle avx2 invpcid rtm rdseed adx smap
      3dnowprefetch`,
    ],
    [
      'Broadwell-noTSX',
      'fma pcid x2apic tsc-deadline avx f16c rdrand avx2 invpcid rdseed adx smap 3dnowprefetch',
    ],
    [
      'Broadwell-noTSX-IBRS',
      `
      fma pcid x2apic tsc-deadline avx f16c rdrand avx2 invpcid rdseed adx smap spec-ctrl
      3dnowprefetch`,
    ],
    [
      'Broadwell-IBRS',
      `
      fma pcid x2apic tsc-deadline avx f16c rdrand hle avx2 invpcid rtm rdseed adx smap
      spec-ctrl 3dnowprefetch`,
    ],
    ['486', ''],
  ],
};
