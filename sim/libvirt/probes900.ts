/**
 * What in QEMU's replies makes which flag for libvirt 9.0: the data of its probe.
 *
 * Models: libvirt v9.0.0 src/qemu/qemu_capabilities.c virQEMUCapsCommands, virQEMUCapsObjectTypes,
 *   virQEMUCapsDeviceProps, virQEMUCapsObjectProps, virQEMUCapsMachineProps, virQEMUCapsCommandLine,
 *   virQEMUCapsQMPSchemaQueries, virQEMUCapsMigration
 *
 * Since 9.0 insists on QEMU 4.2, whatever every such QEMU can do is no flag any more.
 * Leaves out: machine properties of other architectures.
 */
import { type PropertyProbe, pairs } from './capsProbes.ts';

const probe = (type: string, condition: string | null, text = ''): PropertyProbe => ({
  type,
  condition,
  properties: pairs(text),
});

export const commands900 = pairs(`
  query-vnc=vnc rtc-reset-reinjection query-hotpluggable-cpus query-cpu-model-expansion
  query-cpu-definitions query-cpu-model-baseline query-cpu-model-comparison block-export-add
  blockdev-reopen set-action query-dirty-rate sev-inject-launch-secret calc-dirty-rate
  query-stats query-stats-schemas
`);

export const migrationCapabilities900 = pairs(`
  rdma-pin-all=migrate-rdma
`);

const transitional =
  'virtio-blk virtio-net vhost-scsi virtio-rng virtio-9p virtio-balloon vhost-vsock virtio-scsi virtio-serial'
    .split(' ')
    .flatMap((name) => [`${name}-pci-transitional`, `${name}-pci-non-transitional`])
    .map((type) => [type, 'virtio-pci-non-transitional'] as const);

export const objectTypes900 = [
  ...pairs(`
  hda-duplex hda-micro ccid-card-emulated=ccid-emulated ccid-card-passthru=ccid-passthru
  piix3-usb-uhci piix4-usb-uhci usb-ehci ich9-usb-ehci1 vt82c686b-usb-uhci pci-ohci
  nec-usb-xhci usb-redir usb-hub ich9-ahci virtio-blk-ccw=virtio-ccw sclpconsole=s390-sclp
  lsi53c895a=lsi virtio-scsi-pci virtio-scsi-ccw=virtio-scsi-pci
  virtio-scsi-device=virtio-scsi-pci megasas qxl scsi-block VGA cirrus-vga vmware-svga
  usb-serial virtio-rng-pci=virtio-rng virtio-rng-ccw=virtio-rng virtio-rng-device=virtio-rng
  rng-random rng-egd spapr-nvram=nvram pci-bridge vfio-pci i82801b11-bridge=dmi-to-pci-bridge
  usb-storage virtio-mmio ich9-intel-hda pvpanic usb-kbd usb-audio iothread ivshmem pc-dimm
  pci-serial gpex-pcihost ioh3420 x3130-upstream xio3130-downstream rtl8139 e1000
  virtio-net-pci=virtio-net virtio-net-ccw=virtio-net virtio-net-device=virtio-net
  virtio-gpu-pci=virtio-gpu virtio-gpu-device=virtio-gpu virtio-vga
  virtio-keyboard-device=virtio-keyboard virtio-keyboard-pci=virtio-keyboard
  virtio-mouse-device=virtio-mouse virtio-mouse-pci=virtio-mouse
  virtio-tablet-device=virtio-tablet virtio-tablet-pci=virtio-tablet
  virtio-input-host-device=virtio-input-host virtio-input-host-pci=virtio-input-host
  mptsas1068 pxb pxb-pcie intel-iommu ivshmem-plain ivshmem-doorbell vhost-scsi nvdimm
  pcie-root-port qemu-xhci spapr-pci-host-bridge vmcoreinfo spapr-vty sclplmconsole isa-serial
  pl011 virtio-gpu-ccw virtio-keyboard-ccw virtio-mouse-ccw virtio-tablet-ccw pcie-pci-bridge
  pr-manager-helper vfio-ccw hda-output vmgenid vhost-vsock-device=vhost-vsock mch sev-guest
  vfio-ap zpci memory-backend-memfd max-x86_64-cpu=x86-max-cpu bochs-display dbus-vmstate
  vhost-user-gpu vhost-user-vga ramfb max-arm-cpu=arm-max-cpu i8042 rng-builtin tpm-spapr
  vhost-user-fs-device=vhost-user-fs tcg-accel=tcg pvscsi spapr-tpm-proxy
  vmport=machine-vmport-opt dc390 am53c974 virtio-pmem-pci vhost-user-blk input-linux
  virtio-gpu-gl-pci virtio-vga-gl s390-pv-guest virtio-mem-pci virtio-iommu-pci sgx-epc
  thread-context
`),
  ...transitional,
];

export const schemaQueries900 = pairs(`
  blockdev-add/arg-type/+vxhs=vxhs
  blockdev-add/arg-type/+file/drop-cache=migration-file-drop-cache
  blockdev-add/arg-type/+nvme=drive-nvme
  blockdev-add/arg-type/+file/aio/^io_uring=aio.io_uring
  blockdev-add/arg-type/+rbd/encrypt=rbd-encryption
  blockdev-add/arg-type/+nbd/tls-hostname=blockdev.nbd.tls-hostname
  blockdev-snapshot/$allow-write-only-overlay=blockdev-snapshot.allow-write-only-overlay
  chardev-add/arg-type/backend/+socket/data/reconnect=chardev-reconnect
  device_add/$json-cli-hotplug=device.json+hotplug
  migrate-set-parameters/arg-type/block-bitmap-mapping/bitmaps/transform=migration-param.block-bitmap-mapping
  nbd-server-start/arg-type/tls-creds=nbd-tls nbd-server-add/arg-type/bitmap=nbd-bitmap
  netdev_add/arg-type/+stream=netdev.stream netdev_add/arg-type/+vhost-vdpa=netdev.vhost-vdpa
  netdev_add/arg-type/type/^dgram=netdev.json
  object-add/arg-type/qom-type/^secret=object.qapified
  query-display-options/ret-type/+egl-headless/rendernode=egl-headless.rendernode
  query-display-options/ret-type/+sdl=sdl
  query-display-options/ret-type/+egl-headless=egl-headless
  query-iothreads/ret-type/poll-max-ns=iothread.poll-max-ns
  query-hotpluggable-cpus/ret-type/props/die-id=smp-dies
  query-named-block-nodes/arg-type/flat=query-named-block-nodes.flat
  screendump/arg-type/device=screendump_device set-numa-node/arg-type/+hmat-lb=numa.hmat
  object-add/arg-type/+sev-guest/kernel-hashes=sev-guest-kernel-hashes
  calc-dirty-rate/arg-type/mode=dirtyrate-param.mode
  chardev-add/arg-type/backend/+qemu-vdagent=chardev.qemu-vdagent
  query-display-options/ret-type/+dbus=display-dbus
  object-add/arg-type/+iothread/thread-pool-max=iothread.thread-pool-max
  query-migrate/ret-type/blocked-reasons=migration.blocked-reasons
  screendump/arg-type/format/^png=screenshot-format-png
`);

/** `option/parameter`, or an option by itself. */
export const commandLineOptions900 = pairs(`
  fsdev/multidevs=fsdev.multidevs machine/hpet=machine-hpet sandbox=seccomp-sandbox spice
  spice/gl=spice-gl spice/rendernode=spice-rendernode vnc/power-control=vnc-power-control
`);

/** device-list-properties, in this order. */
export const deviceProbes900: readonly PropertyProbe[] = [
  probe(
    'virtio-blk-pci',
    null,
    `scsi=virtio-blk-pci.scsi queue-size=virtio-blk.queue-size acpi-index`,
  ),
  probe('virtio-net-pci', 'virtio-net', `acpi-index rss=virtio-net.rss`),
  probe('virtio-scsi-pci', 'virtio-scsi-pci', `acpi-index`),
  probe(
    'virtio-blk-ccw',
    'virtio-ccw',
    `scsi=virtio-blk-pci.scsi queue-size=virtio-blk.queue-size acpi-index`,
  ),
  probe('virtio-net-ccw', 'virtio-net', `acpi-index rss=virtio-net.rss`),
  probe('virtio-scsi-ccw', 'virtio-scsi-pci', `acpi-index`),
  probe('vfio-pci', 'vfio-pci', `display=vfio-pci.display`),
  probe('scsi-hd', null, `channel=scsi-disk.channel wwn=scsi-disk.wwn rotation_rate=rotation-rate`),
  probe('ide-hd', null, `wwn=ide-drive.wwn`),
  probe(
    'PIIX4_PM',
    null,
    `disable_s3=disable-s3 disable_s4=disable-s4 acpi-root-pci-hotplug=piix4.acpi-root-pci-hotplug`,
  ),
  probe('usb-redir', 'usb-redir', `filter=usb-redir.filter`),
  probe('usb-storage', 'usb-storage', `removable=usb-storage.removable`),
  probe('kvm-pit', null, `lost_tick_policy=kvm-pit-lost-tick-policy`),
  probe('VGA', 'VGA', `vgamem_mb=VGA.vgamem_mb`),
  probe('vmware-svga', 'vmware-svga', `vgamem_mb=vmware-svga.vgamem_mb`),
  probe('qxl', 'qxl', `vgamem_mb=qxl.vgamem_mb vram64_size_mb=qxl.vram64_size_mb`),
  probe('virtio-gpu-pci', 'virtio-gpu', `virgl=virtio-gpu.virgl acpi-index`),
  probe('virtio-gpu-device', 'virtio-gpu', `virgl=virtio-gpu.virgl acpi-index`),
  probe('ICH9-LPC', null, `disable_s3=ich9-disable-s3 disable_s4=ich9-disable-s4`),
  probe(
    'virtio-balloon-pci',
    null,
    `deflate-on-oom=virtio-balloon-pci.deflate-on-oom free-page-reporting=virtio-balloon.free-page-reporting acpi-index`,
  ),
  probe(
    'virtio-balloon-ccw',
    null,
    `deflate-on-oom=virtio-balloon-pci.deflate-on-oom free-page-reporting=virtio-balloon.free-page-reporting acpi-index`,
  ),
  probe(
    'virtio-balloon-device',
    null,
    `deflate-on-oom=virtio-balloon-pci.deflate-on-oom free-page-reporting=virtio-balloon.free-page-reporting acpi-index`,
  ),
  probe(
    'intel-iommu',
    'intel-iommu',
    `intremap=intel-iommu.intremap caching-mode=intel-iommu.caching-mode eim=intel-iommu.eim device-iotlb=intel-iommu.device-iotlb aw-bits=intel-iommu.aw-bits`,
  ),
  probe(
    'spapr-pci-host-bridge',
    'spapr-pci-host-bridge',
    `numa_node=spapr-pci-host-bridge.numa_node`,
  ),
  probe('virtio-gpu-ccw', 'virtio-gpu-ccw', `virgl=virtio-gpu.virgl acpi-index`),
  probe('mch', 'mch', `extended-tseg-mbytes=mch.extended-tseg-mbytes`),
  probe('nvdimm', 'nvdimm', `unarmed=nvdimm.unarmed`),
  probe('pcie-root-port', 'pcie-root-port', `hotplug=pcie-root-port.hotplug`),
  probe(
    'usb-host',
    null,
    `hostdevice=usb-host.hostdevice guest-resets-all=usb-host.guest-resets-all`,
  ),
  probe('vhost-user-fs-device', 'vhost-user-fs', `bootindex=vhost-user-fs.bootindex`),
  probe('virtio-mem-pci', 'virtio-mem-pci', `prealloc=virtio-mem-pci.prealloc`),
  probe('virtio-iommu-pci', 'virtio-iommu-pci', `boot-bypass=virtio-iommu.boot-bypass`),
];

const file = `
  pmem=memory-backend-file.pmem
  x-use-canonical-path-for-ramblock-id=memory-backend-file.x-use-canonical-path-for-ramblock-id
  reserve=memory-backend-file.reserve prealloc-threads=memory-backend-file.prealloc-threads
`;
const maxCpu =
  'unavailable-features=cpu-unavailable-features kvm-no-adjvtime=cpu.kvm-no-adjvtime migratable=cpu.migratable';

/** qom-list-properties, in this order. */
export const objectProbes900: readonly PropertyProbe[] = [
  probe('memory-backend-file', null, file),
  probe('memory-backend-memfd', 'memory-backend-memfd', 'hugetlb=memory-backend-memfd.hugetlb'),
  probe('max-x86_64-cpu', 'x86-max-cpu', maxCpu),
];

/** virQEMUCapsMachineProps: of what every machine can do, asked of the one that is always there. */
export const machineProps900 = pairs('confidential-guest-support');

/** X_QEMU_CAPS_...: names that can still be read and are never set. */
export const retired900: ReadonlySet<string> = new Set(
  `virtio-tx-alg virtio-blk-pci.ioeventfd sga virtio-blk-pci.event_idx virtio-net-pci.event_idx
  transaction block-job-async scsi-cd ide-cd dump-guest-memory blockio reboot-timeout block-commit
  drive-mirror blockdev-snapshot-sync device-video-primary nbd-server mem-merge drive-discard
  i440fx-pci-hole64-size q35-pci-hole64-size boot-strict spice-file-xfer-disable msg-timestamp
  active-commit change-backing-file memory-backend-ram numa memory-backend-file splash-timeout
  drive-iotune-max aes-key-wrap dea-key-wrap vhost-user-multiqueue gic-version incoming-defer
  chardev-file-append chardev-logfile debug-threads secret nec-usb-xhci-ports
  virtio-scsi-pci.iothread name-guest qxl.max_outputs spice-unix drive-detect-zeroes
  tls-creds-x509 smm virtio-pci-disable-legacy virtio-net.rx_queue_size drive-iotune-max-length
  query-qmp-schema gluster.debug_level drive-iotune-group virtio-net.host_mtu
  query-named-block-nodes kernel-irqchip kernel-irqchip.split virtio.iommu_platform virtio.ats
  loadparm vnc-multi-servers virtio-net.tx_queue_size virtio-gpu.max_outputs virtio-blk.num-queues
  numa.dist disk-share-rw iscsi.password-secret qcow2-luks seccomp-blacklist query-cpus-fast
  disk-write-cache qom-list-properties memory-backend-file.discard-data sdl-gl blockdev-del
  chardev-fd-pass usb-storage.werror memory-backend-file.align vxhs`.split(/\s+/),
);
