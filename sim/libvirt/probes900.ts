/**
 * What libvirt 9.0 asks about and what it no longer remembers: the data of its probe.
 *
 * Models: libvirt v9.0.0 src/qemu/qemu_capabilities.c virQEMUCapsDeviceProps, virQEMUCapsObjectProps,
 *   virQEMUCapsMachineProps; the order as recorded from the real one with QEMU 7.2
 *
 * Since 9.0 insists on QEMU 4.2, whatever every such QEMU can do is no flag any more.
 * Leaves out: the 79 flags that came after 5.0.0, but tcg; only kvm and tcg decide anything here.
 */
import { type PropertyProbe, pairs } from './capsProbes.ts';

const probe = (type: string, condition: string | null, text = ''): PropertyProbe => ({
  type,
  condition,
  properties: pairs(text),
});

/** device-list-properties, in this order. */
export const deviceProbes900: readonly PropertyProbe[] = [
  probe('virtio-blk-pci', null, 'scsi=virtio-blk-pci.scsi'),
  probe('virtio-net-pci', 'virtio-net'),
  probe('virtio-scsi-pci', 'virtio-scsi-pci'),
  probe('virtio-net-ccw', 'virtio-net'),
  probe('virtio-scsi-ccw', 'virtio-scsi-pci'),
  probe('vfio-pci', 'vfio-pci', 'display=vfio-pci.display'),
  probe('scsi-hd', null, 'channel=scsi-disk.channel wwn=scsi-disk.wwn'),
  probe('ide-hd', null, 'wwn=ide-drive.wwn'),
  probe('PIIX4_PM', null, 'disable_s3=disable-s3 disable_s4=disable-s4'),
  probe('usb-redir', 'usb-redir', 'filter=usb-redir.filter'),
  probe('usb-storage', 'usb-storage', 'removable=usb-storage.removable'),
  probe('kvm-pit', null, 'lost_tick_policy=kvm-pit-lost-tick-policy'),
  probe('VGA', 'VGA', 'vgamem_mb=VGA.vgamem_mb'),
  probe('vmware-svga', 'vmware-svga', 'vgamem_mb=vmware-svga.vgamem_mb'),
  probe('qxl', 'qxl', 'vgamem_mb=qxl.vgamem_mb vram64_size_mb=qxl.vram64_size_mb'),
  probe('virtio-gpu-pci', 'virtio-gpu'),
  probe('virtio-gpu-device', 'virtio-gpu'),
  probe('ICH9-LPC', null, 'disable_s3=ich9-disable-s3 disable_s4=ich9-disable-s4'),
  ...['pci', 'ccw', 'device'].map((bus) =>
    probe(`virtio-balloon-${bus}`, null, 'deflate-on-oom=virtio-balloon-pci.deflate-on-oom'),
  ),
  probe(
    'intel-iommu',
    'intel-iommu',
    'intremap=intel-iommu.intremap caching-mode=intel-iommu.caching-mode eim=intel-iommu.eim device-iotlb=intel-iommu.device-iotlb',
  ),
  probe('mch', 'mch', 'extended-tseg-mbytes=mch.extended-tseg-mbytes'),
  probe('nvdimm', 'nvdimm', 'unarmed=nvdimm.unarmed'),
  probe('pcie-root-port', 'pcie-root-port'),
  ...['usb-host', 'vhost-user-fs-device', 'virtio-mem-pci', 'virtio-iommu-pci'].map((type) =>
    probe(type, null),
  ),
];

/** qom-list-properties, in this order; the last is asked by the name of the emulator's own `max` CPU. */
export const objectProbes900 = (arch: string): readonly PropertyProbe[] => [
  probe('memory-backend-file', null, 'pmem=memory-backend-file.pmem'),
  probe('memory-backend-memfd', null, 'hugetlb=memory-backend-memfd.hugetlb'),
  probe(`max-${arch}-cpu`, null),
];

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
