/**
 * What `kvmlab serve` says of what it has made.
 */
import { existsSync } from 'node:fs';
import type { Words } from '../../play/scenario.ts';
import { type Language, say } from '../../play/words.ts';
import { type Places, realProgram } from './places.ts';

const words = {
  fresh: { en: 'a freshly booted host', zh: '一台刚启动的主机' },
  down: {
    en: 'libvirtd does not run on this host: its sockets appear when it does.',
    zh: '此主机上 libvirtd 未运行：运行后才有套接字。',
  },
  virsh: {
    en: "your own virsh, or whatever else speaks libvirt's protocol:",
    zh: '您自己的 virsh，或任何使用 libvirt 协议的程序：',
  },
  noVirsh: {
    en: '(there is none here; Debian: libvirt-clients. The simulated one is on PATH)',
    zh: '（本机没有；Debian：libvirt-clients。PATH 中是模拟的）',
  },
  shims: {
    en: "the host's own programs, and its shell for whole lines:",
    zh: '主机自己的程序，以及整行命令用的 shell：',
  },
  home: { en: "the user's files on the host:", zh: '该用户在主机上的文件：' },
  qmp: {
    en: "QMP of a QEMU that asks for KVM as QEMU's user:",
    zh: '以 QEMU 用户运行并请求 KVM 的 QEMU 的 QMP：',
  },
  readonly: { en: 'read-only:', zh: '只读：' },
} as const satisfies Record<string, Words>;

const serves = (what: string): Words => ({
  en: `serving ${what} until Ctrl-C. Nothing on this computer is changed.`,
  zh: `正在提供 ${what}，按 Ctrl-C 结束。本机不会有任何改变。`,
});

export type About = Readonly<{ name: string | undefined; profile: string }>;

export function announcement(places: Places, about: About, language: Language): string {
  const told = (words: Words) => say(words, language);
  const when = (holds: boolean, words: Words) => (holds ? [told(words)] : []);
  const lines = [
    told(serves(about.name ?? told(words.fresh))),
    `    ${about.profile}`,
    ...when(!existsSync(places.socket), words.down),
    '',
    told(words.virsh),
    ...when(realProgram('virsh') === null, words.noVirsh),
    `    export LIBVIRT_DEFAULT_URI='${places.uri}'`,
    '    virsh capabilities',
    told(words.shims),
    `    export PATH=${places.bin}:$PATH`,
    '    getfacl /dev/kvm',
    "    on-host 'grep -c vmx /proc/cpuinfo'",
    told(words.home),
    `    cd ${places.home}`,
    told(words.qmp),
    `    socat - UNIX-CONNECT:${places.qmp}`,
    told(words.readonly),
    `    ${places.readonlySocket}`,
  ];
  return lines.map((line) => `${line}\n`).join('');
}
