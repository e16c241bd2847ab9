/**
 * What the command line asks for, as far as this QEMU does anything about it.
 *
 * Models: QEMU v2.12.0 vl.c main (the switch over options), select_machine, machine_parse, smp_parse, monitor_parse
 * Leaves out: every option that only configures the guest's devices: accepted, without effect. Help texts other
 *   than their first lines.
 */
import type { Wish } from './accelerator.ts';
import { complaint, type Voice } from './complaint.ts';
import { words } from './data/tables.ts';
import type { Option } from './options.ts';
import { flag, type Opts, opt, parseOpts, shortSwitches } from './opts.ts';
import type { QemuSwitches } from './switches.ts';
import { tablesOf } from './tables.ts';

/** A character device and the option that asked for it. */
export type ChardevRequest = Readonly<{ id: string; opts: Opts; at: string }>;
export type MonitorRequest = Readonly<{
  chardev: string;
  control: boolean;
  oob: boolean;
  at: string;
}>;

export type Config = Voice &
  Readonly<{
    wish: Wish;
    machine: string;
    kvmType: string | null;
    irqchip: boolean;
    cpu: string | null;
    vcpus: number;
    maxCpus: number;
    ramBytes: number;
    name: string | null;
    uuid: string | null;
    daemonize: boolean;
    pidfile: string | null;
    stopped: boolean;
    chardevs: readonly ChardevRequest[];
    monitors: readonly MonitorRequest[];
    disks: readonly Readonly<{ file: string; at: string }>[];
    /** What main finds wrong only after it has become a daemon and written its pidfile. */
    offence: string | null;
  }>;

/** The process ends before it has begun. */
export type Ending = Readonly<{ exit: number; stdout: string; stderr: string }>;

const refuse = (program: string, message: string, at = '', hint = ''): Ending => ({
  exit: 1,
  stdout: '',
  stderr: complaint(program, { message, at }) + hint,
});

const print = (stdout: string): Ending => ({ exit: 0, stdout, stderr: '' });

export function versionText({ version, package: name }: QemuSwitches): string {
  const years = version[0] >= 7 ? '2003-2022' : version[0] >= 4 ? '2003-2019' : '2003-2017';
  const build = name === '' ? '' : ` (${name})`;
  return `QEMU emulator version ${version.join('.')}${build}\nCopyright (c) ${years} Fabrice Bellard and the QEMU Project developers\n`;
}

const all = (options: readonly Option[], ...names: string[]) =>
  options.filter(({ name }) => names.includes(name));
const last = (options: readonly Option[], name: string): string | null =>
  all(options, name).at(-1)?.value ?? null;

/** -machine and -M merge into one set of options. */
const machineOpts = (options: readonly Option[]): Opts =>
  all(options, 'machine', 'M').flatMap(({ value }) => parseOpts(value ?? '', 'type'));

function machineNamed(name: string, switches: QemuSwitches): string | null {
  const { machines } = tablesOf(switches);
  if (Object.hasOwn(machines, name)) return name;
  const aliased = Object.entries(machines).find(([, text]) =>
    words(text).includes(`alias=${name}`),
  );
  return aliased?.[0] ?? null;
}

const defaultMachine = (switches: QemuSwitches): string =>
  Object.entries(tablesOf(switches).machines).find(([, text]) =>
    words(text).includes('default'),
  )?.[0] ?? 'none';

/** In the order of the command line, because up to 4.0 the last word counts. */
function wishes(options: readonly Option[], switches: QemuSwitches): Wish {
  let machine: string | null = null;
  const accel: { name: string; at: string }[] = [];
  for (const { name, value, at } of options) {
    if (name === 'enable-kvm') machine = 'kvm';
    if (name === 'machine' || name === 'M')
      machine = opt(parseOpts(value ?? '', 'type'), 'accel') ?? machine;
    if (name !== 'accel') continue;
    const chosen = opt(parseOpts(value ?? '', 'accel'), 'accel') ?? '';
    if (switches.accelerators === 'list') accel.push({ name: chosen, at });
    else machine = chosen;
  }
  return { machine, accel };
}

const units: Readonly<Record<string, number>> = { '': 2 ** 20, M: 2 ** 20, G: 2 ** 30, K: 2 ** 10 };

function ramBytes(text: string | null): number {
  const size = text === null ? null : opt(parseOpts(text, 'size'), 'size');
  const [, digits = '128', unit = ''] = /^(\d+(?:\.\d+)?)([KMGkmg]?)$/.exec(size ?? '128') ?? [];
  return Math.floor(Number(digits) * (units[unit.toUpperCase()] ?? 1));
}

/** monitor_parse and -mon: which character device carries a monitor. */
function monitors(options: readonly Option[]) {
  const chardevs: ChardevRequest[] = all(options, 'chardev').map(({ value, at }) => {
    const opts = parseOpts(value ?? '', 'backend');
    return { id: opt(opts, 'id') ?? '', opts, at };
  });
  const requests: MonitorRequest[] = [];
  let bad: Option | null = null;
  for (const option of all(options, 'qmp', 'qmp-pretty', 'mon')) {
    const { name, at } = option;
    const value = option.value ?? '';
    if (name === 'mon') {
      const opts = parseOpts(value, 'chardev');
      const oob = opt(opts, 'x-oob') === 'on';
      const control = opt(opts, 'mode') === 'control';
      requests.push({ chardev: opt(opts, 'chardev') ?? '', control, oob, at });
      continue;
    }
    const borrowed = value.startsWith('chardev:') ? value.slice('chardev:'.length) : null;
    const id = borrowed ?? `compat_monitor${requests.length}`;
    const opts = borrowed === null ? compat(value) : [];
    if (opts === null) bad ??= option;
    else if (borrowed === null) chardevs.push({ id, opts, at });
    requests.push({ chardev: id, control: true, oob: false, at });
  }
  return { chardevs, monitors: requests, bad };
}

/** qemu_chr_parse_compat: `unix:/path,server,nowait` as the options of -chardev; null for what it does not know. */
export function compat(text: string): Opts | null {
  if (['null', 'stdio', 'pty', 'none'].includes(text)) return [['backend', text]];
  if (text.startsWith('unix:')) return [['backend', 'socket'], ...parseOpts(text.slice(5), 'path')];
  const tcp = /^tcp:([^:]{0,64}):([^,]{1,32})(?:,(.*))?$/.exec(text);
  if (tcp === null) return null;
  const [, host = '', port = '', rest] = tcp;
  const more = rest === undefined ? [] : parseOpts(rest, null);
  return [['backend', 'socket'], ['host', host], ['port', port], ...more];
}

/** get_opt_name_value: what 6.0 and later say of -chardev x,server,nowait, before anything is done about it. */
export function warnings(
  program: string,
  options: readonly Option[],
  switches: QemuSwitches,
): readonly string[] {
  if (!switches.warnsShortSwitch) return [];
  return all(options, 'chardev').flatMap(({ value, at }) =>
    shortSwitches(value ?? '').map(([typed, better]) => {
      const message = `warning: short-form boolean option '${typed}' deprecated`;
      return `${complaint(program, { message, at })}Please use ${better} instead\n`;
    }),
  );
}

/** What -version and its like print instead of starting anything. */
function informs(
  program: string,
  options: readonly Option[],
  switches: QemuSwitches,
): Ending | null {
  for (const { name, value, at } of options) {
    if (name === 'version') return print(versionText(switches));
    if (name === 'help' || name === 'h') {
      return print(`${versionText(switches)}usage: ${program} [options] [disk_image]\n`);
    }
    if (name === 'accel' && (value === 'help' || value === '?')) {
      const old = 'Possible accelerators: kvm, xen, hax, tcg\n';
      if (switches.accelerators !== 'list') return { exit: 0, stdout: '', stderr: old };
      const kvm = switches.hasKvm ? 'kvm\n' : '';
      return print(`Accelerators supported in QEMU binary:\ntcg\n${kvm}`);
    }
    if (value === 'help' || value === '?')
      return refuse(program, 'kvmlab does not model this list', at);
  }
  return null;
}

/** select_machine */
function refusesMachine(
  program: string,
  options: readonly Option[],
  switches: QemuSwitches,
): Ending | null {
  const type = opt(machineOpts(options), 'type');
  if (type === null || machineNamed(type, switches) !== null) return null;
  const at = all(options, 'machine', 'M')[0]?.at ?? '';
  const hint = 'Use -machine help to list supported machines\n';
  return switches.namesBadMachine
    ? refuse(program, `unsupported machine type: "${type}"`, '', hint)
    : refuse(program, 'unsupported machine type', at, hint);
}

/** What is not real yet has to say so. */
function unmodelled(options: readonly Option[]): Option | null {
  const human = (option: Option) =>
    (option.name === 'monitor' && !['none', 'null'].includes(option.value ?? '')) ||
    (option.name === 'mon' && opt(parseOpts(option.value ?? '', 'chardev'), 'mode') !== 'control');
  const others = [
    'qmp-pretty',
    'incoming',
    'loadvm',
    'readconfig',
    'chroot',
    'runas',
    'qtest',
    'D',
  ];
  return options.find((option) => human(option) || others.includes(option.name)) ?? null;
}

/** vl.c: the checks of the number of CPUs and of -nographic. */
function lateOffence(options: readonly Option[], switches: QemuSwitches, config: Config) {
  const [limit = '1'] = words(tablesOf(switches).machines[config.machine] ?? '');
  if (config.maxCpus > Number(limit)) {
    const supported = `The max CPUs supported by machine '${config.machine}' is ${limit}`;
    return `Invalid SMP CPUs ${config.maxCpus}. ${supported}`;
  }
  const alone = all(options, 'nodefaults', 'serial', 'monitor', 'display').length === 0;
  return all(options, 'nographic').length > 0 && config.daemonize && alone
    ? '-nographic cannot be used with -daemonize'
    : null;
}

export function configure(
  program: string,
  options: readonly Option[],
  disk: string | null,
  switches: QemuSwitches,
): Config | Ending {
  const machine = machineOpts(options);
  const found = monitors(options);
  const smp = parseOpts(last(options, 'smp') ?? '1', 'cpus');
  const vcpus = Number(opt(smp, 'cpus') ?? '1');
  const drives = all(options, 'drive', 'hda', 'cdrom').flatMap(({ name, value, at }) => {
    const file = name === 'drive' ? opt(parseOpts(value ?? '', 'file'), 'file') : value;
    return file === null || file === '' ? [] : [{ file, at }];
  });
  const config: Config = {
    program,
    timestamps: flag(parseOpts(last(options, 'msg') ?? '', null), 'timestamp', false),
    wish: wishes(options, switches),
    machine: machineNamed(opt(machine, 'type') ?? '', switches) ?? defaultMachine(switches),
    kvmType: opt(machine, 'kvm-type'),
    irqchip: (opt(machine, 'kernel_irqchip') ?? opt(machine, 'kernel-irqchip')) !== 'off',
    cpu: last(options, 'cpu'),
    vcpus,
    maxCpus: Number(opt(smp, 'maxcpus') ?? vcpus),
    ramBytes: ramBytes(last(options, 'm')),
    name: opt(parseOpts(last(options, 'name') ?? '', 'guest'), 'guest') || null,
    uuid: last(options, 'uuid'),
    daemonize: all(options, 'daemonize').length > 0,
    pidfile: last(options, 'pidfile'),
    stopped: all(options, 'S').length > 0,
    chardevs: found.chardevs,
    monitors: found.monitors,
    disks: disk === null ? drives : [...drives, { file: disk, at: '' }],
    offence: null,
  };
  if (found.bad) return refuse(program, `parse error: ${found.bad.value}`, found.bad.at);
  const missing = unmodelled(options);
  const ending =
    informs(program, options, switches) ??
    (missing && refuse(program, 'kvmlab does not model this option', missing.at)) ??
    refusesMachine(program, options, switches);
  return ending ?? { ...config, offence: lateOffence(options, switches, config) };
}
