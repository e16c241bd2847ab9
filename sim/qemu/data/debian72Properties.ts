/**
 * The properties of QEMU 7.2's devices and objects that libvirt 5.0.0 or 9.0.0 looks for, and a few more.
 *
 * Models: QEMU v7.2.22 as recorded: device-list-properties, qom-list-properties
 * Leaves out: every type that neither asks about; most properties of the others
 */
import type { Tables } from './tables.ts';

export const properties72: Tables['properties'] = {
  'virtio-blk-pci': `
      ats:bool ioeventfd:bool disable-legacy:OnOffAuto share-rw:bool iothread:link<iothread>
      num-queues:uint16 werror:BlockdevOnError write-cache:OnOffAuto iommu_platform:bool
      scsi:bool=false logical_block_size:size event_idx:bool failover_pair_id:str romfile:str
      queue-size:uint16 acpi-index:uint32`,
  'virtio-net-pci': `
      ats:bool ioeventfd:bool disable-legacy:OnOffAuto host_mtu:uint16 tx:str tx_queue_size:uint16
      iommu_platform:bool rx_queue_size:uint16 event_idx:bool failover_pair_id:str romfile:str
      acpi-index:uint32 rss:bool`,
  'virtio-scsi-pci': `
      ats:bool ioeventfd:bool disable-legacy:OnOffAuto iommu_platform:bool event_idx:bool
      iothread:link<iothread> failover_pair_id:str romfile:str acpi-index:uint32`,
  'vfio-pci': 'display:OnOffAuto failover_pair_id:str romfile:str',
  'scsi-hd': `
      channel:uint32 share-rw:bool removable:bool werror:BlockdevOnError wwn:uint64
      write-cache:OnOffAuto logical_block_size:size scsi-id:uint32 lun:uint32 rotation_rate:uint16
      device_id:str`,
  'ide-hd': `
      logical_block_size:size share-rw:bool write-cache:OnOffAuto wwn:uint64
      werror:BlockdevOnError unit:uint32 lsecs:uint32`,
  PIIX4_PM: `
      disable_s3:uint8 disable_s4:uint8 failover_pair_id:str romfile:str
      acpi-root-pci-hotplug:bool`,
  'usb-redir': 'filter:str pcap:str port:str',
  'usb-storage': `
      removable:bool share-rw:bool logical_block_size:size write-cache:OnOffAuto
      werror:BlockdevOnError pcap:str port:str`,
  'kvm-pit': 'lost_tick_policy:LostTickPolicy iobase:uint32',
  VGA: 'vgamem_mb:uint32 failover_pair_id:str romfile:str',
  'vmware-svga': 'vgamem_mb:uint32 failover_pair_id:str romfile:str',
  qxl: `
      vgamem_mb:uint32 vram64_size_mb:uint32 max_outputs:uint16 failover_pair_id:str romfile:str`,
  'virtio-gpu-pci': `
      ats:bool ioeventfd:bool disable-legacy:OnOffAuto iommu_platform:bool event_idx:bool
      max_outputs:uint32 failover_pair_id:str romfile:str acpi-index:uint32`,
  'virtio-gpu-device': `
      iommu_platform:bool event_idx:bool max_outputs:uint32 queue_reset:bool
      use-disabled-flag:bool`,
  'ICH9-LPC': 'disable_s3:uint8 disable_s4:uint8 failover_pair_id:str romfile:str',
  'virtio-balloon-pci': `
      ats:bool disable-legacy:OnOffAuto iommu_platform:bool deflate-on-oom:bool event_idx:bool
      iothread:link<iothread> failover_pair_id:str romfile:str free-page-reporting:bool
      acpi-index:uint32`,
  'virtio-balloon-device': `
      iommu_platform:bool event_idx:bool iothread:link<iothread> deflate-on-oom:bool
      queue_reset:bool use-disabled-flag:bool free-page-reporting:bool`,
  'intel-iommu': `
      device-iotlb:bool intremap:OnOffAuto caching-mode:bool eim:OnOffAuto pt:bool
      x-scalable-mode:bool aw-bits:uint8`,
  mch: 'extended-tseg-mbytes:uint16 failover_pair_id:str romfile:str',
  nvdimm: 'unarmed:bool memdev:link<memory-backend> node:uint32',
  'pcie-root-port': 'failover_pair_id:str romfile:str hotplug:bool',
  'usb-host': 'pcap:str port:str hostdevice:str guest-resets-all:bool',
  'vhost-user-fs-device': `
      iommu_platform:bool event_idx:bool queue_reset:bool use-disabled-flag:bool bootindex:int32`,
  'virtio-mem-pci': `
      ats:bool disable-legacy:OnOffAuto iommu_platform:bool event_idx:bool failover_pair_id:str
      romfile:str prealloc:bool`,
  'virtio-iommu-pci': `
      ats:bool disable-legacy:OnOffAuto iommu_platform:bool event_idx:bool failover_pair_id:str
      romfile:str boot-bypass:bool`,
  'memory-backend-file': `
      align:int pmem:bool discard-data:bool type:string share:bool
      x-use-canonical-path-for-ramblock-id:bool reserve:bool prealloc-threads:int`,
  'memory-backend-memfd': 'hugetlb:bool type:string share:bool',
  'max-x86_64-cpu': 'hv-passthrough:bool unavailable-features:strList migratable:bool',
  'none-machine': `
      kernel:string graphics:bool usb:bool memory-backend:link<memory-backend>
      confidential-guest-support:link<confidential-guest-support>`,
  'i440FX-pcihost': 'pci-hole64-size:size',
  'q35-pcihost': 'pci-hole64-size:size',
  'nec-usb-xhci': 'p2:uint32 p3:uint32',
};
