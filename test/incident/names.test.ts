/**
 * If this fails, a name that every JavaScript object answers to (`constructor`) is taken for one of ours.
 */
import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import { desk } from '../support/host.ts';

const names = suite('names that nobody has given');

const host = desk();
for (const line of ['yum -y install qemu-kvm-ev libvirt', 'systemctl start libvirtd'])
  host.root(line);

const answers: Readonly<Record<string, string>> = {
  'modprobe constructor': 'modprobe: FATAL: Module constructor not found.',
  'rmmod constructor': 'rmmod: ERROR: Module constructor is not currently loaded',
  'yum -y install constructor': 'No package constructor available.',
  'yum constructor': 'No such command: constructor. Please use /usr/bin/yum --help',
  'virsh start constructor': "error: failed to get domain 'constructor'",
  'systemctl start constructor': 'Failed to start constructor.service: Unit not found.',
  'ps -o constructor': 'error: unknown user-defined format specifier "constructor"',
  'tr [:constructor:] b': "tr: invalid character class 'constructor'",
  'grep [[:constructor:]] /etc/passwd': 'grep: Invalid character class name',
  'awk BEGIN{toString(1)}': "awk: cmd. line:1: fatal: function `toString' not defined",
  'cat /tmp/constructor': 'cat: /tmp/constructor: No such file or directory',
};

for (const [line, answer] of Object.entries(answers)) {
  names(line, () => {
    const { status, text } = host.root(line);
    assert.ok(status !== 0);
    assert.ok(text.includes(answer), text);
  });
}

names('a file may be called so', () => {
  host.root('touch /tmp/toString');
  assert.is(host.root('ls /tmp').stdout, 'toString\n');
});

names.run();
