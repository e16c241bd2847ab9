/** The guest that scenarios try to start: small, x86_64, KVM. */
import type { DiskFile } from '../sim/host/disk.ts';

const domain = (devices: string): DiskFile => ({
  path: '/root/test.xml',
  content: `<domain type='kvm'>
  <name>t1</name>
  <memory unit='MiB'>64</memory>
  <vcpu>1</vcpu>
  <os>
    <type arch='x86_64' machine='pc'>hvm</type>
  </os>
${devices}</domain>
`,
});

/** As the report has it, with CentOS's emulator. */
export const testDomain: DiskFile = domain(`  <devices>
    <emulator>/usr/libexec/qemu-kvm</emulator>
  </devices>
`);

/** The choice of an emulator is left to libvirt, so it fits hosts of every distribution. */
export const anyDomain: DiskFile = domain('');

/** A rule for sites that let nobody but the group use KVM. */
export const groupOnly: DiskFile = {
  path: '/etc/udev/rules.d/99-kvm.rules',
  content: 'KERNEL=="kvm", GROUP="kvm", MODE="0660"\n',
};

/** libvirtd writes down what it decides, and why. */
export const debugLog: DiskFile = {
  path: '/etc/libvirt/libvirtd.conf',
  content: 'log_level = 1\nlog_outputs="1:file:/var/log/libvirt/libvirtd.log"\n',
};
