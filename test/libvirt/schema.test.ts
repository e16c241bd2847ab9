/**
 * libvirt's own schema as the judge: what the simulated virsh prints is valid for Debian's libvirt0 and xmllint.
 *
 * The schema of 9.0 has one known fault, and it would refuse the real documents too: the name of a host CPU's feature
 * may contain no dot, while sse4.1 and sse4.2 do. It is mended in a copy. The schema is LGPL and not kept here.
 */
import { spawnSync } from 'node:child_process';
import { cpSync, existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import { played, recorded } from './steps.ts';

const schema = suite('schema');

const INSTALLED = '/usr/share/libvirt/schemas';
const FAULT = '[a-zA-Z0-9\\-_]+';
const MENDED = '[a-zA-Z0-9\\-_.]+';

/** What is missing to judge, or null. */
function missing(): string | null {
  if (!existsSync(`${INSTALLED}/capability.rng`)) return 'the schemas of package libvirt0';
  const { error } = spawnSync('xmllint', ['--version']);
  return error === undefined ? null : 'xmllint of package libxml2-utils';
}

/** In CI, root on a Debian could have had it. */
const mustBeThere = () =>
  process.env['CI'] !== undefined && process.getuid?.() === 0 && existsSync('/etc/debian_version');

type Rng = 'capability' | 'domaincaps' | 'domain';

/** Runs the judgements on the mended copy, or says aloud why not. */
function withSchema(judge: (complaint: (rng: Rng, text: string) => string) => void): void {
  const what = missing();
  if (what !== null) {
    assert.not.ok(mustBeThere(), `in CI the schema must be there: ${what} is missing`);
    console.log(`    SKIPPED: ${what} is missing: apt-get install libvirt0 libxml2-utils`);
    return;
  }
  const copy = mkdtempSync(join(tmpdir(), 'kvmlab-schema-'));
  try {
    cpSync(INSTALLED, copy, { recursive: true });
    const types = readFileSync(join(copy, 'cputypes.rng'), 'utf8');
    assert.ok(
      types.includes(FAULT),
      'the fault is mended upstream: judge with the schema as it is',
    );
    writeFileSync(join(copy, 'cputypes.rng'), types.replaceAll(FAULT, MENDED));
    judge((rng, text) => {
      writeFileSync(join(copy, 'document.xml'), text);
      const args = ['--noout', '--relaxng', `${rng}.rng`, 'document.xml'];
      const { status, stderr } = spawnSync('xmllint', args, { cwd: copy, encoding: 'utf8' });
      return status === 0 ? '' : stderr;
    });
  } finally {
    rmSync(copy, { recursive: true });
  }
}

/** The domain names RHEL's emulator; Debian has its own. */
const DEBIAN = 'sed -i s,/usr/libexec/qemu-kvm,/usr/bin/qemu-system-x86_64, dom500.xml; ';
const START = 'systemctl start libvirtd; ';
const BREAK = 'setfacl -m g::---,m::rw- /dev/kvm; ';

const always: readonly (readonly [Rng, string])[] = [
  ['capability', 'virsh capabilities'],
  ['domaincaps', 'virsh domcapabilities'],
  ['domaincaps', 'virsh domcapabilities --virttype qemu'],
];
const usable: readonly (readonly [Rng, string])[] = [
  ['domain', 'virsh define dom500.xml >/dev/null; virsh dumpxml t1'],
  ['domain', 'virsh create dom500.xml >/dev/null; virsh dumpxml t1'],
];

const hosts: readonly (readonly [profile: string, prepare: string])[] = [
  ['debian12', DEBIAN],
  ['recorded900', DEBIAN],
  ['recorded500,libvirt=9.0.0', ''],
];

schema('capabilities, domain capabilities and domains of libvirt 9.0 are valid', () => {
  withSchema((complaint) => {
    let judged = 0;
    for (const [profile, prepare] of hosts) {
      for (const [state, documents] of [
        [START, [...always, ...usable]],
        [BREAK + START, always],
      ] as const) {
        for (const [rng, line] of documents) {
          const text = played(profile, prepare + state + line);
          assert.is(complaint(rng, text), '', `${profile}: ${state}${line}`);
          judged++;
        }
      }
    }
    assert.is(judged, hosts.length * 8);
  });
});

schema('a document that breaks the rules is refused', () => {
  withSchema((complaint) => {
    const text = played('recorded900', `${START}virsh capabilities`);
    assert.match(complaint('capability', text.replace("<domain type='kvm'/>", '<kvm/>')), 'kvm');
  });
});

schema('the schema of 9.0 is not that of 5.0.0: it misses what 5.0.0 did not say yet', () => {
  withSchema((complaint) => {
    const caps = complaint('capability', recorded('capabilities-fixed.xml'));
    assert.match(caps, 'Invalid attribute socket_id for element cpu', 'no die_id');
    const domcaps = complaint('domaincaps', recorded('domcapabilities-fixed-kvm.xml'));
    assert.match(domcaps, 'Extra element cpu in interleave', 'no mode maximum');
    assert.is(complaint('domain', recorded('dumpxml.xml')), '');
  });
});

schema.run();
