/**
 * The XML that virsh prints, made from a real cache file and compared with what the real daemon made of it.
 */
import { readFileSync } from 'node:fs';
import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import { loadCache } from '../../sim/libvirt/cacheLoad.ts';
import { guestMachines } from '../../sim/libvirt/capabilities.ts';
import { bitmap, capabilitiesXml } from '../../sim/libvirt/capabilitiesXml.ts';
import { domainCapsXml } from '../../sim/libvirt/domainCapabilities.ts';
import type { Guest } from '../../sim/libvirt/driver.ts';
import type { HostCaps } from '../../sim/libvirt/hostCaps.ts';
import { hostModel } from '../../sim/libvirt/hostModel.ts';
import { has, type QemuCaps } from '../../sim/libvirt/qemuCaps.ts';
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
});

xml('domcapabilities, with KVM and without, byte for byte', () => {
  const kvm = domainCapsXml(chosen('cache-fixed.xml', 'kvm'), false);
  assert.is(`${kvm}\n`, recorded('domcapabilities-fixed-kvm.xml').replace(/\n+$/, '\n\n'));
  const tcg = domainCapsXml(chosen('cache-broken.xml', 'qemu'), false);
  assert.is(`${tcg}\n`, recorded('domcapabilities-broken-tcg.xml').replace(/\n+$/, '\n\n'));
});

xml('the host model is decoded as libvirt decoded it: kvm64 here, EPYC there', () => {
  assert.is(hostModel(capsOf('cache-fixed.xml'), 'kvm')?.model, 'kvm64');
  assert.is(hostModel(capsOf('cache-broken.xml'), 'tcg')?.model, 'EPYC');
  assert.is(hostModel(capsOf('cache-broken.xml'), 'kvm'), null);
});

/** The recording machine, as far as the XML shows it. */
const host: HostCaps = {
  uuid: '5f6cd621-4c50-4acb-8199-32b9affd7b79',
  arch: 'x86_64',
  cpu: null,
  microcode: 16777317,
  mhz: 0,
  topology: { sockets: 1, cores: 2, threads: 1 },
  pagesKiB: [4, 2048, 1048576],
  suspend: [],
  iommu: false,
  memoryKiB: 24684092,
  cpus: [
    { id: 0, socket: 0, core: 0, siblings: '0' },
    { id: 1, socket: 0, core: 1, siblings: '1' },
  ],
  l3KiB: 32768,
  security: [
    { model: 'none', doi: '0', labels: [] },
    {
      model: 'dac',
      doi: '0',
      labels: [
        ['kvm', '+64055:+64055'],
        ['qemu', '+64055:+64055'],
      ],
    },
  ],
};

function guests(caps: QemuCaps): readonly Guest[] {
  return ['i686', 'x86_64'].map((arch) => ({
    arch,
    emulator: caps.binary,
    machines: guestMachines(caps),
    diskSnapshot: has(caps, 'blockdev-snapshot-sync'),
    domains: has(caps, 'kvm') ? ['qemu', 'kvm'] : ['qemu'],
  }));
}

/** The CPU's own lines depend on CPUID, which the recording does not hold. */
const withoutCpu = (text: string) =>
  text.replace(/ {6}<(model|vendor|microcode|topology|feature).*\n/g, '');
/** QEMU's order of machines differs from run to run. */
const sorted = (text: string) =>
  text.replace(
    /(?: {6}<machine.*\n)+/g,
    (lines) => `${lines.trimEnd().split('\n').sort().join('\n')}\n`,
  );

xml('capabilities, broken and fixed, but for the CPU and the order of machines', () => {
  for (const state of ['broken', 'fixed']) {
    const made = capabilitiesXml({ host, guests: guests(capsOf(`cache-${state}.xml`)) });
    const real = recorded(`capabilities-${state}.xml`)
      .trim()
      .replace(/<uuid>[^<]*/, `<uuid>${host.uuid}`);
    assert.is(sorted(withoutCpu(made)).trim(), sorted(withoutCpu(real)), state);
  }
});

xml('a set of CPUs is printed as ranges', () => {
  assert.is(bitmap([0, 1, 2, 3, 16, 17, 20]), '0-3,16-17,20');
});

xml.run();
