/**
 * A small host for udev's own tests: the real kernel model, no services, a /sys that the test writes.
 *
 * PID 1 sleeps. Programs are started one at a time (`run`) and everything runs until all is quiet. What
 * /sys and /proc/sys hold is given as a table, since recordings were made on other hardware than ours:
 * requests for these paths are answered here and never reach the kernel.
 */
import { powerOn } from '../../sim/host/boot.ts';
import type { DiskFile } from '../../sim/host/disk.ts';
import type { Profile } from '../../sim/host/profile.ts';
import { centos7 } from '../../sim/host/profiles/centos7.ts';
import type { Machinery } from '../../sim/host/route.ts';
import { settle, settleUntil } from '../../sim/host/schedule.ts';
import type { World } from '../../sim/host/world.ts';
import { root } from '../../sim/kernel/credentials.ts';
import { executable } from '../../sim/kernel/executable.ts';
import { server2019 } from '../../sim/kernel/hardware.ts';
import type { Inode } from '../../sim/kernel/inode.ts';
import { get } from '../../sim/kernel/pages.ts';
import { command, type Program, type Programs, type Sys } from '../../sim/kernel/program.ts';
import type { Answer, Request } from '../../sim/kernel/request.ts';
import { nanosleep, open, out, spawn, wait } from '../../sim/libc/sys.ts';
import { programs as udev } from '../../sim/udev/programs.ts';
import type { UdevSwitches } from '../../sim/udev/switches.ts';

/** path -> text of a file; `-> target` is a link. */
export type Table = Readonly<Record<string, string>>;

const blank = { ino: 0, dev: 'sys', nlink: 1, uid: 0, gid: 0, rdev: null, size: 4096 };
const times = { atime: 0, mtime: 0, ctime: 0 };

/** Normalized path with the table's links followed; the last part only if `follow`. */
function resolve(table: Table, path: string, follow: boolean): string {
  const parts = path.split('/').filter((part) => part !== '' && part !== '.');
  let at = '';
  for (const [i, part] of parts.entries()) {
    if (part === '..') {
      at = at.slice(0, at.lastIndexOf('/'));
      continue;
    }
    const next = `${at}/${part}`;
    const entry = table[next];
    const isLink = entry?.startsWith('-> ') && (follow || i < parts.length - 1);
    const target = isLink ? (entry ?? '').slice(3) : null;
    at =
      target === null
        ? next
        : resolve(table, target.startsWith('/') ? target : `${at}/${target}`, true);
  }
  return at;
}

const below = (table: Table, path: string): string[] => {
  const names = Object.keys(table)
    .filter((name) => name.startsWith(`${path}/`))
    .map((name) => name.slice(path.length + 1).split('/')[0] ?? '');
  return [...new Set(names)].sort();
};

/** Fake descriptors of files of the table. */
const FAKE = 5000;

function answer(table: Table, opened: string[], request: Request): Answer | undefined {
  const isOurs = (path: string) => /^\/(sys|proc\/sys)(\/|$)/.test(path);
  if ('fd' in request && request.fd >= FAKE) {
    const path = opened[request.fd - FAKE] ?? '';
    if (request.call === 'read') return table[path] ?? '';
    if (request.call === 'getdents')
      return below(table, path).map((name) => ({ name, type: 'file' }));
    return request.call === 'write' ? request.data.length : null;
  }
  if (!('path' in request) || !isOurs(request.path)) return undefined;
  const path = resolve(
    table,
    request.path,
    request.call !== 'lstat' && request.call !== 'readlink',
  );
  const text = table[path];
  const isDir = text === undefined && below(table, path).length > 0;
  if (text === undefined && !isDir) return { errno: 'ENOENT' };
  if (request.call === 'open') return FAKE + opened.push(path) - 1;
  const type = isDir ? 'dir' : text?.startsWith('-> ') ? 'symlink' : 'file';
  if (request.call === 'stat' || request.call === 'lstat') {
    return { ...blank, ...times, type, mode: type === 'file' ? 0o444 : 0o755 };
  }
  if (request.call === 'access') return null;
  return type === 'symlink' ? (text ?? '').slice(3) : { errno: 'EINVAL' };
}

/** The same program with the table in the place of /sys. */
function withTable(program: Program, table: Table): Program {
  return {
    begin: program.begin,
    *turn(memory) {
      const inner = program.turn(memory);
      const opened: string[] = [];
      let next = inner.next();
      while (!next.done) {
        const given = answer(table, opened, next.value);
        next = inner.next(given === undefined ? yield next.value : given);
      }
      return next.value;
    },
  };
}

const helpers: Programs = {
  systemd: command(function* () {
    for (;;) yield* nanosleep(1e9);
  }),
  true: command(function* () {
    return 0;
  }),
  false: command(function* () {
    return 1;
  }),
  echo: command(function* ({ argv }) {
    yield* out(`${argv.slice(1).join(' ')}\n`);
    return 0;
  }),
};

export type Laboratory = { machinery: Machinery; world: World };

/** Of the machine that made the recordings. */
const osRelease = `PRETTY_NAME="Debian GNU/Linux 12 (bookworm)"
NAME="Debian GNU/Linux"
VERSION_ID="12"
VERSION="12 (bookworm)"
VERSION_CODENAME=bookworm
ID=debian
HOME_URL="https://www.debian.org/"
SUPPORT_URL="https://www.debian.org/support"
BUG_REPORT_URL="https://bugs.debian.org/"
`;

const passwd = 'root:x:0:0::/root:/bin/sh\ndaemon:x:1:1::/:/bin/sh\n';
const group = 'root:x:0:\ndaemon:x:1:\ndisk:x:6:\nkvm:x:107:\n';

export function laboratory(
  switches: UdevSwitches,
  files: readonly DiskFile[],
  table: Table | null,
  more: Programs = {},
): Laboratory {
  const wrapped: Programs =
    table === null
      ? udev
      : Object.fromEntries(Object.entries(udev).map(([name, p]) => [name, withTable(p, table)]));
  const programs: Programs = { ...helpers, ...wrapped, ...more };
  const binary = (path: string, program: string): DiskFile => ({
    path,
    mode: 0o755,
    content: executable(program),
  });
  const disk: DiskFile[] = [
    binary('/usr/lib/systemd/systemd', 'systemd'),
    binary('/usr/lib/systemd/systemd-udevd', 'systemd-udevd'),
    binary('/usr/lib/systemd/systemd-udevd-worker', 'systemd-udevd-worker'),
    binary('/usr/bin/udevadm', 'udevadm'),
    binary('/bin/true', 'true'),
    binary('/bin/false', 'false'),
    binary('/bin/echo', 'echo'),
    ...Object.keys(more).map((name) => binary(`/opt/${name}`, name)),
    { path: '/usr/lib/kvmlab/udev.json', content: JSON.stringify(switches) },
    { path: '/etc/os-release', content: osRelease },
    { path: '/etc/passwd', content: passwd },
    { path: '/etc/group', content: group },
    ...files,
  ];
  const profile: Profile = {
    name: 'laboratory',
    system: 'udev alone',
    components: centos7.components,
    hostname: 'lab',
    hardware: server2019,
    disk,
    epoch: Date.UTC(2020, 0, 1),
  };
  const machinery: Machinery = { programs, reboot: (world) => world };
  return { machinery, world: powerOn(machinery, profile) };
}

export type Ended = Readonly<{ code: number; stdout: string; stderr: string }>;

/** Type nothing, start a program as root from PID 1's place, run until it has ended and all is quiet. */
export function run(lab: Laboratory, path: string, ...args: string[]): Ended {
  const name = 'starter';
  const starter = command(function* () {
    yield* open('/out', ['write', 'create', 'trunc']);
    yield* open('/err', ['write', 'create', 'trunc']);
    const argv = [path.slice(path.lastIndexOf('/') + 1), ...args];
    const pid = yield* spawn(path, argv, {
      fds: { 1: 0, 2: 1 },
      inherit: false,
      credentials: root,
    });
    const end = yield* wait(pid as number);
    return 'code' in end ? end.code : 127;
  });
  return start(lab, name, starter);
}

/** Run one piece of program code on the host, as root. */
export function act<T>(lab: Laboratory, code: () => Sys<T>): T {
  let result: T | undefined;
  const once = command(function* () {
    result = yield* code();
    return 0;
  });
  start(lab, 'actor', once);
  return result as T;
}

function start(lab: Laboratory, name: string, program: Program): Ended {
  const machinery = { ...lab.machinery, programs: { ...lab.machinery.programs, [name]: program } };
  const { kernel } = lab.world;
  const init = kernel.tasks[1];
  if (!init) throw new Error('the laboratory has no PID 1');
  const pid = kernel.nextPid;
  const task = { ...init, pid, ppid: 1, comm: name, state: 'running', parked: null } as const;
  const first = { ...task, deadline: null, fds: {}, caught: [], pending: [] };
  const turn = program.turn(program.begin({ argv: [name], env: {} }));
  const request = turn.next();
  if (request.done) throw new Error(`${name} makes no system call`);
  const memory = program.begin({ argv: [name], env: {} });
  lab.world = {
    ...lab.world,
    kernel: { ...kernel, nextPid: pid + 1, tasks: { ...kernel.tasks, [pid]: first } },
    processes: {
      ...lab.world.processes,
      [pid]: { program: name, memory, answers: [], request: request.value },
    },
  };
  lab.machinery = machinery;
  const busy = (world: World) => world.processes[pid] !== undefined;
  lab.world = settleUntil(machinery, lab.world, busy);
  const code = lab.world.kernel.tasks[pid]?.status?.code ?? 0;
  return { code, stdout: content(lab, '/out') ?? '', stderr: content(lab, '/err') ?? '' };
}

/** Start something that stays, such as udevd; everything runs until all is quiet. */
export function startDaemon(lab: Laboratory, path: string): void {
  act(lab, function* () {
    yield* spawn(path, [path], { inherit: false, daemon: true });
  });
  lab.world = settle(lab.machinery, lab.world);
}

/** Let every process that can run make system calls until nobody can. */
export function quiet(lab: Laboratory): void {
  lab.world = settle(lab.machinery, lab.world);
}

/** The inode at a path; links are not followed. */
export function inode(lab: Laboratory, path: string): Inode | undefined {
  const { kernel } = lab.world;
  const mount = kernel.mounts
    .filter((m) => path === m.path || path.startsWith(`${m.path === '/' ? '' : m.path}/`))
    .sort((a, b) => b.path.length - a.path.length)[0];
  let at = get(kernel.inodes, mount?.root ?? 0);
  const rest = path.slice(mount?.path === '/' ? 0 : (mount?.path.length ?? 0));
  for (const part of rest.split('/').filter((p) => p !== '')) {
    at = get(kernel.inodes, at?.entries[part] ?? -1);
  }
  return at;
}

export const content = (lab: Laboratory, path: string): string | undefined =>
  inode(lab, path)?.content;
