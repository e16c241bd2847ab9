/**
 * The conversation of libvirt's probe: every command it sends gets an answer that it can work with.
 */
import { readFileSync } from 'node:fs';
import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import { supportedCpuid } from '../../sim/kernel/cpuid.ts';
import { server2019 } from '../../sim/kernel/hardware.ts';
import { linuxEl7 } from '../../sim/kernel/switches.ts';
import { receive } from '../../sim/qemu/monitor.ts';
import { type QemuSwitches, qemu72, qemu212el7 } from '../../sim/qemu/switches.ts';
import { answering } from './answers.ts';
import { connect } from './session.ts';

const probe = suite("libvirt's probe");

/** What KVM said of that processor when QEMU came up. */
const offer = {
  cpuid: supportedCpuid(server2019, linuxEl7, false),
  msr: 0,
  modelId: server2019.modelName,
};

/** Answers of the commands. */
function ask(switches: QemuSwitches, accelerator: 'kvm' | 'tcg') {
  const { session } = connect(switches, accelerator);
  session.vm = { ...session.vm, kvm: accelerator === 'kvm' ? offer : null };
  return (command: string, given?: unknown) => {
    const request = JSON.stringify({ execute: command, ...(given ? { arguments: given } : {}) });
    const after = answering(receive(session.monitor, session.vm, request), { clock: () => 0 });
    session.monitor = after.monitor;
    return JSON.parse(after.output);
  };
}

const order: Record<string, [string, unknown][]> = JSON.parse(
  readFileSync(new URL('../fixtures/qemu/libvirt-probe-order.json', import.meta.url), 'utf8'),
);

probe('libvirt 9.0 asks 7.2 its 51 questions, and only the five recorded errors come back', () => {
  const asked = ask(qemu72, 'kvm');
  const conversation = order['libvirt_probe_kvm_pass1.jsonl'] ?? [];
  const errors = conversation.flatMap(([command, given]) => {
    const { error } = asked(command, given);
    return error ? [error.desc] : [];
  });
  assert.is(conversation.length, 51);
  assert.equal(errors, [
    "Device 'virtio-net-ccw' not found",
    "Device 'virtio-scsi-ccw' not found",
    "Device 'virtio-balloon-ccw' not found",
    'SEV is not enabled in KVM',
    'SGX is not enabled in KVM',
  ]);
});

/** facts of libvirt v5.0.0 virQEMUCapsInitQMPMonitor, with the devices of virQEMUCapsDeviceProps. */
const devices =
  'virtio-blk-pci virtio-net-pci virtio-scsi-pci vfio-pci scsi-disk ide-drive PIIX4_PM usb-redir i440FX-pcihost q35-pcihost usb-storage kvm-pit VGA qxl virtio-gpu-pci virtio-gpu-device ICH9-LPC virtio-balloon-pci virtio-balloon-device nec-usb-xhci intel-iommu mch nvdimm';

probe('libvirt 5.0.0 finds the properties it looks for in 2.12', () => {
  const asked = ask(qemu212el7, 'tcg');
  asked('qmp_capabilities');
  for (const typename of devices.split(' ')) {
    const { return: found } = asked('device-list-properties', { typename });
    assert.ok(found.length > 0, typename);
  }
  const ccw = asked('device-list-properties', { typename: 'virtio-net-ccw' });
  assert.is(ccw.error.class, 'DeviceNotFound');
  // RHEL builds without these.
  const types = asked('qom-list-types').return.map(({ name }: { name: string }) => name);
  for (const gone of ['lsi53c895a', 'megasas', 'vmware-svga']) assert.not(types.includes(gone));
  for (const has of ['kvm-accel', 'tcg-accel', 'virtio-net-pci', 'pc-i440fx-rhel7.6.0-machine']) {
    assert.ok(types.includes(has), has);
  }
});

probe('the default machine is pc-i440fx-rhel7.6.0, alias pc, with 240 CPUs', () => {
  const asked = ask(qemu212el7, 'kvm');
  asked('qmp_capabilities');
  const machines = asked('query-machines').return;
  assert.equal(machines[0], {
    'hotpluggable-cpus': true,
    name: 'pc-i440fx-rhel7.6.0',
    'is-default': true,
    'cpu-max': 240,
    alias: 'pc',
  });
  const none = machines.find(({ name }: { name: string }) => name === 'none');
  assert.equal(none, { 'hotpluggable-cpus': false, name: 'none', 'cpu-max': 1 });
});

type Definition = { name: string; 'unavailable-features': string[] };

const unavailable = (switches: QemuSwitches, accelerator: 'kvm' | 'tcg') => {
  const asked = ask(switches, accelerator);
  asked('qmp_capabilities');
  const definitions: Definition[] = asked('query-cpu-definitions').return;
  return (name: string) => definitions.find((d) => d.name === name)?.['unavailable-features'];
};

probe('what a CPU model lacks depends on the accelerator and on the processor', () => {
  const tcg = unavailable(qemu212el7, 'tcg');
  const kvm = unavailable(qemu212el7, 'kvm');
  assert.equal(tcg('host'), ['kvm']);
  assert.equal(kvm('host'), []);
  assert.ok(tcg('Broadwell-IBRS')?.includes('avx2'));
  // The host is a Broadwell.
  assert.equal(kvm('Broadwell-noTSX'), []);
  assert.ok(kvm('Skylake-Server')?.includes('avx512f'));
  assert.ok(kvm('Opteron_G3')?.includes('sse4a'));
});

probe('under TCG 7.2 names the recorded features, model by model, in the recorded order', () => {
  const file = new URL('../fixtures/qemu/cpu-definitions-tcg.json', import.meta.url);
  const recorded: Record<string, string> = JSON.parse(readFileSync(file, 'utf8'));
  const tcg = unavailable(qemu72, 'tcg');
  for (const [name, features] of Object.entries(recorded)) {
    assert.is(tcg(name)?.join(' '), features, name);
  }
  assert.is(Object.keys(recorded).length, 58);
});

probe('the host model under KVM is the processor below it, minus what KVM withholds', () => {
  const asked = ask(qemu212el7, 'kvm');
  asked('qmp_capabilities');
  const expand = (props?: unknown) =>
    asked('query-cpu-model-expansion', {
      type: 'static',
      model: { name: 'host', ...(props ? { props } : {}) },
    }).return.model;
  const { name, props } = expand();
  assert.is(name, 'base');
  assert.equal(
    [props.vendor, props.family, props.model, props.stepping],
    ['GenuineIntel', 6, 79, 1],
  );
  assert.equal([props.avx2, props.vmx, props.hypervisor, props.invtsc], [true, false, true, false]);
  assert.is(expand({ migratable: false }).props.invtsc, true);
});

probe('every path that libvirt 5.0.0 walks in the schema leads somewhere', () => {
  const asked = ask(qemu212el7, 'tcg');
  asked('qmp_capabilities');
  type Entity = {
    name: string;
    members?: { name: string; type: string }[];
    variants?: { case: string; type: string }[];
    'arg-type'?: string;
    'ret-type'?: string;
    'element-type'?: string;
  };
  const schema: Entity[] = asked('query-qmp-schema').return;
  const named = (name?: string) => schema.find((entity) => entity.name === name);
  const step = (from: Entity | undefined, word: string): string | undefined =>
    word.startsWith('+')
      ? from?.variants?.find((v) => v.case === word.slice(1))?.type
      : word === 'arg-type' || word === 'ret-type'
        ? from?.[word]
        : from?.members?.find((m) => m.name === word.replace('*', ''))?.type;
  for (const path of [
    'blockdev-add/arg-type/+gluster/debug',
    'blockdev-add/arg-type/+iscsi/password-secret',
    'blockdev-add/arg-type/+qcow2/encrypt/+luks/key-secret',
    'nbd-server-start/arg-type/tls-creds',
    'screendump/arg-type/device',
    'block-commit/arg-type/*top',
    'query-iothreads/ret-type/poll-max-ns',
  ]) {
    const [command = '', ...words] = path.split('/');
    let at = named(command);
    for (const word of words) {
      at = named(step(at, word));
      at = named(at?.['element-type']) ?? at;
    }
    assert.ok(at, path);
  }
});

probe.run();
