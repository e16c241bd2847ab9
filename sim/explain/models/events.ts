/**
 * What people and packages do to a host, as events that a search can put in any order.
 *
 * An event is a name, when it can happen, and the choices that make it happen; each runs to quiet before
 * the next one (the atomic grain). The names are those that orders are told in: `login, logout, install`.
 */
import { statOf, textOf } from '../../host/ask.ts';
import type { Choice } from '../../host/choice.ts';
import { shellOn } from '../../host/terminal.ts';
import type { World } from '../../host/world.ts';
import { failed } from '../../kernel/errno.ts';
import { devOf, nodeLine } from '../node.ts';

export type HostEvent = Readonly<{
  possible: (world: World) => boolean;
  /** Whoever is needed at a terminal is there already. */
  choices: readonly Choice[];
  /** Something that ought to run was away: told of every order that it is in. */
  fault?: true;
  /** All that decides what it leads to, where that is little: it is then run once for each text. */
  decidedBy?: (world: World) => string;
}>;

export type Alphabet = Readonly<Record<string, HostEvent>>;

const ROOT = 'root@pts/0';

/** Root comes in over the network, and so gets no entry on any node. */
export const rootLogin: Choice = { login: 'root', on: 'pts/0' };
const TTY = 'tty1';

export const typed = (...lines: string[]): Choice[] =>
  lines.map((line) => ({ run: line.split(' '), as: ROOT }));

/** What these events change on the disk: packages, their rules, users. Nothing else outlives a reboot. */
const onDisk = (world: World): string =>
  ['/var/lib/rpm/Packages', '/usr/lib/udev/rules.d/80-kvm.rules', '/etc/passwd', '/etc/group']
    .map((path) => textOf(world, path) ?? '')
    .join('\0');

const free = (world: World) => shellOn(world, TTY) === null;
const taken = (world: World) => shellOn(world, TTY) !== null;
const textOfAcl = (world: World) => nodeLine(world) ?? '';
export const exists = (path: string) => (world: World) => !failed(statOf(world, path));
const missing = (path: string) => (world: World) => failed(statOf(world, path));

const QEMU = '/usr/libexec/qemu-kvm';

/** TASK_COMM_LEN, without its NUL: what pkill compares. */
const COMM = 15;

/** Started by hand as root: whoever makes a VM, the node's change event is the same. */
const startAndStop = (emulator: string): HostEvent => ({
  possible: exists(emulator),
  choices: typed(
    `${emulator} -machine none,accel=kvm -nodefaults -nographic -pidfile /run/vm.pid -daemonize`,
    `pkill ${emulator.split('/').pop()?.slice(0, COMM)}`,
  ),
});

/** Somebody other than root logs in on the console that is in front. */
export const login = (user: string): HostEvent => ({
  possible: free,
  choices: [{ login: user, on: TTY }],
});

export const people: Alphabet = {
  login: login('operator'),
  'root login': login('root'),
  logout: { possible: taken, choices: [{ logout: TTY }] },
};

export const packages: Alphabet = {
  install: { possible: missing(QEMU), choices: typed('yum -y install qemu-kvm-ev') },
};

export const machine: Alphabet = {
  trigger: {
    possible: () => true,
    choices: typed('udevadm trigger --subsystem-match=misc --sysname-match=kvm'),
  },
  'VM start and stop': startAndStop(QEMU),
  'udevd restart': { possible: () => true, choices: typed('systemctl restart systemd-udevd') },
  'module reload': {
    possible: () => true,
    choices: typed('modprobe -r kvm_intel', 'modprobe kvm_intel'),
  },
  reboot: { possible: () => true, choices: [...typed('reboot'), rootLogin], decidedBy: onDisk },
};

/** What a diagnosing administrator may do, and a logind that is away while somebody logs out. */
export const rarities: Alphabet = {
  'udevadm test': {
    possible: () => true,
    choices: typed('udevadm test /sys/devices/virtual/misc/kvm'),
  },
  'logind restart': { possible: () => true, choices: typed('systemctl restart systemd-logind') },
  'logout unseen by logind': {
    fault: true,
    possible: taken,
    choices: [
      ...typed('systemctl stop systemd-logind'),
      { logout: TTY },
      ...typed('systemctl start systemd-logind'),
    ],
  },
};

const USER = 'operator';

/**
 * An administrator who lends the node to somebody and takes it back. (That somebody may write any ACL at all with one
 * setfacl explains nothing, and is left out.)
 */
export const administrators: Alphabet = {
  'setfacl -m u:operator:rw': {
    possible: exists('/dev/kvm'),
    choices: typed(`setfacl -m u:${USER}:rw /dev/kvm`),
  },
  'setfacl -x u:operator': {
    possible: (world) => textOfAcl(world).includes(`user:${USER}:`),
    choices: typed(`setfacl -x u:${USER} /dev/kvm`),
  },
};

/** /dev gets a default ACL, which every node made there later inherits; with what makes nodes and writes to them. */
export const inheritance: Alphabet = {
  'setfacl -d on /dev': {
    possible: (world) => devOf(world)?.defaultAcl === null,
    choices: typed('setfacl -d -m g::---,m::rw /dev'),
  },
  login: login('operator'),
  logout: { possible: taken, choices: [{ logout: TTY }] },
  trigger: machine['trigger'] as HostEvent,
  'module reload': machine['module reload'] as HostEvent,
};

/** All of them, as they are on a host: on Debian 12 everything is installed, and QEMU has another name. */
export function inheritanceOf(world: World): Alphabet {
  return exists('/usr/bin/yum')(world) ? { ...inheritance, ...packages } : inheritance;
}

export function alphabetOf(world: World): Alphabet {
  const everywhere = { ...people, ...machine, ...rarities };
  return exists('/usr/bin/yum')(world)
    ? { ...everywhere, ...packages }
    : { ...everywhere, 'VM start and stop': startAndStop('/usr/bin/qemu-system-x86_64') };
}
