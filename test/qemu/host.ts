/**
 * A small host for QEMU: the real simulated kernel, a disk with one binary, and a script in the place of PID 1.
 */
import { powerOn } from '../../sim/host/boot.ts';
import type { Profile } from '../../sim/host/profile.ts';
import { centos7 } from '../../sim/host/profiles/centos7.ts';
import { advance, type Machinery, tick } from '../../sim/host/route.ts';
import { nextDeadline } from '../../sim/host/schedule.ts';
import { runnable, type World } from '../../sim/host/world.ts';
import { type Credentials, root, unprivileged } from '../../sim/kernel/credentials.ts';
import { failed } from '../../sim/kernel/errno.ts';
import { executable } from '../../sim/kernel/executable.ts';
import { server2019 } from '../../sim/kernel/hardware.ts';
import { command, type Sys } from '../../sim/kernel/program.ts';
import type { Request } from '../../sim/kernel/request.ts';
import type { KernelState } from '../../sim/kernel/state.ts';
import * as sys from '../../sim/libc/sys.ts';
import { programs } from '../../sim/qemu/programs.ts';
import { type QemuSwitches, qemu212el7, SWITCHES_FILE } from '../../sim/qemu/switches.ts';

export const QEMU = '/usr/libexec/qemu-kvm';
export const DEBIAN = '/usr/bin/qemu-system-x86_64';

/** el7's user qemu: in the group kvm (36). */
export const qemuUser = unprivileged(107, 107, [107, 36]);

export type HostOptions = Readonly<{
  switches?: QemuSwitches;
  createVm?: KernelState['faults']['createVm'];
  virt?: 'other';
  /** Drops every kept generator after each system call, so that turns are run again from their answers. */
  forgetful?: boolean;
}>;

const profile = (switches: QemuSwitches): Profile => ({
  name: 'test',
  system: 'test',
  components: centos7.components,
  hostname: 'host',
  hardware: server2019,
  epoch: 1_563_000_000_000,
  disk: [
    { path: QEMU, mode: 0o755, content: executable('qemu-kvm') },
    { path: DEBIAN, mode: 0o755, content: executable('qemu-kvm') },
    { path: SWITCHES_FILE, content: JSON.stringify(switches) },
    { path: '/usr/lib/systemd/systemd', mode: 0o755, content: executable('systemd') },
    { path: '/tmp/', mode: 0o1777 },
    { path: '/opt/' },
  ],
});

/** One call at a time, lowest pid first; forgetfully on a copy of the world, where all but plain data is lost. */
function play(machinery: Machinery, from: World, busy: () => boolean, forgetfully: boolean): World {
  let world = from;
  while (busy()) {
    const [pid] = runnable(world);
    const deadline = nextDeadline(world);
    if (pid === undefined && deadline === null) return world;
    world =
      pid === undefined
        ? tick(machinery, world, Math.max(deadline ?? 0, world.now))
        : advance(machinery, world, pid);
    if (forgetfully) world = structuredClone(world);
  }
  return world;
}

/** Runs the script as PID 1 of a fresh host with kvm_intel loaded; answers what it returns. */
export function onHost<T>(script: () => Sys<T>, options: HostOptions = {}) {
  const result: { value?: T } = {};
  const systemd = command(function* () {
    // Sleeps until the host has been set up: switching it on lets no time pass.
    yield* sys.nanosleep(1);
    yield* sys.initModule('irqbypass');
    yield* sys.initModule('kvm');
    yield* sys.initModule('kvm_intel');
    result.value = yield* script();
    return 0;
  });
  const seen: Request[] = [];
  const machinery = {
    programs: { ...programs, systemd },
    reboot: <W>(world: W) => world,
    watch: ({ request }: { request: Request }) => seen.push(request),
  };
  const on = powerOn(machinery, profile(options.switches ?? qemu212el7));
  const { kernel } = on;
  const faults = { ...kernel.faults, createVm: options.createVm ?? [] };
  const virt = options.virt === undefined ? kernel.virt : { ...kernel.virt, value: options.virt };
  const world = { ...on, kernel: { ...kernel, faults, virt } };
  const busy = () => !('value' in result);
  const end = play(machinery, world, busy, options.forgetful === true);
  if (!('value' in result)) throw new Error('the script never came to its end');
  return { value: result.value as T, world: end, seen };
}

export type Child = Readonly<{ pid: number; stderr: number; stdout: number }>;

/** Starts QEMU with pipes for its output. */
export function* start(
  argv: readonly string[],
  credentials: Credentials = root,
  path = QEMU,
): Sys<Child> {
  const [errIn, errOut] = (yield* sys.pipe()) as readonly [number, number];
  const [outIn, outOut] = (yield* sys.pipe()) as readonly [number, number];
  const fds = { 1: outOut, 2: errOut };
  const pid = yield* sys.spawn(path, argv, { credentials, fds });
  if (failed(pid)) throw new Error(`${path}: ${pid.errno}`);
  yield* sys.close(errOut);
  yield* sys.close(outOut);
  return { pid, stderr: errIn, stdout: outIn };
}

/** All of a pipe, until every writer is gone. */
export function* drain(fd: number): Sys<string> {
  let text = '';
  for (;;) {
    const more = yield* sys.read(fd);
    if (failed(more) || more === '') return text;
    text += more;
  }
}

/** Waits until QEMU listens, or has ended: null. */
export function* connect(path: string, pid: number): Sys<number | null> {
  for (let i = 0; i < 200; i++) {
    const fd = yield* sys.connect(path);
    if (!failed(fd)) return fd;
    const ended = yield* sys.kill(pid, 'SIGCHLD');
    if (failed(ended)) return null;
    yield* sys.nanosleep(1);
  }
  return null;
}

/** One exchange on a QMP socket. */
export function* say(fd: number, text: string): Sys<string> {
  yield* sys.write(fd, text);
  const reply = yield* sys.read(fd);
  return failed(reply) ? '' : reply;
}
