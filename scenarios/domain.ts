/** A guest that leaves the choice of an emulator to libvirt, so it fits hosts of every distribution. */
export const anyDomain: DiskFile = {
  path: '/root/test.xml',
  content: `<domain type='kvm'>
  <name>t1</name>
  <memory unit='MiB'>64</memory>
  <vcpu>1</vcpu>
  <os>
    <type arch='x86_64' machine='pc'>hvm</type>
  </os>
</domain>
`,
};

/** The guest that every scenario of CentOS tries to start: small, x86_64, KVM. */
import type { DiskFile } from '../sim/host/disk.ts';

export const testDomain: DiskFile = {
  path: '/root/test.xml',
  content: `<domain type='kvm'>
  <name>t1</name>
  <memory unit='MiB'>64</memory>
  <vcpu>1</vcpu>
  <os>
    <type arch='x86_64' machine='pc'>hvm</type>
  </os>
  <devices>
    <emulator>/usr/libexec/qemu-kvm</emulator>
  </devices>
</domain>
`,
};
