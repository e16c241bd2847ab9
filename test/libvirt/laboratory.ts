/**
 * A CentOS 7.7 host with qemu-kvm-ev and libvirt installed, root at a terminal, and every QEMU launch counted.
 */
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
import { command, type Sys } from '../../sim/kernel/program.ts';
import { programs as libvirt } from '../../sim/libvirt/programs.ts';

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

const base = (path: string): string =>
  profileNamed('centos7').disk.find((file) => file.path === path)?.content ?? '';

/** What the packages' scriptlets would add, so that these tests need no other room's useradd. */
const prepared = () => [
  { path: '/usr/bin/scripted', mode: 0o755, content: executable('scripted') },
  {
    path: '/etc/passwd',
    content: `${base('/etc/passwd')}qemu:x:107:107:qemu user:/:/sbin/nologin\n`,
  },
  { path: '/etc/group', content: `${base('/etc/group')}kvm:x:36:qemu\nqemu:x:107:\n` },
];

export function laboratory(setup: Setup = {}): Laboratory {
  let script: () => Sys<unknown> = function* () {};
  const scripted = command(function* () {
    yield* script();
    return 0;
  });
  const files = [...prepared(), ...(setup.files ?? [])];
  const ordered = withSetup(profileNamed('centos7'), { ...setup, files });
  const launches: string[] = [];
  const machinery: Machinery = {
    programs: { ...programs, ...libvirt, scripted },
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
