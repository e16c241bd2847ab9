/**
 * What in QEMU's replies makes which flag: the data of the probe.
 *
 * Models: libvirt v5.0.0 src/qemu/qemu_capabilities.c virQEMUCapsCommands, virQEMUCapsEvents,
 *   virQEMUCapsObjectTypes, virQEMUCapsMigration, virQEMUCapsDeviceProps, virQEMUCapsObjectProps,
 *   virQEMUCapsCommandLine, virQEMUCapsQMPSchemaQueries
 *
 * `a=b`: the name `a` in QEMU's reply sets the flag `b`; one word stands for both where they agree.
 */
export type Pairs = readonly (readonly [found: string, flag: string])[];

export const pairs = (text: string): Pairs =>
  text
    .trim()
    .split(/\s+/)
    .map((word) => {
      const [found = word, flag = found] = word.split('=');
      return [found, flag] as const;
    });

export const commands = pairs(`
  transaction block-stream=block-job-async dump-guest-memory query-spice=spice block-commit
  query-vnc=vnc drive-mirror blockdev-snapshot-sync nbd-server-start=nbd-server
  change-backing-file rtc-reset-reinjection migrate-incoming=incoming-defer
  query-hotpluggable-cpus query-qmp-schema query-cpu-model-expansion query-cpu-definitions
  query-named-block-nodes query-cpus-fast qom-list-properties blockdev-del
`);

export const events = pairs(`
  BALLOON_CHANGE=balloon-event SPICE_MIGRATE_COMPLETED=seamless-migration
  DEVICE_DELETED=device-del-event MIGRATION=migration-event
  VSERPORT_CHANGE=vserport-change-event DEVICE_TRAY_MOVED=device-tray-moved-event
  BLOCK_WRITE_THRESHOLD=block-write-threshold DUMP_COMPLETED=dump-completed
`);

export const migrationCapabilities = pairs(`
  rdma-pin-all=migrate-rdma
`);

export const objectTypes = pairs(`
  hda-duplex hda-micro ccid-card-emulated=ccid-emulated ccid-card-passthru=ccid-passthru
  piix3-usb-uhci piix4-usb-uhci usb-ehci ich9-usb-ehci1 vt82c686b-usb-uhci pci-ohci nec-usb-xhci
  usb-redir usb-hub ich9-ahci virtio-blk-s390=virtio-s390 virtio-blk-ccw=virtio-ccw
  sclpconsole=s390-sclp lsi53c895a=lsi virtio-scsi-pci virtio-scsi-s390=virtio-scsi-pci
  virtio-scsi-ccw=virtio-scsi-pci virtio-scsi-device=virtio-scsi-pci megasas qxl sga scsi-block
  scsi-cd ide-cd VGA cirrus-vga vmware-svga usb-serial virtio-rng-pci=virtio-rng
  virtio-rng-s390=virtio-rng virtio-rng-ccw=virtio-rng virtio-rng-device=virtio-rng rng-random
  rng-egd spapr-nvram=nvram pci-bridge vfio-pci i82801b11-bridge=dmi-to-pci-bridge usb-storage
  virtio-mmio ich9-intel-hda pvpanic usb-kbd memory-backend-ram memory-backend-file usb-audio
  iothread ivshmem pc-dimm pci-serial gpex-pcihost ioh3420 x3130-upstream xio3130-downstream
  rtl8139 e1000 virtio-net-pci=virtio-net virtio-net-ccw=virtio-net virtio-net-s390=virtio-net
  virtio-net-device=virtio-net virtio-gpu-pci=virtio-gpu virtio-gpu-device=virtio-gpu virtio-vga
  virtio-keyboard-device=virtio-keyboard virtio-keyboard-pci=virtio-keyboard
  virtio-mouse-device=virtio-mouse virtio-mouse-pci=virtio-mouse
  virtio-tablet-device=virtio-tablet virtio-tablet-pci=virtio-tablet
  virtio-input-host-device=virtio-input-host virtio-input-host-pci=virtio-input-host mptsas1068
  secret pxb pxb-pcie tls-creds-x509 intel-iommu ivshmem-plain ivshmem-doorbell vhost-scsi
  nvdimm pcie-root-port qemu-xhci spapr-pci-host-bridge vmcoreinfo spapr-vty sclplmconsole
  isa-serial pl011 virtio-gpu-ccw virtio-keyboard-ccw virtio-mouse-ccw virtio-tablet-ccw
  pcie-pci-bridge pr-manager-helper virtual-css-bridge vfio-ccw hda-output vmgenid
  vhost-vsock-device=vhost-vsock mch sev-guest vfio-ap zpci memory-backend-memfd
`);

export const schemaQueries = pairs(`
  blockdev-add/arg-type/options/+gluster/debug-level=gluster.debug_level
  blockdev-add/arg-type/+gluster/debug=gluster.debug_level blockdev-add/arg-type/+vxhs=vxhs
  blockdev-add/arg-type/+iscsi/password-secret=iscsi.password-secret
  blockdev-add/arg-type/+qcow2/encrypt/+luks/key-secret=qcow2-luks
  nbd-server-start/arg-type/tls-creds=nbd-tls screendump/arg-type/device=screendump_device
  block-commit/arg-type/*top=active-commit
  query-iothreads/ret-type/poll-max-ns=iothread.poll-max-ns
  query-display-options/ret-type/+egl-headless/rendernode=egl-headless.rendernode
`);

/** `option/parameter`; a bare option is enough for `numa`. */
export const commandLineOptions = pairs(`
  machine/mem-merge=mem-merge machine/vmport=machine-vmport-opt drive/discard=drive-discard
  drive/detect-zeroes=drive-detect-zeroes realtime/mlock=mlock boot-opts/strict=boot-strict
  boot-opts/reboot-timeout=reboot-timeout boot-opts/splash-time=splash-timeout
  spice/disable-agent-file-xfer=spice-file-xfer-disable msg/timestamp=msg-timestamp numa
  drive/throttling.bps-total-max=drive-iotune-max machine/aes-key-wrap=aes-key-wrap
  machine/dea-key-wrap=dea-key-wrap chardev/append=chardev-file-append spice/gl=spice-gl
  chardev/logfile=chardev-logfile name/debug-threads=debug-threads name/guest=name-guest
  spice/unix=spice-unix drive/throttling.bps-total-max-length=drive-iotune-max-length
  drive/throttling.group=drive-iotune-group spice/rendernode=spice-rendernode
  machine/kernel_irqchip=kernel-irqchip machine/loadparm=loadparm vnc/vnc=vnc-multi-servers
  chardev/reconnect=chardev-reconnect sandbox/enable=seccomp-sandbox
  sandbox/elevateprivileges=seccomp-blacklist chardev/fd=chardev-fd-pass
`);

/** A type whose properties are asked for, unless the flag named as its condition is missing. */
export type PropertyProbe = Readonly<{ type: string; condition: string | null; properties: Pairs }>;

const probe = (type: string, condition: string | null, text: string): PropertyProbe => ({
  type,
  condition,
  properties: pairs(text),
});

const virtio =
  'disable-legacy=virtio-pci-disable-legacy iommu_platform=virtio.iommu_platform ats=virtio.ats';
const disk = 'share-rw=disk-share-rw write-cache=disk-write-cache';
const blk = `ioeventfd=virtio-blk-pci.ioeventfd event_idx=virtio-blk-pci.event_idx scsi=virtio-blk-pci.scsi logical_block_size=blockio num-queues=virtio-blk.num-queues share-rw=disk-share-rw ${virtio} write-cache=disk-write-cache`;
const net = `tx=virtio-tx-alg event_idx=virtio-net-pci.event_idx rx_queue_size=virtio-net.rx_queue_size tx_queue_size=virtio-net.tx_queue_size host_mtu=virtio-net.host_mtu ${virtio}`;
const scsi = `iothread=virtio-scsi-pci.iothread ${virtio}`;
const gpu = `virgl=virtio-gpu.virgl max_outputs=virtio-gpu.max_outputs ${virtio}`;
const balloon = `deflate-on-oom=virtio-balloon-pci.deflate-on-oom ${virtio}`;

/** device-list-properties, in this order. */
export const deviceProbes: readonly PropertyProbe[] = [
  probe('virtio-blk-pci', null, blk),
  probe('virtio-net-pci', 'virtio-net', net),
  probe('virtio-scsi-pci', 'virtio-scsi-pci', scsi),
  probe('virtio-blk-ccw', 'virtio-ccw', blk),
  probe('virtio-net-ccw', 'virtio-net', net),
  probe('virtio-scsi-ccw', 'virtio-scsi-pci', scsi),
  probe('virtio-blk-s390', 'virtio-s390', blk),
  probe('virtio-net-s390', 'virtio-net', net),
  probe('vfio-pci', 'vfio-pci', 'display=vfio-pci.display'),
  probe('scsi-disk', null, `channel=scsi-disk.channel wwn=scsi-disk.wwn ${disk}`),
  probe('ide-drive', null, `wwn=ide-drive.wwn ${disk}`),
  probe('PIIX4_PM', null, 'disable_s3=disable-s3 disable_s4=disable-s4'),
  probe('usb-redir', 'usb-redir', 'filter=usb-redir.filter'),
  probe('i440FX-pcihost', null, 'pci-hole64-size=i440fx-pci-hole64-size'),
  probe('q35-pcihost', null, 'pci-hole64-size=q35-pci-hole64-size'),
  probe(
    'usb-storage',
    'usb-storage',
    `removable=usb-storage.removable ${disk} werror=usb-storage.werror`,
  ),
  probe('kvm-pit', null, 'lost_tick_policy=kvm-pit-lost-tick-policy'),
  probe('VGA', 'VGA', 'vgamem_mb=VGA.vgamem_mb'),
  probe('vmware-svga', 'vmware-svga', 'vgamem_mb=vmware-svga.vgamem_mb'),
  probe(
    'qxl',
    'qxl',
    'vgamem_mb=qxl.vgamem_mb vram64_size_mb=qxl.vram64_size_mb max_outputs=qxl.max_outputs',
  ),
  probe('virtio-gpu-pci', 'virtio-gpu', gpu),
  probe('virtio-gpu-device', 'virtio-gpu', gpu),
  probe('ICH9-LPC', null, 'disable_s3=ich9-disable-s3 disable_s4=ich9-disable-s4'),
  probe('virtio-balloon-pci', null, balloon),
  probe('virtio-balloon-ccw', null, balloon),
  probe('virtio-balloon-device', null, balloon),
  probe('nec-usb-xhci', 'nec-usb-xhci', 'p3=nec-usb-xhci-ports'),
  probe(
    'intel-iommu',
    'intel-iommu',
    'intremap=intel-iommu.intremap caching-mode=intel-iommu.caching-mode eim=intel-iommu.eim device-iotlb=intel-iommu.device-iotlb',
  ),
  probe(
    'spapr-pci-host-bridge',
    'spapr-pci-host-bridge',
    'numa_node=spapr-pci-host-bridge.numa_node',
  ),
  probe('virtio-gpu-ccw', 'virtio-gpu-ccw', gpu),
  probe(
    'virtual-css-bridge',
    'virtual-css-bridge',
    'cssid-unrestricted=virtual-css-bridge.cssid-unrestricted',
  ),
  probe('mch', 'mch', 'extended-tseg-mbytes=mch.extended-tseg-mbytes'),
  probe('nvdimm', 'nvdimm', 'unarmed=nvdimm.unarmed'),
];

/** qom-list-properties, in this order. */
export const objectProbes: readonly PropertyProbe[] = [
  probe(
    'memory-backend-file',
    'memory-backend-file',
    'discard-data=memory-backend-file.discard-data align=memory-backend-file.align pmem=memory-backend-file.pmem',
  ),
  probe('memory-backend-memfd', 'memory-backend-memfd', 'hugetlb=memory-backend-memfd.hugetlb'),
  probe(
    'spapr-machine',
    null,
    'cap-hpt-max-page-size=machine.pseries.cap-hpt-max-page-size cap-htm=machine.pseries.cap-htm cap-nested-hv=machine.pseries.cap-nested-hv',
  ),
];
