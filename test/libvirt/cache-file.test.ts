/**
 * The capabilities file: what a real libvirt 5.0.0 wrote is read and written again without losing a byte.
 */
import { readFileSync } from 'node:fs';
import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import { cacheFileName, formatCache } from '../../sim/libvirt/cacheFile.ts';
import { loadCache } from '../../sim/libvirt/cacheLoad.ts';
import { has } from '../../sim/libvirt/qemuCaps.ts';
import { inTrouble } from '../../sim/libvirt/virError.ts';
import { report } from '../support/fidelity.ts';

const cache = suite('cache file');

const recorded = (name: string) =>
  readFileSync(new URL(`../fixtures/libvirt500/${name}`, import.meta.url), 'utf8');

const BINARY = '/usr/libexec/qemu-kvm';

const load = (text: string) => {
  const { caps } = loadCache(BINARY, 'FILE', text, '5.0.0');
  if (inTrouble(caps)) throw new Error(caps.error.message);
  return caps;
};

cache('both recorded files come out as they went in', () => {
  for (const name of ['cache-broken.xml', 'cache-fixed.xml']) {
    const text = recorded(name);
    assert.is(formatCache(load(text), '5.0.0'), text, name);
  }
  const cases = ['cache-broken.xml', 'cache-fixed.xml'].flatMap((name) =>
    recorded(name).split('\n'),
  );
  report({
    judge: 'libvirt 5.0.0: lines of its cache files, read and written',
    cases,
    mismatches: 0,
  });
});

cache('the flags are counted as the log counts them, and KVM is one of them', () => {
  assert.is(loadCache(BINARY, 'FILE', recorded('cache-broken.xml'), '5.0.0').flagCount, 194);
  assert.is(loadCache(BINARY, 'FILE', recorded('cache-fixed.xml'), '5.0.0').flagCount, 195);
  assert.not.ok(has(load(recorded('cache-broken.xml')), 'kvm'));
  assert.ok(has(load(recorded('cache-fixed.xml')), 'kvm'));
});

cache('without KVM there is nothing that a changed host could be compared with', () => {
  const { microcodeVersion, kernelVersion, hostCpu } = load(recorded('cache-broken.xml'));
  assert.equal(
    { microcodeVersion, kernelVersion, kvm: hostCpu.kvm },
    {
      microcodeVersion: 0,
      kernelVersion: null,
      kvm: null,
    },
  );
});

cache('a file is named by the SHA-256 of its binary, as on the real hosts', () => {
  const dir = '/var/cache/libvirt/qemu/capabilities';
  assert.is(
    cacheFileName(BINARY),
    `${dir}/3c76bc41d59c0c7314b1ae8e63f4f765d2cf16abaeea081b3ca1f5d8732f7bb1.xml`,
  );
  assert.is(
    cacheFileName('/usr/bin/qemu-system-x86_64'),
    `${dir}/926803a9278e445ec919c2b6cbd8c1c449c75b26dcb1686b774314180376c725.xml`,
  );
});

const flaws: readonly (readonly [edit: (text: string) => string, message: string])[] = [
  [
    (t) => t.replaceAll('qemuCaps>', 'caps>'),
    'XML error: unexpected root element <caps>, expecting <qemuCaps>',
  ],
  [
    (t) => t.replace(/<qemuctime>.*\n/, ''),
    'XML error: missing qemuctime in QEMU capabilities XML',
  ],
  [
    (t) => t.replace(/<selfctime>\d+/, '<selfctime>x'),
    'XML error: missing selfctime in QEMU capabilities XML',
  ],
  [
    (t) => t.replace("<flag name='kvm'/>", '<flag/>'),
    'internal error: missing flag name in QEMU capabilities cache',
  ],
  [
    (t) => t.replace("name='kvm'", "name='kwm'"),
    'internal error: Unknown qemu capabilities flag kwm',
  ],
  [
    (t) => t.replace(/<version>.*\n/, ''),
    'internal error: missing version in QEMU capabilities cache',
  ],
  [
    (t) => t.replace(/<microcodeVersion>.*\n/, ''),
    'internal error: missing microcode version in QEMU capabilities cache',
  ],
  [(t) => t.replace(/<arch>.*\n/, ''), 'internal error: missing arch in QEMU capabilities cache'],
  [
    (t) => t.replace('<arch>x86_64', '<arch>x68'),
    'internal error: unknown arch x68 in QEMU capabilities cache',
  ],
  [
    (t) => t.replace("<machine name='pc-q35-5.2'", '<machine'),
    'internal error: missing machine name in QEMU capabilities cache',
  ],
  [
    (t) => t.replace("maxCpus='288'", "maxCpus='many'"),
    'internal error: malformed machine cpu count in QEMU capabilities cache',
  ],
  [
    (t) => t.replace(" model='base' migr", ' migr'),
    'internal error: missing host CPU model name in QEMU capabilities cache',
  ],
];

cache(`${flaws.length} ways to spoil a file, each with its own reason`, () => {
  const text = recorded('cache-fixed.xml');
  for (const [edit, message] of flaws) {
    const { caps } = loadCache(BINARY, 'FILE', edit(text), '5.0.0');
    assert.is(inTrouble(caps) ? caps.error.message : 'read', message);
  }
});

cache('a missing selfvers is no flaw here: it is 0, and the first check refuses it', () => {
  assert.is(load(recorded('cache-fixed.xml').replace(/ *<selfvers>.*\n/, '')).libvirtVersion, 0);
});

cache.run();
