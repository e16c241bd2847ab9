/**
 * From the command line to a machine that stands: the order in which QEMU does things, and what it leaves
 * behind when one of them fails.
 *
 * Models: QEMU v2.12.0 vl.c main, os-posix.c qemu_create_pidfile; v7.2.0 softmmu/vl.c qemu_maybe_daemonize, qemu_init
 * Leaves out: the lock on the pidfile; everything about devices but that a disk's file can be opened.
 *
 * The pidfile and the sockets exist before an accelerator is tried, so a QEMU that finds none leaves both
 * behind. libvirt cleans up after its probe itself.
 */
import { failed, strerror } from '../kernel/errno.ts';
import type { Start, Sys } from '../kernel/program.ts';
import { getpid, open, sigaction, unlink, write } from '../libc/sys.ts';
import { initFailure, planAccelerators, verdict } from './accelerator.ts';
import { type Chardev, openChardev } from './chardev.ts';
import type { KvmOffer, Vm } from './command.ts';
import type { Config } from './commandLine.ts';
import { report } from './complaint.ts';
import { archCapabilitiesOf, featuresOf, hostHas, kvmOffer } from './cpu.ts';
import { daemonPipe, detach } from './daemonize.ts';
import { words } from './data/tables.ts';
import { createVcpus, type KvmState, kvmInit } from './kvm.ts';
import { type Accelerator, qemuAfter } from './qemu.machine.ts';
import type { QemuSwitches } from './switches.ts';
import { tablesOf } from './tables.ts';
import { freshVm } from './vm.ts';

export type Launched = Readonly<{ vm: Vm; chardevs: readonly Chardev[] }>;

/** qemu_create_pidfile: opened without O_TRUNC and kept open for good. Answers whether it worked. */
function* createPidfile(config: Config, path: string, switches: QemuSwitches): Sys<boolean> {
  const fd = yield* open(path, ['read', 'write', 'create'], 0o600);
  const written = failed(fd) ? fd : yield* write(fd, `${yield* getpid()}\n`);
  if (!failed(written)) return true;
  const reason = strerror(written.errno);
  const message = switches.unlinksPidfile
    ? `cannot create PID file: Cannot open pid file: ${reason}`
    : `could not acquire pid file: ${reason}`;
  yield* report(config, { message });
  return false;
}

function* openChardevs(config: Config): Sys<readonly Chardev[] | null> {
  const chardevs: Chardev[] = [];
  for (const request of config.chardevs) {
    const chardev = yield* openChardev(config, request);
    if (chardev === null) return null;
    chardevs.push(chardev);
  }
  return chardevs;
}

type Up = Readonly<{ accelerator: Accelerator; kvm: KvmState | null }>;

/** configure_accelerator: the first that comes up, or null when the process has to end. */
function* accelerate(config: Config, switches: QemuSwitches): Sys<Up | null> {
  const plan = planAccelerators(config.program, config.wish, switches);
  for (const what of plan.complaints) yield* report(config, what);
  if (plan.hopeless) return null;
  let anyFailed = plan.failed;
  let up: Up | null = null;
  for (const candidate of plan.candidates) {
    const { accelerator } = candidate;
    const outcome = accelerator === 'tcg' ? null : yield* kvmInit(config, switches);
    if (outcome === null || 'fd' in outcome) {
      up = { accelerator, kvm: outcome };
      break;
    }
    if ('exit' in outcome) return null;
    anyFailed = true;
    yield* report(config, initFailure(candidate, outcome.error, switches));
  }
  const last = verdict(plan, up?.accelerator ?? null, anyFailed, switches);
  if (last !== null) yield* report(config, last);
  return up;
}

/** mon_init_func: every monitor needs its chardev. */
function* checkMonitors(config: Config): Sys<boolean> {
  for (const { chardev, at } of config.monitors) {
    if (config.chardevs.some(({ id }) => id === chardev)) continue;
    yield* report(config, { message: `chardev "${chardev}" not found`, at });
    return false;
  }
  return true;
}

/** parse_cpu_model, x86_cpu_realizefn */
function cpuOffence(config: Config, switches: QemuSwitches, up: Up): string | null {
  const model = config.cpu?.split(',')[0] ?? null;
  if (model === null) return null;
  const special = ['base', 'max', 'host'].includes(model);
  if (!special && featuresOf(tablesOf(switches), model) === null)
    return `unable to find CPU model '${model}'`;
  const needsKvm = model === 'host' && config.machine !== 'none' && up.kvm === null;
  return needsKvm ? "CPU model 'host' requires KVM" : null;
}

/** MSR_IA32_ARCH_CAPABILITIES of the guest's CPU: what its model has, and KVM too. */
function guestMsr({ cpu }: Config, switches: QemuSwitches, kvm: KvmOffer): number {
  const [model = '', ...props] = cpu?.split(',') ?? [];
  const offer = kvmOffer(kvm);
  const own = words(featuresOf(tablesOf(switches), model) ?? '');
  const all = ['host', 'max'].includes(model);
  const migratable = !props.includes('migratable=off');
  return archCapabilitiesOf((feature) => {
    if (props.includes(`${feature}=off`)) return false;
    const wanted = all || own.includes(feature) || props.includes(`${feature}=on`);
    return wanted && hostHas(offer, feature, migratable);
  });
}

/** machine_run_board_init: CPUs and disks. The machine `none` has neither. */
function* buildBoard(config: Config, switches: QemuSwitches, up: Up): Sys<boolean> {
  const offence = cpuOffence(config, switches, up);
  if (offence !== null) {
    yield* report(config, { message: offence });
    return false;
  }
  for (const { file, at } of config.disks) {
    const disk = yield* open(file, ['read', 'write']);
    if (!failed(disk)) continue;
    const message = `Could not open '${file}': ${strerror(disk.errno)}`;
    yield* report(config, { message, at });
    return false;
  }
  if (config.machine === 'none' || up.kvm === null) return true;
  const cpu = { archCapabilities: guestMsr(config, switches, up.kvm.offer) };
  return yield* createVcpus(up.kvm, config.vcpus, cpu, config);
}

const launchedVm = (config: Config, switches: QemuSwitches, up: Up, pid: number): Vm => {
  const fresh = freshVm(switches);
  const ready = qemuAfter(fresh.qemu, {
    type: 'accelerator.chosen',
    accelerator: up.accelerator,
  }).qemu;
  return {
    ...fresh,
    qemu: config.stopped ? ready : qemuAfter(ready, { type: 'guest.continued' }).qemu,
    kvm: up.kvm?.offer ?? null,
    machine: config.machine,
    target: config.program.endsWith('i386') ? 'i386' : 'x86_64',
    name: config.name,
    uuid: config.uuid,
    vcpus: config.machine === 'none' ? 0 : config.vcpus,
    ramBytes: config.ramBytes,
    pid,
    offersOob: fresh.offersOob || config.monitors.some(({ oob }) => oob),
  };
};

/** Everything up to the main loop; null where QEMU exits with 1. */
function* build(start: Start, config: Config, switches: QemuSwitches): Sys<Launched | null> {
  if (config.offence !== null) {
    yield* report(config, { message: config.offence });
    return null;
  }
  const chardevs = yield* openChardevs(config);
  if (chardevs === null) return null;
  const up = yield* accelerate(config, switches);
  if (up === null) return null;
  if (!(yield* checkMonitors(config)) || !(yield* buildBoard(config, switches, up))) return null;
  const pid = yield* getpid();
  yield* sigaction(['SIGTERM', 'SIGINT', 'SIGHUP', 'SIGPIPE']);
  const status = daemonPipe(start);
  if (status !== null && !(yield* detach(status))) return null;
  return { vm: launchedVm(config, switches, up, pid), chardevs };
}

/** The pidfile outlives a failure up to 3.0; later QEMUs unlink it from an exit notifier. */
export function* removePidfile(path: string | null, switches: QemuSwitches): Sys<void> {
  if (path !== null && switches.unlinksPidfile) yield* unlink(path);
}

export function* launch(
  start: Start,
  config: Config,
  switches: QemuSwitches,
): Sys<Launched | null> {
  const { pidfile } = config;
  if (pidfile !== null && !(yield* createPidfile(config, pidfile, switches))) return null;
  const launched = yield* build(start, config, switches);
  if (launched === null) yield* removePidfile(pidfile, switches);
  return launched;
}
