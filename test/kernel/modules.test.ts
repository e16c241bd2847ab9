/**
 * kvm_intel brings /dev/kvm, and says why when it cannot.
 */
import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import { server2019 } from '../../sim/kernel/hardware.ts';
import type { Uevent } from '../../sim/kernel/request.ts';
import { type Lab, lab } from '../support/kernel.ts';

const modules = suite('kvm modules');

const load = (host: Lab, ...names: string[]) =>
  names.map((name) => host.call({ call: 'init_module', name, params: {} }));
const lastWords = (host: Lab) => host.kernel.dmesg.at(-1)?.text;

/** Uevents since a listener was opened. */
function listening(host: Lab): () => string[] {
  const fd = host.call({ call: 'netlink', group: 'kernel' }) as number;
  return () => {
    const seen: string[] = [];
    for (;;) {
      const event = host.call({ call: 'recvmsg', fd }) as Uevent | undefined;
      if (event === undefined) return seen;
      seen.push(`${event.action} ${event.devpath}`);
    }
  };
}

modules('the node is there before the add event, and gone before the remove event', () => {
  const host = lab();
  const events = listening(host);
  assert.equal(load(host, 'irqbypass', 'kvm', 'kvm_intel'), [null, null, null]);
  const node = host.call({ call: 'stat', path: '/dev/kvm' }) as {
    mode: number;
    uid: number;
    gid: number;
    rdev: unknown;
  };
  assert.equal([node.mode, node.uid, node.gid, node.rdev], [0o600, 0, 0, [10, 232]]);
  host.call({ call: 'delete_module', name: 'kvm_intel' });
  assert.equal(events(), ['add /devices/virtual/misc/kvm', 'remove /devices/virtual/misc/kvm']);
});

modules('each VM made and destroyed sends a change event', () => {
  const host = lab();
  load(host, 'irqbypass', 'kvm', 'kvm_intel');
  const fd = host.call({
    call: 'open',
    path: '/dev/kvm',
    flags: ['read', 'write'],
    mode: 0,
  }) as number;
  const events = listening(host);
  const vm = host.call({
    call: 'ioctl',
    fd,
    request: { name: 'KVM_CREATE_VM', type: 0 },
  }) as number;
  host.call({ call: 'close', fd: vm });
  assert.equal(events(), ['change /devices/virtual/misc/kvm', 'change /devices/virtual/misc/kvm']);
  assert.is(host.kernel.virt.value, 'off');
  assert.is(host.kernel.virt.context.created, 1);
});

modules('a node that somebody made by hand keeps its rights and outlives the module', () => {
  const host = lab();
  host.call({ call: 'mknod', path: '/dev/kvm', type: 'char', mode: 0o640, rdev: [10, 232] });
  load(host, 'irqbypass', 'kvm', 'kvm_intel');
  host.call({ call: 'delete_module', name: 'kvm_intel' });
  assert.is((host.call({ call: 'stat', path: '/dev/kvm' }) as { mode: number }).mode, 0o640);
});

for (const [why, hardware, says] of [
  [
    'a CPU without vmx',
    { flags: server2019.flags.filter((flag) => flag !== 'vmx') },
    'kvm: no hardware support',
  ],
  ['VT locked off by the BIOS', { virtEnabledInBios: false }, 'kvm: disabled by bios'],
] as const) {
  modules(`${why}: EOPNOTSUPP, one line in dmesg, no node, no event`, () => {
    const host = lab({ hardware });
    const events = listening(host);
    assert.equal(load(host, 'irqbypass', 'kvm', 'kvm_intel'), [
      null,
      null,
      { errno: 'EOPNOTSUPP' },
    ]);
    assert.is(lastWords(host), says);
    assert.equal(events(), []);
    assert.equal(host.call({ call: 'stat', path: '/dev/kvm' }), { errno: 'ENOENT' });
  });
}

modules('the other vendor module first: EEXIST', () => {
  const host = lab({ hardware: { flags: [...server2019.flags, 'svm'] } });
  load(host, 'irqbypass', 'kvm', 'kvm_amd');
  assert.equal(load(host, 'kvm_intel'), [{ errno: 'EEXIST' }]);
  assert.is(lastWords(host), 'kvm: already loaded the other module');
});

modules('another hypervisor holds VMX: KVM_CREATE_VM answers EBUSY although open succeeds', () => {
  const host = lab();
  load(host, 'irqbypass', 'kvm', 'kvm_intel', 'vboxdrv');
  const fd = host.call({
    call: 'open',
    path: '/dev/kvm',
    flags: ['read', 'write'],
    mode: 0,
  }) as number;
  assert.equal(host.call({ call: 'ioctl', fd, request: { name: 'KVM_CREATE_VM', type: 0 } }), {
    errno: 'EBUSY',
  });
  assert.is(lastWords(host), 'kvm: enabling virtualization on CPU0 failed');
});

modules.run();
