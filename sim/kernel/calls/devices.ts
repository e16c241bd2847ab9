/**
 * Opening a device node, and the ioctls of /dev/kvm.
 *
 * Models: Linux 3.10.0-1062 fs/char_dev.c chrdev_open; drivers/char/misc.c misc_open; virt/kvm/kvm_main.c
 *   kvm_dev_ioctl, kvm_dev_ioctl_create_vm, hardware_enable_all, kvm_uevent_notify_change; drivers/tty/vt/vt_ioctl.c VT_ACTIVATE
 * Leaves out: memory slots, vCPUs beyond their descriptors, every ioctl that no modelled program makes.
 *
 * Each VM that is made or destroyed sends a `change` uevent for /dev/kvm: udev then applies its rules again.
 */
import { type Call, fileOf, installFd, type Outcome } from '../call.ts';
import { supportedCpuid } from '../cpuid.ts';
import type { Errno } from '../errno.ts';
import type { Inode } from '../inode.ts';
import { moduleAfter } from '../module.machine.ts';
import { hasMajor } from '../procfs.ts';
import type { Ioctl } from '../request.ts';
import type { Kernel, KernelState } from '../state.ts';
import { announce, miscProperties } from '../uevent.ts';
import { virtAfter } from '../virt.machine.ts';

const memory: Readonly<Record<number, string>> = {
  3: 'null',
  5: 'zero',
  7: 'full',
  8: 'random',
  9: 'urandom',
};

/** The driver behind a node, or why there is none: ENXIO for an unknown major, ENODEV for a minor without driver. */
export function driverOf(kernel: KernelState, inode: Inode): string | { errno: Errno } {
  if (inode.type === 'block' || inode.rdev === null) return { errno: 'ENXIO' };
  const [major, minor] = inode.rdev;
  if (major === 1) return memory[minor] ?? { errno: 'ENXIO' };
  if (major === 10) return kernel.misc[minor]?.name ?? { errno: 'ENODEV' };
  return hasMajor(major) ? `tty ${major}:${minor}` : { errno: 'ENXIO' };
}

const misc = (kernel: Kernel | KernelState, device: string) =>
  Object.values(kernel.misc).find((m) => m.name === device);

/** try_module_get, module_put: an open device keeps its module from being unloaded. */
export function referenced(
  kernel: KernelState,
  device: string,
  type: 'reference.taken' | 'reference.put',
): KernelState {
  const owner = misc(kernel, device)?.module;
  const module = owner === undefined ? undefined : kernel.modules[owner];
  if (owner === undefined || module === undefined) return kernel;
  return { ...kernel, modules: { ...kernel.modules, [owner]: moduleAfter(module, { type }) } };
}

/** The same in a draft. */
export function reference(
  kernel: Kernel,
  device: string,
  type: 'reference.taken' | 'reference.put',
): void {
  const owner = misc(kernel, device)?.module;
  const module = owner === undefined ? undefined : kernel.modules[owner];
  if (owner !== undefined && module !== undefined)
    kernel.modules[owner] = moduleAfter(module, { type });
}

function notifyChange(kernel: Kernel, event: 'create' | 'destroy', pid: number): void {
  const { active, created } = kernel.virt.context;
  announce(kernel, 'change', '/devices/virtual/misc/kvm', 'misc', {
    ...miscProperties(232, 'kvm'),
    CREATED: String(created),
    COUNT: String(active),
    EVENT: event,
    PID: String(pid),
    STATS_PATH: `/sys/kernel/debug/kvm/${pid}-12`,
  });
}

/** kvm_destroy_vm, when the last descriptor of a VM closes. */
export function destroyVm(kernel: Kernel, pid: number): void {
  kernel.virt = virtAfter(kernel.virt, { type: 'vm.destroyed' });
  notifyChange(kernel, 'destroy', pid);
  reference(kernel, 'kvm', 'reference.put');
}

function createVm(call: Call, type: number): Outcome {
  if (type !== 0) return { errno: 'EINVAL' };
  const [fault, ...later] = call.kernel.faults.createVm;
  const kernel = call.draft();
  if (fault !== undefined) {
    kernel.faults.createVm = later;
    return { keep: { errno: fault } };
  }
  if (kernel.virt.value === 'other') {
    kernel.dmesg.push({ at: call.now, text: 'kvm: enabling virtualization on CPU0 failed' });
    return { keep: { errno: 'EBUSY' } };
  }
  const fd = installFd(call, { kind: 'vm', pid: call.task.pid, refs: 1, flags: [] });
  if (typeof fd !== 'number') return fd;
  kernel.virt = virtAfter(kernel.virt, { type: 'vm.created' });
  reference(kernel, 'kvm', 'reference.taken');
  notifyChange(kernel, 'create', call.task.pid);
  return fd;
}

const API_VERSION = 12;
/** MSR_IA32_ARCH_CAPABILITIES */
const ARCH_CAPABILITIES = 0x10a;

/** KVM_CHECK_EXTENSION values that QEMU's ladder asks for. */
const extensions: Readonly<Record<string, number>> = {
  KVM_CAP_NR_MEMSLOTS: 509,
  KVM_CAP_NR_VCPUS: 240,
  KVM_CAP_MAX_VCPUS: 288,
};

/** KVM_CAP_TSC_CONTROL: can a guest's TSC run at another rate? Not where KVM itself runs in a guest. */
const extension = ({ hardware }: KernelState, name: string): number =>
  name === 'KVM_CAP_TSC_CONTROL' ? Number(hardware.kvm === undefined) : (extensions[name] ?? 1);

/** The parameter `nested` of the module that drives the processor. */
const nestedAllowed = ({ modules }: KernelState): boolean =>
  ['kvm_intel', 'kvm_amd'].some((name) =>
    /^[Y1]/.test(modules[name]?.context.params['nested'] ?? ''),
  );

function kvmIoctl(call: Call, request: Ioctl): Outcome {
  const { kernel } = call;
  switch (request.name) {
    case 'KVM_GET_API_VERSION':
      return API_VERSION;
    case 'KVM_CHECK_EXTENSION':
      return extension(kernel, request.extension);
    case 'KVM_GET_SUPPORTED_CPUID':
      return supportedCpuid(kernel.hardware, kernel.switches, nestedAllowed(kernel));
    case 'KVM_GET_MSRS':
      return request.index === ARCH_CAPABILITIES ? (kernel.hardware.kvm?.archCapabilities ?? 0) : 0;
    case 'KVM_CREATE_VM':
      return createVm(call, request.type);
    default:
      return { errno: 'EINVAL' };
  }
}

/** The number of registers that could be set. */
function vcpuIoctl({ kernel: { hardware } }: Call, request: Ioctl): Outcome {
  if (request.name === 'KVM_GET_TSC_KHZ') return hardware.kvm?.tscKhz ?? hardware.mhz * 1000;
  if (request.name !== 'KVM_SET_MSRS') return 0;
  const refused = hardware.kvm?.refusedMsr;
  return Number(refused?.index !== request.index || refused.value !== request.value);
}

export function ioctl(call: Call, fd: number, request: Ioctl): Outcome {
  const open = fileOf(call, fd);
  if (open === null) return { errno: 'EBADF' };
  const { file } = open;
  if (file.kind === 'device' && file.driver === 'kvm') return kvmIoctl(call, request);
  if (file.kind === 'vm') {
    if (request.name !== 'KVM_CREATE_VCPU') return 0;
    return installFd(call, { kind: 'vcpu', pid: call.task.pid, refs: 1, flags: [] });
  }
  if (file.kind === 'vcpu') return vcpuIoctl(call, request);
  if (request.name === 'VT_ACTIVATE' && file.kind === 'terminal' && file.tty.startsWith('tty')) {
    if (call.kernel.vt.active === request.vt) return 0;
    const kernel = call.draft();
    kernel.vt = { active: request.vt, changes: kernel.vt.changes + 1 };
    return 0;
  }
  return { errno: 'ENOTTY' };
}
