/**
 * If this fails, `why` names the wrong cause of a broken host, or none.
 *
 * Every scenario is played until it is broken and asked by collect.sh; the matrix has the hosts as rows and the causes as
 * columns, both in teaching order. What lies off the diagonal is named here with its reason, and nothing else may.
 */
import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import { scenarios } from '../../scenarios/index.ts';
import { factsOf } from '../../sim/explain/report/facts.ts';
import { standings } from '../../sim/explain/report/rungs.ts';
import { collected, judged, namesOf, readable } from './scenarios.ts';

const matrix = suite('reports of every scenario');

const names = Object.keys(scenarios);
const texts = new Map(names.map((name) => [name, collected(name)]));
const judgements = new Map(
  [...texts].map(([name, text]) => [name, judged(readable(text))] as const),
);

/** What the evidence proves beside a host's own cause, and why it cannot do otherwise. */
const alike: Readonly<Record<string, readonly [also: readonly string[], because: string]>> = {
  'kvm-works': [['acl-near-misses'], 'KVM works: what nearly happened left nothing behind'],
  'acl-near-misses': [['kvm-works'], 'KVM works: what nearly happened left nothing behind'],
  'acl-group-empty': [['acl-from-greeter'], 'who logged in is written nowhere'],
  'acl-from-greeter': [['acl-group-empty'], 'who logged in is written nowhere'],
  'no-vmx': [
    ['hardcoded-kvm-client'],
    'a refused client looks the same whatever it should have asked',
  ],
  'nested-off': [['hardcoded-kvm-client'], 'the same'],
  'hardcoded-kvm-client': [['no-vmx'], 'the same'],
  'same-second-fix-missed': [['module-reload-race'], 'both leave a "no" of the same second'],
  'module-reload-race': [['same-second-fix-missed'], 'both leave a "no" of the same second'],
  'rules-not-reloaded': [
    ['kvm-works', 'acl-near-misses'],
    'KVM works there, and the new rule does not',
  ],
  'cache-thrash': [['libvirt-5.1-capability'], 'the one is what the other costs'],
};

/** QEMU 2.12 lists every accelerator there is, so nothing read-only tells that one was built without KVM. */
const onlyFits = ['qemu-without-kvm'];

const signs = { proved: '●', fits: '○', excluded: '·' } as const;

matrix('every host proves its own cause, and beside it only what is named', () => {
  for (const [name, row] of judgements) {
    const cells = names.map((column) => signs[row[column]?.verdict ?? 'excluded']).join('');
    process.stdout.write(`  ${cells} ${name}\n`);
  }
  for (const [name, row] of judgements) {
    if (onlyFits.includes(name)) continue;
    const [also = []] = alike[name] ?? [];
    assert.equal(new Set(namesOf(row, 'proved')), new Set([name, ...also]), name);
  }
});

matrix(
  'where the report cannot decide, it is the only one left, with the command that would',
  () => {
    for (const name of onlyFits) {
      const row = judgements.get(name) ?? {};
      assert.equal([namesOf(row, 'proved'), namesOf(row, 'fits')], [[], [name]]);
    }
  },
);

matrix('no proof is another one by accident', () => {
  const alone = names.filter((name) => alike[name] === undefined && !onlyFits.includes(name));
  assert.is(alone.length, names.length - Object.keys(alike).length - 1);
  assert.ok(alone.length > 30);
});

/** Which rung is the first broken, for each kind of scenario. */
matrix('where it is broken is found without the scenarios', () => {
  const first = (name: string) =>
    standings(factsOf(readable(texts.get(name) ?? ''))).find(({ state }) => state === 'broken')
      ?.rung.name.en ?? null;
  const expected: Readonly<Record<string, string | null>> = {
    'no-vmx': 'the processor',
    'bios-disabled': 'the processor',
    'module-not-loaded': 'the module',
    'other-vendor': 'the module',
    'node-without-driver': 'the module',
    'nodev-mount': 'the device node',
    'acl-group-empty': 'the rights',
    'device-cgroup-eperm': 'the rights',
    'stale-session-groups': 'the rights',
    'vt-busy': 'the emulator',
    'lsm-deny': 'the emulator',
    'same-second-fix-missed': "libvirt's memory",
    'driver-caps-stale': "libvirt's memory",
    'wrong-binary': 'the request',
    'tcg-requested': 'the request',
    'kvm-works': null,
  };
  for (const [name, rung] of Object.entries(expected)) assert.is(first(name), rung, name);
});

const CUTS = 24;

matrix('cut off anywhere, a report never excludes what the whole one proves', () => {
  let cut = 0;
  for (const [name, text] of texts) {
    const lines = text.split('\n');
    for (let n = 1; n <= CUTS; n++) {
      const part = lines.slice(0, Math.floor((lines.length * n) / (CUTS + 1))).join('\n');
      if (!part.includes('\n$ ')) continue;
      const report = readable(part);
      assert.ok(report.truncated);
      const one = judged(report)[name];
      const by = one?.verdict === 'excluded' ? `${one.by.fact}: ${one.by.value}` : '';
      assert.is(by, '', `${name}, cut after ${part.split('\n').length} lines`);
      cut++;
    }
  }
  assert.ok(cut > 1000, `${cut} reports were cut`);
});

matrix('through a mail, with CRLF, after another report: the same verdicts', () => {
  for (const [name, text] of [...texts].slice(0, 10)) {
    const mailed = `Hello,\r\n\r\n${text.trimEnd().replace(/^/gm, '> ').replaceAll('\n', '\r\n')}\r\n\r\nBye\r\n`;
    assert.equal(
      namesOf(judged(readable(mailed)), 'proved'),
      namesOf(judged(readable(text)), 'proved'),
      name,
    );
    const second = readable(`${texts.get('kvm-works')}\n${text}`);
    assert.is(second.count, 2);
    assert.equal(
      namesOf(judged(second), 'proved'),
      namesOf(judged(readable(text)), 'proved'),
      name,
    );
  }
});

matrix.run();
