/**
 * Laws of a device node under everybody who may touch it: administrators, udev, logind, strangers.
 *
 * Random sequences run against the kernel's own system calls, with udev's and logind's own decisions in
 * between. Each run says how often it met the states that matter, and fails when it hardly met them.
 */
import fc from 'fast-check';
import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import {
  type Acl,
  entry,
  find,
  inOrder,
  isExtended,
  type Perm,
  toMode,
} from '../../sim/acl/entry.ts';
import { parseText, shortText } from '../../sim/acl/text.ts';
import { fromXattr, toXattr } from '../../sim/acl/xattr.ts';
import { root, unprivileged } from '../../sim/kernel/credentials.ts';
import { failed } from '../../sim/kernel/errno.ts';
import type { Sys } from '../../sim/kernel/program.ts';
import { devnodeAcl } from '../../sim/libc/devnode_acl.ts';
import { chmod, chown, getxattr, lstat, removexattr, setxattr } from '../../sim/libc/sys.ts';
import { differ219 } from '../../sim/udev/nodePermissions.ts';
import { drive } from '../support/drive.ts';
import { type Lab, lab } from '../support/kernel.ts';

const CASES = Number(process.env['KVMLAB_CASES'] ?? 10_000);
const laws = suite('laws of a device node');
const KVM = '/dev/kvm';
const XATTR = 'system.posix_acl_access';
const SEED = Number(process.env['KVMLAB_SEED'] ?? 20_190_714);

const people = {
  root,
  qemu: unprivileged(107, 107, [107, 36]),
  stranger: unprivileged(1000, 1000, [1000]),
};
type Person = keyof typeof people;

/** A seat user who comes or goes, an event that udev handles, or a call of somebody's own. */
type Act =
  | { act: 'login' | 'logout'; uid: number }
  | { act: 'trigger'; seated: number | null; mode: number }
  | { act: 'chmod'; mode: number; as: Person }
  | { act: 'chown'; gid: number; as: Person }
  | { act: 'setfacl'; acl: Acl; as: Person }
  | { act: 'removexattr'; as: Person };

const SOURCE = 'test';

/** udev's worker in one breath: permissions as node_permissions_apply, then the uaccess builtin. */
function* udevEvent(mode: number, seated: number | null): Sys<void> {
  const seen = yield* lstat(KVM);
  if (failed(seen)) return;
  if (differ219(seen, { mode, uid: 0, gid: 36 })) {
    yield* chmod(KVM, mode);
    yield* chown(KVM, 0, 36);
  }
  yield* devnodeAcl(KVM, { flush: true, remove: null, add: seated }, SOURCE);
}

function* perform(act: Act): Sys<unknown> {
  if (act.act === 'login')
    return yield* devnodeAcl(KVM, { flush: false, remove: null, add: act.uid }, SOURCE);
  if (act.act === 'logout')
    return yield* devnodeAcl(KVM, { flush: false, remove: act.uid, add: null }, SOURCE);
  if (act.act === 'trigger') return yield* udevEvent(act.mode, act.seated);
  if (act.act === 'chmod') return yield* chmod(KVM, act.mode);
  if (act.act === 'chown') return yield* chown(KVM, -1, act.gid);
  if (act.act === 'setfacl') return yield* setxattr(KVM, XATTR, toXattr(act.acl));
  return yield* removexattr(KVM, XATTR);
}

const perm = fc.integer({ min: 0, max: 7 });
const uid = fc.constantFrom(42, 1000, 1001);
const as = fc.constantFrom<Person>('root', 'root', 'root', 'qemu', 'stranger');

const namedEntries = fc.uniqueArray(
  fc.record({
    tag: fc.constantFrom('user' as const, 'group' as const),
    id: fc.constantFrom(0, 36, 42, 107, 1000),
    perm,
  }),
  {
    maxLength: 3,
    selector: (e) => `${e.tag}${e.id}`,
  },
);

const validAcl: fc.Arbitrary<Acl> = fc
  .record({ u: perm, g: perm, o: perm, mask: fc.option(perm), named: namedEntries })
  .map(({ u, g, o, mask, named }) => {
    const needsMask = named.length > 0 || mask !== null;
    const limits = needsMask ? [entry('mask', (mask ?? 7) as Perm)] : [];
    const some = named.map((e) => entry(e.tag, e.perm, e.id));
    return inOrder([
      entry('user_obj', u),
      entry('group_obj', g),
      entry('other', o),
      ...limits,
      ...some,
    ]);
  });

const mode = fc.constantFrom(0o600, 0o606, 0o660, 0o666, 0o640, 0o000, 0o777);
const seatAct: fc.Arbitrary<Act> = fc.oneof(
  fc.record({ act: fc.constantFrom('login' as const, 'logout' as const), uid }),
  fc.record({
    act: fc.constant('trigger' as const),
    seated: fc.option(uid),
    mode: fc.constantFrom(0o666, 0o660),
  }),
);
const ownAct: fc.Arbitrary<Act> = fc.oneof(
  fc.record({ act: fc.constant('chmod' as const), mode, as }),
  fc.record({ act: fc.constant('chown' as const), gid: fc.constantFrom(0, 36, 107), as }),
  fc.record({ act: fc.constant('setfacl' as const), acl: validAcl, as }),
  fc.record({ act: fc.constant('removexattr' as const), as }),
);
const anyAct = fc.oneof({ weight: 3, arbitrary: seatAct }, { weight: 2, arbitrary: ownAct });

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
  const outcome = drive(host, perform(act), 'as' in act ? people[act.as] : root);
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
  if (act.act === 'login' || act.act === 'logout') {
    assert.not(groupObj(after) & ~groupObj(before), 'a seat never gives the group anything');
  }
  return after;
}

const run = <T>(arbitrary: fc.Arbitrary<T>, law: (value: T) => void) =>
  fc.assert(fc.property(arbitrary, law), { numRuns: CASES, seed: SEED });

laws(`the laws hold after every act (${CASES} sequences)`, () => {
  run(fc.array(anyAct, { minLength: 1, maxLength: 8 }), (acts) => {
    const host = again();
    let seen = look(host);
    for (const act of acts) seen = holds(host, act, seen);
  });
  process.stdout.write(
    `\n  met: ${Object.entries(met)
      .map(([what, times]) => `${what} ${times}`)
      .join(', ')}\n`,
  );
  for (const [what, times] of Object.entries(met))
    assert.ok(times > CASES / 200, `${what} was met only ${times} times`);
});

laws('an extended ACL with group::--- is absorbing under logins, logouts and udev events', () => {
  let absorbed = 0;
  run(
    fc.tuple(fc.array(anyAct, { maxLength: 4 }), fc.array(seatAct, { minLength: 1, maxLength: 6 })),
    ([first, then]) => {
      const host = again();
      for (const act of first) drive(host, perform(act), 'as' in act ? people[act.as] : root);
      const { acl } = look(host);
      if (acl === null || find(acl, 'group_obj')?.perm !== 0) return;
      absorbed++;
      for (const act of then) {
        drive(host, perform(act));
        const after = look(host).acl;
        assert.ok(after && find(after, 'group_obj')?.perm === 0, 'the group stays locked out');
      }
    },
  );
  assert.ok(absorbed > CASES / 20, `the state was met only ${absorbed} times`);
});

laws('the text and the attribute forms go round', () => {
  run(validAcl, (acl) => {
    assert.equal(fromXattr(toXattr(acl)), acl);
    assert.equal(parseText(shortText(acl).split(',').join('\n')), acl);
  });
});

laws.run();
