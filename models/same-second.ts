/** libvirtd remembers what it saw of the node by the second of its last change: what if it changes again in that second? */
import type { HostModel } from '../sim/explain/models/model.ts';

const typed = (tty: 'pts/0' | 'pts/1', ...lines: string[]) => ({
  terminal: tty,
  lines: lines.map((line) => ({ run: line.split(' '), as: `root@${tty}` as const })),
});

const LOOK = 'virsh domcapabilities --virttype qemu';

export const sameSecond: HostModel = {
  title: 'changed twice in one second',
  asks: 'The node is closed and opened again while libvirtd is asked what it can do: can libvirtd go on saying no to a node that QEMU opens?',
  profile: 'centos7',
  setup: { packages: ['qemu-kvm-ev', 'libvirt'] },
  grain: ['node'],
  seconds: true,
  before: [
    { login: 'root', on: 'pts/1' },
    { run: ['chmod', '600', '/dev/kvm'], as: 'root@pts/0' },
    // Probed while the node was closed: the entry in its cache has no KVM.
    { run: LOOK.split(' '), as: 'root@pts/1' },
  ],
  persons: {
    admin: typed('pts/0', 'chmod 640 /dev/kvm', 'chmod 666 /dev/kvm', 'touch /dev/kvm'),
    virt: typed('pts/1', LOOK, LOOK),
  },
  sometimes: [
    'libvirt says no though QEMU opens the node',
    'libvirt says no and QEMU is refused',
  ],
};
