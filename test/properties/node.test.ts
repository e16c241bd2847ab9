/**
 * Laws of a device node under everybody who may touch it: administrators, udev, logind, strangers.
 *
 * Random sequences run against the kernel's own system calls, with udev's and logind's own decisions in
 * between. Each run says how often it met the states that matter, and fails when it hardly met them.
 */
import fc from 'fast-check';
import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import { type Acl, find, isExtended, toMode } from '../../sim/acl/entry.ts';
import { parseText, shortText } from '../../sim/acl/text.ts';
import { fromXattr, toXattr } from '../../sim/acl/xattr.ts';
import { failed } from '../../sim/kernel/errno.ts';
import { getxattr, lstat } from '../../sim/libc/sys.ts';
import { drive } from '../support/drive.ts';
import { type Lab, lab } from '../support/kernel.ts';
import { type Act, anyAct, carryOut, KVM, seatAct, validAcl, XATTR } from './acts.ts';
import { CASES, holdsFor } from './law.ts';

const laws = suite('laws of a device node');

const fresh = lab();
for (const name of ['irqbypass', 'kvm', 'kvm_intel'])
  fresh.call({ call: 'init_module', name, params: {} });
const start = { kernel: fresh.kernel, now: fresh.now };

function again(): Lab {
  Object.assign(fresh, start);
  return fresh;
}

type Seen = { mode: number; acl: Acl | null };

function look(host: Lab): Seen {
  const st = drive(host, lstat(KVM));
  const value = drive(host, getxattr(KVM, XATTR));
  if (failed(st)) throw new Error('the node is gone');
  return { mode: st.mode & 0o777, acl: failed(value) ? null : fromXattr(value) };
}

const groupObj = ({ mode, acl }: Seen): number =>
  acl ? (find(acl, 'group_obj')?.perm ?? 0) : (mode >> 3) & 7;

const met = {
  'extended, group ---': 0,
  'mask ---': 0,
  'named owner': 0,
  'two groups of one user': 0,
  refused: 0,
  races: 0,
};

function note({ acl }: Seen): void {
  if (acl === null) return;
  if (groupObj({ mode: 0, acl }) === 0) met['extended, group ---']++;
  if (find(acl, 'mask')?.perm === 0) met['mask ---']++;
  if (acl.some((e) => e.tag === 'user' && e.id === 0)) met['named owner']++;
  if (acl.filter((e) => e.tag === 'group' && (e.id === 36 || e.id === 107)).length === 2)
    met['two groups of one user']++;
}

/** What must hold between two looks at the node, whatever was done in between. */
function holds(host: Lab, act: Act, before: Seen): Seen {
  const was = host.kernel;
  const outcome = carryOut(host, act);
  if (act.act === 'race' && Number(outcome) > 1) met.races++;
  if ('as' in act && failed(outcome)) {
    met.refused++;
    const inodes = host.kernel.inodes;
    assert.is(inodes, was.inodes, 'a failed call changes nothing');
  }
  const after = look(host);
  note(after);
  if (after.acl) {
    assert.is(
      after.mode,
      toMode(after.acl),
      'the group bits are the mask, or group_obj without one',
    );
    assert.ok(isExtended(after.acl), 'an ACL that says no more than the mode is not kept');
  }
  const masked = before.acl !== null && find(before.acl, 'mask') !== undefined;
  if (act.act === 'chmod' && masked)
    assert.is(groupObj(after), groupObj(before), 'chmod does not reach group_obj under a mask');
  const masks = act.act === 'login' || act.act === 'logout';
  const keepsMask = masked && (act.act === 'trigger' || act.act === 'vm' || act.act === 'udevd');
  if (masks || keepsMask)
    assert.not(
      groupObj(after) & ~groupObj(before),
      'neither seat nor udev gives the group anything',
    );
  return after;
}

laws(`the laws hold after every act (${CASES} sequences)`, () => {
  holdsFor(
    'acts',
    fc.array(anyAct, { minLength: 1, maxLength: 6 }),
    (acts) => {
      const host = again();
      let seen = look(host);
      for (const act of acts) seen = holds(host, act, seen);
    },
    () => Object.entries(met).map(([what, times]) => [what, times, 200] as const),
  );
});

laws(
  "an extended ACL with group::--- is absorbing under logins, logouts, events, VM starts and udevd's start",
  () => {
    let absorbed = 0;
    holdsFor(
      'absorbing',
      fc.tuple(
        fc.array(anyAct, { maxLength: 4 }),
        fc.array(seatAct, { minLength: 1, maxLength: 6 }),
      ),
      ([first, then]) => {
        const host = again();
        for (const act of first) carryOut(host, act);
        const { acl } = look(host);
        if (acl === null || find(acl, 'group_obj')?.perm !== 0) return;
        absorbed++;
        for (const act of then) {
          carryOut(host, act);
          const after = look(host).acl;
          assert.ok(after && find(after, 'group_obj')?.perm === 0, 'the group stays locked out');
        }
      },
      () => [['the absorbing state', absorbed, 20]],
    );
  },
);

laws('the text and the attribute forms go round', () => {
  holdsFor('forms', validAcl, (acl) => {
    assert.equal(fromXattr(toXattr(acl)), acl);
    assert.equal(parseText(shortText(acl).split(',').join('\n')), acl);
  });
});

laws.run();
