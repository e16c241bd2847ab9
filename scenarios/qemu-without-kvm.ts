/** A QEMU built without KVM stands earlier in PATH, and libvirt takes the first it finds. */
import { binaries } from '../sim/host/profiles/base.ts';
import type { Scenario } from '../sim/play/scenario.ts';
import { anyDomain } from './domain.ts';

const own = '/usr/local/bin/qemu-system-x86_64';

export const qemuWithoutKvm: Scenario = {
  title: { en: 'A QEMU that was built without KVM', zh: '编译时没带 KVM 的 QEMU' },
  symptom: 'other wish',
  kind: 'qemu',
  story: {
    en: 'Somebody built QEMU with --disable-kvm into /usr/local/bin, which comes first in PATH. Node, rights and module are in order; query-kvm answers present: false, where the incident has present: true, enabled: false.',
    zh: '有人把 --disable-kvm 编译的 QEMU 装进了 PATH 最前面的 /usr/local/bin。节点、权限、模块都没问题；query-kvm 回答 present: false，而那次事故是 present: true、enabled: false。',
  },
  source:
    'qemu v2.12.0 qmp.c qmp_query_kvm; libvirt 5.0.0 src/qemu/qemu_capabilities.c virQEMUCapsFindBinaryForArch',
  setup: {
    files: [anyDomain, ...binaries({ [own]: 'qemu-without-kvm' })],
    packages: ['qemu-kvm-ev', 'libvirt'],
  },
  profiles: ['centos7', 'debian12', 'recorded500', 'recorded900'],
  chapters: [
    {
      title: 'seen',
      lines: [
        {
          type: 'systemctl start libvirtd; virsh create test.xml',
          says: { en: 'no KVM for guests', zh: '虚拟机没有 KVM' },
        },
        {
          type: 'virsh capabilities | grep "<emulator>" | tail -1',
          says: { en: 'which QEMU libvirt takes', zh: 'libvirt 用的是哪个 QEMU' },
        },
        {
          type: 'qemu-system-x86_64 -S -nodefaults -nographic -machine none -qmp unix:/tmp/q,server=on,wait=off -pidfile /tmp/q.pid -daemonize',
          says: { en: 'the same by hand', zh: '手工启动同一个' },
        },
        {
          type: `echo '{"execute":"qmp_capabilities"}{"execute":"query-kvm"}' | nc -U /tmp/q`,
          says: { en: 'it has no KVM at all', zh: '它根本没有 KVM' },
        },
      ],
    },
    {
      title: 'mended',
      lines: [
        {
          type: `rm ${own}; virsh capabilities >/dev/null; virsh create test.xml`,
          says: { en: 'without it the right one is found', zh: '删掉后找到正确的' },
        },
        {
          type: 'virsh capabilities | grep "<emulator>" | tail -1',
          says: { en: 'this one', zh: '就是这个' },
        },
      ],
    },
  ],
  now: {
    en: "Remove that emulator, or name the package's in <emulator>; virsh capabilities.",
    zh: '移走那个模拟器，或在 <emulator> 里写软件包的; virsh capabilities。',
  },
  facts: {
    node: 'kvm',
    rights: 'enough',
    openAsQemu: 'opens',
    emulator: 'by hand',
    capabilities: 'no kvm',
    builtWithKvm: 'no',
  },
  fixes: {
    none: {
      en: 'It takes another build of QEMU.',
      zh: '需要另一个编译出来的 QEMU。',
    },
  },
  ends: {
    shows: ['"present": false', `<emulator>${own}`, ' created from test.xml'],
    lacks: ['error:', own],
  },
};
