/**
 * What may be done to a device node: logins, logouts, events, VM starts, udevd's start, races, and calls of one's own.
 *
 * udev's and logind's own decisions are driven against the kernel's own system calls, nobody else's.
 */
import fc from 'fast-check';
import { type Acl, entry, inOrder, type Perm } from '../../sim/acl/entry.ts';
import { toXattr } from '../../sim/acl/xattr.ts';
import { root, unprivileged } from '../../sim/kernel/credentials.ts';
import { failed } from '../../sim/kernel/errno.ts';
import type { Sys } from '../../sim/kernel/program.ts';
import { devnodeAcl } from '../../sim/libc/devnode_acl.ts';
import {
  chmod,
  chown,
  close,
  ioctl,
  lstat,
  open,
  removexattr,
  setxattr,
  utimensat,
} from '../../sim/libc/sys.ts';
import { differ219 } from '../../sim/udev/nodePermissions.ts';
import { drive } from '../support/drive.ts';
import type { Lab } from '../support/kernel.ts';

export const KVM = '/dev/kvm';
export const XATTR = 'system.posix_acl_access';

export const people = {
  root,
  qemu: unprivileged(107, 107, [107, 36]),
  stranger: unprivileged(1000, 1000, [1000]),
};
export type Person = keyof typeof people;

/** A seat user who comes or goes, an event that udev handles, or a call of somebody's own. */
export type Act =
  | { act: 'login' | 'logout'; uid: number }
  | { act: 'trigger'; seated: number | null; mode: number }
  /** A VM is made and ends: two change events. */
  | { act: 'vm'; seated: number | null; mode: number }
  /** udevd starts: rights of static nodes. */
  | { act: 'udevd'; mode: number }
  /** logind and udev's worker at once: whose call comes next. */
  | { act: 'race'; seat: 'login' | 'logout'; uid: number; mode: number; turns: readonly boolean[] }
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

/** KVM_CREATE_VM by root, and the event that it sends, before and after. */
function* virtualMachine(mode: number, seated: number | null): Sys<void> {
  const fd = yield* open(KVM, ['read', 'write']);
  if (failed(fd)) return;
  const vm = yield* ioctl(fd, { name: 'KVM_CREATE_VM', type: 0 });
  yield* udevEvent(mode, seated);
  if (!failed(vm)) yield* close(vm);
  yield* close(fd);
  yield* udevEvent(mode, seated);
}

/** udev_rules_apply_static_dev_perms for `OPTIONS+="static_node=kvm"`. */
function* udevdStarts(mode: number): Sys<void> {
  if (failed(yield* lstat(KVM))) return;
  yield* chmod(KVM, mode);
  yield* chown(KVM, 0, 36);
  yield* utimensat(KVM, null, null);
}

const seatChange = (act: 'login' | 'logout', uid: number) =>
  act === 'login'
    ? devnodeAcl(KVM, { flush: false, remove: null, add: uid }, SOURCE)
    : devnodeAcl(KVM, { flush: false, remove: uid, add: null }, SOURCE);

/** Two programs, call by call, in the order that the turns say; how often they changed places. */
export function race(host: Lab, act: Extract<Act, { act: 'race' }>): number {
  const programs: Generator<unknown, unknown, unknown>[] = [
    seatChange(act.seat, act.uid) as Generator<unknown, unknown, unknown>,
    udevEvent(act.mode, null) as Generator<unknown, unknown, unknown>,
  ];
  const next = programs.map((program) => program.next());
  let changes = 0;
  let last = -1;
  for (let turn = 0; next.some((n) => !n.done); turn++) {
    const wanted = act.turns[turn % act.turns.length] ? 1 : 0;
    const who = next[wanted]?.done ? 1 - wanted : wanted;
    const asked = next[who];
    const program = programs[who];
    if (asked === undefined || program === undefined) break;
    if (last !== -1 && last !== who) changes++;
    last = who;
    next[who] = program.next(host.call(asked.value as Parameters<Lab['call']>[0], root));
  }
  return changes;
}

/** Answers what the call answered, for those who ask as somebody. */
export function carryOut(host: Lab, act: Act): unknown {
  if (act.act === 'race') return race(host, act);
  return drive(host, perform(act), 'as' in act ? people[act.as] : root);
}

function* perform(act: Act): Sys<unknown> {
  if (act.act === 'login')
    return yield* devnodeAcl(KVM, { flush: false, remove: null, add: act.uid }, SOURCE);
  if (act.act === 'logout')
    return yield* devnodeAcl(KVM, { flush: false, remove: act.uid, add: null }, SOURCE);
  if (act.act === 'trigger') return yield* udevEvent(act.mode, act.seated);
  if (act.act === 'vm') return yield* virtualMachine(act.mode, act.seated);
  if (act.act === 'udevd') return yield* udevdStarts(act.mode);
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

export const validAcl: fc.Arbitrary<Acl> = fc
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

const ruled = fc.constantFrom(0o666, 0o660);
const mode = fc.constantFrom(0o600, 0o606, 0o660, 0o666, 0o640, 0o000, 0o777);
export const seatAct: fc.Arbitrary<Act> = fc.oneof(
  {
    weight: 4,
    arbitrary: fc.record({ act: fc.constantFrom('login' as const, 'logout' as const), uid }),
  },
  {
    weight: 4,
    arbitrary: fc.record({
      act: fc.constant('trigger' as const),
      seated: fc.option(uid),
      mode: ruled,
    }),
  },
  { weight: 1, arbitrary: fc.record({ act: fc.constant('udevd' as const), mode: ruled }) },
  {
    weight: 1,
    arbitrary: fc.record({ act: fc.constant('vm' as const), seated: fc.option(uid), mode: ruled }),
  },
);
const ownAct: fc.Arbitrary<Act> = fc.oneof(
  fc.record({ act: fc.constant('chmod' as const), mode, as }),
  fc.record({ act: fc.constant('chown' as const), gid: fc.constantFrom(0, 36, 107), as }),
  fc.record({ act: fc.constant('setfacl' as const), acl: validAcl, as }),
  fc.record({ act: fc.constant('removexattr' as const), as }),
);
const raceAct: fc.Arbitrary<Act> = fc.record({
  act: fc.constant('race' as const),
  seat: fc.constantFrom('login' as const, 'logout' as const),
  uid,
  mode: ruled,
  turns: fc.array(fc.boolean(), { minLength: 1, maxLength: 12 }),
});

export const anyAct = fc.oneof(
  { weight: 4, arbitrary: seatAct },
  { weight: 3, arbitrary: ownAct },
  { weight: 1, arbitrary: raceAct },
);
