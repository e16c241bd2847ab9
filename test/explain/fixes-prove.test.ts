/**
 * If this fails, a maintainer ships a scriptlet that does not prevent the incident, or drops one that does.
 */
import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import {
  counterexample,
  holds,
  holdsBetween,
  type Proofs,
  prove,
} from '../../sim/explain/fixes/prove.ts';
import { nodeLine, qemuOpens } from '../../sim/explain/node.ts';
import { amended } from '../../sim/host/scriptlet.ts';
import { lastWorld, replayFails } from '../../sim/host/trace.ts';
import { desk } from '../support/host.ts';

const proofs = suite('repairs in a scriptlet');

const NODE = 'crw-rw-rw-+ root:kvm user::rw-,group::---,mask::rw-,other::rw-';
const proved = (line: string) => prove('centos7', NODE, line.split(' '));

/** For the very ACL of the incident, and for any way in which QEMU is locked out. */
const verdicts = ({ proofs: all }: Proofs) =>
  all.map((proof) => [
    holds(proof.without),
    holds(proof.with['before the trigger']),
    holds(proof.with['after the trigger']),
  ]);

proofs('setfacl --remove-all holds before the trigger and not after it', () => {
  const found = proved('setfacl --remove-all /dev/kvm');
  assert.equal(verdicts(found), [
    [false, true, false],
    [false, true, false],
  ]);
  const [incident] = found.proofs;
  const { states, transitions, reached, orders } = incident?.without ?? {};
  assert.equal([states, transitions, reached, orders?.length], [28, 292, 3, 22]);
  assert.equal(orders?.[0], ['login', 'logout', 'install']);
  const repaired = incident?.with['before the trigger'];
  assert.equal([repaired?.states, repaired?.transitions, repaired?.reached], [19, 199, 0]);
});

proofs('setfacl -m g::rw holds at both places', () => {
  assert.equal(verdicts(proved('setfacl -m g::rw /dev/kvm')), [
    [false, true, true],
    [false, true, true],
  ]);
});

proofs('chmod 666 holds nowhere, and each order against it replays', () => {
  const found = proved('chmod 666 /dev/kvm');
  assert.equal(verdicts(found), [
    [false, false, false],
    [false, false, false],
  ]);
  const [incident, locked] = found.proofs;
  const order = incident?.with['before the trigger'].orders[0] ?? [];
  const trace = counterexample(found, 'before the trigger', order);
  assert.is(replayFails(trace), null);
  assert.is(nodeLine(lastWorld(trace)), NODE);
  for (const other of locked?.with['after the trigger'].orders ?? []) {
    const end = lastWorld(counterexample(found, 'after the trigger', other));
    assert.is(qemuOpens(end), 'EACCES', other.join(', '));
  }
});

proofs('call by call neither holds: logind writes back an ACL that it has read before', () => {
  for (const line of ['setfacl --remove-all /dev/kvm', 'setfacl -m g::rw /dev/kvm']) {
    const { between } = proved(line);
    for (const found of [between.without, ...Object.values(between.with)]) {
      assert.ok(found.complete && !holdsBetween(found), line);
      assert.ok(found.lost > 0n && found.lost < found.schedules, line);
      if (found.trace === null) throw new Error(`${line}: no trace`);
      assert.is(replayFails(found.trace), null, line);
      assert.is(qemuOpens(lastWorld(found.trace)), 'EACCES', line);
    }
  }
  const { between } = proved('setfacl --remove-all /dev/kvm');
  const { without, with: amendedBy } = between;
  const { lost, schedules, states } = amendedBy['before the trigger'];
  assert.equal([without.lost, without.schedules, without.states], [4886n, 6203n, 544]);
  assert.equal([lost, schedules, states], [13314n, 21690n, 757]);
});

proofs('the amended package shows its scriptlet and runs it', () => {
  const file = amended('qemu-kvm-ev', ['setfacl', '-b', '/dev/kvm'], 'before the trigger');
  const host = desk({ files: [file] });
  host.login('operator', 'tty1');
  host.logout('tty1');
  host.root('yum -y install qemu-kvm-ev');
  assert.is(host.node().mode, 'crw-rw-rw-');
  assert.match(
    host.root('rpm -q --scripts qemu-kvm-ev').stdout,
    /\nsetfacl -b \/dev\/kvm &> \/dev\/null \|\| :\n +udevadm trigger/,
  );
});

proofs.run();
