/**
 * Nothing is canned: with one thing changed, the same people at the same host end somewhere else.
 */
import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import type { Setup } from '../../sim/host/machine.ts';
import { type Desk, desk, nodeLine } from '../support/host.ts';

const variations = suite('the incident with one thing changed');

const INCIDENT = 'crw-rw-rw-+ root:kvm g:--- m:rw- o:rw-';
const CLEAN = 'crw-rw-rw- root:kvm g:rw- o:rw-';
const INSTALL = 'yum -y install qemu-kvm-ev libvirt';
const rule = (text: string): Setup => ({
  files: [{ path: '/etc/udev/rules.d/80-kvm.rules', content: `${text}\n` }],
});

/** Login and logout on the console, then the installation. */
function incidentOn(host: Desk): Desk {
  host.login('operator', 'tty1');
  host.logout('tty1');
  host.root(INSTALL);
  return host;
}

variations('as it was: the node of the incident', () => {
  const host = incidentOn(desk());
  assert.is(nodeLine(host.node()), INCIDENT);
  assert.is(host.node().qemu, 'EACCES');
});

variations(
  'the package installed in an earlier boot: the rule is there before anybody can log in',
  () => {
    const host = desk({ packages: ['qemu-kvm-ev', 'libvirt'] });
    assert.is(nodeLine(host.node()), CLEAN);
    host.login('operator', 'tty1');
    assert.is(nodeLine(host.node()), 'crw-rw-rw-+ root:kvm operator g:rw- m:rw- o:rw-');
    host.logout('tty1');
    assert.is(nodeLine(host.node()), 'crw-rw-rw-+ root:kvm g:rw- m:rw- o:rw-');
    assert.is(host.node().qemu, 'opens');
  },
);

variations('MODE="0660": strangers are kept out as well, and the group still is', () => {
  const host = desk();
  host.login('operator', 'tty1');
  host.logout('tty1');
  host.root('yum -y install qemu-kvm-common-ev');
  const text = 'KERNEL=="kvm", GROUP="kvm", MODE="0660"';
  host.write('/etc/udev/rules.d/80-kvm.rules', `${text}\n`);
  host.root('udevadm control --reload');
  host.root('udevadm trigger --subsystem-match=misc --sysname-match=kvm');
  assert.is(nodeLine(host.node()), 'crw-rw----+ root:kvm g:--- m:rw- o:---');
  assert.is(host.node().qemu, 'EACCES');
});

variations('a rule for an unknown group at boot: root:root, and no harm from a login', () => {
  const host = desk(rule('KERNEL=="kvm", GROUP="kvm", MODE="0666"'));
  assert.is(nodeLine(host.node()), 'crw-rw-rw- root:root g:rw- o:rw-');
});

const enters: Readonly<Record<string, readonly [user: string, tty: string, outcome: string]>> = {
  'root on the console': ['root', 'tty1', CLEAN],
  'the operator over ssh': ['operator', 'pts/1', CLEAN],
  'the operator on the console': ['operator', 'tty1', INCIDENT],
  'the operator on the second console, which is not in front': ['operator', 'tty2', CLEAN],
};

for (const [who, [user, tty, outcome]] of Object.entries(enters)) {
  variations(`${who} logs in and out before the installation`, () => {
    const host = desk();
    host.login(user, tty);
    host.logout(tty);
    host.root(INSTALL);
    assert.is(nodeLine(host.node()), outcome);
  });
}

variations("gdm's greeter is a login before anybody logs in, and a root login ends it", () => {
  const host = desk({ enable: ['gdm'], disable: ['getty@tty1'] });
  assert.is(nodeLine(host.node()), 'crw-rw----+ root:root gdm g:--- m:rw- o:---');
  host.login('root', 'tty1');
  assert.is(nodeLine(host.node()), 'crw-------+ root:root g:--- m:--- o:---');
  host.root(INSTALL);
  assert.is(nodeLine(host.node()), INCIDENT);
});

const late: Readonly<Record<string, string>> = {
  'login, modprobe, logout, install': INCIDENT,
  'login, logout, modprobe, install': CLEAN,
  'install, login, modprobe, logout': 'crw-rw-rw-+ root:kvm g:rw- m:rw- o:rw-',
  'modprobe, login, logout, install': INCIDENT,
};

for (const [order, outcome] of Object.entries(late)) {
  variations(`kvm_intel loaded late: ${order}`, () => {
    const host = desk({
      files: [{ path: '/etc/modprobe.d/kvm.conf', content: 'blacklist kvm_intel\n' }],
    });
    const acts: Readonly<Record<string, () => void>> = {
      login: () => host.login('operator', 'tty1'),
      logout: () => host.logout('tty1'),
      modprobe: () => host.root('modprobe kvm_intel'),
      install: () => host.root(INSTALL),
    };
    assert.is(nodeLine(host.node()), 'no node');
    for (const act of order.split(', ')) acts[act]?.();
    assert.is(nodeLine(host.node()), outcome);
  });
}

variations('VT off in the BIOS: no node, whoever comes and goes', () => {
  const host = incidentOn(desk({ hardware: { virtEnabledInBios: false } }));
  assert.is(nodeLine(host.node()), 'no node');
  assert.is(host.node().qemu, 'ENOENT');
  const loaded = host.root('modprobe kvm_intel');
  assert.is(
    loaded.stderr,
    "modprobe: ERROR: could not insert 'kvm_intel': Operation not supported\n",
  );
  assert.match(host.root('dmesg').stdout, /kvm: disabled by bios/);
});

variations('a reboot cures it, and for good', () => {
  const host = incidentOn(desk());
  host.root('reboot');
  assert.is(nodeLine(host.node()), CLEAN);
  host.login('operator', 'tty1');
  host.logout('tty1');
  assert.is(host.node().qemu, 'opens');
});

variations.run();
