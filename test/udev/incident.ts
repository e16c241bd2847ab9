/**
 * The incident's moves, for udev's tests: boot with udevd, users at the seat, a package, a trigger.
 *
 * logind is not here: a login is what it does to the node and to the seat file.
 */
import { shortText } from '../../sim/acl/text.ts';
import { modeText } from '../../sim/kernel/inode.ts';
import { devnodeAcl } from '../../sim/libc/devnode_acl.ts';
import { deleteModule, initModule, mkdir, writeFile } from '../../sim/libc/sys.ts';
import { rulesDebian12 } from '../../sim/udev/rules/debian12.ts';
import { rulesEl7 } from '../../sim/udev/rules/el7.ts';
import type { UdevSwitches } from '../../sim/udev/switches.ts';
import { act, inode, type Laboratory, laboratory, quiet, run, startDaemon } from './laboratory.ts';

export const RULE = 'KERNEL=="kvm", GROUP="kvm", MODE="0666", OPTIONS+="static_node=kvm"\n';
const SEAT = '/run/systemd/seats/seat0';
const NODE = '/dev/kvm';

/** Mode with `+`, group id and ACL: `crw-rw-rw-+ 107 user::rw-,...`. */
export function node(lab: Laboratory): string {
  const found = inode(lab, NODE);
  if (!found) return 'absent';
  const text = `${modeText(found.type, found.mode)}${found.acl ? '+' : ''} ${found.gid}`;
  return found.acl ? `${text} ${shortText(found.acl)}` : text;
}

export function switchOn(switches: UdevSwitches, more: { path: string; content: string }[] = []) {
  const rules = switches.version === 219 ? rulesEl7 : rulesDebian12;
  const lab = laboratory(switches, [{ path: '/etc/udev/rules.d/' }, ...rules, ...more], null);
  act(lab, function* () {
    for (const path of ['/run/udev', '/run/log', '/run/log/journal', '/run/systemd']) {
      yield* mkdir(path);
    }
  });
  startDaemon(lab, '/usr/lib/systemd/systemd-udevd');
  return lab;
}

export function loadKvm(lab: Laboratory): void {
  act(lab, function* () {
    for (const name of ['irqbypass', 'kvm', 'kvm_intel']) yield* initModule(name);
  });
  quiet(lab);
}

export function unloadKvm(lab: Laboratory): void {
  act(lab, function* () {
    for (const name of ['kvm_intel', 'kvm']) yield* deleteModule(name);
  });
  quiet(lab);
}

/** logind comes up: from now on the uaccess builtin has a seat to look at. */
export function startLogind(lab: Laboratory): void {
  act(lab, function* () {
    yield* mkdir('/run/systemd/seats');
    yield* writeFile(SEAT, 'IS_VTCONSOLE=1\n');
  });
}

/** seat_set_active: ACLs first, seat file afterwards. */
export function seat(lab: Laboratory, from: number | null, to: number | null): void {
  act(lab, function* () {
    yield* devnodeAcl(NODE, { flush: false, remove: from, add: to }, 'test');
    yield* writeFile(SEAT, to === null ? 'IS_VTCONSOLE=1\n' : `ACTIVE=c1\nACTIVE_UID=${to}\n`);
  });
}

export const putRule = (lab: Laboratory, text = RULE) =>
  act(lab, () => writeFile('/etc/udev/rules.d/80-kvm.rules', text));

export function trigger(lab: Laboratory, action = 'add'): void {
  run(
    lab,
    '/usr/bin/udevadm',
    'trigger',
    '--subsystem-match=misc',
    '--sysname-match=kvm',
    `--action=${action}`,
  );
  quiet(lab);
}

export const reload = (lab: Laboratory) => run(lab, '/usr/bin/udevadm', 'control', '--reload');

/** The package's scriptlet: rule, reload, trigger. */
export function install(lab: Laboratory): void {
  putRule(lab);
  reload(lab);
  trigger(lab);
}

/** A booted el7 host with kvm loaded and logind up. */
export function booted(switches: UdevSwitches): Laboratory {
  const lab = switchOn(switches);
  loadKvm(lab);
  startLogind(lab);
  return lab;
}

export const BLOG = 'crw-rw-rw-+ 107 user::rw-,group::---,mask::rw-,other::rw-';
