/**
 * The program qemu-kvm: launch, then a main loop that serves its monitors.
 *
 * Models: QEMU v2.12.0 vl.c main, main_loop, main_loop_should_exit, qemu_kill_report; v7.2.0 softmmu/runstate.c
 * Leaves out: the sender in "terminating on signal 15 from pid N (NAME)": the simulated kernel does not keep it,
 *   so the line is the one QEMU prints when there is none.
 *
 * A guest keeps /dev/kvm, its VM and its vCPUs open for life. That is why no repair of the node's rights
 * disturbs it, and why kvm_intel cannot be unloaded under it.
 */
import { failed } from '../kernel/errno.ts';
import { daemon, type Start, type Sys, type Turn } from '../kernel/program.ts';
import {
  accept,
  clock,
  close,
  err,
  out,
  poll,
  read,
  sigpending,
  unlink,
  write,
} from '../libc/sys.ts';
import type { Chardev } from './chardev.ts';
import type { Vm } from './command.ts';
import { configure, warnings } from './commandLine.ts';
import { complaint, programName, report, type Voice } from './complaint.ts';
import { becomeParent, daemonPipe } from './daemonize.ts';
import { launch, removePidfile } from './launch.ts';
import { idleMonitor, type Monitor, monitorAfter } from './monitor.machine.ts';
import { announcement, receiveText } from './monitor.ts';
import { parseOptions } from './options.ts';
import { opt } from './opts.ts';
import { qemuAfter } from './qemu.machine.ts';
import { greeting, line } from './qmp.ts';
import { switches as readSwitches } from './switches.ts';

/** A chardev and, where one is attached, the QMP session on it. */
type Line = Readonly<{ chardev: Chardev; monitor: Monitor; offersOob: boolean }>;

type Running = Readonly<{
  phase: 'running';
  voice: Voice;
  pidfile: string | null;
  vm: Vm;
  lines: readonly Line[];
}>;

type Memory = Readonly<{ phase: 'starting'; start: Start }> | Running;

/** CHR_EVENT_OPENED: the session starts and the client is greeted. */
function* open(running: Running, at: Line, client: number, output: number): Sys<Line> {
  const chardev = { ...at.chardev, client, output };
  yield* write(output, line(greeting(running.vm.switches, at.offersOob), running.vm.switches));
  return { ...at, chardev, monitor: monitorAfter(at.monitor, { type: 'client.connected' }) };
}

function* begin(start: Start, hasKvm: boolean): Sys<Turn<Memory>> {
  const program = programName(start.argv[0] ?? 'qemu-kvm');
  const switches = { ...(yield* readSwitches()), hasKvm };
  const parsed = parseOptions(start.argv, switches.version[0] >= 4);
  if ('message' in parsed) {
    yield* err(complaint(program, parsed));
    return { exit: 1 };
  }
  const config = configure(program, parsed.options, parsed.disk, switches);
  if ('exit' in config) {
    if (config.stdout !== '') yield* out(config.stdout);
    if (config.stderr !== '') yield* err(config.stderr);
    return { exit: config.exit };
  }
  const said = daemonPipe(start) === null ? warnings(program, parsed.options, switches) : [];
  for (const warning of said) yield* err(warning);
  if (config.daemonize && daemonPipe(start) === null) {
    const named = config.chardevs.flatMap(({ opts }) => opt(opts, 'fd') ?? []);
    return { exit: yield* becomeParent(start, named.map(Number)) };
  }
  const launched = yield* launch(start, config, switches);
  if (launched === null) return { exit: 1 };
  const controls = config.monitors.filter(({ control }) => control);
  const bare = launched.chardevs.flatMap((chardev): Line[] => {
    const request = controls.find((monitor) => monitor.chardev === chardev.id);
    if (request === undefined) return [];
    const offersOob = switches.oob === 'exec' || request.oob;
    return [{ chardev, monitor: idleMonitor, offersOob }];
  });
  const { pidfile, timestamps } = config;
  const voice = { program, timestamps };
  const running: Running = { phase: 'running', voice, pidfile, vm: launched.vm, lines: bare };
  const lines: Line[] = [];
  for (const at of bare) {
    const { client, output } = at.chardev;
    lines.push(client === null || output === null ? at : yield* open(running, at, client, output));
  }
  return { again: { ...running, lines } };
}

/** CHR_EVENT_CLOSED: the listener is watched again. */
function* hangUp(at: Line): Sys<Line> {
  const { client } = at.chardev;
  if (client !== null) yield* close(client);
  const chardev = { ...at.chardev, client: null, output: null };
  return { ...at, chardev, monitor: monitorAfter(at.monitor, { type: 'client.left' }) };
}

/** monitor_qapi_event_emit: every monitor past negotiation hears of it. */
function* broadcast(lines: readonly Line[], text: string): Sys<void> {
  for (const { chardev, monitor } of lines) {
    if (monitor.value === 'commanding' && chardev.output !== null)
      yield* write(chardev.output, text);
  }
}

/** One readable descriptor of one monitor: a new client, bytes, or the end. */
function* serve(running: Running, index: number): Sys<Running> {
  const at = running.lines[index];
  if (at === undefined) return running;
  const put = (changed: Line, vm: Vm = running.vm): Running => ({
    ...running,
    vm,
    lines: running.lines.with(index, changed),
  });
  const { client, listener, output } = at.chardev;
  if (client === null) {
    const fd = yield* accept(listener ?? -1);
    return failed(fd) ? running : put(yield* open(running, at, fd, fd));
  }
  const text = yield* read(client);
  if (failed(text) || text === '') return put(yield* hangUp(at));
  const vm = { ...running.vm, offersOob: at.offersOob };
  const exchange = yield* receiveText(at.monitor, vm, text);
  if (exchange.output !== '' && output !== null) yield* write(output, exchange.output);
  yield* broadcast(running.lines.toSpliced(index, 1), exchange.events);
  return put({ ...at, monitor: exchange.monitor }, exchange.vm);
}

/** qemu_cleanup: the sockets' files go, the pidfile as the version has it, descriptors with the process. */
function* end(running: Running): Sys<Turn<Memory>> {
  for (const { chardev } of running.lines) {
    if (chardev.path !== null) yield* unlink(chardev.path);
  }
  yield* removePidfile(running.pidfile, running.vm.switches);
  return { exit: 0 };
}

const numbers: Readonly<Record<string, number>> = { SIGTERM: 15, SIGINT: 2, SIGHUP: 1 };

/** termsig_handler and main_loop_should_exit. SIGPIPE is ignored. */
function* interrupted(running: Running): Sys<Turn<Memory>> {
  const signal = (yield* sigpending()).find((name) => name in numbers);
  if (signal === undefined) return { again: running };
  yield* report(running.voice, { message: `terminating on signal ${numbers[signal]}` });
  const { qemu, announce } = qemuAfter(running.vm.qemu, {
    type: 'shutdown.requested',
    cause: 'host-signal',
  });
  const now = yield* clock();
  const vm = { ...running.vm, qemu };
  yield* broadcast(running.lines, announce.map((name) => announcement(name, vm, now)).join(''));
  return yield* end({ ...running, vm });
}

function* mainLoop(running: Running): Sys<Turn<Memory>> {
  const watched = running.lines.map(({ chardev }) => chardev.client ?? chardev.listener);
  const ready = yield* poll(watched.filter((fd) => fd !== null));
  if (failed(ready)) return yield* interrupted(running);
  const index = watched.findIndex((fd) => fd !== null && ready.includes(fd));
  const after = yield* serve(running, index);
  return after.vm.qemu.value === 'exiting' ? yield* end(after) : { again: after };
}

const build = (hasKvm: boolean) =>
  daemon<Memory>({
    begin: (start) => ({ phase: 'starting', start }),
    *turn(memory) {
      return yield* memory.phase === 'starting' ? begin(memory.start, hasKvm) : mainLoop(memory);
    },
  });

export const qemu = build(true);

/** The same source, configured with --disable-kvm. */
export const qemuWithoutKvm = build(false);
