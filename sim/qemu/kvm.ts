/**
 * The ladder that KVM has to climb before QEMU trusts it.
 *
 * Models: QEMU v2.12.0 accel/kvm/kvm-all.c kvm_init, kvm_recommended_vcpus, kvm_check_extension_list,
 *   kvm_irqchip_create; target/i386/kvm.c kvm_arch_init, kvm_buf_set_msrs (el7; v7.2.0 has the same rungs and words)
 * Leaves out: memory slots, dirty logging, SEV, split irqchips, the MSR lists: nothing here can fail there.
 *
 * Most rungs only fail the accelerator, and the next one is tried. Two end the process: more vCPUs than KVM
 * allows, and an interrupt controller that cannot be made.
 */
import { type Errno, errnoNumber, failed, strerror } from '../kernel/errno.ts';
import type { Sys } from '../kernel/program.ts';
import { close, err, ioctl, open, readFile, supportedCpuid } from '../libc/sys.ts';
import type { KvmOffer } from './command.ts';
import { report, type Voice } from './complaint.ts';
import type { QemuSwitches } from './switches.ts';

export type KvmState = Readonly<{ fd: number; vmfd: number; offer: KvmOffer }>;

/** Up, failed with an errno, or the end of the process. */
export type KvmOutcome = KvmState | Readonly<{ error: Errno }> | Readonly<{ exit: 1 }>;

export type KvmRequest = Voice &
  Readonly<{
    vcpus: number;
    maxCpus: number;
    /** -machine kvm-type=, which no x86 board takes. */
    kvmType: string | null;
    irqchip: boolean;
  }>;

const SOURCE = 'qemu-kvm v2.12.0 accel/kvm/kvm-all.c kvm_init';
const API_VERSION = 12;
/** MSR_IA32_ARCH_CAPABILITIES */
const ARCH_CAPABILITIES = 0x10a;

const required = [
  'KVM_CAP_USER_MEMORY',
  'KVM_CAP_DESTROY_MEMORY_REGION_WORKS',
  'KVM_CAP_JOIN_MEMORY_REGIONS_WORKS',
  'KVM_CAP_SET_TSS_ADDR',
  'KVM_CAP_EXT_CPUID',
  'KVM_CAP_MP_STATE',
];

const UPGRADE =
  'Please upgrade to at least kernel 2.6.29 or recent kvm-kmod\n(see http://sourceforge.net/projects/kvm).\n';

/** kvm_check_extension: an error counts as "no". */
function* extension(fd: number, name: string): Sys<number> {
  const value = yield* ioctl(fd, { name: 'KVM_CHECK_EXTENSION', extension: name }, SOURCE);
  return failed(value) || value < 0 ? 0 : value;
}

function* checkVersion(fd: number): Sys<Errno | null> {
  const version = yield* ioctl(fd, { name: 'KVM_GET_API_VERSION' }, SOURCE);
  if (failed(version) || version < API_VERSION) {
    yield* err('kvm version too old\n');
    return failed(version) ? version.errno : 'EINVAL';
  }
  if (version === API_VERSION) return null;
  yield* err('kvm version not supported\n');
  return 'EINVAL';
}

function* createVm(fd: number, kvmType: string | null): Sys<number | { error: Errno }> {
  if (kvmType !== null) {
    yield* err(`Invalid argument kvm-type=${kvmType}\n`);
    return { error: 'EINVAL' };
  }
  for (;;) {
    const vm = yield* ioctl(fd, { name: 'KVM_CREATE_VM', type: 0 }, SOURCE);
    if (!failed(vm)) return vm;
    if (vm.errno === 'EINTR') continue;
    const { errno } = vm;
    yield* err(`ioctl(KVM_CREATE_VM) failed: ${errnoNumber(errno)} ${strerror(errno)}\n`);
    return { error: errno };
  }
}

/** The vCPU limits; false ends the process. */
function* vcpusFit(fd: number, request: KvmRequest, switches: QemuSwitches): Sys<boolean> {
  const soft = (yield* extension(fd, 'KVM_CAP_NR_VCPUS')) || 4;
  const hard = switches.hardVcpuLimitIsSoft
    ? soft
    : (yield* extension(fd, 'KVM_CAP_MAX_VCPUS')) || soft;
  const counts = [
    ['SMP', request.vcpus],
    ['hotpluggable', request.maxCpus],
  ] as const;
  for (const [name, count] of counts) {
    const number = `Number of ${name} cpus requested (${count}) exceeds the`;
    if (count <= soft) continue;
    const message = `warning: ${number} recommended cpus supported by KVM (${soft})`;
    yield* report(request, { message });
    if (count <= hard) continue;
    yield* err(`${number} maximum cpus supported by KVM (${hard})\n`);
    return false;
  }
  return true;
}

function* missingCapability(fd: number): Sys<boolean> {
  for (const name of required) {
    if ((yield* extension(fd, name)) > 0) continue;
    yield* err(`kvm does not support ${name}\n${UPGRADE}`);
    return true;
  }
  return false;
}

/** get_supported_cpuid, kvm_arch_get_supported_msr_feature. The model's name comes from the CPU itself. */
function* offerOf(fd: number): Sys<KvmOffer> {
  const cpuid = yield* supportedCpuid(fd, SOURCE);
  const msr = yield* ioctl(fd, { name: 'KVM_GET_MSRS', index: ARCH_CAPABILITIES }, SOURCE);
  const cpuinfo = yield* readFile('/proc/cpuinfo');
  const [, modelId = ''] = failed(cpuinfo) ? [] : (/^model name\s*: (.*)$/m.exec(cpuinfo) ?? []);
  return { cpuid: failed(cpuid) ? '' : cpuid, msr: failed(msr) ? 0 : msr, modelId };
}

type Opened = Omit<KvmState, 'offer'>;

/** From KVM_CREATE_VM on; the caller closes both descriptors when it fails. */
function* furnishVm(kvm: Opened, request: KvmRequest, switches: QemuSwitches): Sys<KvmOutcome> {
  if (!(yield* vcpusFit(kvm.fd, request, switches))) return { exit: 1 };
  if (yield* missingCapability(kvm.fd)) return { error: 'EINVAL' };
  const tss = yield* ioctl(kvm.vmfd, { name: 'KVM_SET_TSS_ADDR' }, SOURCE);
  if (failed(tss)) return { error: tss.errno };
  const up = { ...kvm, offer: yield* offerOf(kvm.fd) };
  if (!request.irqchip || (yield* extension(kvm.fd, 'KVM_CAP_IRQCHIP')) === 0) return up;
  const chip = yield* ioctl(kvm.vmfd, { name: 'KVM_CREATE_IRQCHIP' }, SOURCE);
  if (!failed(chip)) return up;
  yield* err(`Create kernel irqchip failed: ${strerror(chip.errno)}\n`);
  return { exit: 1 };
}

export function* kvmInit(request: KvmRequest, switches: QemuSwitches): Sys<KvmOutcome> {
  const fd = yield* open('/dev/kvm', ['read', 'write'], 0, SOURCE);
  if (failed(fd)) {
    yield* err(`Could not access KVM kernel module: ${strerror(fd.errno)}\n`);
    return { error: fd.errno };
  }
  const error = yield* checkVersion(fd);
  if (error !== null) {
    yield* close(fd);
    return { error };
  }
  yield* extension(fd, 'KVM_CAP_IMMEDIATE_EXIT');
  yield* extension(fd, 'KVM_CAP_NR_MEMSLOTS');
  const vmfd = yield* createVm(fd, request.kvmType);
  if (typeof vmfd !== 'number') {
    yield* close(fd);
    return vmfd;
  }
  const outcome = yield* furnishVm({ fd, vmfd }, request, switches);
  if ('error' in outcome) {
    yield* close(vmfd);
    yield* close(fd);
  }
  return outcome;
}

/** The guest's CPU as far as a register must be set for it. */
export type GuestCpu = Readonly<{ archCapabilities: number }>;

/** kvm_buf_set_msrs: a register that KVM takes back ends QEMU by an assertion. */
function* initMsrs(vcpu: number, { archCapabilities }: GuestCpu, voice: Voice): Sys<boolean> {
  if (archCapabilities === 0) return true;
  const msr = { index: ARCH_CAPABILITIES, value: archCapabilities };
  const set = yield* ioctl(vcpu, { name: 'KVM_SET_MSRS', ...msr }, SOURCE);
  if (set === 1) return true;
  const [index, value] = [msr.index, msr.value].map((n) => n.toString(16));
  yield* report(voice, { message: `error: failed to set MSR 0x${index} to 0x${value}` });
  const where = `${voice.program}: ../../target/i386/kvm/kvm.c:3183: kvm_buf_set_msrs`;
  yield* err(`${where}: Assertion \`ret == cpu->kvm_msr_buf->nmsrs' failed.\n`);
  return false;
}

/** kvm_init_vcpu, kvm_init_msrs: one descriptor a vCPU; false after the complaint. */
export function* createVcpus(
  kvm: KvmState,
  count: number,
  cpu: GuestCpu,
  voice: Voice,
): Sys<boolean> {
  for (let id = 0; id < count; id++) {
    const vcpu = yield* ioctl(kvm.vmfd, { name: 'KVM_CREATE_VCPU', id }, SOURCE);
    if (failed(vcpu)) {
      yield* err(`kvm_init_vcpu failed: ${strerror(vcpu.errno)}\n`);
      return false;
    }
    if (!(yield* initMsrs(vcpu, cpu, voice))) return false;
  }
  return true;
}
