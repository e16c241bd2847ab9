/**
 * Which errno open("/dev/kvm") answers decides what QEMU says, what libvirt believes, and where an engineer looks.
 * The order of the checks is Linux': path, nodev, mode and ACL, device cgroup, security module, major, minor.
 */
import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import { entry } from '../../sim/acl/entry.ts';
import { toXattr } from '../../sim/acl/xattr.ts';
import { type Credentials, unprivileged } from '../../sim/kernel/credentials.ts';
import { type Lab, lab } from '../support/kernel.ts';

const opening = suite('open of /dev/kvm');

const qemu = unprivileged(107, 107, [107, 36]);
const stranger = unprivileged(1000, 1000, [1000]);
const open = (path = '/dev/kvm') =>
  ({ call: 'open', path, flags: ['read', 'write'], mode: 0 }) as const;

function loaded(): Lab {
  const host = lab();
  for (const name of ['irqbypass', 'kvm', 'kvm_intel'])
    host.call({ call: 'init_module', name, params: {} });
  return host;
}

const errnoOf = (answer: unknown): unknown =>
  typeof answer === 'number' ? 'opened' : (answer as { errno: string }).errno;
const as = (host: Lab, who: Credentials) => errnoOf(host.call(open(), who));

opening('without the module there is no node: ENOENT', () => {
  assert.is(as(lab(), qemu), 'ENOENT');
});

opening('the node that the kernel makes is for root alone: EACCES', () => {
  const host = loaded();
  assert.is(as(host, qemu), 'EACCES');
  assert.is(errnoOf(host.call(open())), 'opened');
});

opening(
  'the incident: the owning group is refused, a stranger is let in, root is the owner',
  () => {
    const host = loaded();
    const acl = [entry('user_obj', 6), entry('group_obj', 0), entry('mask', 6), entry('other', 6)];
    host.call({ call: 'chown', path: '/dev/kvm', uid: 0, gid: 36 });
    host.call({
      call: 'setxattr',
      path: '/dev/kvm',
      name: 'system.posix_acl_access',
      value: toXattr(acl),
    });
    assert.is((host.call({ call: 'stat', path: '/dev/kvm' }) as { mode: number }).mode, 0o666);
    assert.is(as(host, qemu), 'EACCES');
    assert.is(as(host, stranger), 'opened');
    assert.is(errnoOf(host.call(open())), 'opened');
  },
);

opening('a mask of --- switches the ACL off: even a named user is judged by other', () => {
  const host = loaded();
  const acl = [
    entry('user_obj', 6),
    entry('user', 6, 1000),
    entry('group_obj', 0),
    entry('mask', 0),
    entry('other', 6),
  ];
  host.call({
    call: 'setxattr',
    path: '/dev/kvm',
    name: 'system.posix_acl_access',
    value: toXattr(acl),
  });
  assert.is(as(host, stranger), 'opened');
});

opening('nodev comes before the mode, and before CAP_DAC_OVERRIDE', () => {
  const host = loaded();
  host.kernel = {
    ...host.kernel,
    mounts: host.kernel.mounts.map((m) => (m.path === '/dev' ? { ...m, nodev: true } : m)),
  };
  assert.is(errnoOf(host.call(open())), 'EACCES');
});

opening('the mode comes before the device cgroup, the cgroup before the security module', () => {
  const host = loaded();
  const refuse = (by: 'device-cgroup' | 'lsm', subject: string) =>
    ({ by, rdev: [10, 232], subject }) as const;
  host.kernel = { ...host.kernel, refusals: [refuse('lsm', '/usr/bin/test')] };
  assert.is(errnoOf(host.call(open())), 'EACCES');
  host.kernel = {
    ...host.kernel,
    refusals: [refuse('lsm', '/usr/bin/test'), refuse('device-cgroup', '/')],
  };
  assert.is(errnoOf(host.call(open())), 'EPERM');
  assert.is(as(host, qemu), 'EACCES');
});

opening(
  'a node without a driver: ENODEV for the minor, ENXIO for the major, and access(2) sees neither',
  () => {
    const host = lab();
    for (const [path, rdev] of [
      ['/dev/kvm', [10, 232]],
      ['/dev/odd', [240, 0]],
    ] as const) {
      host.call({ call: 'mknod', path, type: 'char', mode: 0o666, rdev });
      assert.is(host.call({ call: 'access', path, want: 6 }), null);
    }
    assert.is(errnoOf(host.call(open())), 'ENODEV');
    assert.is(errnoOf(host.call(open('/dev/odd'))), 'ENXIO');
  },
);

opening('an open node pins the module', () => {
  const host = loaded();
  const fd = host.call(open()) as number;
  assert.equal(host.call({ call: 'delete_module', name: 'kvm_intel' }), { errno: 'EAGAIN' });
  host.call({ call: 'close', fd });
  assert.is(host.call({ call: 'delete_module', name: 'kvm_intel' }), null);
  assert.is(errnoOf(host.call(open())), 'ENOENT');
});

opening.run();
