/**
 * What libvirt 4.8.0 to 9.0.0 say: capabilities, domcapabilities and the cache file, with KVM and without a node; refusals.
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

const fixture = (name: string) =>
  readFileSync(new URL(`../fixtures/libvirtBetween/${name}`, import.meta.url), 'utf8');

const recorded = (name: string) => fixture(`${name}.xml`);

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

const questions: Readonly<Record<string, readonly unknown[]>> = JSON.parse(
  fixture('questions.json'),
);

for (const [version, cases] of Object.entries(questions)) {
  between(`libvirt ${version}: the ${cases.length} questions of its probe, in their order`, () => {
    const sent = played(
      `recorded500,libvirt=${version}`,
      `systemctl start libvirtd; virsh capabilities > /dev/null
grep -o "Send command '.*' for write" libvirtd.log | sed "s/^[^']*'//; s/' for write$//"`,
    );
    const asked = sent
      .trim()
      .split('\n')
      .map((line) => {
        const { id: _, ...question } = JSON.parse(line);
        // What a full expansion is asked of is what the static one has said of the processor.
        if (question.arguments?.type === 'full') delete question.arguments.model.props;
        return question;
      });
    assert.equal(asked, cases);
    report({ judge: `libvirt ${version}: questions of a probe`, cases, mismatches: 0 });
  });
}

/** From the tables at the tags: 2.12 has none of what 5.1.0 to 6.0.0 newly ask for but the CPU `max`. */
between('with QEMU 2.12 each version keeps fewer flags: what it takes for granted is gone', () => {
  const flags = (version: string): readonly string[] =>
    played(
      `centos7,kernel=6.1,libvirt=${version}`,
      `yum -y install qemu-kvm-ev libvirt > /dev/null; systemctl start libvirtd
virsh capabilities > /dev/null; cat /var/cache/libvirt/qemu/capabilities/*.xml`,
    ).match(/(?<=flag name=')[^']+/g) ?? [];
  const known = flags('5.0.0');
  const gone: Record<string, readonly string[]> = {};
  for (const version of ['4.8.0', '5.1.0', '5.6.0', '6.0.0']) {
    const now = flags(version);
    gone[version] = known.filter((flag) => !now.includes(flag));
    const fresh = now.filter((flag) => !known.includes(flag));
    assert.equal(fresh, version < '5.6' ? [] : ['x86-max-cpu'], version);
  }
  const words = (text: string) => text.split(' ');
  assert.equal(
    gone['4.8.0'],
    words(
      'memory-backend-memfd memory-backend-memfd.hugetlb iothread.poll-max-ns memory-backend-file.align',
    ),
  );
  const events =
    'scsi-cd ide-cd balloon-event seamless-migration device-del-event device-tray-moved-event';
  assert.equal(gone['5.1.0'], words(events));
  const taken =
    'transaction block-job-async block-commit drive-mirror blockdev-snapshot-sync mlock';
  assert.equal(new Set(gone['5.6.0']), new Set(words(`${events} ${taken}`)));
  assert.equal(gone['6.0.0'], gone['5.6.0']);
});

const scripts = {
  variants: 'fifteen domains and ten questions, with KVM and without',
  malformed: 'thirty-five domains with something wrong in them',
} as const;

for (const [script, title] of Object.entries(scripts)) {
  for (const version of ['4.8.0', '5.0.0', '5.1.0', '5.6.0', '6.0.0', '9.0.0']) {
    between(`libvirt ${version}: ${title}, each answer`, () => {
      const helpers = 'V=virsh; startd() { systemctl start libvirtd; }';
      const real = fixture(`${version}-${script}.txt`);
      const profile = `recorded500,libvirt=${version}`;
      assert.is(played(profile, `${helpers}\n${fixture(`${script}.sh`)}`), real);
      const cases = real.split('\n').filter((line) => line !== '');
      report({ judge: `libvirt ${version}: virsh create, ${script}`, cases, mismatches: 0 });
    });
  }
}

between('what dumpxml prints can be created again', () => {
  const lines = `systemctl start libvirtd; virsh create dom500.xml; virsh dumpxml t1 > again.xml
virsh destroy t1; virsh create again.xml`;
  for (const version of ['5.0.0', '9.0.0']) {
    const said = played(`recorded500,libvirt=${version}`, lines);
    assert.is(said.match(/created from/g)?.length, 2, said);
  }
});

between('what libvirt would act on and the model would lose is refused by name', () => {
  const lines = `sed 's#<memballoon#<graphics/><interface/><memballoon#; s#<devices>#<pm/><devices>#' dom500.xml > more.xml
systemctl start libvirtd; virsh create more.xml`;
  const said = played('recorded500', lines);
  assert.ok(said.includes('kvmlab does not model <pm>, <graphics>, <interface> of a domain'), said);
});

between.run();
