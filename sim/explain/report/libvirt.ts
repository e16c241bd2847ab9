/**
 * The emulators, and libvirt: what it had written down before it was asked, what it answers, what its logs say.
 *
 * Models: the words of libvirt 5.0 and 9.0: src/qemu/qemu_capabilities.c, src/util/virfilecache.c, src/conf/capabilities.c
 */
import { cacheFileName } from '../../libvirt/cacheFile.ts';
import type { libvirt } from '../../play/facts/libvirt.ts';
import type { Block, Report } from './blocks.ts';
import { presentNode } from './node.ts';
import {
  answerOf,
  answersOf,
  lastQuoted,
  type Quote,
  quoted,
  type Reads,
  read,
  silence,
} from './reading.ts';

type Name = keyof typeof libvirt;

const ASKED = 'virsh -r capabilities';

/** The part of `virsh capabilities` for x86_64: its emulator and its domain types. */
function ownArch(
  report: Report,
): Readonly<{ block: Block; lines: readonly string[]; at: number }> | null {
  const block = answerOf(report, ASKED);
  if (block === null) return null;
  const from = block.lines.findIndex((line) => line.includes("<arch name='x86_64'>"));
  if (from < 0) return null;
  const next = block.lines.findIndex((line, i) => i > from && line.includes('<arch name='));
  return {
    block,
    at: block.at + from + 1,
    lines: block.lines.slice(from, next < 0 ? undefined : next),
  };
}

export function emulatorIn(report: Report): string | null {
  const line = ownArch(report)?.lines.find((one) => one.includes('<emulator>'));
  return /<emulator>([^<]+)</.exec(line ?? '')?.[1] ?? null;
}

function capabilities(report: Report): Reads<Name>['capabilities'] {
  const block = answerOf(report, ASKED);
  if (block === null) return null;
  const own = ownArch(report);
  if (own === null) {
    const error = quoted(block, /^error: /);
    return error && read('silent', error);
  }
  const i = own.lines.findIndex((line) => line.includes("<domain type='kvm'/>"));
  const at = (line: number): Quote => ({
    at: own.at + line,
    line: (own.lines[line] ?? '').trim(),
    command: block.command,
    silent: false,
  });
  return i < 0 ? read('no kvm', at(own.lines.length - 1)) : read('kvm', at(i));
}

type Cached = Readonly<{
  path: string;
  block: Block;
  before: Written | null;
  after: Written | null;
}>;
type Written = Readonly<{ time: number; quote: Quote }>;

function writtenIn(report: Report, path: string): Pick<Cached, 'before' | 'after'> {
  const asked = report.blocks.findIndex(({ command }) => command.startsWith(ASKED));
  const times = report.blocks.flatMap((block, i) => {
    const quote = block.command === `stat -c '%Y' ${path}` ? quoted(block, /^\d+$/) : null;
    return quote ? [{ time: Number(quote.line), quote, later: asked >= 0 && i > asked }] : [];
  });
  return {
    before: times.find(({ later }) => !later) ?? null,
    after: times.find(({ later }) => later) ?? null,
  };
}

/** The file that libvirt keeps about this host's own emulator. */
function cachedIn(report: Report): Cached | null {
  const files = answersOf(report, "grep -E '<(emulator|qemuctime").map((block) => ({
    path: block.command.slice(block.command.lastIndexOf(' ') + 1),
    block,
  }));
  const emulator = emulatorIn(report);
  const own = files.find(({ path }) => emulator !== null && path === cacheFileName(emulator));
  const native = files.filter(({ block }) =>
    block.lines.some((line) => line.includes('<arch>x86_64<')),
  );
  const file = own ?? (emulator === null ? native[0] : undefined);
  return file ? { ...file, ...writtenIn(report, file.path) } : null;
}

function entry(report: Report): Pick<Reads<Name>, 'entry' | 'entryAge' | 'probedNow'> {
  const file = cachedIn(report);
  const node = presentNode(report);
  const nothing = { entry: null, entryAge: null, probedNow: null };
  if (file === null) {
    const folder = answerOf(report, 'ls -l /var/cache/libvirt/qemu/capabilities');
    const empty = folder !== null && !quoted(folder, /\.xml$/);
    return empty ? { ...nothing, entry: read('missing', silence(folder)) } : nothing;
  }
  const { block, before, after } = file;
  const flag = quoted(block, /<flag name='kvm'\/>/);
  const age =
    before && node ? (before.time < node.ctime ? 'before the node' : 'after the node') : null;
  return {
    entry: flag ? read('kvm', flag) : read('no kvm', silence(block)),
    entryAge: age && before && node ? read(age, before.quote, node.quote) : null,
    probedNow:
      before && after
        ? read(after.time > before.time ? 'yes' : 'no', before.quote, after.quote)
        : null,
  };
}

/** QEMU 5.0 and later list what they were built with; an older one lists every accelerator there is. */
function emulator(report: Report): Pick<Reads<Name>, 'emulator' | 'builtWithKvm'> {
  const own = ownArch(report);
  const path = emulatorIn(report);
  const file = cachedIn(report);
  const flag = file && quoted(file.block, /<flag name='(enable-)?kvm'\/>/);
  const help = path === null ? null : answerOf(report, `${path} -accel help`);
  const heading = help && quoted(help, /^Accelerators supported/);
  const listed = help && heading ? quoted(help, /^kvm$/) : null;
  const yes = flag ?? listed;
  const line = own && path ? quoted(own.block, new RegExp(`<emulator>${path}<`)) : null;
  const byHand = /^\/(usr\/local|opt|home|root)\//.test(path ?? '');
  return {
    emulator: line && read(byHand ? 'by hand' : 'packaged', line),
    builtWithKvm: yes ? read('yes', yes) : heading && read('no', heading),
  };
}

/** 5000000 for 5.0.0: the daemon's own word in its files, otherwise the package's. */
export function releaseIn(report: Report): Readonly<{ number: number; quote: Quote }> | null {
  const written = lastQuoted(answersOf(report, "grep -E '<(emulator|qemuctime"), /<selfvers>\d+</);
  if (written) return { number: Number(/\d+/.exec(written.line)?.[0]), quote: written };
  const packages = [...answersOf(report, 'rpm -q'), ...answersOf(report, 'dpkg-query -W')];
  const named =
    lastQuoted(packages, /^libvirt(-daemon)?[-\s]+\d+\.\d+\.\d+/) ??
    lastQuoted(answersOf(report, 'virsh --version'), /^\d+\.\d+/);
  if (named === null) return null;
  const [, major = 0, minor = 0, patch = 0] = /(\d+)\.(\d+)(?:\.(\d+))?/.exec(named.line) ?? [];
  return { number: Number(major) * 1_000_000 + Number(minor) * 1000 + Number(patch), quote: named };
}

function daemon(report: Report): Pick<Reads<Name>, 'daemon' | 'daemonSince'> {
  const active = answerOf(report, 'systemctl is-active libvirtd');
  const word =
    active && quoted(active, /^(active|inactive|failed|activating|deactivating|unknown)$/);
  const pid = answerOf(report, 'stat -c "%Y %n" /run/libvirtd.pid');
  const line = pid && quoted(pid, /^\d+ /);
  const node = presentNode(report);
  const earlier = line && node ? Number(line.line.split(' ')[0]) < node.ctime : null;
  return {
    daemon: word && read(word.line === 'active' ? 'active' : 'not active', word),
    daemonSince:
      line && node ? read(earlier ? 'before the node' : 'after the node', line, node.quote) : null,
  };
}

const LOGS = /^(grep -hE '.*' \/var\/log\/libvirt\/libvirtd\.log|journalctl -u libvirtd)/;
/** That nothing stands in the logs can be said only of logs that are there, and were looked through to the end. */
function logsComplete(report: Report): boolean {
  const journal = answerOf(report, 'journalctl -u libvirtd');
  if (journal === null) return false;
  const none = quoted(journal, /No journal files|not seeing messages/);
  return (
    none === null || logs(report).some((block) => !quoted(block, /No such file|No journal files/))
  );
}

const logs = ({ blocks }: Report): Block[] =>
  blocks.filter(({ command, broken }) => LOGS.test(command) && !broken);

function refusal(report: Report): Reads<Name>['refusal'] {
  const found = logs(report);
  if (found.length === 0) return null;
  const last = lastQuoted(
    found,
    /could not find capabilities for|Cannot check QEMU binary|No emulator found|does not support (virt type|arch)/,
  );
  if (last === null) return logsComplete(report) ? read('nothing', ...found.map(silence)) : null;
  if (/Cannot check QEMU binary/.test(last.line)) return read('missing emulator', last);
  const arch = /arch[= ]'?(\w+)/.exec(last.line)?.[1] ?? 'x86_64';
  return read(arch === 'x86_64' || arch === 'i686' ? 'this arch' : 'foreign arch', last);
}

const words = [
  ['EACCES', 'Permission denied'],
  ['EPERM', 'Operation not permitted'],
  ['EBUSY', 'Device or resource busy'],
  ['ENODEV', 'No such device'],
  ['ENOENT', 'No such file or directory'],
] as const;

function qemuSaid(report: Report): Reads<Name>['qemuSaid'] {
  const found = report.blocks.filter(
    ({ command, broken }) =>
      (LOGS.test(command) || command.includes('/var/log/libvirt/qemu/')) && !broken,
  );
  if (found.length === 0) return null;
  const last = lastQuoted(
    found,
    /Could not access KVM kernel module: |KVM_CREATE_VM|failed to initialize (KVM|kvm)/,
  );
  const errno = words.find(([, text]) => last?.line.includes(text))?.[0];
  if (last && errno) return read(errno, last);
  return logsComplete(report) ? read('nothing', ...found.slice(-1).map(silence)) : null;
}

const reasons = [
  ['file corrupt', /Failed to load cached data/],
  ['libvirt changed', /: libvirt changed|libvirt changed \(/],
  ['binary changed', /QEMU binary changed/],
  ['microcode changed', /microcode version changed/],
  ['kernel changed', /kernel version changed/],
  ['not available now', /it is not available now/],
  ['usable now', /it should be usable now/],
] as const;

function outdated(report: Report): Reads<Name>['outdated'] {
  const found = logs(report);
  if (found.length === 0) return null;
  const said = reasons.flatMap(([value, pattern]) => {
    const quote = lastQuoted(found, pattern);
    return quote ? [{ value, quote }] : [];
  });
  const last = said.sort((a, b) => b.quote.at - a.quote.at)[0];
  if (last) return read(last.value, last.quote);
  return logsComplete(report) ? read('nothing', ...found.slice(0, 1).map(silence)) : null;
}

function guest(report: Report): Reads<Name>['guest'] {
  const block = answerOf(report, 'grep -hoE "accel[= ]');
  if (block === null) return null;
  const last = lastQuoted([block], /^accel[= ](kvm|tcg)$/);
  if (last === null) return read('none', silence(block));
  return read(last.line.endsWith('tcg') ? 'tcg' : 'kvm', last);
}

export function libvirtFacts(report: Report): Reads<Name> {
  const release = releaseIn(report);
  return {
    release:
      release && read(release.number >= 5_001_000 ? 'from 5.1' : 'before 5.1', release.quote),
    ...daemon(report),
    ...emulator(report),
    ...entry(report),
    capabilities: capabilities(report),
    refusal: refusal(report),
    qemuSaid: qemuSaid(report),
    outdated: outdated(report),
    guest: guest(report),
  };
}
