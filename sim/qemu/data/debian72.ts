/**
 * What Debian's QEMU 7.2 says of itself, as far as libvirt 5.0.0 looks.
 *
 * Models: QEMU v7.2.22 as recorded; the choice of names is ours. A CPU model lists the features that
 *   some accelerator or host lacks; query-cpu-definitions works out which of them are missing here.
 * Leaves out: every type and property that no modelled client asks for.
 */
import type { Tables } from './tables.ts';

export const debian72: Tables = {
  commands: `
    device_add x-query-virtio-queue-element x-query-virtio-vhost-queue-status
    x-query-virtio-queue-status x-query-virtio-status x-query-virtio query-stats-schemas
    query-stats query-pci query-acpi-ospm-status query-sgx-capabilities query-sgx
    query-sev-attestation-report sev-inject-launch-secret query-sev-capabilities
    query-sev-launch-measure query-sev rtc-reset-reinjection query-command-line-options
    query-fdsets remove-fd add-fd closefd getfd human-monitor-command x-exit-preconfig cont stop
    query-iothreads query-name add_client query-yank yank replay-seek replay-delete-break
    replay-break query-replay query-cpu-definitions query-cpu-model-expansion dumpdtb
    x-query-usb x-query-roms x-query-rdma x-query-ramblock x-query-profile x-query-opcount
    x-query-numa x-query-jit x-query-irq query-memory-devices query-memory-size-summary
    query-balloon balloon set-numa-node query-hotpluggable-cpus query-memdev pmemsave memsave
    query-kvm inject-nmi system_wakeup system_powerdown system_reset query-vm-generation-id
    query-uuid query-target query-current-machine query-machines query-cpus-fast device_del
    device-list-properties object-del object-add qom-list-properties qom-list-types qom-set
    qom-get qom-list query-qmp-schema quit query-commands query-version qmp_capabilities
    trace-event-set-state trace-event-get-state transaction snapshot-delete snapshot-load
    snapshot-save query-vcpu-dirty-limit cancel-vcpu-dirty-limit set-vcpu-dirty-limit
    query-dirty-rate calc-dirty-rate migrate-pause migrate-recover query-colo-status
    xen-colo-do-checkpoint query-xen-replication-status xen-set-replication
    xen-load-devices-state xen-set-global-dirty-log xen-save-devices-state migrate-incoming
    migrate migrate-continue migrate_cancel x-colo-lost-heartbeat migrate-start-postcopy
    client_migrate_info query-migrate-parameters migrate-set-parameters
    query-migrate-capabilities migrate-set-capabilities query-migrate display-update
    display-reload query-display-options input-send-event send-key query-mice
    change-vnc-password query-vnc-servers query-vnc query-spice screendump expire_password
    set_password query-tpm query-tpm-types query-tpm-models query-rocker-of-dpa-groups
    query-rocker-of-dpa-flows query-rocker-ports query-rocker announce-self query-rx-filter
    netdev_del netdev_add set_link query-dump-guest-memory-capability query-dump
    dump-guest-memory chardev-send-break chardev-remove chardev-change chardev-add ringbuf-read
    ringbuf-write query-chardev-backends query-chardev query-block-exports block-export-del
    block-export-add nbd-server-stop nbd-server-remove nbd-server-add nbd-server-start
    query-jobs job-finalize job-dismiss job-complete job-cancel job-resume job-pause
    blockdev-snapshot-delete-internal-sync blockdev-snapshot-internal-sync
    x-blockdev-set-iothread x-blockdev-change block-set-write-threshold x-blockdev-amend
    blockdev-create blockdev-del blockdev-reopen blockdev-add block-job-finalize
    block-job-dismiss block-job-complete block-job-resume block-job-pause block-job-cancel
    block-job-set-speed block-stream blockdev-mirror x-debug-block-dirty-bitmap-sha256
    block-dirty-bitmap-merge block-dirty-bitmap-disable block-dirty-bitmap-enable
    block-dirty-bitmap-clear block-dirty-bitmap-remove block-dirty-bitmap-add drive-mirror
    x-debug-query-block-graph query-named-block-nodes blockdev-backup drive-backup block-commit
    change-backing-file blockdev-snapshot blockdev-snapshot-sync block_resize query-block-jobs
    query-blockstats query-block block-latency-histogram-set block_set_io_throttle
    blockdev-change-medium blockdev-insert-medium blockdev-remove-medium blockdev-close-tray
    blockdev-open-tray eject query-pr-managers set-action watchdog-set-action query-status`,
  events: `
    SHUTDOWN POWERDOWN RESET STOP RESUME SUSPEND SUSPEND_DISK WAKEUP WATCHDOG GUEST_PANICKED
    GUEST_CRASHLOADED MEMORY_FAILURE DEVICE_TRAY_MOVED PR_MANAGER_STATUS_CHANGED
    BLOCK_IMAGE_CORRUPTED BLOCK_IO_ERROR BLOCK_JOB_COMPLETED BLOCK_JOB_CANCELLED BLOCK_JOB_ERROR
    BLOCK_JOB_READY BLOCK_JOB_PENDING BLOCK_WRITE_THRESHOLD QUORUM_FAILURE QUORUM_REPORT_BAD
    JOB_STATUS_CHANGE BLOCK_EXPORT_DELETED VSERPORT_CHANGE DUMP_COMPLETED NIC_RX_FILTER_CHANGED
    FAILOVER_NEGOTIATED NETDEV_STREAM_CONNECTED NETDEV_STREAM_DISCONNECTED
    RDMA_GID_STATUS_CHANGED SPICE_CONNECTED SPICE_INITIALIZED SPICE_DISCONNECTED
    SPICE_MIGRATE_COMPLETED VNC_CONNECTED VNC_INITIALIZED VNC_DISCONNECTED MIGRATION
    MIGRATION_PASS COLO_EXIT UNPLUG_PRIMARY DEVICE_DELETED DEVICE_UNPLUG_GUEST_ERROR
    BALLOON_CHANGE MEMORY_DEVICE_SIZE_CHANGE MEM_UNPLUG_ERROR RTC_CHANGE VFU_CLIENT_HANGUP
    ACPI_DEVICE_OST`,
  migration: `
    xbzrle rdma-pin-all auto-converge zero-blocks compress events postcopy-ram x-colo
    release-ram block return-path pause-before-switchover multifd dirty-bitmaps
    postcopy-blocktime late-block-activate x-ignore-shared validate-uuid background-snapshot
    zero-copy-send postcopy-preempt`,
  tpmModels: 'tpm-crb tpm-tis',
  tpmTypes: 'passthrough emulator',
  tcgFeatures: `
    3dnow 3dnowext abm acpi adx aes apic arat avx avx2 bmi1 bmi2 clflush clflushopt clwb cmov
    cr8legacy cx16 cx8 de erms f16c fma fpu fsgsbase fxsr hypervisor la57 lahf-lm lm mca mce mmx
    mmxext monitor movbe mpx msr mtrr npt nx pae pat pclmulqdq pcommit pdpe1gb pge pks pku pni
    popcnt pse pse36 rdrand rdtscp sep smap smep ss sse sse2 sse4.1 sse4.2 sse4a ssse3 svm
    svme-addr-chk syscall tsc umip vaes vgif xgetbv1 xsave xsaveopt`,
  otherFeatures: `
    3dnowprefetch ace2 ace2-en amd-no-ssb amd-ssbd amd-stibp amx-bf16 amx-int8 amx-tile
    arch-capabilities arch-lbr avic avx-vnni avx512-4fmaps avx512-4vnniw avx512-bf16 avx512-fp16
    avx512-vp2intersect avx512-vpopcntdq avx512bitalg avx512bw avx512cd avx512dq avx512er
    avx512f avx512ifma avx512pf avx512vbmi avx512vbmi2 avx512vl avx512vnni bus-lock-detect cid
    cldemote clzero cmp-legacy core-capability dca decodeassists ds ds-cpl dtes64 est extapic
    flushbyasid fma4 fsrm full-width-write fxsr-opt gfni hle ht ia64 ibpb ibrs ibrs-all ibs
    intel-pt intel-pt-lip invpcid invtsc kvm-asyncpf kvm-asyncpf-int kvm-hint-dedicated kvm-mmu
    kvm-msi-ext-dest-id kvm-nopiodelay kvm-poll-control kvm-pv-eoi kvm-pv-ipi kvm-pv-sched-yield
    kvm-pv-tlb-flush kvm-pv-unhalt kvm-steal-time kvmclock kvmclock-stable-bit lbrv lmce lwp
    md-clear mds-no misalignsse movdir64b movdiri nodeid-msr nrip-save osvw pause-filter pbe
    pcid pdcm perfctr-core perfctr-nb pfthreshold phe phe-en pmm pmm-en pn pschange-mc-no
    rdctl-no rdpid rdseed rsba rtm serialize sgx sgx-debug sgx-exinfo sgx-kss sgx-mode64
    sgx-provisionkey sgx-tokenkey sgx1 sgx2 sgxlc sha-ni skinit skip-l1dfl-vmentry smx spec-ctrl
    split-lock-detect ssb-no ssbd stibp svm-lock taa-no tbm tce tm tm2 topoext tsc-adjust
    tsc-deadline tsc-scale tsx-ctrl tsx-ldtrk v-vmsave-vmload virt-ssbd vmcb-clean vme vmx
    vmx-activity-hlt vmx-activity-shutdown vmx-activity-wait-sipi vmx-apicv-register
    vmx-apicv-vid vmx-apicv-x2apic vmx-apicv-xapic vmx-cr3-load-noexit vmx-cr3-store-noexit
    vmx-cr8-load-exit vmx-cr8-store-exit vmx-desc-exit vmx-encls-exit vmx-entry-ia32e-mode
    vmx-entry-load-bndcfgs vmx-entry-load-efer vmx-entry-load-pat
    vmx-entry-load-perf-global-ctrl vmx-entry-load-pkrs vmx-entry-load-rtit-ctl
    vmx-entry-noload-debugctl vmx-ept vmx-ept-1gb vmx-ept-2mb vmx-ept-advanced-exitinfo
    vmx-ept-execonly vmx-eptad vmx-eptp-switching vmx-exit-ack-intr vmx-exit-clear-bndcfgs
    vmx-exit-clear-rtit-ctl vmx-exit-load-efer vmx-exit-load-pat vmx-exit-load-perf-global-ctrl
    vmx-exit-load-pkrs vmx-exit-nosave-debugctl vmx-exit-save-efer vmx-exit-save-pat
    vmx-exit-save-preemption-timer vmx-flexpriority vmx-hlt-exit vmx-ins-outs vmx-intr-exit
    vmx-invept vmx-invept-all-context vmx-invept-single-context
    vmx-invept-single-context-noglobals vmx-invlpg-exit vmx-invpcid-exit vmx-invvpid
    vmx-invvpid-all-context vmx-invvpid-single-addr vmx-io-bitmap vmx-io-exit vmx-monitor-exit
    vmx-movdr-exit vmx-msr-bitmap vmx-mtf vmx-mwait-exit vmx-nmi-exit vmx-page-walk-4
    vmx-page-walk-5 vmx-pause-exit vmx-ple vmx-pml vmx-posted-intr vmx-preemption-timer
    vmx-rdpmc-exit vmx-rdrand-exit vmx-rdseed-exit vmx-rdtsc-exit vmx-rdtscp-exit
    vmx-secondary-ctls vmx-shadow-vmcs vmx-store-lma vmx-true-ctls vmx-tsc-offset
    vmx-tsc-scaling vmx-unrestricted-guest vmx-vintr-pending vmx-vmfunc
    vmx-vmwrite-vmexit-fields vmx-vnmi vmx-vnmi-pending vmx-vpid vmx-wbinvd-exit vmx-xsaves
    vmx-zero-len-inject vpclmulqdq waitpkg wbnoinvd wdt x2apic xcrypt xcrypt-en xfd xop xsavec
    xsaveerptr xsaves xstore xstore-en xtpr`,
  types: {
    accel: 'kvm-accel tcg-accel',
    'base-pci-bridge': 'i82801b11-bridge pci-bridge pcie-pci-bridge',
    'ccid-card': 'ccid-card-emulated ccid-card-passthru',
    'confidential-guest-support': 'sev-guest',
    device: 'pc-dimm sgx-epc tpm-crb vmcoreinfo vmgenid',
    'e1000-base': 'e1000',
    'event-loop-base': 'iothread',
    'hda-audio': 'hda-duplex hda-micro hda-output',
    'ide-device': 'ide-cd ide-hd',
    'intel-hda-generic': 'ich9-intel-hda intel-hda',
    'isa-device': 'isa-debugcon isa-fdc isa-serial pvpanic sga tpm-tis',
    'ivshmem-common': 'ivshmem-doorbell ivshmem-plain',
    machine: 'none-machine',
    'megasas-base': 'megasas',
    'memory-backend': 'memory-backend-file memory-backend-memfd memory-backend-ram',
    object: 'accel',
    'pc-dimm': 'nvdimm',
    'pci-device': `
      AC97 ICH9-LPC PIIX4_PM cirrus-vga e1000e ich9-ahci lsi53c895a mch mptsas1068 pci-ohci
      pci-serial pci-testdev pxb pxb-pcie rtl8139 vfio-pci vmware-svga`,
    'pci-ehci-usb': 'ich9-usb-ehci1 usb-ehci',
    'pci-host-bridge': 'i440FX-pcihost',
    'pci-qxl': 'qxl',
    'pci-uhci-usb': 'piix3-usb-uhci piix4-usb-uhci',
    'pci-vga': 'VGA',
    'pci-xhci': 'nec-usb-xhci qemu-xhci',
    'pcie-host-bridge': 'gpex-pcihost q35-pcihost',
    'pcie-port': 'x3130-upstream',
    'pcie-root-port-base': 'ioh3420 pcie-root-port',
    'pcie-slot': 'xio3130-downstream',
    'pit-common': 'kvm-pit',
    'pr-manager': 'pr-manager-helper',
    'rng-backend': 'rng-egd rng-random',
    'scsi-disk-base': 'scsi-block scsi-cd scsi-hd',
    secret_common: 'secret',
    'sys-bus-device': 'kvmclock virtio-mmio',
    'tls-creds': 'tls-creds-x509',
    'usb-device': 'usb-audio usb-ccid usb-host usb-hub usb-redir',
    'usb-hid': 'usb-kbd usb-mouse usb-tablet',
    'usb-serial-dev': 'usb-serial',
    'usb-storage-dev': 'usb-storage',
    'vhost-scsi-common': 'vhost-scsi',
    'vhost-vsock-common': 'vhost-vsock-device',
    'vhost-vsock-pci-base': 'vhost-vsock-pci',
    'virtio-9p-pci-base': 'virtio-9p-pci',
    'virtio-balloon-pci-base': 'virtio-balloon-pci',
    'virtio-blk-pci-base': 'virtio-blk-pci',
    'virtio-device': `
      vhost-user-fs-device virtio-balloon-device virtio-blk-device virtio-net-device
      virtio-rng-device`,
    'virtio-gpu-base': 'virtio-gpu-device',
    'virtio-gpu-pci-base-type': 'virtio-gpu-pci',
    'virtio-input-device': 'virtio-input-host-device',
    'virtio-input-hid-device': 'virtio-keyboard-device virtio-mouse-device virtio-tablet-device',
    'virtio-input-host-pci-base-type': 'virtio-input-host-pci',
    'virtio-iommu-pci-base-type': 'virtio-iommu-pci',
    'virtio-keyboard-pci-base-type': 'virtio-keyboard-pci',
    'virtio-mem-pci-base': 'virtio-mem-pci',
    'virtio-mouse-pci-base-type': 'virtio-mouse-pci',
    'virtio-net-pci-base': 'virtio-net-pci',
    'virtio-rng-pci-base': 'virtio-rng-pci',
    'virtio-scsi-common': 'virtio-scsi-device',
    'virtio-scsi-pci-base': 'virtio-scsi-pci',
    'virtio-serial-pci-base': 'virtio-serial-pci',
    'virtio-tablet-pci-base-type': 'virtio-tablet-pci',
    'virtio-vga-base-type': 'virtio-vga',
    'x86-iommu': 'intel-iommu',
  },
  properties: {
    'virtio-blk-pci': `
      ats:bool ioeventfd:bool disable-legacy:OnOffAuto share-rw:bool iothread:link<iothread>
      num-queues:uint16 werror:BlockdevOnError write-cache:OnOffAuto iommu_platform:bool
      scsi:bool logical_block_size:size event_idx:bool failover_pair_id:str romfile:str`,
    'virtio-net-pci': `
      ats:bool ioeventfd:bool disable-legacy:OnOffAuto host_mtu:uint16 tx:str
      tx_queue_size:uint16 iommu_platform:bool rx_queue_size:uint16 event_idx:bool
      failover_pair_id:str romfile:str`,
    'virtio-scsi-pci': `
      ats:bool ioeventfd:bool disable-legacy:OnOffAuto iommu_platform:bool event_idx:bool
      iothread:link<iothread> failover_pair_id:str romfile:str`,
    'vfio-pci': 'display:OnOffAuto failover_pair_id:str romfile:str',
    'scsi-hd': `
      channel:uint32 share-rw:bool removable:bool werror:BlockdevOnError wwn:uint64
      write-cache:OnOffAuto logical_block_size:size scsi-id:uint32 lun:uint32`,
    'ide-hd': `
      logical_block_size:size share-rw:bool write-cache:OnOffAuto wwn:uint64
      werror:BlockdevOnError unit:uint32 lsecs:uint32`,
    PIIX4_PM: 'disable_s3:uint8 disable_s4:uint8 failover_pair_id:str romfile:str',
    'usb-redir': 'filter:str pcap:str port:str',
    'usb-storage': `
      removable:bool share-rw:bool logical_block_size:size write-cache:OnOffAuto
      werror:BlockdevOnError pcap:str port:str`,
    'kvm-pit': 'lost_tick_policy:LostTickPolicy iobase:uint32',
    VGA: 'vgamem_mb:uint32 failover_pair_id:str romfile:str',
    'vmware-svga': 'vgamem_mb:uint32 failover_pair_id:str romfile:str',
    qxl: 'vgamem_mb:uint32 vram64_size_mb:uint32 max_outputs:uint16 failover_pair_id:str romfile:str',
    'virtio-gpu-pci': `
      ats:bool ioeventfd:bool disable-legacy:OnOffAuto iommu_platform:bool event_idx:bool
      max_outputs:uint32 failover_pair_id:str romfile:str`,
    'virtio-gpu-device': `
      iommu_platform:bool event_idx:bool max_outputs:uint32 queue_reset:bool
      use-disabled-flag:bool`,
    'ICH9-LPC': 'disable_s3:uint8 disable_s4:uint8 failover_pair_id:str romfile:str',
    'virtio-balloon-pci': `
      ats:bool disable-legacy:OnOffAuto iommu_platform:bool deflate-on-oom:bool event_idx:bool
      iothread:link<iothread> failover_pair_id:str romfile:str`,
    'virtio-balloon-device': `
      iommu_platform:bool event_idx:bool iothread:link<iothread> deflate-on-oom:bool
      queue_reset:bool use-disabled-flag:bool`,
    'intel-iommu': `
      device-iotlb:bool intremap:OnOffAuto caching-mode:bool eim:OnOffAuto pt:bool
      x-scalable-mode:bool`,
    mch: 'extended-tseg-mbytes:uint16 failover_pair_id:str romfile:str',
    nvdimm: 'unarmed:bool memdev:link<memory-backend> node:uint32',
    'pcie-root-port': 'failover_pair_id:str romfile:str',
    'usb-host': 'pcap:str port:str',
    'vhost-user-fs-device':
      'iommu_platform:bool event_idx:bool queue_reset:bool use-disabled-flag:bool',
    'virtio-mem-pci': `
      ats:bool disable-legacy:OnOffAuto iommu_platform:bool event_idx:bool failover_pair_id:str
      romfile:str`,
    'virtio-iommu-pci': `
      ats:bool disable-legacy:OnOffAuto iommu_platform:bool event_idx:bool failover_pair_id:str
      romfile:str`,
    'memory-backend-file': 'align:int pmem:bool discard-data:bool type:string share:bool',
    'memory-backend-memfd': 'hugetlb:bool type:string share:bool',
    'max-x86_64-cpu': 'hv-passthrough:bool unavailable-features:strList migratable:bool',
    'none-machine': 'kernel:string graphics:bool usb:bool memory-backend:link<memory-backend>',
  },
  commandLine: {
    machine: `
      loadparm:string dea-key-wrap:boolean aes-key-wrap:boolean mem-merge:boolean
      kernel_irqchip:boolean suppress-vmdesc:boolean iommu:boolean`,
    spice: `
      rendernode:string gl:boolean disable-agent-file-xfer:boolean unix:boolean head:number
      display:string`,
    sandbox: 'elevateprivileges:string enable:boolean resourcecontrol:string spawn:string',
    vnc: 'vnc:string power-control:boolean audiodev:string',
    numa: '',
    name: 'debug-threads:boolean guest:string process:string',
    msg: 'timestamp:boolean guest-name:boolean',
    'boot-opts':
      'strict:boolean reboot-timeout:number splash-time:number splash:string menu:boolean',
    memory: 'maxmem:size slots:number',
    accel: '',
    mon: 'pretty:boolean chardev:string',
    netdev: '',
    chardev:
      'logfile:string append:boolean reconnect:number fd:string abstract:boolean tight:boolean',
    drive: `
      detect-zeroes:string throttling.group:string throttling.bps-total-max-length:number
      throttling.bps-total-max:number discard:string copy-on-read:boolean werror:string`,
  },
  machines: {
    'pc-q35-5.2': '288 cpu=qemu64 ram=pc.ram',
    'pc-i440fx-2.12': '255 numa cpu=qemu64 ram=pc.ram',
    'pc-i440fx-2.0': '255 numa cpu=qemu64 ram=pc.ram',
    'pc-i440fx-6.2': '255 cpu=qemu64 ram=pc.ram',
    'pc-q35-4.2': '288 numa cpu=qemu64 ram=pc.ram',
    'pc-i440fx-2.5': '255 numa cpu=qemu64 ram=pc.ram',
    'pc-i440fx-4.2': '255 numa cpu=qemu64 ram=pc.ram',
    'pc-i440fx-5.2': '255 cpu=qemu64 ram=pc.ram',
    'pc-i440fx-1.5': '255 numa deprecated cpu=qemu64 ram=pc.ram',
    'pc-q35-2.7': '255 numa cpu=qemu64 ram=pc.ram',
    'pc-q35-7.1': '288 cpu=qemu64 ram=pc.ram',
    'pc-i440fx-2.2': '255 numa cpu=qemu64 ram=pc.ram',
    none: '1 nohotplug ram=ram',
    'pc-i440fx-2.7': '255 numa cpu=qemu64 ram=pc.ram',
    'pc-q35-6.1': '288 cpu=qemu64 ram=pc.ram',
    'pc-q35-2.4': '255 numa cpu=qemu64 ram=pc.ram',
    'pc-i440fx-7.1': '255 cpu=qemu64 ram=pc.ram',
    'pc-q35-2.10': '288 numa cpu=qemu64 ram=pc.ram',
    'x-remote': '1 nohotplug',
    'pc-q35-5.1': '288 cpu=qemu64 ram=pc.ram',
    'pc-i440fx-1.7': '255 numa deprecated cpu=qemu64 ram=pc.ram',
    'pc-q35-2.9': '288 numa cpu=qemu64 ram=pc.ram',
    'pc-i440fx-2.11': '255 numa cpu=qemu64 ram=pc.ram',
    'pc-q35-3.1': '288 numa cpu=qemu64 ram=pc.ram',
    'pc-i440fx-6.1': '255 cpu=qemu64 ram=pc.ram',
    'pc-q35-4.1': '288 numa cpu=qemu64 ram=pc.ram',
    'pc-i440fx-2.4': '255 numa cpu=qemu64 ram=pc.ram',
    'pc-i440fx-4.1': '255 numa cpu=qemu64 ram=pc.ram',
    'pc-i440fx-5.1': '255 cpu=qemu64 ram=pc.ram',
    'pc-i440fx-2.9': '255 numa cpu=qemu64 ram=pc.ram',
    isapc: '1 cpu=486 ram=pc.ram',
    'pc-i440fx-1.4': '255 numa deprecated cpu=qemu64 ram=pc.ram',
    'pc-q35-2.6': '255 numa cpu=qemu64 ram=pc.ram',
    'pc-i440fx-3.1': '255 numa cpu=qemu64 ram=pc.ram',
    'pc-q35-2.12': '288 numa cpu=qemu64 ram=pc.ram',
    'pc-q35-7.0': '288 cpu=qemu64 ram=pc.ram',
    'pc-i440fx-2.1': '255 numa cpu=qemu64 ram=pc.ram',
    'pc-q35-6.0': '288 cpu=qemu64 ram=pc.ram',
    'pc-i440fx-2.6': '255 numa cpu=qemu64 ram=pc.ram',
    'pc-q35-4.0.1': '288 numa cpu=qemu64 ram=pc.ram',
    'pc-i440fx-7.0': '255 cpu=qemu64 ram=pc.ram',
    'pc-i440fx-1.6': '255 numa deprecated cpu=qemu64 ram=pc.ram',
    'pc-q35-5.0': '288 numa cpu=qemu64 ram=pc.ram',
    'pc-q35-2.8': '288 numa cpu=qemu64 ram=pc.ram',
    'pc-i440fx-2.10': '255 numa cpu=qemu64 ram=pc.ram',
    'pc-q35-3.0': '288 numa cpu=qemu64 ram=pc.ram',
    'pc-i440fx-6.0': '255 cpu=qemu64 ram=pc.ram',
    'pc-q35-7.2': '288 alias=q35 cpu=qemu64 ram=pc.ram',
    'pc-q35-4.0': '288 numa cpu=qemu64 ram=pc.ram',
    microvm: '288 nohotplug cpu=qemu64 ram=microvm.ram',
    'pc-i440fx-2.3': '255 numa cpu=qemu64 ram=pc.ram',
    'pc-i440fx-4.0': '255 numa cpu=qemu64 ram=pc.ram',
    'pc-i440fx-5.0': '255 numa cpu=qemu64 ram=pc.ram',
    'pc-i440fx-2.8': '255 numa cpu=qemu64 ram=pc.ram',
    'pc-q35-6.2': '288 cpu=qemu64 ram=pc.ram',
    'pc-q35-2.5': '255 numa cpu=qemu64 ram=pc.ram',
    'pc-i440fx-3.0': '255 numa cpu=qemu64 ram=pc.ram',
    'pc-i440fx-7.2': '255 alias=pc default cpu=qemu64 ram=pc.ram',
    'pc-q35-2.11': '288 numa cpu=qemu64 ram=pc.ram',
  },
  cpuModels: {
    qemu64: 'pni',
    qemu32: 'pni',
    phenom: 'pni popcnt fxsr-opt pdpe1gb rdtscp 3dnowext 3dnow abm sse4a',
    pentium3: '',
    pentium2: '',
    pentium: '',
    n270: 'ss pni ssse3 movbe',
    kvm64: 'pni',
    kvm32: 'pni',
    coreduo: 'ss pni',
    core2duo: 'ss pni ssse3',
    athlon: '3dnowext 3dnow',
    'Westmere-IBRS': 'pni pclmulqdq ssse3 sse4.1 sse4.2 popcnt aes spec-ctrl',
    Westmere: 'pni pclmulqdq ssse3 sse4.1 sse4.2 popcnt aes',
    Snowridge: `
      pni pclmulqdq ssse3 sse4.1 sse4.2 movbe popcnt aes xsave rdrand fsgsbase x2apic
      tsc-deadline smep erms mpx rdseed smap sha-ni gfni cldemote movdiri movdir64b spec-ctrl
      arch-capabilities core-capability ssbd pdpe1gb rdtscp 3dnowprefetch xsaveopt xsavec
      xgetbv1 split-lock-detect`,
    'Skylake-Server-noTSX-IBRS': `
      pni pclmulqdq ssse3 fma pcid sse4.1 sse4.2 movbe popcnt aes xsave avx f16c rdrand fsgsbase
      bmi1 x2apic tsc-deadline avx2 smep bmi2 erms invpcid avx512f avx512dq rdseed adx smap
      avx512cd avx512bw avx512vl pku spec-ctrl pdpe1gb rdtscp abm 3dnowprefetch xsaveopt xsavec
      xgetbv1`,
    'Skylake-Server-IBRS': `
      pni pclmulqdq ssse3 fma pcid sse4.1 sse4.2 movbe popcnt aes xsave avx f16c rdrand fsgsbase
      bmi1 x2apic tsc-deadline hle avx2 smep bmi2 erms invpcid rtm avx512f avx512dq rdseed adx
      smap avx512cd avx512bw avx512vl pku spec-ctrl pdpe1gb rdtscp abm 3dnowprefetch xsaveopt
      xsavec xgetbv1`,
    'Skylake-Server': `
      pni pclmulqdq ssse3 fma pcid sse4.1 sse4.2 movbe popcnt aes xsave avx f16c rdrand fsgsbase
      bmi1 x2apic tsc-deadline hle avx2 smep bmi2 erms invpcid rtm avx512f avx512dq rdseed adx
      smap avx512cd avx512bw avx512vl pku pdpe1gb rdtscp abm 3dnowprefetch xsaveopt xsavec
      xgetbv1`,
    'Skylake-Client-noTSX-IBRS': `
      pni pclmulqdq ssse3 fma pcid sse4.1 sse4.2 movbe popcnt aes xsave avx f16c rdrand fsgsbase
      bmi1 x2apic tsc-deadline avx2 smep bmi2 erms invpcid rdseed adx smap spec-ctrl rdtscp abm
      3dnowprefetch xsaveopt xsavec xgetbv1`,
    'Skylake-Client-IBRS': `
      pni pclmulqdq ssse3 fma pcid sse4.1 sse4.2 movbe popcnt aes xsave avx f16c rdrand fsgsbase
      bmi1 x2apic tsc-deadline hle avx2 smep bmi2 erms invpcid rtm rdseed adx smap spec-ctrl
      rdtscp abm 3dnowprefetch xsaveopt xsavec xgetbv1`,
    'Skylake-Client': `
      pni pclmulqdq ssse3 fma pcid sse4.1 sse4.2 movbe popcnt aes xsave avx f16c rdrand fsgsbase
      bmi1 x2apic tsc-deadline hle avx2 smep bmi2 erms invpcid rtm rdseed adx smap rdtscp abm
      3dnowprefetch xsaveopt xsavec xgetbv1`,
    'SandyBridge-IBRS': `
      pni pclmulqdq ssse3 sse4.1 sse4.2 popcnt aes xsave avx x2apic tsc-deadline spec-ctrl
      rdtscp xsaveopt`,
    SandyBridge:
      'pni pclmulqdq ssse3 sse4.1 sse4.2 popcnt aes xsave avx x2apic tsc-deadline rdtscp xsaveopt',
    Penryn: 'pni ssse3 sse4.1',
    Opteron_G5: `
      pni pclmulqdq ssse3 fma sse4.1 sse4.2 popcnt aes xsave avx f16c pdpe1gb rdtscp abm sse4a
      misalignsse 3dnowprefetch xop fma4 tbm nrip-save`,
    Opteron_G4: `
      pni pclmulqdq ssse3 sse4.1 sse4.2 popcnt aes xsave avx pdpe1gb rdtscp abm sse4a
      misalignsse 3dnowprefetch xop fma4 nrip-save`,
    Opteron_G3: 'pni popcnt rdtscp abm sse4a misalignsse',
    Opteron_G2: 'pni',
    Opteron_G1: 'pni',
    'Nehalem-IBRS': 'pni ssse3 sse4.1 sse4.2 popcnt spec-ctrl',
    Nehalem: 'pni ssse3 sse4.1 sse4.2 popcnt',
    KnightsMill: `
      ss pni pclmulqdq ssse3 fma sse4.1 sse4.2 movbe popcnt aes xsave avx f16c rdrand fsgsbase
      bmi1 x2apic tsc-deadline avx2 smep bmi2 erms avx512f rdseed adx avx512pf avx512er avx512cd
      avx512-vpopcntdq avx512-4vnniw avx512-4fmaps pdpe1gb rdtscp abm 3dnowprefetch xsaveopt`,
    'IvyBridge-IBRS': `
      pni pclmulqdq ssse3 sse4.1 sse4.2 popcnt aes xsave avx f16c rdrand fsgsbase x2apic
      tsc-deadline smep erms spec-ctrl rdtscp xsaveopt`,
    IvyBridge: `
      pni pclmulqdq ssse3 sse4.1 sse4.2 popcnt aes xsave avx f16c rdrand fsgsbase x2apic
      tsc-deadline smep erms rdtscp xsaveopt`,
    'Icelake-Server-noTSX': `
      pni pclmulqdq ssse3 fma pcid sse4.1 sse4.2 movbe popcnt aes xsave avx f16c rdrand fsgsbase
      bmi1 x2apic tsc-deadline avx2 smep bmi2 erms invpcid avx512f avx512dq rdseed adx smap
      avx512cd avx512bw avx512vl avx512vbmi pku avx512vbmi2 gfni vaes vpclmulqdq avx512vnni
      avx512bitalg avx512-vpopcntdq la57 spec-ctrl ssbd pdpe1gb rdtscp abm 3dnowprefetch
      wbnoinvd xsaveopt xsavec xgetbv1`,
    'Icelake-Server': `
      pni pclmulqdq ssse3 fma pcid sse4.1 sse4.2 movbe popcnt aes xsave avx f16c rdrand fsgsbase
      bmi1 x2apic tsc-deadline hle avx2 smep bmi2 erms invpcid rtm avx512f avx512dq rdseed adx
      smap avx512cd avx512bw avx512vl avx512vbmi pku avx512vbmi2 gfni vaes vpclmulqdq avx512vnni
      avx512bitalg avx512-vpopcntdq la57 spec-ctrl ssbd pdpe1gb rdtscp abm 3dnowprefetch
      wbnoinvd xsaveopt xsavec xgetbv1`,
    'Haswell-noTSX-IBRS': `
      pni pclmulqdq ssse3 fma pcid sse4.1 sse4.2 movbe popcnt aes xsave avx f16c rdrand fsgsbase
      bmi1 x2apic tsc-deadline avx2 smep bmi2 erms invpcid spec-ctrl rdtscp abm xsaveopt`,
    'Haswell-noTSX': `
      pni pclmulqdq ssse3 fma pcid sse4.1 sse4.2 movbe popcnt aes xsave avx f16c rdrand fsgsbase
      bmi1 x2apic tsc-deadline avx2 smep bmi2 erms invpcid rdtscp abm xsaveopt`,
    'Haswell-IBRS': `
      pni pclmulqdq ssse3 fma pcid sse4.1 sse4.2 movbe popcnt aes xsave avx f16c rdrand fsgsbase
      bmi1 x2apic tsc-deadline hle avx2 smep bmi2 erms invpcid rtm spec-ctrl rdtscp abm xsaveopt`,
    Haswell: `
      pni pclmulqdq ssse3 fma pcid sse4.1 sse4.2 movbe popcnt aes xsave avx f16c rdrand fsgsbase
      bmi1 x2apic tsc-deadline hle avx2 smep bmi2 erms invpcid rtm rdtscp abm xsaveopt`,
    'EPYC-Rome': `
      pni pclmulqdq ssse3 fma sse4.1 sse4.2 movbe popcnt aes xsave avx f16c rdrand fsgsbase bmi1
      avx2 smep bmi2 rdseed adx smap sha-ni rdpid fxsr-opt pdpe1gb rdtscp abm sse4a misalignsse
      3dnowprefetch osvw topoext perfctr-core clzero xsaveerptr wbnoinvd ibpb amd-stibp
      nrip-save xsaveopt xsavec xgetbv1 xsaves`,
    'EPYC-Milan': `
      pni pclmulqdq ssse3 fma pcid sse4.1 sse4.2 movbe popcnt aes xsave avx f16c rdrand fsgsbase
      bmi1 avx2 smep bmi2 erms invpcid rdseed adx smap sha-ni pku rdpid fsrm fxsr-opt pdpe1gb
      rdtscp abm sse4a misalignsse 3dnowprefetch osvw topoext perfctr-core clzero xsaveerptr
      wbnoinvd ibpb ibrs amd-stibp amd-ssbd nrip-save xsaveopt xsavec xgetbv1 xsaves`,
    'EPYC-IBPB': `
      pni pclmulqdq ssse3 fma sse4.1 sse4.2 movbe popcnt aes xsave avx f16c rdrand fsgsbase bmi1
      avx2 smep bmi2 rdseed adx smap sha-ni fxsr-opt pdpe1gb rdtscp abm sse4a misalignsse
      3dnowprefetch osvw topoext ibpb nrip-save xsaveopt xsavec xgetbv1`,
    EPYC: `
      pni pclmulqdq ssse3 fma sse4.1 sse4.2 movbe popcnt aes xsave avx f16c rdrand fsgsbase bmi1
      avx2 smep bmi2 rdseed adx smap sha-ni fxsr-opt pdpe1gb rdtscp abm sse4a misalignsse
      3dnowprefetch osvw topoext nrip-save xsaveopt xsavec xgetbv1`,
    Dhyana: `
      pni ssse3 fma sse4.1 sse4.2 movbe popcnt xsave avx f16c rdrand fsgsbase bmi1 avx2 smep
      bmi2 rdseed adx smap fxsr-opt pdpe1gb rdtscp abm sse4a misalignsse 3dnowprefetch osvw
      topoext ibpb nrip-save xsaveopt xsavec xgetbv1`,
    Denverton: `
      pni pclmulqdq ssse3 sse4.1 sse4.2 movbe popcnt aes xsave rdrand fsgsbase x2apic
      tsc-deadline smep erms mpx rdseed smap sha-ni spec-ctrl arch-capabilities ssbd pdpe1gb
      rdtscp 3dnowprefetch xsaveopt xsavec xgetbv1 rdctl-no skip-l1dfl-vmentry`,
    Cooperlake: `
      pni pclmulqdq ssse3 fma pcid sse4.1 sse4.2 movbe popcnt aes xsave avx f16c rdrand fsgsbase
      bmi1 x2apic tsc-deadline hle avx2 smep bmi2 erms invpcid rtm avx512f avx512dq rdseed adx
      smap avx512cd avx512bw avx512vl pku avx512vnni spec-ctrl stibp arch-capabilities ssbd
      avx512-bf16 pdpe1gb rdtscp abm 3dnowprefetch xsaveopt xsavec xgetbv1 rdctl-no ibrs-all
      skip-l1dfl-vmentry mds-no pschange-mc-no taa-no`,
    Conroe: 'pni ssse3',
    'Cascadelake-Server-noTSX': `
      pni pclmulqdq ssse3 fma pcid sse4.1 sse4.2 movbe popcnt aes xsave avx f16c rdrand fsgsbase
      bmi1 x2apic tsc-deadline avx2 smep bmi2 erms invpcid avx512f avx512dq rdseed adx smap
      avx512cd avx512bw avx512vl pku avx512vnni spec-ctrl arch-capabilities ssbd pdpe1gb rdtscp
      abm 3dnowprefetch xsaveopt xsavec xgetbv1 rdctl-no ibrs-all skip-l1dfl-vmentry mds-no`,
    'Cascadelake-Server': `
      pni pclmulqdq ssse3 fma pcid sse4.1 sse4.2 movbe popcnt aes xsave avx f16c rdrand fsgsbase
      bmi1 x2apic tsc-deadline hle avx2 smep bmi2 erms invpcid rtm avx512f avx512dq rdseed adx
      smap avx512cd avx512bw avx512vl pku avx512vnni spec-ctrl ssbd pdpe1gb rdtscp abm
      3dnowprefetch xsaveopt xsavec xgetbv1`,
    'Broadwell-noTSX-IBRS': `
      pni pclmulqdq ssse3 fma pcid sse4.1 sse4.2 movbe popcnt aes xsave avx f16c rdrand fsgsbase
      bmi1 x2apic tsc-deadline avx2 smep bmi2 erms invpcid rdseed adx smap spec-ctrl rdtscp abm
      3dnowprefetch xsaveopt`,
    'Broadwell-noTSX': `
      pni pclmulqdq ssse3 fma pcid sse4.1 sse4.2 movbe popcnt aes xsave avx f16c rdrand fsgsbase
      bmi1 x2apic tsc-deadline avx2 smep bmi2 erms invpcid rdseed adx smap rdtscp abm
      3dnowprefetch xsaveopt`,
    'Broadwell-IBRS': `
      pni pclmulqdq ssse3 fma pcid sse4.1 sse4.2 movbe popcnt aes xsave avx f16c rdrand fsgsbase
      bmi1 x2apic tsc-deadline hle avx2 smep bmi2 erms invpcid rtm rdseed adx smap spec-ctrl
      rdtscp abm 3dnowprefetch xsaveopt`,
    Broadwell: `
      pni pclmulqdq ssse3 fma pcid sse4.1 sse4.2 movbe popcnt aes xsave avx f16c rdrand fsgsbase
      bmi1 x2apic tsc-deadline hle avx2 smep bmi2 erms invpcid rtm rdseed adx smap rdtscp abm
      3dnowprefetch xsaveopt`,
    '486': '',
  },
};
