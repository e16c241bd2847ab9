/**
 * capabilities, domcapabilities and the cache file of libvirt 4.8.0, 5.1.0, 5.6.0 and 6.0.0, with KVM and without a node.
 *
 * They were written on another machine than the recording profile's. What its processor and memory decide was taken out of
 * both: features, model and blockers of CPUs, microcode, rates, sizes, times. All else must agree, line by line.
 */
import { readFileSync } from 'node:fs';
import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import { report } from '../support/fidelity.ts';
import { played } from './steps.ts';

const between = suite('documents between 4.8.0 and 6.0.0');

const ofTheMachine =
  /<(property|blocker) |<feature (name|policy)=|<model fallback|<memory unit|<uuid|<(microcodeVersion|kernelVersion)>/;

const general = (text: string): readonly string[] =>
  text
    .split('\n')
    .filter((line) => !ofTheMachine.test(line))
    .map((line) =>
      line
        .replace(/ usable='[a-z]*'/, '')
        .replace(/frequency='\d*'/, "frequency='0'")
        .replace(/<(\w*time)>\d*</, '<$1>0<'),
    );

const recorded = (name: string) =>
  readFileSync(new URL(`../fixtures/libvirtBetween/${name}.xml`, import.meta.url), 'utf8');

const documents = {
  capabilities: ['virsh capabilities', ''],
  domcapabilities: ['virsh domcapabilities', ''],
  'domcapabilities of a q35': ['virsh domcapabilities --machine q35', '-q35'],
  cache: ['virsh capabilities > /dev/null; cat /var/cache/libvirt/qemu/capabilities/*.xml', ''],
} as const;

const states = { good: '', absent: 'rm /dev/kvm; ' } as const;

for (const version of ['4.8.0', '5.1.0', '5.6.0', '6.0.0']) {
  between(`libvirt ${version}: four documents, with KVM and without, in its own form`, () => {
    const cases = Object.entries(states).flatMap(([state, before]) =>
      Object.entries(documents).map(([document, [line, suffix]]) => {
        const name = `${version}-${document.split(' ')[0]}-${state}${suffix}`;
        const profile = `recorded500,libvirt=${version}`;
        const ours = played(profile, `${before}systemctl start libvirtd; ${line}`);
        assert.equal(general(ours), general(recorded(name)), name);
        return name;
      }),
    );
    report({ judge: `libvirt ${version}: documents`, cases, mismatches: 0 });
  });
}

between.run();
