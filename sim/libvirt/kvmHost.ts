/**
 * What libvirtd itself asks of /dev/kvm: the processor that guests see, and the rate of its clock.
 *
 * Models: libvirt v9.0.0 src/util/virhostcpu.c virHostCPUGetCPUID, virHostCPUGetCPUIDFilterVolatile,
 *   virHostCPUGetTscInfo, virHostCPUGetKVMMaxVCPUs; src/cpu/cpu_x86.c virCPUx86DataGetHost
 *
 * All open the node as the daemon, so its rights mean nothing to them; only a missing node or driver does. CPUID is
 * asked once, at the start: a daemon that started before the module never learns. The clock takes a VM.
 */
import { failed } from '../kernel/errno.ts';
import type { Sys } from '../kernel/program.ts';
import { close, ioctl, open, supportedCpuid } from '../libc/sys.ts';
import { inTrouble, type Trouble } from './virError.ts';
import { type Log, reportSystem, source } from './virLog.ts';

const log = source('util.hostcpu');

const DEVICE = '/dev/kvm';
const SOURCE = 'libvirt v9.0.0 src/util/virhostcpu.c virHostCPUGetTscInfo';

function* opened(to: Log, where: string): Sys<number | Trouble> {
  const fd = yield* open(DEVICE, ['read'], 0, SOURCE);
  return failed(fd) ? yield* reportSystem(to, where, fd.errno, `Unable to open ${DEVICE}`) : fd;
}

/** Without the numbers that differ from one core to the next; rows of zeros are left out. */
export function steadyRows(cpuid: string): readonly string[] {
  const rows = cpuid.split('\n').map((row) => row.split(' '));
  const amd = rows.some(([fn, , , ebx]) => fn === '00000000' && ebx === '68747541');
  const mask = (value: string, bits: number) =>
    ((Number.parseInt(value, 16) & bits) >>> 0).toString(16).padStart(8, '0');
  return rows
    .map(([fn = '', index = '', eax = '', ebx = '', ecx = '', edx = '']) => {
      if (fn === '00000001') return [fn, index, eax, mask(ebx, 0x00ffffff), ecx, edx];
      if (fn === '0000000b') return [fn, index, eax, ebx, ecx, mask(edx, 0xffffff00)];
      const zeroed = amd && fn === '8000001e';
      return zeroed ? [fn, index] : [fn, index, eax, ebx, ecx, edx];
    })
    .filter((row) => row.slice(2).some((value) => !/^0+$/.test(value)))
    .map((row) => row.join(' '))
    .sort();
}

/** virCPUDataGetHost; null after an error that only the log hears of. */
export function* cpuData(to: Log): Sys<readonly string[] | null> {
  const fd = yield* opened(to, 'virHostCPUGetCPUID:1422');
  if (inTrouble(fd)) return null;
  const cpuid = yield* supportedCpuid(fd, SOURCE);
  yield* close(fd);
  if (!failed(cpuid)) return steadyRows(cpuid);
  yield* reportSystem(to, 'virHostCPUGetCPUID:1455', cpuid.errno, 'Cannot read host CPUID');
  return null;
}

export type Tsc = Readonly<{ hertz: number; scaling: boolean }>;

function* measured(to: Log, kvm: number): Sys<Tsc | null> {
  const vm = yield* ioctl(kvm, { name: 'KVM_CREATE_VM', type: 0 }, SOURCE);
  if (failed(vm)) {
    const detail = 'Unable to create KVM VM for TSC probing';
    yield* reportSystem(to, 'virHostCPUGetTscInfo:1481', vm.errno, detail);
    return null;
  }
  const vcpu = yield* ioctl(vm, { name: 'KVM_CREATE_VCPU', id: 0 }, SOURCE);
  const khz = failed(vcpu) ? vcpu : yield* ioctl(vcpu, { name: 'KVM_GET_TSC_KHZ' }, SOURCE);
  const request = { name: 'KVM_CHECK_EXTENSION', extension: 'KVM_CAP_TSC_CONTROL' } as const;
  const control = yield* ioctl(kvm, request, SOURCE);
  if (!failed(vcpu)) yield* close(vcpu);
  yield* close(vm);
  return failed(khz) ? null : { hertz: khz * 1000, scaling: !failed(control) && control > 0 };
}

export function* tscInfo(to: Log): Sys<Tsc | null> {
  const kvm = yield* opened(to, 'virHostCPUGetTscInfo:1476');
  if (inTrouble(kvm)) return null;
  const tsc = yield* measured(to, kvm);
  yield* close(kvm);
  if (tsc === null) return null;
  const text = `Detected TSC frequency ${tsc.hertz} Hz, scaling ${tsc.scaling ? 'yes' : 'no'}`;
  yield* log.debug(to, 'virHostCPUGetTscInfo:1506', text);
  return tsc;
}

/** virHostCPUGetKVMMaxVCPUs: KVM_CAP_MAX_VCPUS. */
export function* kvmMaxVcpus(to: Log): Sys<number | Trouble> {
  const kvm = yield* opened(to, 'virHostCPUGetKVMMaxVCPUs:1201');
  if (inTrouble(kvm)) return kvm;
  const request = { name: 'KVM_CHECK_EXTENSION', extension: 'KVM_CAP_MAX_VCPUS' } as const;
  const count = yield* ioctl(kvm, request, SOURCE);
  yield* close(kvm);
  return failed(count) ? 0 : count;
}
