/**
 * The recorder of the libvirt 9.0 traces, on the simulated host: the same steps, the same things looked at.
 *
 * The recording machine is the profile recorded900, whose only /dev/kvm is what a step makes. Time is taken from the
 * recording: a step begins no earlier here than it did there.
 */
import { readFileSync } from 'node:fs';
import { type Acl, fromMode } from '../../sim/acl/entry.ts';
import { entryText } from '../../sim/acl/text.ts';
import { fromXattr } from '../../sim/acl/xattr.ts';
import { ask, opens, statOf, textOf } from '../../sim/host/ask.ts';
import { newHost } from '../../sim/host/machine.ts';
import { profileNamed } from '../../sim/host/profiles.ts';
import { step } from '../../sim/host/step.ts';
import { root, unprivileged } from '../../sim/kernel/credentials.ts';
import { failed } from '../../sim/kernel/errno.ts';
import { executable } from '../../sim/kernel/executable.ts';
import { command } from '../../sim/kernel/program.ts';
import * as sys from '../../sim/libc/sys.ts';
import { cacheFileName } from '../../sim/libvirt/cacheFile.ts';
import { libvirt900 } from '../../sim/libvirt/switches.ts';
import { createShell, type Outcome, type ShellSession } from '../../sim/shell/create.ts';

export type Recorded = Readonly<{
  scenario?: string;
  step: readonly [string, ...(string | number)[]];
  /** Seconds since the scenario began. */
  t: number;
  rc?: number;
  domains?: Readonly<Record<string, readonly string[]>>;
  domain?: readonly string[];
  out?: string;
  err?: string;
  accel?: readonly string[];
  kvm?: Readonly<{ mode?: string; uid?: number; gid?: number; acl?: string; err?: string }>;
  qemu_open?: string;
  cache?: Readonly<Record<string, Readonly<{ kvm: boolean; rewritten: boolean }>>>;
  log?: readonly string[];
  probes?: number;
}>;

const fixture = (name: string) =>
  readFileSync(new URL(`../fixtures/libvirt900/${name}`, import.meta.url), 'utf8');

export const recording = (name: string): readonly Recorded[] =>
  fixture(name)
    .trim()
    .split('\n')
    .map((line): Recorded => JSON.parse(line));

const LOG = '/var/log/libvirt/libvirtd.log';
const emulators = ['/usr/bin/qemu-system-x86_64', '/usr/bin/qemu-system-i386'];
const SEAT = 'root@pts/0';

const guest = (type: string, name: string, rest: string, emulator: string) =>
  `<domain type='${type}'><name>${name}</name><memory unit='MiB'>64</memory><vcpu>1</vcpu><os><type arch='x86_64'${rest}>hvm</type></os><devices>${emulator}</devices></domain>`;
const EMULATOR = '<emulator>/usr/bin/qemu-system-x86_64</emulator>';

/** The recorder's own three domains are not among the recordings; what they are follows from their errors. */
const domains: Readonly<Record<string, string>> = {
  'kvmdom.xml': guest('kvm', 't1', " machine='pc'", EMULATOR),
  'qemudom.xml': guest('qemu', 't2', " machine='pc'", EMULATOR),
  'kvmdom_noemu.xml': guest('kvm', 't3', '', ''),
  ...Object.fromEntries(
    Object.entries<string>(JSON.parse(fixture('domains.json'))).map(([name, text]) => [
      `dom/${name}.xml`,
      text,
    ]),
  ),
};

const filters =
  '1:qemu.qemu_capabilities 1:qemu.qemu_process 1:util.filecache 1:qemu.qemu_conf 1:qemu.qemu_monitor';
const conf = `log_filters = "${filters}"\nlog_outputs = "1:file:${LOG}"\n`;

/** `dropcaps`: the recorder wrapped QEMU so that its probe lost CAP_DAC_OVERRIDE; here libvirtd does not give it. */
function host(mode: 'native' | 'dropcaps') {
  const switches = {
    ...libvirt900,
    ...profileNamed('recorded900').build?.libvirt,
    proberOverridesDac: mode === 'native',
  };
  return newHost(profileNamed('recorded900'), {
    files: [
      { path: '/usr/bin/mend', mode: 0o755, content: executable('mend') },
      { path: '/etc/libvirt/libvirtd.conf', content: conf },
      { path: '/usr/lib/kvmlab/libvirt.json', content: JSON.stringify(switches) },
      ...Object.entries(domains).map(([name, content]) => ({ path: `/root/${name}`, content })),
    ],
  });
}

/** The lines that the recorder kept, with addresses and long numbers taken out. */
const kept =
  /virFileCache|virQEMUCaps(IsValid|KVMUsable|KVMSupports\w+|LoadFile|LoadCache|SaveFile|CacheLookup|NewData|NewForBinary\w*|CacheNew|InitQMP\b)|qemuProcessQMP(Launch|Run)|Outdated|KVM was|KVM is|\| error|: error :|: warning :/;

const plain = (text: string): string =>
  text
    .slice(0, 300)
    .replace(/0x[0-9a-f]{6,}/g, 'PTR')
    .replace(/\b\d{7,}\b/g, 'N');

/** QEMU's clock, and the name under which the recorder had hidden the real binary. */
const words = (text: string): string =>
  text.replace(/\d{4}-\d\d-\d\dT[\d:.]+Z/g, 'TIME').replaceAll('x86_64.real', 'x86_64');

const qemuUser = unprivileged(64055, 107, [107, 64055]);

export type Recorder = Readonly<{
  play: (recorded: Recorded) => Partial<Recorded>;
  /** What a line prints, stdout and stderr in their order. */
  typed: (line: string) => string;
}>;

type State = { shell: ShellSession; logged: number; files: Map<string, string> };

/** Asked without a command, which would take its time. */
const aclText = (acl: Acl): string => acl.map((e) => entryText(e)).join(',');

function look(state: State): Partial<Recorded> {
  const world = state.shell.world();
  const st = statOf(world, '/dev/kvm');
  const request = { call: 'getxattr', path: '/dev/kvm', name: 'system.posix_acl_access' } as const;
  const xattr = ask(world, root, request);
  const entries = typeof xattr === 'string' ? fromXattr(xattr) : null;
  const acl = failed(st) ? '' : aclText(entries ?? fromMode(st.mode));
  const kvm = failed(st)
    ? { err: 'No such file or directory' }
    : { mode: (st.mode & 0o7777).toString(8).padStart(4, '0'), uid: st.uid, gid: st.gid, acl };
  return { kvm, qemu_open: opens(world, qemuUser, '/dev/kvm') ?? 'OK', cache: cacheOf(state) };
}

function cacheOf(state: State): NonNullable<Recorded['cache']> {
  const world = state.shell.world();
  const found: Record<string, { kvm: boolean; rewritten: boolean }> = {};
  for (const path of emulators.map(cacheFileName)) {
    const text = textOf(world, path);
    const st = statOf(world, path);
    if (text === null || failed(st)) continue;
    const key = `${st.ino} ${st.mtime}`;
    const name = /<emulator>(.*?)<\/emulator>/.exec(text)?.[1] ?? path;
    found[name] = {
      kvm: text.includes("<flag name='kvm'/>"),
      rewritten: state.files.get(path) !== key,
    };
    state.files.set(path, key);
  }
  return found;
}

function newLog(state: State): readonly string[] {
  const text = textOf(state.shell.world(), LOG) ?? '';
  const lines = text.slice(state.logged).split('\n');
  state.logged = text.length;
  return lines.flatMap((line) => {
    const [, body = ''] = /^\S+ \S+: \d+: (.*)$/.exec(line) ?? [];
    return kept.test(body) && !body.includes('Not yet impl') ? [plain(body)] : [];
  });
}

const said = (text: string) => words(text.trim());

function offered(xml: string): Readonly<Record<string, readonly string[]>> {
  const guests = xml.match(/<guest>[\s\S]*?<\/guest>/g) ?? [];
  return Object.fromEntries(
    guests.map((g) => [
      /<arch name='(.*?)'/.exec(g)?.[1] ?? '',
      [...g.matchAll(/<domain type='(.*?)'/g)].map(([, type = '']) => type),
    ]),
  );
}

function create(shell: ShellSession, file: string): Partial<Recorded> {
  const { stdout, stderr, status } = shell.run(`virsh create ${file}`);
  const result = { rc: status, out: said(stdout), err: said(stderr) };
  const name = /<name>(.*?)<\/name>/.exec(domains[file] ?? '')?.[1];
  if (status !== 0 || name === undefined) return result;
  const tasks = Object.values(shell.world().kernel.tasks);
  const argv = tasks.find((t) => t.argv.some((word) => word.startsWith(`guest=${name},`)))?.argv;
  const accel = /-accel \S+/.exec(argv?.join(' ') ?? '')?.[0];
  shell.run(`virsh destroy ${name}`);
  return { ...result, accel: accel === undefined ? [] : [accel] };
}

const services: Readonly<Record<string, string>> = {
  start: 'systemctl start libvirtd',
  stop: 'systemctl stop libvirtd',
  restart: 'systemctl stop libvirtd; systemctl start libvirtd',
};

const trimmed = (name: 'out' | 'err', text: string) => (text === '' ? {} : { [name]: said(text) });

/** The simulated shell puts only simple commands into the background, so the recorder's one subshell is a program. */
const simple = (line: string) =>
  line.replace(/\(sleep 0\.3; chmod 0660 .*\) >.* 2>&1 &$/, 'mend >/dev/null 2>&1 &');

/** 0.3 s there; here, where every system call takes 4 ms, QEMU has tried the node after half a second. */
const mend = command(function* () {
  yield* sys.nanosleep(600);
  yield* sys.chmod('/dev/kvm', 0o660);
  return 0;
});

function perform(shell: ShellSession, [kind, ...rest]: Recorded['step']): Partial<Recorded> {
  const service = services[kind];
  const [first = ''] = rest;
  if (service !== undefined) shell.run(service);
  if (kind === 'create') return create(shell, String(first));
  const line = { sh: simple(String(first)), caps: 'virsh capabilities' }[kind];
  const typed = line ?? `virsh ${kind === 'domcaps' ? 'domcapabilities ' : ''}${rest.join(' ')}`;
  if (!['sh', 'caps', 'domcaps', 'virsh'].includes(kind)) return {};
  const done: Outcome = shell.run(typed);
  const { status: rc, stdout, stderr } = done;
  if (kind === 'sh') return { rc, ...trimmed('out', stdout), ...trimmed('err', stderr) };
  if (kind === 'caps') return { rc, domains: offered(stdout), ...trimmed('err', stderr) };
  if (kind === 'virsh') return { rc, out: said(stdout), err: said(stderr) };
  const domain = [...stdout.matchAll(/<domain>(.*?)<\/domain>/g)].map(([, type = '']) => type);
  return { rc, domain, ...trimmed('err', stderr) };
}

/** A scenario begins on a host of its own, with an empty cache and without a node. */
export function recorder(mode: 'native' | 'dropcaps'): Recorder {
  const { machinery: plainMachinery, world } = host(mode);
  const machinery = { ...plainMachinery, programs: { ...plainMachinery.programs, mend } };
  const inside = step(machinery, world, { login: 'root', on: 'pts/0' });
  const state: State = {
    shell: createShell(machinery, inside, SEAT),
    logged: 0,
    files: new Map(),
  };
  state.shell.run('rm -f /dev/kvm');
  let began = Math.ceil(state.shell.world().now / 1000) * 1000;
  // Between `align` and the next sleep everything has to happen within one second: nobody waits.
  let hurry = false;
  return {
    typed: (line) =>
      state.shell
        .run(line)
        .chunks.map(({ text }) => text)
        .join(''),
    play(recorded) {
      const now = state.shell.world().now;
      const [kind, wait] = recorded.step;
      const due = began + recorded.t * 1000;
      const late = Math.max(0, due - now) / 1000;
      const aligned = (Math.floor(now / 1000) + 1) * 1000 + Number(wait ?? 0) * 1000 - now;
      if (kind === 'align') hurry = true;
      if (kind === 'align') state.shell.run(`sleep ${aligned / 1000}`);
      else if (kind !== 'sleep' && !hurry && late > 0) state.shell.run(`sleep ${late}`);
      if (kind === 'sleep') {
        state.shell.run(`sleep ${wait}`);
        hurry = false;
        began = state.shell.world().now - (recorded.t + Number(wait)) * 1000;
        return {};
      }
      const result = perform(state.shell, recorded.step);
      const log = newLog(state);
      const probes = log.filter((line) => line.includes('Try to probe')).length;
      return { ...result, ...look(state), log, probes };
    },
  };
}

const keys = ['rc', 'domains', 'domain', 'accel', 'qemu_open', 'probes'] as const;

/** What is compared of a step; times and sizes are left out. */
export function comparable(step: Partial<Recorded>): Record<string, unknown> {
  const { kvm, cache, out, err, log } = step;
  const node = kvm && { mode: kvm.mode, uid: kvm.uid, gid: kvm.gid, acl: kvm.acl, err: kvm.err };
  const files = Object.entries(cache ?? {}).map(([name, c]) => [name, c.kvm, c.rewritten]);
  return {
    ...Object.fromEntries(keys.map((key) => [key, step[key]])),
    out: out === undefined ? undefined : words(out),
    err: err === undefined ? undefined : words(err),
    log: log?.map(plain),
    node,
    files: files.sort(),
  };
}

/** Split at the lines that name a scenario. */
export function scenarios(all: readonly Recorded[]): [string, Recorded[]][] {
  const found: [string, Recorded[]][] = [];
  for (const line of all) {
    if (line.scenario !== undefined) found.push([line.scenario, []]);
    else found.at(-1)?.[1].push(line);
  }
  return found;
}
