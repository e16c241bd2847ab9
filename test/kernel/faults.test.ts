/**
 * Calls that fail on purpose: which, how often, and that nothing else changes.
 */
import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import { createHost } from '../../sim/testing/host.ts';

const faults = suite('injected faults');

faults('the named call of the named process fails, as often as told, after as many as told', () => {
  const host = createHost();
  const fail = { comm: 'cat', call: 'open', path: '/etc/hostname', errno: 'EIO' } as const;
  host.inject({ fail: { ...fail, skip: 1, times: 2 } });
  const statuses = [1, 2, 3, 4].map(() => host.run('cat /etc/hostname'));
  assert.equal(
    statuses.map(({ status }) => status),
    [0, 1, 1, 0],
  );
  assert.match(statuses[1]?.stderr ?? '', /Input\/output error/);
});

faults('another path and another process are let through', () => {
  const host = createHost();
  host.inject({ fail: { comm: 'cat', call: 'open', path: '/etc/hostname', errno: 'EIO' } });
  assert.is(host.run('cat /etc/passwd >/dev/null').status, 0);
  assert.is(host.run('head -1 /etc/hostname >/dev/null').status, 0);
  assert.is(host.run('cat /etc/hostname').status, 1);
});

faults('a call that fails on purpose changes nothing', () => {
  const host = createHost();
  const before = host.run('stat -c "%a %U %Z" /dev/kvm').stdout;
  host.inject({ fail: { comm: 'chmod', call: 'chmod', errno: 'EROFS' } });
  assert.is(host.run('chmod 666 /dev/kvm').status, 1);
  assert.is(host.run('stat -c "%a %U %Z" /dev/kvm').stdout, before);
});

faults.run();
