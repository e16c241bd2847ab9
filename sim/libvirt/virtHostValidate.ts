/**
 * virt-host-validate: is this host fit for guests?
 *
 * Models: libvirt v5.0.0 tools/virt-host-validate.c main; tools/virt-host-validate-qemu.c
 *   virHostValidateQEMU; tools/virt-host-validate-common.c
 *
 * It asks access(2) about /dev/kvm as whoever runs it. Root may read and write anything, so on the broken
 * host root is told PASS: the question that matters, whether QEMU's user may, is not asked.
 * Leaves out: colours on a terminal; LXC and bhyve; cgroups where the kernel lists none in /proc/cgroups.
 */
import { failed } from '../kernel/errno.ts';
import { command, type Sys } from '../kernel/program.ts';
import { getopt } from '../libc/getopt.ts';
import { access, err, out, readDir, readFile } from '../libc/sys.ts';
import { type LibvirtSwitches, switches } from './switches.ts';

type Level = 'FAIL' | 'WARN';

type Report = { quiet: boolean; ok: boolean };

function* check(to: Report, what: string): Sys<void> {
  if (!to.quiet) yield* out(`${'QEMU'.padStart(6)}: Checking ${what.padEnd(60)}: `);
}

/** virHostMsgPass or virHostMsgFail; a warning counts as failure too. */
function* verdict(to: Report, passed: boolean, level: Level, hint: string): Sys<boolean> {
  if (!passed) to.ok = false;
  if (!to.quiet) yield* out(passed ? 'PASS\n' : `${level} (${hint})\n`);
  return passed;
}

function* test(
  to: Report,
  what: string,
  passed: boolean,
  level: Level,
  hint: string,
): Sys<boolean> {
  yield* check(to, what);
  return yield* verdict(to, passed, level, hint);
}

function* device(to: Report, path: string, want: number, level: Level, hint: string): Sys<boolean> {
  const what = want === 0 ? `if device ${path} exists` : `if device ${path} is accessible`;
  return yield* test(to, what, !failed(yield* access(path, want)), level, hint);
}

const LOAD =
  "Check that the 'kvm-intel' or 'kvm-amd' modules are loaded & the BIOS has enabled virtualization";
const SHARE = 'Check /dev/kvm is world writable or you are in a group that is allowed to access it';
const EMULATED: Readonly<Record<LibvirtSwitches['hostValidate'], string>> = {
  'emulated only': 'Only emulated CPUs are available, performance will be significantly limited',
  'not compatible with KVM':
    'Host not compatible with KVM; HW virtualization CPU features not found. ' +
    'Only emulated CPUs are available; performance will be significantly limited',
};

function* kvm(to: Report, flags: readonly string[]): Sys<void> {
  const emulated = EMULATED[(yield* switches()).hostValidate];
  const capable = flags.includes('vmx') || flags.includes('svm');
  if (!(yield* test(to, 'for hardware virtualization', capable, 'FAIL', emulated))) return;
  if (yield* device(to, '/dev/kvm', 0, 'FAIL', LOAD))
    yield* device(to, '/dev/kvm', 6, 'FAIL', SHARE);
}

/** In the order of virCgroupController. */
const controllers = ['cpu', 'cpuacct', 'cpuset', 'memory', 'devices', 'blkio'];

function* cgroups(to: Report): Sys<void> {
  const table = yield* readFile('/proc/cgroups');
  if (failed(table)) {
    to.ok = false;
    return;
  }
  const there = table.split('\n').map((line) => line.split(/\s+/)[0]);
  for (const name of controllers) {
    const hint = `Enable '${name}' in kernel Kconfig file or mount/enable cgroup controller in your system`;
    yield* test(to, `for cgroup '${name}' controller support`, there.includes(name), 'WARN', hint);
  }
}

function* iommu(to: Report, flags: readonly string[]): Sys<void> {
  const intel = flags.includes('vmx');
  if (!intel && !flags.includes('svm')) {
    yield* verdict(to, false, 'WARN', 'Unknown if this platform has IOMMU support');
    return;
  }
  const [table, argument] = intel ? ['DMAR', 'intel_iommu=on'] : ['IVRS', 'iommu=pt iommu=1'];
  const there = !failed(yield* access(`/sys/firmware/acpi/tables/${table}`, 0));
  const missing =
    `No ACPI ${table} table found, IOMMU either disabled in BIOS or not supported by this ` +
    'hardware platform';
  if (!(yield* test(to, 'for device assignment IOMMU support', there, 'WARN', missing))) return;
  const groups = yield* readDir('/sys/kernel/iommu_groups');
  if (failed(groups)) return;
  const disabled = `IOMMU appears to be disabled in kernel. Add ${argument} to kernel cmdline arguments`;
  yield* test(to, 'if IOMMU is enabled by kernel', groups.length > 0, 'WARN', disabled);
}

const help = (name: string): string => `
syntax: ${name} [OPTIONS] [HVTYPE]

 Hypervisor types:

   - qemu
   - lxc
   - bhyve

 Options:
   -h, --help     Display command line help
   -v, --version  Display command version
   -q, --quiet    Don't display progress information

`;

function* qemu(to: Report): Sys<void> {
  const cpuinfo = yield* readFile('/proc/cpuinfo');
  const line = failed(cpuinfo) ? '' : (/^flags\s*:\s*(.*)$/m.exec(cpuinfo)?.[1] ?? '');
  const flags = line.split(' ');
  yield* kvm(to, flags);
  const net = "Load the 'vhost_net' module to improve performance of virtio networking";
  yield* device(to, '/dev/vhost-net', 0, 'WARN', net);
  yield* device(
    to,
    '/dev/net/tun',
    0,
    'FAIL',
    "Load the 'tun' module to enable networking for QEMU guests",
  );
  yield* cgroups(to);
  yield* iommu(to, flags);
}

const spec = { short: 'hvq', long: { help: 'none', version: 'none', quiet: 'none' } } as const;

export const virtHostValidate = command(function* ({ argv }) {
  const name = argv[0] ?? 'virt-host-validate';
  const parsed = getopt(spec, argv);
  const given = new Set(parsed.options.map(([option]) => option.charAt(0)));
  if (parsed.error !== null) {
    yield* err(`${parsed.error}\n${help(name)}`);
    return 1;
  }
  if (given.has('v')) {
    yield* out(`version: ${name} ${(yield* switches()).clientVersion}\n`);
    return 0;
  }
  if (given.has('h')) {
    yield* out(help(name));
    return 0;
  }
  const [type, ...more] = parsed.operands;
  if (more.length > 1) {
    yield* err(`${name}: too many command line arguments\n${help(name)}`);
    return 1;
  }
  if (type !== undefined && type !== 'qemu') {
    yield* err(`${name}: unsupported hypervisor name ${type}\n`);
    return 1;
  }
  const to: Report = { quiet: given.has('q'), ok: true };
  yield* qemu(to);
  return to.ok ? 0 : 1;
});
