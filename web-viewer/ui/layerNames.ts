/** What the layers and actors are called. */
import type { Words } from '../../sim/play/scenario.ts';
import type { LaneId, LayerId } from '../model/item.ts';

const same = (text: string): Words => ({ en: text, zh: text });

export const layerNames: Readonly<Record<LayerId | LaneId, Words>> = {
  people: { en: 'shell', zh: 'shell' },
  virsh: same('virsh'),
  libvirt: same('libvirtd'),
  qemu: same('QEMU'),
  rpm: same('rpm'),
  logind: same('logind'),
  udev: same('udev'),
  node: same('/dev/kvm'),
  kernel: { en: 'kernel', zh: '内核' },
};

/** What each layer is for, in a few words. */
export const layerRoles: Readonly<Record<LayerId, Words>> = {
  virsh: { en: 'asks libvirtd', zh: '询问 libvirtd' },
  libvirt: { en: 'remembers what QEMU can do', zh: '记住 QEMU 的能力' },
  qemu: { en: 'opens the device as user qemu', zh: '以 qemu 用户打开设备' },
  rpm: { en: 'brings rule and user', zh: '带来规则与用户' },
  logind: { en: 'gives the seat’s user an entry', zh: '给席位上的用户加 ACL 条目' },
  udev: { en: 'sets owner and mode', zh: '设置属主与权限' },
  node: { en: 'who may open it is written here', zh: '谁能打开，写在这里' },
  kernel: { en: 'makes the node, judges who opens it', zh: '创建节点，裁决谁能打开' },
};
