/**
 * What Debian's QEMU 7.2 says of itself, as far as libvirt 5.0.0 looks.
 *
 * Models: QEMU v7.2.22 as recorded; the choice of names is ours.
 * Leaves out: every type and property that no modelled client asks for.
 */
import { cpus72 } from './debian72Cpus.ts';
import { properties72 } from './debian72Properties.ts';
import { schema72 } from './schema72.ts';
import type { Tables } from './tables.ts';

export const debian72: Tables = {
  ...cpus72,
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
  schema: schema72,
  types: {
    accel: 'kvm-accel tcg-accel',
    am53c974: 'dc390',
    'base-pci-bridge': 'i82801b11-bridge pci-bridge pcie-pci-bridge',
    'ccid-card': 'ccid-card-emulated ccid-card-passthru',
    'confidential-guest-support': 'sev-guest',
    device: 'pc-dimm sgx-epc tpm-crb vmcoreinfo vmgenid',
    'e1000-base': 'e1000',
    'event-loop-base': 'iothread',
    'hda-audio': 'hda-duplex hda-micro hda-output',
    'ide-device': 'ide-cd ide-hd',
    'intel-hda-generic': 'ich9-intel-hda intel-hda',
    'isa-device': 'i8042 isa-debugcon isa-fdc isa-serial pvpanic sga tpm-tis vmport',
    'ivshmem-common': 'ivshmem-doorbell ivshmem-plain',
    machine: 'none-machine',
    'megasas-base': 'megasas',
    'memory-backend': 'memory-backend-file memory-backend-memfd memory-backend-ram',
    object: 'accel dbus-vmstate input-linux thread-context',
    'pc-dimm': 'nvdimm',
    'pci-device': `
      AC97 ICH9-LPC PIIX4_PM am53c974 bochs-display cirrus-vga e1000e ich9-ahci lsi53c895a mch
      mptsas1068 pci-ohci pci-serial pci-testdev pvscsi pxb pxb-pcie rtl8139 vfio-pci vmware-svga`,
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
    'rng-backend': 'rng-builtin rng-egd rng-random',
    'scsi-disk-base': 'scsi-block scsi-cd scsi-hd',
    secret_common: 'secret',
    'sys-bus-device': 'kvmclock ramfb virtio-mmio',
    'tls-creds': 'tls-creds-x509',
    'usb-device': 'usb-audio usb-ccid usb-host usb-hub usb-redir',
    'usb-hid': 'usb-kbd usb-mouse usb-tablet',
    'usb-serial-dev': 'usb-serial',
    'usb-storage-dev': 'usb-storage',
    'vhost-scsi-common': 'vhost-scsi',
    'vhost-scsi-pci-base': 'vhost-scsi-pci-non-transitional vhost-scsi-pci-transitional',
    'vhost-user-vga-base-type': 'vhost-user-vga',
    'vhost-vsock-common': 'vhost-vsock-device',
    'vhost-vsock-pci-base': 'vhost-vsock-pci vhost-vsock-pci-non-transitional',
    'virtio-9p-pci-base': 'virtio-9p-pci virtio-9p-pci-non-transitional virtio-9p-pci-transitional',
    'virtio-balloon-pci-base': `
      virtio-balloon-pci virtio-balloon-pci-non-transitional virtio-balloon-pci-transitional`,
    'virtio-blk-pci-base': `
      virtio-blk-pci virtio-blk-pci-non-transitional virtio-blk-pci-transitional`,
    'virtio-device': `
      vhost-user-blk vhost-user-fs-device virtio-balloon-device virtio-blk-device
      virtio-net-device virtio-rng-device`,
    'virtio-gpu-base': 'vhost-user-gpu virtio-gpu-device',
    'virtio-gpu-gl-pci-base-type': 'virtio-gpu-gl-pci',
    'virtio-gpu-pci-base-type': 'virtio-gpu-pci',
    'virtio-input-device': 'virtio-input-host-device',
    'virtio-input-hid-device': 'virtio-keyboard-device virtio-mouse-device virtio-tablet-device',
    'virtio-input-host-pci-base-type': 'virtio-input-host-pci',
    'virtio-iommu-pci-base-type': 'virtio-iommu-pci',
    'virtio-keyboard-pci-base-type': 'virtio-keyboard-pci',
    'virtio-mem-pci-base': 'virtio-mem-pci',
    'virtio-mouse-pci-base-type': 'virtio-mouse-pci',
    'virtio-net-pci-base': `
      virtio-net-pci virtio-net-pci-non-transitional virtio-net-pci-transitional`,
    'virtio-pmem-pci-base': 'virtio-pmem-pci',
    'virtio-rng-pci-base': `
      virtio-rng-pci virtio-rng-pci-non-transitional virtio-rng-pci-transitional`,
    'virtio-scsi-common': 'virtio-scsi-device',
    'virtio-scsi-pci-base': `
      virtio-scsi-pci virtio-scsi-pci-non-transitional virtio-scsi-pci-transitional`,
    'virtio-serial-pci-base': `
      virtio-serial-pci virtio-serial-pci-non-transitional virtio-serial-pci-transitional`,
    'virtio-tablet-pci-base-type': 'virtio-tablet-pci',
    'virtio-vga-base-type': 'virtio-vga',
    'virtio-vga-gl-base-type': 'virtio-vga-gl',
    'x86-iommu': 'intel-iommu',
  },
  properties: properties72,
  commandLine: {
    fsdev: `
      throttling.iops-size:number throttling.bps-write-max-length:number
      throttling.bps-read-max-length:number throttling.bps-total-max-length:number throttling.iops-write-max-length:number throttling.iops-read-max-length:number throttling.iops-total-max-length:number throttling.bps-write-max:number throttling.bps-read-max:number throttling.bps-total-max:number throttling.iops-write-max:number throttling.iops-read-max:number throttling.iops-total-max:number throttling.bps-write:number throttling.bps-read:number throttling.bps-total:number throttling.iops-write:number throttling.iops-read:number throttling.iops-total:number dmode:number fmode:number sock_fd:number socket:string multidevs:string readonly:boolean writeout:string security_model:string path:string fsdriver:string`,
    machine: `
      loadparm:string dea-key-wrap:boolean aes-key-wrap:boolean mem-merge:boolean
      kernel_irqchip:boolean suppress-vmdesc:boolean iommu:boolean`,
    spice: `
      rendernode:string gl:boolean disable-agent-file-xfer:boolean unix:boolean head:number
      display:string`,
    sandbox: 'elevateprivileges:string enable:boolean resourcecontrol:string spawn:string',
    vnc: 'vnc:string power-control:boolean audiodev:string',
    numa: '',
    overcommit: 'cpu-pm:boolean mem-lock:boolean',
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
  i386First: ['pc-q35-4.0.1', 'pc-i440fx-2.6'],
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
};
