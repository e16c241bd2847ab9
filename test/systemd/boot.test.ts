/**
 * What an administrator may ask of a boot: modules, nodes and rights, and in which order they come.
 */
import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import { parseLine } from '../../sim/systemd/tmpfiles.ts';
import { desk } from '../support/host.ts';

const boot = suite('boot');

boot('a node made before its module stays the administrator’s, and outlives the module', () => {
  const host = desk({}, 'recorded500');
  assert.match(host.root('ls -l /dev/kvm').stdout, /^crw-rw-rw- 1 root kvm 10, 232 /);
  host.root('modprobe -r kvm_amd');
  assert.match(host.root('ls -l /dev/kvm').stdout, /^crw-rw-rw- 1 root kvm 10, 232 /);
  assert.match(host.root('cp /dev/kvm /tmp/x').stderr, /No such device/);
});

boot('the CPU hides svm from /proc/cpuinfo, and kvm_amd loads all the same', () => {
  const host = desk({}, 'recorded500');
  assert.is(host.root('grep -c svm /proc/cpuinfo').stdout, '0\n');
  assert.match(host.root('lsmod').stdout, 'kvm_amd');
  const without = desk({ hardware: { flags: ['lm'] } }, 'recorded500');
  assert.not.match(without.root('lsmod').stdout, 'kvm_amd');
});

const module = (name: string) => ({
  path: `/etc/modules-load.d/${name}.conf`,
  content: `# wanted\n${name}\n`,
});

boot('on el7 modules come after udevd, so a rule gives their nodes rights', () => {
  const host = desk({ files: [module('tun')] });
  assert.match(host.root('ls -l /dev/net/tun').stdout, /^crw-rw-rw- 1 root root 10, 200 /);
  assert.match(host.root('journalctl').stdout, 'Started Load Kernel Modules.');
  assert.not.match(desk().root('journalctl').stdout, 'Load Kernel Modules');
});

boot('on el7 rights for /dev/kvm come too early: the node is not there yet', () => {
  const file = { path: '/etc/tmpfiles.d/kvm.conf', content: 'z /dev/kvm 0666 root users\n' };
  assert.match(desk({ files: [file] }).root('ls -l /dev/kvm').stdout, /^crw------- 1 root root/);
});

boot('a file of /etc masks its namesake of /usr/lib', () => {
  const line = (path: string, content: string) => ({ path: `${path}/tmpfiles.d/x.conf`, content });
  const host = desk({
    files: [line('/usr/lib', 'd /dev/a 0700\n'), line('/etc', 'd /dev/b 0750 root users\n')],
  });
  assert.is(host.root('ls /dev/a').status, 2);
  assert.match(host.root('ls -ld /dev/b').stdout, /^drwxr-x--- \d root users/);
});

boot('a line: type, path, mode, owner, argument; other types are refused', () => {
  assert.equal(parseLine('c! /dev/kvm 0666 root kvm - 10:232'), {
    type: 'c',
    bootOnly: true,
    path: '/dev/kvm',
    mode: 0o666,
    user: 'root',
    group: 'kvm',
    argument: '10:232',
  });
  assert.is(parseLine('L /run/x - - - - /y'), null);
});

boot.run();
