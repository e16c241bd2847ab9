/**
 * The world is plain data: written out and read back it goes on as if nothing had happened.
 */
import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import { testDomain } from '../../scenarios/domain.ts';
import { rebooted } from '../../sim/host/boot.ts';
import { canonicalJson, digest } from '../../sim/host/canonical.ts';
import type { Choice } from '../../sim/host/choice.ts';
import { newHost } from '../../sim/host/machine.ts';
import { profileNamed } from '../../sim/host/profiles.ts';
import { advance } from '../../sim/host/route.ts';
import { pickName, step } from '../../sim/host/step.ts';
import { shown } from '../../sim/host/terminal.ts';
import { runnable, type World } from '../../sim/host/world.ts';

const worlds = suite('the world');

const root = 'root@pts/0';
const run = (line: string): Choice => ({ run: line.split(' '), as: root });
const story: readonly Choice[] = [
  { login: 'operator', on: 'tty1' },
  { logout: 'tty1' },
  { login: 'root', on: 'pts/0' },
  run('yum -y install qemu-kvm-ev libvirt'),
  run('systemctl start libvirtd'),
  run('virsh create test.xml'),
  run('setfacl -m g::rw /dev/kvm'),
  run('virsh capabilities'),
  run('virsh create test.xml'),
];

const rewritten = (world: World): World => JSON.parse(JSON.stringify(world)) as World;

worlds('a world read back from JSON before every choice ends as the one that lived on', () => {
  const { machinery, world } = newHost(profileNamed('centos7'), { files: [testDomain] });
  let living = world;
  let thawed = world;
  for (const choice of story) {
    living = step(machinery, living, choice);
    thawed = step(machinery, rewritten(thawed), choice);
    assert.is(digest(thawed), digest(living), JSON.stringify(choice));
  }
  assert.is(shown(thawed, 'pts/0').stdout, 'Domain t1 created from test.xml\n\n');
});

worlds('so does one that is read back between any two system calls of a boot', () => {
  const profile = profileNamed('centos7');
  const { machinery, world } = newHost(profile);
  let living = rebooted(machinery, profile, world);
  let thawed = living;
  let calls = 0;
  for (let pid = runnable(living)[0]; pid !== undefined; pid = runnable(living)[0]) {
    living = advance(machinery, living, pid);
    thawed = advance(machinery, calls % 5 === 0 ? rewritten(thawed) : thawed, pid);
    calls++;
  }
  assert.ok(calls > 400, `a boot takes more than ${calls} system calls`);
  assert.is(digest(thawed), digest(living));
});

worlds('a step does not change the world that it starts from', () => {
  const { machinery, world } = newHost(profileNamed('centos7'), { files: [testDomain] });
  const before = digest(world);
  let now = world;
  for (const choice of story) now = step(machinery, now, choice);
  assert.is(digest(world), before);
  assert.not.equal(digest(now), before);
});

worlds('keys have no order: the canonical text sorts them', () => {
  assert.is(canonicalJson({ b: 1, a: [{ d: null, c: 'x' }] }), '{"a":[{"c":"x","d":null}],"b":1}');
});

worlds('a pick that does not stand where the trace says is refused', () => {
  const { machinery, world } = newHost(profileNamed('centos7'));
  assert.is(pickName(world, 1), 'systemd:1/poll');
  assert.throws(
    () => step(machinery, world, { pick: 'systemd:1/chmod' }),
    /there is systemd:1\/poll/,
  );
});

worlds.run();
