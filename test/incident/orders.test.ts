/**
 * How the ACL of the incident comes about, and how it does not: the orders of login, logout and installation.
 *
 * Every line is typed on a whole host: logind, udevd, rpm and the kernel do the rest.
 */
import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import { type Desk, desk, nodeLine } from '../support/host.ts';

const orders = suite('orders of login, logout and installation');

const INCIDENT = 'crw-rw-rw-+ root:kvm g:--- m:rw- o:rw-';
const CLEAN = 'crw-rw-rw- root:kvm g:rw- o:rw-';
const HARMLESS = 'crw-rw-rw-+ root:kvm g:rw- m:rw- o:rw-';

const events: Readonly<Record<string, (at: Desk) => void>> = {
  login: (at) => at.login('operator', 'tty1'),
  'root login': (at) => at.login('root', 'tty1'),
  logout: (at) => at.logout('tty1'),
  'switch to tty2': (at) => at.root('chvt 2'),
  'ssh login': (at) => at.login('operator', 'pts/1'),
  'ssh logout': (at) => at.logout('pts/1'),
  install: (at) => at.root('yum -y install qemu-kvm-ev'),
  trigger: (at) => at.root('udevadm trigger --subsystem-match=misc --sysname-match=kvm'),
  'udevadm test': (at) => at.root('udevadm test /sys/devices/virtual/misc/kvm'),
  'udevd restart': (at) => at.root('systemctl restart systemd-udevd'),
  'VM by root': (at) =>
    at.root(
      '/usr/libexec/qemu-kvm -machine none,accel=kvm -nodefaults -nographic -pidfile /run/v.pid -daemonize',
    ),
  'logind dies': (at) => at.root('pkill -KILL systemd-logind'),
  'logind stops': (at) => at.root('systemctl stop systemd-logind'),
  'logind starts': (at) => at.root('systemctl start systemd-logind'),
  reload: (at) => {
    at.root('modprobe -r kvm_intel');
    at.root('modprobe kvm_intel');
  },
  'setfacl -b': (at) => at.root('setfacl -b /dev/kvm'),
  'chmod 0666': (at) => at.root('chmod 0666 /dev/kvm'),
  'chmod g+rw': (at) => at.root('chmod g+rw /dev/kvm'),
};

/** Only the first host boots; every order goes on from it. */
const booted = desk();

function after(order: string): string {
  const at = booted.fork();
  for (const name of order.split(', ')) {
    const event = events[name];
    if (event === undefined) throw new Error(`no event is called ${name}`);
    event(at);
  }
  return nodeLine(at.node());
}

const tells = (name: string, order: string, node: string) =>
  orders(`${name}: ${order}`, () => assert.is(after(order), node));

orders('a freshly booted host has a node for root alone', () => {
  assert.is(nodeLine(booted.node()), 'crw------- root:root g:--- o:---');
});

tells('each step', 'login', 'crw-rw----+ root:root operator g:--- m:rw- o:---');
tells('each step', 'login, logout', 'crw-------+ root:root g:--- m:--- o:---');
tells('S1', 'login, logout, install', INCIDENT);
tells('S1 by a switch of the terminal', 'login, switch to tty2, install', INCIDENT);
tells('S2', 'login, install, logout, trigger', INCIDENT);
tells('S3', 'login, install, logout, VM by root', INCIDENT);
tells('S4', 'login, install, logout, udevd restart', INCIDENT);
tells('S5', 'login, install, logout, udevadm test', INCIDENT);

const unseen = 'login, logind stops, logout, logind starts';
tells(
  'S6, a logout that logind has not seen',
  unseen,
  'crw-rw----+ root:root operator g:--- m:rw- o:---',
);
tells(
  'S6, the first event flushes',
  `${unseen}, install`,
  'crw----rw-+ root:kvm g:--- m:--- o:rw-',
);
tells('S6, the second makes it', `${unseen}, install, trigger`, INCIDENT);
tells(
  'a logind that crashes finds its sessions again',
  'login, logind dies, logout, install',
  INCIDENT,
);

tells('near miss', 'install, login, logout', HARMLESS);
tells('near miss', 'login, install', 'crw-rw-rw-+ root:kvm operator g:--- m:rw- o:rw-');
tells('near miss', 'login, install, logout', 'crw----rw-+ root:kvm g:--- m:--- o:rw-');
tells('near miss', 'login, logout, reload, install', CLEAN);
tells('near miss', 'login, logout, setfacl -b, install', CLEAN);
tells('root on the console never', 'root login, logout, install', CLEAN);
tells('ssh never', 'ssh login, ssh logout, install', CLEAN);
tells('no cure', 'login, logout, install, chmod 0666', INCIDENT);
tells('no cure', 'login, logout, install, chmod g+rw', INCIDENT);
tells('no cure', 'login, logout, install, trigger', INCIDENT);
tells('no cure', 'login, logout, install, login, logout', 'crw----rw-+ root:kvm g:--- m:--- o:rw-');

orders.run();
