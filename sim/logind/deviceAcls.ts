/**
 * Hand the seat's devices from one user to the next.
 *
 * Models: systemd v219 src/login/logind-acl.c devnode_acl_all; libudev's udev_enumerate over tag "uaccess"
 *
 * What counts is udev's database: every initialized device tagged `uaccess`, whether or not the entry is
 * still true. Between a module's reload and udevd's next event it may be stale.
 */
import { failed } from '../kernel/errno.ts';
import { devnodeAcl } from '../libc/devnode_acl.ts';
import { journal } from '../libc/journal.ts';
import { readDir, readFile, readlink, type Sys } from '../libc/sys.ts';

const SOURCE = 'systemd v219 src/login/logind-acl.c devnode_acl';

/** c10:232 -> /dev/kvm, by the uevent file that sysfs shows for it; null when the device has gone. */
function* nodeOf(id: string): Sys<string | null> {
  const [, kind, number] = /^([bc])(\d+:\d+)$/.exec(id) ?? [];
  if (kind === undefined) return null;
  const uevent = yield* readFile(`/sys/dev/${kind === 'c' ? 'char' : 'block'}/${number}/uevent`);
  const name = failed(uevent) ? null : /^DEVNAME=(.*)$/m.exec(uevent)?.[1];
  return name ? `/dev/${name}` : null;
}

/** Nodes of the seat: tagged and initialized devices, then the static nodes that rules have tagged. */
function* seatNodes(): Sys<string[]> {
  const nodes: string[] = [];
  const tagged = yield* readDir('/run/udev/tags/uaccess');
  for (const id of failed(tagged) ? [] : tagged) {
    const record = yield* readFile(`/run/udev/data/${id}`);
    const node = failed(record) || !/^I:/m.test(record) ? null : yield* nodeOf(id);
    const seat = failed(record) ? undefined : /^E:ID_SEAT=(.*)$/m.exec(record)?.[1];
    if (node !== null && (seat ?? 'seat0') === 'seat0') nodes.push(node);
  }
  const links = yield* readDir('/run/udev/static_node-tags/uaccess');
  for (const name of failed(links) ? [] : links) {
    const target = yield* readlink(`/run/udev/static_node-tags/uaccess/${name}`);
    if (!failed(target) && !nodes.includes(target)) nodes.push(target);
  }
  return nodes;
}

/** devnode_acl_all: take the devices from the old user, give them to the new one; null is nobody. */
export function* applyAcls(from: number | null, to: number | null): Sys<void> {
  for (const node of yield* seatNodes()) {
    const failure = yield* devnodeAcl(node, { flush: false, remove: from, add: to }, SOURCE);
    if (failure !== null && failure.errno !== 'ENOENT') {
      yield* journal('systemd-logind', `Failed to apply ACLs: ${failure.errno}`);
    }
  }
}
