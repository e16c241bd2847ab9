/**
 * The monitor against hosts that are broken on purpose. Runs under `node --test` and under vitest.
 */
import assert from 'node:assert/strict';
import { createHost } from 'kvmlab/testing';
import { createMonitor } from './monitor.js';

const { test } = await import(process.env.VITEST ? 'vitest' : 'node:test');

const monitorOf = (host, options) => createMonitor({ fs: host.fs('qemu'), ...options });

test('a healthy host', () => {
  const host = createHost({ scenario: 'kvm-works' });
  assert.equal(monitorOf(host).check().usable, true);
});

test('everybody may, says the mode; qemu may not, says the ACL', () => {
  const host = createHost({ scenario: 'acl-group-empty' });
  assert.match(host.run('ls -l /dev/kvm').stdout, /^crw-rw-rw-\+/);
  assert.deepEqual(monitorOf(host).check().why, 'EACCES');
});

test('a repair is noticed, and so is a module that goes', () => {
  const host = createHost({ scenario: 'acl-group-empty' });
  const monitor = monitorOf(host);
  assert.equal(monitor.check().usable, false);
  host.run('setfacl -m g::rw /dev/kvm');
  assert.equal(monitor.check().usable, true);
  host.run('modprobe -r kvm_intel');
  assert.equal(monitor.check().why, 'ENOENT');
});

test('whole seconds are too coarse: a repair within the second of a look is missed', () => {
  const host = createHost({ scenario: 'acl-group-empty' });
  const coarse = monitorOf(host, { resolution: 1000 });
  const fine = monitorOf(host);
  host.run('touch /dev/kvm');
  assert.equal(coarse.check().usable, false);
  assert.equal(fine.check().usable, false);
  host.run('setfacl -m g::rw /dev/kvm');
  assert.equal(fine.check().usable, true);
  assert.equal(coarse.check().usable, false, 'the same second: still what it was');
  host.wait(1000);
  assert.equal(coarse.check().usable, false, 'and it stays so: nothing touches the node any more');
});

test('two hosts from one: what is repaired here is still broken there', () => {
  const host = createHost({ scenario: 'acl-group-empty' });
  const other = host.fork();
  host.run('setfacl -m g::rw /dev/kvm');
  assert.equal(monitorOf(host).check().usable, true);
  assert.equal(monitorOf(other).check().usable, false);
});

test('an open that fails while libvirt probes: what libvirt then believes is not what the monitor sees', () => {
  const host = createHost({ scenario: 'kvm-works' });
  host.inject({ fail: { comm: 'qemu-kvm', call: 'open', path: '/dev/kvm', errno: 'EMFILE', times: 9 } });
  host.run('rm -f /var/cache/libvirt/qemu/capabilities/*.xml; systemctl restart libvirtd');
  assert.doesNotMatch(host.run('virsh domcapabilities --virttype kvm').stdout, /<domain>kvm/);
  assert.equal(monitorOf(host).check().usable, true);
});
