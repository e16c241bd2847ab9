/**
 * If this fails, the engineer who pastes an ACL is told a wrong way to it, or not told of one.
 *
 * S1 to S6 (test/incident/orders) are among the orders for the ACL of the report.
 */
import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import { looksLikeGetfacl, readGetfacl } from '../../sim/explain/evidence.ts';
import { idsOf, type Why, why } from '../../sim/explain/why.ts';
import { replayFails } from '../../sim/host/trace.ts';

const whys = suite('why');

function ask(text: string, profile = 'centos7'): Why {
  assert.ok(looksLikeGetfacl(text));
  const read = readGetfacl(text, idsOf(profile));
  if ('refused' in read) throw new Error(read.refused);
  return why(profile, read);
}

const report = `# file: dev/kvm
# owner: root
# group: kvm
user::rw-
group::---
mask::rw-
other::rw-
`;

whys('the ACL of the report: thirteen minimal orders, and the short one first', () => {
  const found = ask(report);
  assert.ok(found.complete);
  const orders = found.orders.map(({ events }) => events.join(', '));
  assert.is(orders[0], 'login, logout, install');
  assert.ok(orders.includes('login, install, logout, trigger'));
  assert.ok(orders.includes('login, install, logout, udevd restart'));
  assert.ok(orders.includes('login, install, logout, VM start and stop'));
  assert.ok(orders.includes('login, logout unseen by logind, install, trigger'));
  assert.is(orders.length, 13);
  assert.not.ok(
    orders.some((order) => order.includes('root login')),
    'uid 0 gets no entry',
  );
  assert.not.ok(
    orders.some((order) => order.includes('reboot')),
    'a reboot makes the node anew',
  );
  for (const { trace } of found.orders) assert.is(replayFails(trace), null);
});

whys('a named user on the node: somebody is, or was, in front of the machine', () => {
  const found = ask(`# owner: root
# group: kvm
user::rw-
user:operator:rw-
group::---
mask::rw-
other::rw-
`);
  assert.ok(found.orders.some(({ events }) => events.join(', ') === 'login, install'));
  for (const { trace } of found.orders) assert.is(replayFails(trace), null);
});

whys(
  'on Debian 12, whose own rule is there from boot, no order leads to the ACL of the report',
  () => {
    const found = ask(report, 'debian12');
    assert.equal([found.orders.length, found.complete], [0, true]);
    assert.not.ok(found.events.includes('install'), 'there is no yum on it');
  },
);

whys(
  'an ACL that nothing here writes is not reachable, and says so with the bounds of the search',
  () => {
    const found = ask(`# owner: root
# group: kvm
user::rwx
group::rwx
other::r-x
`);
    assert.equal([found.orders.length, found.complete], [0, true]);
    assert.is(found.states, 24);
  },
);

whys.run();
