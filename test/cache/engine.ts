/**
 * One row of the cache suite, played on a simulated host: a state, a change, look-ups, and what they came to.
 *
 * The host is the recorders' machine: no udevd, so a probe's uevents touch nothing, and a node made by tmpfiles.d, so it
 * stays as it is when the module goes. A look-up is `virsh domcapabilities --virttype kvm`, which makes exactly one.
 */
import { readFileSync } from 'node:fs';
import { anyDomain, debugLog } from '../../scenarios/domain.ts';
import { textOf } from '../../sim/host/ask.ts';
import type { Choice } from '../../sim/host/choice.ts';
import type { Setup } from '../../sim/host/machine.ts';
import { newHost } from '../../sim/host/machine.ts';
import { binaries } from '../../sim/host/profiles/base.ts';
import { profileNamed } from '../../sim/host/profiles.ts';
import type { Machinery } from '../../sim/host/route.ts';
import { step } from '../../sim/host/step.ts';
import { shellOn } from '../../sim/host/terminal.ts';
import type { World } from '../../sim/host/world.ts';
import { CACHE_DIR, cacheFileName } from '../../sim/libvirt/cacheFile.ts';
import type { Driver } from '../../sim/libvirt/driver.ts';
import { createShell } from '../../sim/shell/create.ts';
import { doubles } from './doubles.ts';

export const versions = ['4.5.0', '4.8.0', '5.0.0', '5.1.0', '5.6.0', '6.0.0', '9.0.0'] as const;
export type Version = (typeof versions)[number];

/** What one types; a change beyond every command is a choice. */
export type Act = string | Choice;

export type Arch = 'x86_64' | 'i686';

/** `launches reason memory disk answer`, as the rows write it. */
export type Outcome = string;

const QEMU: Readonly<Record<Arch, string>> = {
  x86_64: '/usr/libexec/qemu-kvm',
  i686: '/usr/bin/qemu-system-i386',
};

const FILE = cacheFileName(QEMU.x86_64);
const LOOK = `virsh domcapabilities --virttype kvm --emulatorbin ${QEMU.x86_64}`;
const START = 'systemctl start libvirtd';
const quiet = (line: string) => `${line} >/dev/null 2>&1`;

/** What the rows call by a name. */
const named: Readonly<Record<string, string>> = {
  $LOOK: quiet(LOOK),
  $FILE: FILE,
  $I386FILE: cacheFileName(QEMU.i686),
  $QEMU: QEMU.x86_64,
  $I386: QEMU.i686,
  $CACHE: CACHE_DIR,
};
const wholeActs: Readonly<Record<string, readonly Act[]>> = {
  nothing: [],
  start: [START],
  stop: ['systemctl stop libvirtd'],
  restart: ['systemctl restart libvirtd'],
  'disk full': [{ fault: { noSpace: true } }],
  'disk free': [{ fault: { noSpace: false } }],
  /** Another release on the disk, as a package would bring it. */
  'new kernel': [
    'mkdir -p /boot/grub2; cp -r /usr/lib/modules/$(uname -r) /usr/lib/modules/6.19.0',
    'echo "6.19.0 #2 SMP" > /boot/vmlinuz-6.19.0; echo "saved_entry=Linux (6.19.0)" > /boot/grub2/grubenv',
  ],
};

/** The states that rows begin with. Each ends more than a second after its last look-up. */
export const states = {
  /** Everybody may open the node, and libvirt knows it. */
  kvm: { acts: [START, quiet(LOOK), quiet(LOOK)] },
  /** QEMU's user may not, and has not since the daemon started. */
  denied: { acts: ['chmod 600 /dev/kvm', START, quiet(LOOK), quiet(LOOK)] },
  /** There is no node. */
  absent: { acts: ['rm /dev/kvm', START, quiet(LOOK), quiet(LOOK)] },
  /** Guests run as operator, who is a member of the node's group. */
  member: {
    acts: ['usermod -aG kvm operator', 'chmod 660 /dev/kvm', START, quiet(LOOK), quiet(LOOK)],
    asOperator: true,
  },
  /** The same, and operator is no member. */
  stranger: { acts: ['chmod 660 /dev/kvm', START, quiet(LOOK), quiet(LOOK)], asOperator: true },
  /** i686 has an emulator of its own. */
  two: {
    acts: [
      START,
      quiet(LOOK),
      quiet(`virsh domcapabilities --virttype kvm --emulatorbin ${QEMU.i686}`),
    ],
    i386: true,
  },
} as const satisfies Record<
  string,
  Readonly<{ acts: readonly Act[]; asOperator?: true; i386?: true }>
>;

export type StateName = keyof typeof states;

export type Row = Readonly<{
  title: string;
  state: StateName;
  change: readonly Act[];
  /** How often libvirt is asked afterwards, one look-up a second. */
  looks: number;
  /** Whose emulator is asked about. */
  arch: Arch;
  /** From which version on it comes to what. */
  since: Readonly<Partial<Record<Version, Outcome>>>;
}>;

const actsIn = (text: string): readonly Act[] =>
  text.split('; then ').flatMap((line): readonly Act[] => {
    const typed = line.replace(/\$[A-Z0-9]+/g, (name) => named[name] ?? name);
    return wholeActs[line] ?? [typed];
  });

/** `state | title | change; then change | arch xLOOKS | VERSION outcome, VERSION outcome`. */
function rowIn(line: string): Row {
  const [state = '', title = '', change = '', asked = '', outcomes = ''] = line.split(' | ');
  const [arch = '', looks = 'x1'] = asked.split(' x');
  const pairs = outcomes.split(', ').map((text) => {
    const [version = '', ...outcome] = text.split(' ');
    if (!versions.includes(version as Version)) throw new Error(`rows.txt: no version in ${line}`);
    return [version, outcome.join(' ')];
  });
  if (!(state in states) || !(arch in QEMU)) throw new Error(`rows.txt: cannot read ${line}`);
  return {
    title,
    state: state as StateName,
    change: actsIn(change),
    looks: Number(looks.replace('x', '')),
    arch: arch as Arch,
    since: Object.fromEntries(pairs),
  };
}

export const rows: readonly Row[] = readFileSync(new URL('rows.txt', import.meta.url), 'utf8')
  .split('\n')
  .filter((line) => line !== '' && !line.startsWith('#'))
  .map(rowIn);

/** The lines that say why an entry, a file or a probe was no good, by the words of the rows. */
const reasons: readonly (readonly [text: string, word: string])[] = [
  ['libvirt changed', 'libvirt'],
  ['Failed to stat QEMU binary', 'gone'],
  ['QEMU binary changed', 'binary'],
  ['but it should be usable now', 'usable'],
  ['but it is not available now', 'lost'],
  ['host CPU changed', 'cpu'],
  ['microcode version changed', 'microcode'],
  ['kernel version changed', 'kernel'],
  ['kvm kernel nested value changed', 'nested'],
  ['No cached data', 'nofile'],
  ['Failed to load cached data', 'unreadable'],
  ['Unable to create directory', 'nodir'],
  ['Failed to save', 'unsaved'],
  ['Failed to probe capabilities', 'unprobed'],
];

const SEAT = 'root@pts/0';
const LOG = '/var/log/libvirt/libvirtd.log';

const qemuConf = { path: '/etc/libvirt/qemu.conf', mode: 0o600 };
const operatorConf = { ...qemuConf, content: 'user = "operator"\ngroup = "operator"\n' };

const setupOf = (name: StateName): Setup => {
  const state: Readonly<{ acts: unknown; asOperator?: true; i386?: true }> = states[name];
  return {
    files: [
      anyDomain,
      debugLog,
      {
        path: '/usr/lib/firmware/amd-ucode/microcode_amd_fam19h.bin',
        content: 'revision 0x1000070\n',
      },
      ...(state.asOperator ? [operatorConf] : []),
      ...binaries({ '/usr/local/bin/hangs': 'hangs', '/usr/local/bin/killed': 'killed' }),
      ...(state.i386 ? binaries({ [QEMU.i686]: 'qemu-kvm' }) : []),
    ],
  };
};

type Bench = { machinery: Machinery; world: World; launches: number };

/** A QEMU that libvirtd starts to ask it something. */
function counted(bench: Bench): Machinery['watch'] {
  return ({ request, answer, before, pid }) => {
    if (request.call !== 'spawn' || typeof answer !== 'number') return;
    const asks = request.argv.includes('-S') && request.argv.includes('-nodefaults');
    if (asks && before.kernel.tasks[pid]?.comm === 'libvirtd') bench.launches++;
  };
}

function act(bench: Bench, what: Act): { stdout: string; stderr: string; status: number } {
  if (typeof what !== 'string') {
    bench.world = step(bench.machinery, bench.world, what);
    return { stdout: '', stderr: '', status: 0 };
  }
  if (shellOn(bench.world, 'pts/0') === null) act(bench, { login: 'root', on: 'pts/0' });
  const ran = createShell(bench.machinery, bench.world, SEAT).run(what, { interactive: true });
  bench.world = ran.world;
  return ran;
}

const settled = new Map<string, World>();

/** A version's host in a state; the way there is made once. */
function prepared(version: Version, name: StateName): Bench {
  const key = `${version} ${name}`;
  const host = newHost(profileNamed(`recorded500,libvirt=${version}`), setupOf(name));
  const bench: Bench = { ...host, launches: 0 };
  const watch = counted(bench);
  const programs = { ...host.machinery.programs, ...doubles };
  bench.machinery = { ...host.machinery, programs, ...(watch ? { watch } : {}) };
  const known = settled.get(key);
  if (known) bench.world = known;
  else {
    for (const what of states[name].acts) act(bench, what);
    act(bench, 'sleep 2');
    settled.set(key, bench.world);
  }
  bench.launches = 0;
  return bench;
}

const offers = (kvm: boolean): string => (kvm ? 'kvm' : 'tcg');

function memoryOf(world: World, binary: string): string {
  const daemon = Object.values(world.processes).find(({ program }) => program === 'libvirtd');
  const { driver } = (daemon?.memory ?? { driver: null }) as { driver: Driver | null };
  const entry = driver?.cache[binary]?.context.entry ?? null;
  return entry === null ? '-' : offers(entry.caps.flags.includes('kvm'));
}

function diskOf(world: World, binary: string): string {
  const text = textOf(world, cacheFileName(binary));
  if (text === null) return '-';
  return text.includes('</qemuCaps>') ? offers(text.includes("<flag name='kvm'/>")) : 'broken';
}

function reasonOf(log: string): string {
  const found = log
    .split('\n')
    .flatMap((line) => reasons.flatMap(([text, word]) => (line.includes(text) ? [word] : [])));
  return [...new Set(found)].join('+') || '-';
}

function answerOf({ status, stderr }: { status: number; stderr: string }): string {
  if (status === 0) return 'yes';
  return / is not supported by '/.test(stderr) ? 'no' : 'error';
}

export function playRow(row: Row, version: Version): Outcome {
  const bench = prepared(version, row.state);
  const { arch, looks } = row;
  const logged = (textOf(bench.world, LOG) ?? '').length;
  for (const what of row.change) act(bench, what);
  let answer = '';
  for (let n = 0; n < looks; n++) {
    answer = answerOf(
      act(bench, `virsh domcapabilities --virttype kvm --emulatorbin ${QEMU[arch]}`),
    );
  }
  const reason = reasonOf((textOf(bench.world, LOG) ?? '').slice(logged));
  const binary = QEMU[arch];
  const memory = memoryOf(bench.world, binary);
  return [bench.launches, reason, memory, diskOf(bench.world, binary), answer].join(' ');
}

/** What a row says of a version: the last that is not newer. */
export function expectedOf(row: Row, version: Version): Outcome {
  const from = versions.slice(0, versions.indexOf(version) + 1);
  const named = from.findLast((v) => row.since[v] !== undefined);
  const outcome = named === undefined ? undefined : row.since[named];
  if (outcome === undefined) throw new Error(`${row.title}: nothing is said of ${version}`);
  return outcome;
}
