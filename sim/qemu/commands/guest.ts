/**
 * The commands that look at the guest, run it, stop it and end it.
 *
 * Models: QEMU v2.12.0 qmp.c qmp_query_kvm, qmp_cont, qmp_quit; vl.c qmp_query_status; cpus.c qmp_stop, qmp_query_cpus;
 *   hmp.c hmp_info_kvm, hmp_info_status
 * Leaves out: block jobs, devices, migration: a command that exists but is not modelled says so (monitor.ts).
 */
import { answer, type Commands, done, pure, refuse, type Vm } from '../command.ts';
import { commandNotFound, version } from '../qmp.ts';

const running = (vm: Vm): boolean => vm.qemu.value === 'running';
export const kvmEnabled = (vm: Vm): boolean => vm.qemu.context.accelerator === 'kvm';

/** The commands of the human monitor that are modelled, by their text. */
function humanMonitor(vm: Vm, line: string): string {
  const words = line.trim().split(/\s+/).join(' ');
  if (words === 'info kvm') return `kvm support: ${kvmEnabled(vm) ? 'enabled' : 'disabled'}\r\n`;
  if (words === 'info status') {
    const state = vm.qemu.value;
    const aside = running(vm) || state === 'paused' ? '' : ` (${state})`;
    return `VM status: ${running(vm) ? 'running' : 'paused'}${aside}\r\n`;
  }
  if (words === 'info name') return vm.name === null ? '' : `${vm.name}\r\n`;
  if (words === 'info version') {
    return `${vm.switches.version.join('.')}${vm.switches.package}\r\n`;
  }
  return `kvmlab does not model the monitor command '${words}'\r\n`;
}

const cpuPath = (index: number) => `/machine/unattached/device[${index}]`;

const cpus = (vm: Vm, index: number, thread: 'thread_id' | 'thread-id') => ({
  arch: 'x86',
  props: { 'core-id': 0, 'thread-id': 0, 'socket-id': index },
  ...(thread === 'thread_id' ? { current: index === 0, halted: !running(vm), CPU: index } : {}),
  ...(thread === 'thread_id' ? { qom_path: cpuPath(index) } : { 'qom-path': cpuPath(index) }),
  ...(thread === 'thread-id' ? { 'cpu-index': index } : {}),
  // vCPU threads are not tasks of the simulated kernel: the process's own id stands for them.
  [thread]: vm.pid,
});

const each = <T>(count: number, make: (index: number) => T): T[] =>
  Array.from({ length: count }, (_, index) => make(index));

export const guestCommands: Commands = {
  'query-version': pure((vm) => answer(version(vm.switches))),
  'query-target': pure((vm) => answer({ arch: vm.target })),
  'query-kvm': pure((vm) => answer({ enabled: kvmEnabled(vm), present: vm.switches.hasKvm })),
  'query-status': pure((vm) =>
    // In the schema's order: singlestep and status share a bucket, and the newest comes first.
    answer({ running: running(vm), singlestep: false, status: vm.qemu.value }),
  ),
  'query-name': pure((vm) => answer(vm.name === null ? {} : { name: vm.name })),
  'query-uuid': pure((vm) => answer({ UUID: vm.uuid ?? '00000000-0000-0000-0000-000000000000' })),
  'query-cpus': pure((vm) => answer(each(vm.vcpus, (i) => cpus(vm, i, 'thread_id')))),
  'query-cpus-fast': pure((vm) => answer(each(vm.vcpus, (i) => cpus(vm, i, 'thread-id')))),
  'query-memory-size-summary': pure((vm) => answer({ 'base-memory': vm.ramBytes })),
  'query-block': pure(() => answer([])),
  'query-chardev': pure(() => answer([])),
  'query-iothreads': pure(() => answer([])),
  'query-balloon': pure(() =>
    refuse({ class: 'DeviceNotActive', desc: 'No balloon device has been activated' }),
  ),
  'human-monitor-command': pure(
    (vm, given) => answer(humanMonitor(vm, String(given['command-line']))),
    { 'command-line': 'str' },
  ),
  cont: pure(() => ({ ...done, happened: { type: 'guest.continued' } })),
  stop: pure(() => ({ ...done, happened: { type: 'guest.stopped' } })),
  system_reset: pure(() => ({ ...done, happened: { type: 'guest.reset' } })),
  system_powerdown: pure(() => ({ ...done, happened: { type: 'power.pressed' } })),
  quit: pure(() => ({
    ...done,
    happened: { type: 'shutdown.requested', cause: 'host-qmp-quit' },
  })),
  'migrate-pause': {
    ...pure(() => refuse('migrate-pause is currently only supported during postcopy-active state')),
    outOfBand: true,
  },
  qmp_capabilities: pure(
    (vm, given) => {
      if (vm.negotiated) {
        const late = 'Capabilities negotiation is already complete, command ignored';
        return refuse(commandNotFound(late));
      }
      const asked = given['enable'];
      const oob = Array.isArray(asked) && asked.includes('oob');
      if (oob && !vm.offersOob) {
        return refuse('This monitor does not support Out-Of-Band (OOB)');
      }
      return { ...done, session: { type: 'capabilities.agreed', oob } };
    },
    { 'enable?': { list: ['oob'] } },
  ),
};
