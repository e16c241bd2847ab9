/**
 * libvirt 9.0 on Debian 12: its probe question by question, what it costs, and what it remembers too long.
 */
import { readFileSync } from 'node:fs';
import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import { report } from '../support/fidelity.ts';
import { comparable, recorder } from './recorder900.ts';

const versions = suite('libvirt 9.0');

type Question = [execute: string, args: unknown];

const order: Record<string, Question[]> = JSON.parse(
  readFileSync(new URL('../fixtures/qemu/libvirt-probe-order.json', import.meta.url), 'utf8'),
);

const sh = (line: string) => ({ step: ['sh', line], t: 0 }) as const;
const caps = { step: ['caps'], t: 0 } as const;
const domcaps = { step: ['domcaps', '--virttype', 'kvm'], t: 0 } as const;
const create = { step: ['create', 'kvmdom.xml'], t: 0 } as const;
const start = { step: ['start'], t: 0 } as const;
const pause = { step: ['sleep', 1.1], t: 0 } as const;
const node = (mode: string, minor = 232) =>
  sh(
    `rm -f /dev/kvm; mknod -m 0600 /dev/kvm c 10 ${minor}; chown 0:107 /dev/kvm; chmod ${mode} /dev/kvm`,
  );

versions(
  'the 51 questions of a probe with KVM and the five of the one without, in their order',
  () => {
    const machine = recorder('native');
    for (const step of [node('0660'), start, domcaps]) machine.play(step);
    const { out = '' } = machine.play(
      sh(
        `grep -o 'Send command .* for write' /var/log/libvirt/libvirtd.log | sed "s/^[^']*'//; s/'.*//"`,
      ),
    );
    const asked = out.split('\n').map((line): Question => {
      const { execute, arguments: args = null } = JSON.parse(line);
      return [execute, args];
    });
    const passes = ['libvirt_probe_kvm_pass1.jsonl', 'libvirt_probe_kvm_pass2_tcg.jsonl'];
    assert.equal(
      asked,
      passes.flatMap((name) => order[name] ?? []),
    );
    assert.is(asked.length, 51 + 5);
    report({ judge: 'libvirt 9.0: questions of a probe', cases: asked, mismatches: 0 });
  },
);

versions(
  'the measured matrix: nothing at the start, four launches a look, eighteen a create',
  () => {
    const machine = recorder('native');
    const launches = [
      node('0666'),
      sh('setfacl -m g::---,m::rw- /dev/kvm'),
      start,
      caps,
      caps,
      create,
      domcaps,
      pause,
      sh('setfacl -m g::rw /dev/kvm'),
      create,
      caps,
    ].map((step) => machine.play(step).probes);
    assert.equal(launches, [0, 0, 0, 4, 4, 18, 2, undefined, 0, 0, 0]);
  },
);

versions(
  'hysteresis: a negative verdict of a dead node outlives it, whatever the probe could do',
  () => {
    const machine = recorder('native');
    const seen = [start, caps, node('0600'), caps].map((step) => comparable(machine.play(step)));
    assert.equal(seen.at(-1)?.['domains'], { i686: ['qemu'], x86_64: ['qemu'] });
    assert.is(seen.at(-1)?.['probes'], 0);
    machine.play(pause);
    machine.play(sh('chmod 0660 /dev/kvm'));
    assert.equal(comparable(machine.play(caps))['domains'], {
      i686: ['qemu', 'kvm'],
      x86_64: ['qemu', 'kvm'],
    });
  },
);

versions('a QEMU older than 4.2 is refused by name', () => {
  const machine = recorder('native');
  const old = 'sed -i s/.version.:.7,2,22./\\"version\\":[2,12,0]/ /usr/lib/kvmlab/qemu.json';
  for (const step of [sh(old), node('0660'), start]) machine.play(step);
  assert.match(
    String(comparable(machine.play(create))['err']),
    'QEMU version >= 4.2.0 is required, but 2.12.0 found',
  );
});

versions.run();
