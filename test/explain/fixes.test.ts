/**
 * If this fails, an engineer with a broken host is told a repair that does not mend it, or not told of one that does.
 */
import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import { type Fixes, fixesOf, traceOf } from '../../sim/explain/fixes/fixes.ts';
import { lost } from '../../sim/explain/fixes/rank.ts';
import { uselessOf } from '../../sim/explain/fixes/reason.ts';
import { wordText } from '../../sim/explain/fixes/search.ts';
import { ordealNames } from '../../sim/explain/fixes/survive.ts';
import { shown } from '../../sim/host/terminal.ts';
import { lastWorld, replayFails } from '../../sim/host/trace.ts';
import { broken } from './broken.ts';

const fixes = suite('fixes');

const asked = new Map<keyof typeof broken, Fixes>();
function fixesFor(name: keyof typeof broken): Fixes {
  const found = asked.get(name) ?? fixesOf(broken[name]());
  asked.set(name, found);
  return found;
}

/** All minimal repairs by the texts of their commands. */
const byText = ({ fixes: all }: Fixes) =>
  new Map(all.flatMap((fix) => fix.words.map((word) => [wordText(word), fix] as const)));

fixes('the incident: 54 commands, all pairs of them, 31 ways in 10 outcomes', () => {
  const { found, fixes: all, node } = fixesFor('acl');
  assert.is(node, 'crw-rw-rw-+ root:kvm user::rw-,group::---,mask::rw-,other::rw-');
  assert.is(found.commands.length, 54);
  assert.equal(
    found.levels.map(({ length, fixes: ways }) => [length, ways]),
    [
      [1, 5],
      [2, 26],
    ],
  );
  const [singles, pairs] = found.levels.map(({ typed }) => typed);
  assert.is(singles, 54);
  assert.ok(
    (pairs ?? 0) < (54 * 54) / 3,
    `${pairs} pairs typed: hosts that are alike are not told apart`,
  );
  assert.is(all.length, 10);
  assert.is(found.hit, 'length');
});

fixes('the incident: what is known to help is found, with what libvirtd must be told', () => {
  const known = byText(fixesFor('acl'));
  const helps = [
    ['setfacl -m g::rw', 'capabilities', 'unharmed'],
    ['setfacl -m g:kvm:rw', 'capabilities', 'unharmed'],
    ['setfacl --set u::rw,g::rw,o::rw', 'capabilities', 'unharmed'],
    ['setfacl -b, udevadm trigger', 'capabilities', 'unharmed'],
    ['setfacl -b, udevadm test ...', 'capabilities', 'unharmed'],
    ['setfacl -b, systemctl restart systemd-udevd', 'capabilities', 'unharmed'],
    ['modprobe -r kvm_intel, modprobe kvm_intel', 'capabilities', 'refused'],
    ['reboot', 'nothing', 'ended'],
  ];
  assert.equal(
    helps.map(([text = '']) => [text, known.get(text)?.told, known.get(text)?.guests]),
    helps,
  );
});

fixes('the incident: every repair survives all eight events', () => {
  for (const fix of fixesFor('acl').fixes) {
    assert.equal(lost(fix), [], wordText(fix.word));
    assert.equal(
      ordealNames.filter((ordeal) => fix.survives[ordeal] === null),
      [],
      wordText(fix.word),
    );
  }
});

fixes('the incident: what looks right does nothing, each with what really happened', () => {
  const found = fixesFor('acl');
  const useless = uselessOf(found, found.found);
  const why = (name: string) => {
    const group = useless.find(({ commands }) => commands.some((c) => c.name === name));
    return `${group?.kind}: ${group?.says.en}`;
  };
  assert.equal(
    ['chmod 666', 'chmod g+rw', 'udevadm trigger', 'setfacl -b', 'setfacl -x m'].map(why),
    [
      "mask: chmod writes mask:: and other::, never the group's entry: group::--- stays",
      "mask: chmod writes mask:: and other::, never the group's entry: group::--- stays",
      "udev: udevd finds the mode its rule asks for (the mask stands in the group's place) and leaves the ACL",
      'entry: leaves crw----rw-, where group::--- decides',
      'entry: leaves crw----rw-, where group::--- decides',
    ],
  );
  assert.is(why('setfacl -x u:qemu'), 'entry: leaves crw----rw-+, where mask::--- decides');
  assert.match(why('setfacl -m u:qemu:rw'), /^vain: lets QEMU in until a VM starts.*setxattr/);
  assert.match(why('chgrp root'), /^vain: lets QEMU in until a VM starts.*chown\(root:kvm\)/);
  assert.is(why('usermod -aG kvm qemu'), 'nothing: changes nothing about /dev/kvm');
  assert.match(
    why('setfacl -d -m g::rw'),
    /^fails: fails: setfacl: .*Only directories can have default/,
  );
});

fixes('every repair that is shown replays to its hash, and a guest starts at its end', () => {
  const found = fixesFor('acl');
  for (const fix of found.fixes) {
    const trace = traceOf(found, fix);
    assert.is(replayFails(trace), null, wordText(fix.word));
    assert.match(shown(lastWorld(trace), 'pts/8').stdout, /^Domain kvmlab-why created/);
  }
});

fixes('a repair within the same second as a change and a look is not noticed by 5.0.0', () => {
  assert.not(fixesFor('acl').noticed);
});

fixes('the module is blacklisted: modprobe, and the file out of the way so that it lasts', () => {
  const found = fixesFor('no module');
  const [best] = found.fixes;
  assert.equal(
    [best && wordText(best.word), best && lost(best), best && wordText(best.also)],
    ['modprobe kvm_intel', ['reboot'], 'rm /etc/modprobe.d/kvm.conf'],
  );
  assert.ok(byText(found).has('rm /etc/modprobe.d/kvm.conf, reboot'));
});

fixes('QEMU is not in group kvm: usermod, and libvirtd must be restarted to see it', () => {
  const fix = byText(fixesFor('not in the group')).get('usermod -aG kvm qemu');
  assert.equal([fix?.told, fix?.guests, fix?.shuts], ['restart', 'unharmed', ['anybody']]);
});

fixes('a stale memory: telling libvirtd is the repair, and the node is left alone', () => {
  const found = fixesFor('a stale memory');
  assert.equal(found.works, { opens: 'opens', told: 'capabilities', error: '' });
  assert.equal([...byText(found).keys()].sort(), [
    'reboot',
    'systemctl restart libvirtd',
    'virsh capabilities',
  ]);
});

fixes('on a host whose node is 0660, chmod 666 lets in whom a healthy host keeps out', () => {
  const known = byText(fixesFor('Debian, chmod 600'));
  assert.equal([known.get('chmod 660')?.lets, known.get('chmod 666')?.lets], [[], ['anybody']]);
  assert.is(known.get('chmod 660')?.survives.reinstall, null, 'no yum');
  const [best] = fixesFor('Debian, chmod 600').fixes;
  assert.equal([best && wordText(best.word), best?.distance], ['chmod 660', 0]);
});

fixes.run();
