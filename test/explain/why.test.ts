/**
 * If this fails, the engineer who pastes an ACL is told a wrong way to it, or not told of one.
 *
 * S1 to S6 (test/incident/orders) are among the orders for the ACL of the report.
 */
import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import type { Explanation } from '../../sim/explain/explanation.ts';
import { headline } from '../../sim/explain/headline.ts';
import { historyOf } from '../../sim/explain/history.ts';
import { nodeLine } from '../../sim/explain/node.ts';
import { usable } from '../../sim/explain/usable.ts';
import { recognise } from '../../sim/explain/what.ts';
import { why } from '../../sim/explain/why.ts';
import { lastWorld } from '../../sim/host/trace.ts';

const whys = suite('why');

const answers = new Map<string, Explanation>();

/** Asked once, however many look at the answer. */
function ask(text: string, profile = 'centos7', more: object = {}): Explanation {
  const key = JSON.stringify([text, profile, more]);
  const answer = answers.get(key) ?? answered(text, profile, more);
  answers.set(key, answer);
  return answer;
}

function answered(text: string, profile: string, more: object): Explanation {
  const what = recognise(text);
  if (what === null || what.kind === 'report') throw new Error('this text is no such evidence');
  const found = why(what, { profile, ...more });
  if ('refused' in found) throw new Error(found.refused);
  return found;
}

const report = `# file: dev/kvm
# owner: root
# group: kvm
user::rw-
group::---
mask::rw-
other::rw-
`;

const familiesOf = ({ families }: Explanation) => families?.families ?? [];
const ordersOf = (found: Explanation) =>
  familiesOf(found).flatMap(({ orders }) => orders.map(({ events }) => events.join(', ')));

whys('the ACL of the report: the short order first, and S1 to S6 among the others', () => {
  const found = ask(report);
  const orders = ordersOf(found);
  assert.ok(found.families?.complete);
  assert.is(orders[0], 'login, logout, install');
  for (const order of [
    'login, install, logout, trigger',
    'login, install, logout, VM start and stop',
    'login, install, logout, udevd restart',
    'login, install, logout, udevadm test',
    'login, logout unseen by logind, install, trigger',
    'setfacl -m u:operator:rw, setfacl -x u:operator, install',
    'install, setfacl -d on /dev, module reload',
  ])
    assert.ok(orders.includes(order), order);
  assert.is(orders.length, 24);
  const never = ['root login', 'reboot'];
  assert.not.ok(orders.some((order) => never.some((event) => order.includes(event))));
});

whys('grouped by mechanism, each with its tag', () => {
  const names = familiesOf(ask(report)).map(({ name, tag, orders }) => [
    name.en,
    tag,
    orders.length,
  ]);
  assert.equal(names, [
    ["an ACL frozen by a console login before the package's rule", 'atomic', 1],
    ['an ACL frozen by a console login, finished by a later udev event', 'atomic', 2],
    ['an ACL frozen by a console login, finished by udevadm test', 'atomic', 1],
    ["an ACL frozen by a console login, finished by udevd's restart", 'atomic', 1],
    ["a console login's ACL, emptied by an administrator's setfacl", 'atomic', 4],
    ["an administrator's own setfacl", 'atomic', 5],
    ['a default ACL on /dev', 'atomic', 1],
    ['a default ACL on /dev', 'atomic', 1],
    ['logind away while somebody logs out', 'fault', 8],
  ]);
});

whys('each order, played by itself, ends in exactly this node', () => {
  const all = familiesOf(ask(report)).flatMap(({ orders }) => orders);
  for (const { told, events } of all) {
    const node = nodeLine(lastWorld(told));
    const wanted = 'crw-rw-rw-+ root:kvm user::rw-,group::---,mask::rw-,other::rw-';
    assert.is(node, wanted, events.join(', '));
  }
});

whys(
  'the rule there from boot: no console login leads there by whole events, one does call by call',
  () => {
    const found = ask(report, 'centos7', { full: true });
    const there = familiesOf(found).filter(({ begins }) => begins === 1);
    assert.equal(
      there.map(({ name, tag }) => [name.en, tag]),
      [
        ['a default ACL on /dev', 'atomic'],
        ['a module reload with a seat switch', 'race'],
      ],
    );
    const [race] = there.filter(({ tag }) => tag === 'race');
    const [order] = race?.orders ?? [];
    assert.ok(order?.events.includes('admin: modprobe kvm_intel'));
    const end = order === undefined ? null : nodeLine(lastWorld(order.told));
    assert.is(end, 'crw-rw-rw-+ root:kvm user::rw-,group::---,mask::rw-,other::rw-');
    assert.ok(found.families?.complete);
  },
);

whys('near misses and what they end in', () => {
  const near = ask(report).near.map(({ differs, node, qemu }) => [
    differs.en,
    node?.split(' ')[0],
    qemu,
  ]);
  assert.equal(near.slice(0, 3), [
    ['without logout', 'crw-rw-rw-+', 'EACCES'],
    ['without install', 'crw-------+', null],
    ['install before logout', 'crw----rw-+', 'EACCES'],
  ]);
});

whys('what would have prevented it is true when played again', () => {
  const { story } = ask(report);
  const helped = (story?.trials ?? []).filter(({ qemu }) => qemu === 'works');
  assert.equal(
    helped.map(({ says }) => says.en),
    [
      'without login',
      'install before login',
      'root logs in on tty1 instead',
      'operator logs in over ssh instead',
      'a rule from boot: KERNEL=="kvm", MODE="0666"',
      'a rule from boot: KERNEL=="kvm", TAG-="uaccess"',
      'with systemd 252',
    ],
  );
  for (const { told, node } of helped) {
    const history = historyOf(told);
    assert.is(nodeLine(lastWorld(told)), node);
    assert.is(usable(history), 'works');
  }
});

whys('the command that decides, and what it would show', () => {
  const { decision, families } = ask(report);
  assert.ok(decision && decision.groups.length > 2);
  const members = decision?.groups.flatMap((group) => group.members) ?? [];
  assert.equal(
    [...members].sort((a, b) => a - b),
    (families?.families ?? []).map((_, i) => i),
  );
});

whys('a named user on the node: somebody is, or was, in front of the machine', () => {
  const text = report.replace('group::', 'user:jsmith:rw-\ngroup::');
  const found = ask(text);
  assert.ok(ordersOf(found).includes('login, install'));
  assert.match(
    headline(found)
      .map(({ en }) => en)
      .join('\n'),
    /jsmith is whoever sat at the console/,
  );
});

whys('an ACL that lets QEMU in: nothing is broken, and still it came about somehow', () => {
  const found = ask(report.replace('group::---', 'group::rw-'));
  assert.match(headline(found)[0]?.en ?? '', /^Nothing is broken/);
  assert.ok(ordersOf(found).includes('install, login, logout'));
});

whys('on Debian 12 no order leads to the ACL of the report, call by call neither', () => {
  const found = ask(report, 'debian12');
  assert.equal(ordersOf(found), []);
  assert.ok(found.families?.complete);
  assert.is(found.families?.races.length, 1);
  assert.match(headline(found)[0]?.en ?? '', /^Not reachable in this model/);
});

whys('a search that reaches a bound says so', () => {
  const found = ask(report, 'centos7', { bounds: { states: 3 } });
  assert.not.ok(found.families?.complete);
  assert.ok(found.families?.searched.some(({ hit }) => hit.includes('states')));
});

whys('a permission hides the domain type under libvirt 5.0.0 only; others are warned', () => {
  const warned = (profile: string) =>
    headline(ask(report, profile)).some(({ en }) => en.includes("lists <domain type='kvm'/>"));
  assert.equal(['centos7', 'centos7,libvirt=4.8.0', 'centos7,libvirt=4.5.0'].map(warned), [
    false,
    false,
    true,
  ]);
});

whys.run();
