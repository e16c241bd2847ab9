/**
 * The XML that virsh prints, made from a real cache file and compared with what the real daemon made of it.
 */
import { readFileSync } from 'node:fs';
import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import { loadCache } from '../../sim/libvirt/cacheLoad.ts';
import { bitmap } from '../../sim/libvirt/capabilitiesXml.ts';
import { domainCapsXml } from '../../sim/libvirt/domainCapsXml.ts';
import { hostModel } from '../../sim/libvirt/hostModel.ts';
import type { QemuCaps } from '../../sim/libvirt/qemuCaps.ts';
import { inTrouble } from '../../sim/libvirt/virError.ts';

const xml = suite('capabilities XML');

const recorded = (name: string) =>
  readFileSync(new URL(`../fixtures/libvirt500/${name}`, import.meta.url), 'utf8');

function capsOf(name: string): QemuCaps {
  const { caps } = loadCache('/usr/libexec/qemu-kvm', name, recorded(name), '5.0.0');
  if (inTrouble(caps)) throw new Error(caps.error.message);
  return caps;
}

const chosen = (name: string, virtType: string) => ({
  caps: capsOf(name),
  arch: 'x86_64',
  virtType,
  machine: 'pc-i440fx-7.2',
  documents: '5.0.0' as const,
});

xml('domcapabilities, with KVM and without, byte for byte', () => {
  const kvm = domainCapsXml(chosen('cache-fixed.xml', 'kvm'), false, 288);
  assert.is(`${kvm}\n`, recorded('domcapabilities-fixed-kvm.xml').replace(/\n+$/, '\n\n'));
  const tcg = domainCapsXml(chosen('cache-broken.xml', 'qemu'), false, 288);
  assert.is(`${tcg}\n`, recorded('domcapabilities-broken-tcg.xml').replace(/\n+$/, '\n\n'));
});

xml('the host model is decoded as libvirt decoded it: kvm64 here, EPYC there', () => {
  assert.is(hostModel(capsOf('cache-fixed.xml'), 'kvm', '5.0.0')?.model, 'kvm64');
  assert.is(hostModel(capsOf('cache-broken.xml'), 'tcg', '5.0.0')?.model, 'EPYC');
  assert.is(hostModel(capsOf('cache-broken.xml'), 'kvm', '5.0.0'), null);
});

xml('a set of CPUs is printed as ranges', () => {
  assert.is(bitmap([0, 1, 2, 3, 16, 17, 20]), '0-3,16-17,20');
});

xml.run();
