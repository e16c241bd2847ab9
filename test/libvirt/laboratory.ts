/**
 * A CentOS 7.7 host with qemu-kvm-ev and libvirt installed, root at a terminal, and every QEMU launch counted.
 */
import { textOf } from '../../sim/host/ask.ts';
import { powerOn, rebooted } from '../../sim/host/boot.ts';
import type { Setup } from '../../sim/host/machine.ts';
import { withSetup } from '../../sim/host/machine.ts';
import { profileNamed } from '../../sim/host/profiles.ts';
import { programs } from '../../sim/host/programs.ts';
import type { Machinery } from '../../sim/host/route.ts';
import { step } from '../../sim/host/step.ts';
import { shown } from '../../sim/host/terminal.ts';
import type { World } from '../../sim/host/world.ts';
import { executable } from '../../sim/kernel/executable.ts';
import { command, type Programs, type Sys } from '../../sim/kernel/program.ts';
import * as sys from '../../sim/libc/sys.ts';
import { programs as libvirt } from '../../sim/libvirt/programs.ts';
import type { LibvirtSwitches } from '../../sim/libvirt/switches.ts';

export const ROOT = 'root@pts/0';

const HURRY = 'at once: ';

export type Outcome = Readonly<{ stdout: string; stderr: string; status: number }>;

export type Laboratory = {
  world: World;
  machinery: Machinery;
  /** QEMU launches by libvirtd since the start: probes and guests alike, by their -machine. */
  launches: string[];
  /** A line typed on the next whole second; at once after `at once: `. */
  run: (line: string) => Outcome;
  /** System calls of root's own, for what no command of the host does. */
  script: (calls: () => Sys<unknown>) => void;
};

/** The words of a line; quotes group, nothing else is special. */
const words = (line: string): string[] =>
  (line.match(/'[^']*'|"[^"]*"|\S+/g) ?? []).map((w) => w.replace(/^(['"])(.*)\1$/, '$2'));

/** A program of the test's own, for system calls that no command of the host makes. */
const prepared = [{ path: '/usr/bin/scripted', mode: 0o755, content: executable('scripted') }];

export function laboratory(setup: Setup = {}, more: Programs = {}): Laboratory {
  let script: () => Sys<unknown> = function* () {};
  const scripted = command(function* () {
    yield* script();
    return 0;
  });
  const files = [...prepared, ...(setup.files ?? [])];
  const ordered = withSetup(profileNamed('centos7'), { ...setup, files });
  const launches: string[] = [];
  const machinery: Machinery = {
    programs: { ...programs, ...libvirt, scripted, ...more },
    reboot: (world) => rebooted(machinery, ordered, world),
    watch: ({ pid, request, answer, before }) => {
      if (request.call !== 'spawn' || typeof answer !== 'number') return;
      if (before.kernel.tasks[pid]?.comm !== 'libvirtd') return;
      const at = request.argv.indexOf('-machine');
      if (at > 0 && request.argv.includes('-S')) launches.push(request.argv[at + 1] ?? '');
    },
  };
  let world = powerOn(machinery, ordered);
  world = step(machinery, world, { login: 'root', on: 'pts/0' });
  const lab: Laboratory = {
    world,
    machinery,
    launches,
    run(line) {
      const hurry = line.startsWith(HURRY);
      const typed = words(hurry ? line.slice(HURRY.length) : line);
      const choice = { run: typed, as: ROOT, ...(hurry ? { pace: 0 as const } : {}) } as const;
      lab.world = step(machinery, lab.world, choice);
      const { stdout, stderr, status } = shown(lab.world, 'pts/0');
      return { stdout, stderr, status };
    },
    script(calls) {
      script = calls;
      lab.run(`${HURRY}/usr/bin/scripted`);
    },
  };
  return lab;
}

export const LOG = '/var/log/libvirt/libvirtd.log';

/** The domain of the recordings: no balloon, so five devices. */
export const domain = (name: string, arch = " arch='x86_64'") => `<domain type='kvm'>
  <name>${name}</name>
  <memory unit='MiB'>64</memory>
  <vcpu>1</vcpu>
  <os><type${arch} machine='pc'>hvm</type></os>
  <devices><emulator>/usr/libexec/qemu-kvm</emulator><memballoon model='none'/></devices>
</domain>
`;

export const BREAK = 'setfacl -m g::---,m::rw- /dev/kvm';
export const FIX = 'setfacl -m g::rw /dev/kvm';

/**
 * The host of the recordings: libvirt installed and logging, kvm_intel loaded, the node root:kvm 0666, and
 * no udevd, which would answer every KVM probe's uevent by touching the node. libvirtd is not yet started.
 */
export function recordedHost(switches?: LibvirtSwitches, more: Programs = {}): Laboratory {
  const setup = {
    files: [
      { path: '/root/dom500.xml', content: domain('t1') },
      { path: '/root/dom500na.xml', content: domain('t1', '') },
      { path: '/root/dom8.xml', content: domain('t8') },
      ...(switches === undefined
        ? []
        : [{ path: '/usr/lib/kvmlab/libvirt.json', content: JSON.stringify(switches) }]),
    ],
  };
  const lab = laboratory(setup, more);
  lab.script(function* () {
    for (const module of ['irqbypass', 'kvm', 'kvm_intel']) yield* sys.initModule(module);
  });
  lab.run('yum -y install qemu-kvm-ev libvirt');
  lab.run('systemctl stop systemd-udevd');
  lab.script(function* () {
    yield* sys.chown('/dev/kvm', 0, 36);
    yield* sys.chmod('/dev/kvm', 0o666);
    const conf = `log_level = 1\nlog_outputs = "1:file:${LOG}"\n`;
    yield* sys.writeFile('/etc/libvirt/libvirtd.conf', conf);
  });
  return lab;
}

export const logOf = (lab: Laboratory): string => textOf(lab.world, LOG) ?? '';

/** [probes: a] invalid: b should-be-usable: c not-avail-now: d, as the recordings print them. */
export function countersOf(lab: Laboratory): readonly number[] {
  const log = logOf(lab);
  return [
    'Try to probe capabilities',
    'no longer valid',
    'but it should be usable now',
    'but it is not available now',
  ].map((text) => log.split(text).length - 1);
}
