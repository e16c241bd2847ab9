/**
 * Loading and unloading modules, and what loading kvm_intel brings: a misc device, its node, its uevent.
 *
 * Models: Linux 3.10.0-1062 kernel/module.c init_module, delete_module; arch/x86/kvm/x86.c kvm_arch_init;
 *   arch/x86/kvm/vmx.c vmx_disabled_by_bios; drivers/char/misc.c misc_register, misc_deregister
 *
 * Without the CPU feature, or with it locked off by the BIOS, the module does not load: no node, no uevent.
 */

import type { Call, Outcome } from '../call.ts';
import { capable } from '../credentials.ts';
import { devtmpfsCreate, devtmpfsRemove } from '../devtmpfs.ts';
import type { Errno } from '../errno.ts';
import { absentModule, moduleAfter } from '../module.machine.ts';
import { miscDevices, moduleInfo } from '../moduleTable.ts';
import { own } from '../own.ts';
import type { KernelState } from '../state.ts';
import { announce, miscProperties } from '../uevent.ts';
import { virtAfter } from '../virt.machine.ts';

type Refusal = Readonly<{ errno: Errno; says: string }>;

const vendors: Readonly<Record<string, readonly [flag: string, other: string]>> = {
  kvm_intel: ['vmx', 'kvm_amd'],
  kvm_amd: ['svm', 'kvm_intel'],
};

/** kvm_arch_init's questions, in its order. null: the module may load. */
function refusedByHardware(kernel: KernelState, name: string): Refusal | null {
  const vendor = vendors[name];
  if (vendor === undefined) return null;
  const [flag, other] = vendor;
  const named = kernel.switches.kvmMessages === 'named';
  if (kernel.modules[other]?.value === 'live') {
    const says = named
      ? `kvm: already loaded vendor module '${other}'`
      : 'kvm: already loaded the other module';
    return { errno: 'EEXIST', says };
  }
  if (!kernel.hardware.flags.includes(flag)) {
    const says = named ? `kvm: no hardware support for '${name}'` : 'kvm: no hardware support';
    return { errno: 'EOPNOTSUPP', says };
  }
  if (!kernel.hardware.virtEnabledInBios) {
    const says = named ? `kvm: support for '${name}' disabled by bios` : 'kvm: disabled by bios';
    return { errno: 'EOPNOTSUPP', says };
  }
  if (kernel.switches.virtAtLoad && kernel.virt.value === 'other') {
    return { errno: 'EBUSY', says: 'kvm: enabling virtualization on CPU0 failed' };
  }
  return null;
}

/** Its node is there, so a module of KVM's is: from 6.12 it has taken VMX for itself by then. */
const KVM_MINOR = 232;

const isLive = (kernel: KernelState, name: string) => own(kernel.modules, name)?.value === 'live';

function defaultParams(kernel: KernelState, name: string): Record<string, string> {
  if (name === 'kvm_intel') return { nested: kernel.switches.nestedByDefault ? 'Y' : 'N' };
  return name === 'kvm_amd' ? { nested: '1' } : {};
}

export function initModule(
  call: Call,
  name: string,
  params: Readonly<Record<string, string>>,
): Outcome {
  if (!capable(call.task.cred, 'CAP_SYS_MODULE')) return { errno: 'EPERM' };
  const info = moduleInfo(name);
  if (info === undefined || info.needs.some((n) => !isLive(call.kernel, n)))
    return { errno: 'ENOENT' };
  if (isLive(call.kernel, name)) return { errno: 'EEXIST' };
  const refusal = refusedByHardware(call.kernel, name);
  const kernel = call.draft();
  if (refusal) {
    kernel.dmesg.push({ at: call.now, text: refusal.says });
    return { keep: { errno: refusal.errno } };
  }
  const nested = params['nested'];
  const given =
    nested === undefined ? params : { ...params, nested: /^[1yY]/.test(nested) ? 'Y' : 'N' };
  const before = kernel.modules[name] ?? absentModule;
  const inserted = moduleAfter(before, {
    type: 'module.inserted',
    params: { ...defaultParams(call.kernel, name), ...given },
  });
  kernel.modules[name] = moduleAfter(inserted, { type: 'init.succeeded' });
  const held = call.kernel.switches.virtAtLoad && kernel.misc[KVM_MINOR] !== undefined;
  if (name === 'vboxdrv' && !held) {
    kernel.virt = virtAfter(kernel.virt, { type: 'other.started' });
  }
  for (const [minor, device] of miscDevices[name] ?? []) {
    if (minor in kernel.misc) return { errno: 'EBUSY' };
    kernel.misc[minor] = { name: device, module: name };
    devtmpfsCreate(kernel, device, minor, call.now);
    announce(
      kernel,
      'add',
      `/devices/virtual/misc/${device}`,
      'misc',
      miscProperties(minor, device),
    );
  }
  return null;
}

/** delete_module(2) with O_NONBLOCK, as kmod calls it. */
export function deleteModule(call: Call, name: string): Outcome {
  if (!capable(call.task.cred, 'CAP_SYS_MODULE')) return { errno: 'EPERM' };
  const module = own(call.kernel.modules, name);
  if (module?.value !== 'live') return { errno: 'ENOENT' };
  const users = Object.keys(call.kernel.modules).filter(
    (other) => isLive(call.kernel, other) && moduleInfo(other)?.needs.includes(name),
  );
  if (users.length > 0 || module.context.refs > 0) return { errno: 'EAGAIN' };
  const kernel = call.draft();
  for (const [minor, device] of miscDevices[name] ?? []) {
    delete kernel.misc[minor];
    devtmpfsRemove(kernel, device, minor, call.now);
    announce(
      kernel,
      'remove',
      `/devices/virtual/misc/${device}`,
      'misc',
      miscProperties(minor, device),
    );
  }
  kernel.modules[name] = moduleAfter(module, { type: 'module.removed' });
  if (name === 'vboxdrv') kernel.virt = virtAfter(kernel.virt, { type: 'other.stopped' });
  return null;
}
