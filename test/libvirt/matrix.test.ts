/**
 * The recorder's own script, line by line, with seven versions of libvirt: what came out of the real ones comes out here.
 *
 * The profile is the machine (Debian 12's users, no udevd, QEMU 7.2, virsh 9.0), the shell is the simulated
 * one. Dates and times are made equal before the texts are compared, nothing else is.
 */
import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import { report } from '../support/fidelity.ts';
import { played, recorded } from './steps.ts';

const matrix = suite('the recorded matrix');

const normal = (text: string) =>
  text
    .replace(/[A-Z][a-z]{2} [ \d]\d \d\d:\d\d (?=\/dev)/g, 'DATE ')
    .replace(/\d{4}-\d\d-\d\dT[\d:.]+Z/g, 'TIME')
    .trimEnd();

const versions = ['4.5.0', '4.8.0', '5.0.0', '5.1.0', '5.6.0', '6.0.0', '9.0.0'];

for (const version of versions) {
  matrix(`libvirt ${version}: seven parts, every line`, () => {
    const real = normal(recorded(`matrix-${version}.txt`));
    assert.is(normal(played(`recorded500,libvirt=${version}`)), real);
    assert.is(real.split('#####').length - 1, 7);
    report({
      judge: `libvirt ${version}: lines of the recorder's script`,
      cases: real.split('\n'),
      mismatches: 0,
    });
  });
}

const BREAK = 'setfacl -m g::---,m::rw- /dev/kvm';

/** When files changed is the recorder's own business; the kernel's build string was taken out of the recordings. */
const untimed = (text: string) => text.replace(/<(\w+time)>\d+</g, '<$1>0<');

matrix('each document of libvirt 5.0.0, with KVM and without, byte for byte', () => {
  const ask = (line: string) => [
    played('recorded500', `systemctl start libvirtd; ${line}`),
    played('recorded500', `${BREAK}; systemctl start libvirtd; ${line}`),
  ];
  const real = (name: string) =>
    ['fixed', 'broken'].map((state) => recorded(`${name}-${state}.xml`));
  assert.equal(ask('virsh capabilities'), real('capabilities'));
  const domcaps = ['fixed-kvm', 'broken-tcg'].map((name) =>
    recorded(`domcapabilities-${name}.xml`),
  );
  assert.equal(ask('virsh domcapabilities'), domcaps);
  const files = ask('cat /var/cache/libvirt/qemu/capabilities/*.xml');
  assert.equal(files.map(untimed), real('cache').map(untimed));
  const cases = ['capabilities', 'domcapabilities', 'cache'].flatMap((d) => [d, d]);
  report({ judge: 'libvirt 5.0.0: documents', cases, mismatches: 0 });
});

/** What happened in each part: the outcomes in their order, and how many QEMUs were started between them. */
function outcomes(transcript: string): readonly string[] {
  const words: readonly (readonly [RegExp, string])[] = [
    [/^##### (M\d)/, ''],
    [/^kvmdoms=(\d)/, 'caps '],
    [/could not find capabilities/, 'create: no capabilities'],
    [/does not support virt type/, 'create: no virt type'],
    [/Could not access KVM kernel module: Permission denied/, 'create: denied'],
    [/Domain requires KVM/, 'create: no node'],
    [/created from/, 'create: ok'],
    [/(KVM|the accel 'kvm') is not supported by/, 'domcaps: no'],
    [/<domain>(kvm)</, 'domcaps: '],
  ];
  const parts: string[][] = [];
  let launched = 0;
  for (const line of transcript.split('\n')) {
    const [, count] = /^ {2}\[probes: (\d+)\]/.exec(line) ?? [];
    for (const [pattern, label] of words) {
      const found = pattern.exec(line);
      if (found?.[1]?.startsWith('M')) parts.push([found[1]]);
      else if (found) parts.at(-1)?.push(label.endsWith(' ') ? label + found[1] : label);
    }
    if (count !== undefined) parts.at(-1)?.push(`+${Number(count) - launched}`);
    launched = Number(count ?? launched);
  }
  return parts.map((part) => part.join(', '));
}

const hidden = [
  'M0, +1, caps 0, +0, caps 0, +0, create: no capabilities, +0, domcaps: no, +0',
  'M1, caps 0, create: no capabilities, +0',
  'M2, create: no capabilities, +0, caps 2, +2, create: ok, +0',
  'M3, caps 0, create: no capabilities, +1',
  'M4, caps 0, +2, caps 0, +2, create: no capabilities',
];
const stuck =
  'M5, caps 0, domcaps: no, +0, domcaps: no, +0, caps 0, +0, domcaps: kvm, +2, domcaps: kvm, +0';
const listed = [
  'M0, +4, caps 2, +4, caps 2, +4, create: denied, +28, domcaps: kvm, +2',
  'M1, caps 2, create: denied, +32',
  'M2, create: ok, +0, caps 2, +0, create: ok, +0',
  ...hidden.slice(3),
  stuck,
  'M6',
];
const lazy = (create: number) => [
  `M0, +0, caps 2, +4, caps 2, +4, create: denied, +${create}, domcaps: kvm, +2`,
  `M1, caps 2, create: denied, +${4 + create}`,
  'M2, create: ok, +0, caps 2, +0, create: ok, +0',
  'M3, caps 0, create: no virt type, +1',
  'M4, caps 0, +2, caps 0, +2, create: no virt type',
  stuck.replace('domcaps: no, +0', 'domcaps: no, +2'),
  'M6',
];

/** The measured matrix, row by row: what each version offers, what it answers, and what that costs. */
const expected: Readonly<Record<string, readonly string[]>> = {
  '4.5.0': [
    'M0, +1, caps 2, +0, caps 2, +0, create: denied, +0, domcaps: no, +0',
    'M1, caps 2, create: denied, +0',
    'M2, create: ok, +2, caps 2, +0, create: ok, +0',
    'M3, caps 0, create: no node, +1',
    'M4, caps 2, +2, caps 2, +2',
    'M5, caps 2, domcaps: no, +14, domcaps: kvm, +2, caps 2, +0, domcaps: kvm, +0, domcaps: kvm, +0',
    'M6',
  ],
  '4.8.0': [
    ...hidden,
    'M5, caps 0, domcaps: no, +0, domcaps: kvm, +2, caps 2, +0, domcaps: kvm, +0, domcaps: kvm, +0',
    'M6',
  ],
  '5.0.0': [...hidden, stuck, 'M6'],
  '5.1.0': listed,
  '5.6.0': listed,
  '6.0.0': lazy(28),
  '9.0.0': lazy(18),
};

for (const [version, rows] of Object.entries(expected)) {
  matrix(`libvirt ${version}: ${rows.length} rows of the measured matrix`, () => {
    assert.equal(outcomes(played(`recorded500,libvirt=${version}`)), rows);
  });
}

matrix.run();
