/**
 * `virsh create` of one domain after the other on libvirt 9.0: the exact errors, the look-ups, the probes.
 */
import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import { report } from '../support/fidelity.ts';
import { comparable, type Recorded, recorder, recording, scenarios } from './recorder900.ts';

const variants = suite('domains that libvirt 9.0 is given');

/** Of the recording's steps some are not here: the node and the daemon that the others need are put back. */
function prelude(steps: readonly Recorded[]): readonly Recorded[] {
  const there = (kind: string) => steps.some(({ step }) => step[0] === kind);
  const mode = steps[0]?.kvm?.mode ?? '';
  const node = `mknod -m 0600 /dev/kvm c 10 232; chown 0:107 /dev/kvm; chmod ${mode} /dev/kvm`;
  return [
    ...(there('sh') ? [] : [{ step: ['sh', node], t: 0 } as const]),
    ...(there('start') ? [] : [{ step: ['start'], t: 0 } as const]),
  ];
}

/** The domain that each scenario began with. */
const first = { step: ['create', 'dom/v01_kvm_x86_64_pc_emu.xml'], t: 0 } as const;

const compared: Recorded[] = [];

for (const [name, steps] of scenarios(recording('create-variants.jsonl'))) {
  variants(name, () => {
    const machine = recorder('dropcaps');
    for (const missing of prelude(steps)) machine.play(missing);
    for (const [at, real] of steps.entries()) {
      const begun = steps.slice(0, at).some(({ step }) => step[0] === 'create');
      const [kind, file] = real.step;
      if (kind === 'create' && !begun && file !== first.step[1]) machine.play(first);
      const made = machine.play(real);
      compared.push(real);
      assert.equal(comparable(made), comparable(real), real.step.join(' '));
    }
  });
}

variants('every step was compared', () => {
  assert.is(compared.length, 81);
  report({ judge: 'libvirt 9.0: virsh create', cases: compared, mismatches: 0 });
});

variants.run();
