/**
 * A Node `fs` of a host: paths, bytes, modes, owners and times as the simulated tools show them.
 */
import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import { filesFrom, nodeFs } from '../../sim/host/nodeFs.ts';
import { desk } from '../support/host.ts';

const files = suite('the Node fs of a host');

files('files, links, modes, owners, times', () => {
  const host = desk();
  const fs = nodeFs(host.world);
  assert.is(fs.readFileSync('/etc/hostname', 'utf8'), host.root('cat /etc/hostname').stdout);
  assert.is(fs.readlinkSync('/bin'), 'usr/bin');
  assert.is(Number(fs.statSync('/tmp').mode) & 0o7777, 0o1777);
  const home = fs.statSync('/home/operator');
  assert.equal([home.uid, home.gid], [1000, 1000]);
  assert.is(
    Math.floor(Number(fs.statSync('/etc/passwd').mtimeMs) / 1000),
    Number(host.root('stat -c %Y /etc/passwd').stdout),
  );
  assert.is(Number(fs.statSync('/dev/kvm').mode) & 0o777, 0o600);
});

files('the same files give the same copy, and writing to it does not reach the host', () => {
  const host = desk();
  const fs = nodeFs(host.world);
  assert.is(nodeFs({ ...host.world }), fs);
  fs.writeFileSync('/etc/hostname', 'changed');
  assert.is(host.root('cat /etc/hostname').stdout, 'node1.example.org\n');
});

files('a tree of rules becomes files of the disk', () => {
  const rules = filesFrom(
    { '80-kvm.rules': 'KERNEL=="kvm", GROUP="disk", MODE="0640"\n' },
    '/etc/udev/rules.d',
  );
  const host = desk({ files: rules });
  assert.is(host.node().mode, 'crw-r-----');
  assert.is(host.node().owner, 'root:disk');
});

files.run();
