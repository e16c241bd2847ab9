/**
 * What `kvmlab serve` says of what it has made.
 */
import type { Words } from '../../play/scenario.ts';
import { type Language, say } from '../../play/words.ts';
import type { Places } from './places.ts';
import { realProgram } from './places.ts';

const words = {
  serves: { en: 'serving', zh: '正在提供' },
  until: {
    en: 'until Ctrl-C; nothing on this computer is changed',
    zh: '按 Ctrl-C 结束；本机不会有任何改变',
  },
  virsh: {
    en: "your own virsh, and whatever else speaks libvirt's protocol:",
    zh: '用您自己的 virsh，或任何使用 libvirt 协议的程序：',
  },
  noVirsh: {
    en: 'there is no virsh here (Debian: libvirt-clients): the simulated one takes its place',
    zh: '本机没有 virsh（Debian：libvirt-clients），由模拟的代替',
  },
  shims: {
    en: "the host's own programs; `on-host LINE` for its shell:",
    zh: '主机自己的程序；`on-host LINE` 用其 shell：',
  },
  qmp: {
    en: "QMP of a QEMU that asks for KVM, as QEMU's user:",
    zh: '以 QEMU 用户运行并请求 KVM 的 QEMU 的 QMP：',
  },
  home: { en: "the user's files on the host:", zh: '该用户在主机上的文件：' },
  readonly: { en: 'read-only socket:', zh: '只读套接字：' },
} as const satisfies Record<string, Words>;

export function announcement(places: Places, what: string, language: Language): string {
  const told = (words: Words) => say(words, language);
  const virsh = realProgram('virsh') === null ? [told(words.noVirsh)] : [];
  return [
    `${told(words.serves)} ${what} ${told(words.until)}`,
    '',
    told(words.virsh),
    ...virsh,
    `    export LIBVIRT_DEFAULT_URI='${places.uri}'`,
    '    virsh capabilities',
    told(words.shims),
    `    export PATH=${places.bin}:$PATH`,
    '    getfacl /dev/kvm',
    told(words.home),
    `    cd ${places.home}`,
    told(words.qmp),
    `    socat - UNIX-CONNECT:${places.qmp}`,
    `${told(words.readonly)} ${places.readonlySocket}`,
    '',
  ].join('\n');
}
