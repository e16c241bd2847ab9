/**
 * QEMU has KVM if and only if it may open the node and every rung of the ladder holds.
 *
 * Random nodes (owner, mode, ACL, device number), people, drivers and processors. The oracle of the law is not QEMU's
 * code: it is the bare system calls, made again one by one, and what is known to have been broken.
 */
import fc from 'fast-check';
import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import { toXattr } from '../../sim/acl/xattr.ts';
import { root } from '../../sim/kernel/credentials.ts';
import { failed } from '../../sim/kernel/errno.ts';
import type { Sys } from '../../sim/kernel/program.ts';
import { chmod, chown, close, ioctl, mknod, open, setxattr, unlink } from '../../sim/libc/sys.ts';
import { kvmInit } from '../../sim/qemu/kvm.ts';
import { qemu72, qemu212el7 } from '../../sim/qemu/switches.ts';
import { drive } from '../support/drive.ts';
import { lab } from '../support/kernel.ts';
import { KVM, type Person, people, validAcl, XATTR } from './acts.ts';
import { CASES, holdsFor } from './law.ts';

const ladder = suite('the ladder of kvm_init');

const host = lab();
for (const name of ['irqbypass', 'kvm', 'kvm_intel'])
  host.call({ call: 'init_module', name, params: {} });
const start = { kernel: host.kernel, now: host.now };

/** What stands at /dev/kvm: KVM's number, one without a driver, one of another driver, nothing. */
const numbers = { kvm: [10, 232], dead: [10, 143], nobody: [240, 0], null: [1, 3] } as const;

const situation = fc.record({
  number: fc.constantFrom<keyof typeof numbers | 'absent'>(
    'kvm',
    'kvm',
    'kvm',
    'kvm',
    'dead',
    'nobody',
    'null',
    'absent',
  ),
  gid: fc.constantFrom(0, 36, 107),
  mode: fc.constantFrom(0o600, 0o606, 0o660, 0o666, 0o640, 0o000),
  acl: fc.option(validAcl),
  who: fc.constantFrom<Person>('root', 'qemu', 'qemu', 'stranger'),
  createVm: fc.constantFrom<'EBUSY' | 'ENOMEM' | null>(null, null, null, 'EBUSY', 'ENOMEM'),
  vcpus: fc.constantFrom(1, 4, 240, 289, 5000),
  modern: fc.boolean(),
});

function* arrange(s: {
  number: string;
  gid: number;
  mode: number;
  acl: Parameters<typeof toXattr>[0] | null;
}): Sys<void> {
  yield* unlink(KVM);
  const rdev = numbers[s.number as keyof typeof numbers];
  if (rdev === undefined) return;
  yield* mknod(KVM, 'char', 0o600, rdev);
  yield* chown(KVM, 0, s.gid);
  yield* chmod(KVM, s.mode);
  if (s.acl) yield* setxattr(KVM, XATTR, toXattr(s.acl));
}

const met = { enabled: 0, 'may not open': 0, 'opens, does not climb': 0 };

/** The calls that decide, one by one. */
function* climbs(vcpus: number): Sys<keyof typeof met> {
  const fd = yield* open(KVM, ['read', 'write']);
  if (failed(fd)) return 'may not open';
  const version = yield* ioctl(fd, { name: 'KVM_GET_API_VERSION' });
  const most = yield* ioctl(fd, { name: 'KVM_CHECK_EXTENSION', extension: 'KVM_CAP_MAX_VCPUS' });
  const vm = yield* ioctl(fd, { name: 'KVM_CREATE_VM', type: 0 });
  if (!failed(vm)) yield* close(vm);
  yield* close(fd);
  const up = version === 12 && !failed(vm) && !failed(most) && vcpus <= most;
  return up ? 'enabled' : 'opens, does not climb';
}

ladder(`enabled if and only if open succeeds and the ladder holds (${CASES} situations)`, () => {
  holdsFor(
    'ladder',
    situation,
    (s) => {
      Object.assign(host, start);
      drive(host, arrange(s));
      if (s.createVm !== null)
        host.kernel = {
          ...host.kernel,
          faults: { ...host.kernel.faults, createVm: [s.createVm, s.createVm] },
        };
      const as = s.who === 'root' ? root : people[s.who];
      const before = host.kernel;
      const expected = drive(host, climbs(s.vcpus), as);
      host.kernel = before;
      const request = {
        vcpus: s.vcpus,
        maxCpus: s.vcpus,
        kvmType: null,
        irqchip: true,
        program: 'qemu',
        timestamps: false,
      };
      const switches = s.modern ? qemu72 : qemu212el7;
      const outcome = drive(host, kvmInit(request, switches), as);
      assert.is('vmfd' in outcome, expected === 'enabled', JSON.stringify(s));
      met[expected]++;
    },
    () => Object.entries(met).map(([what, times]) => [what, times, 20] as const),
  );
});

ladder.run();
