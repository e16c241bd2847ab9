/**
 * /var/log/libvirt/qemu/NAME.log: what libvirtd writes about a guest, and QEMU's own stderr between.
 *
 * Models: libvirt v5.0.0 src/qemu/qemu_domain.c qemuDomainLogContextNew, qemuDomainLogContextWrite;
 *   src/qemu/qemu_process.c qemuLogOperation, qemuProcessReadLog, qemuProcessReportLogError
 *
 * When QEMU dies before its monitor answers, what stands in this file since the start is the error message:
 * so `virsh start` shows QEMU's own words.
 * Leaves out: virtlogd, which on a real host owns the file; its rotation.
 */
import { failed } from '../kernel/errno.ts';
import type { Sys } from '../kernel/program.ts';
import { clock, open, readFile, uname, write } from '../libc/sys.ts';
import type { Driver } from './driver.ts';
import type { QemuCaps } from './qemuCaps.ts';
import { versionText } from './switches.ts';
import { commandLines, type VirCommand } from './virCommand.ts';
import type { Trouble } from './virError.ts';
import { report, timestamp } from './virLog.ts';

export type GuestLog = Readonly<{ path: string; fd: number; start: number }>;

const guestLogPath = (name: string): string => `/var/log/libvirt/qemu/${name}.log`;

/** Opened for appending; null where it cannot be (the guest then logs nowhere). */
export function* openGuestLog(name: string): Sys<GuestLog | null> {
  const path = guestLogPath(name);
  const before = yield* readFile(path);
  const fd = yield* open(path, ['write', 'create', 'append'], 0o600);
  return failed(fd) ? null : { path, fd, start: failed(before) ? 0 : before.length };
}

/** `starting up libvirt version: ..., qemu version: ..., kernel: ..., hostname: ...` and the command. */
export function* logStart(
  driver: Driver,
  to: GuestLog,
  caps: QemuCaps,
  cmd: VirCommand,
): Sys<GuestLog> {
  const time = timestamp(yield* clock());
  const { release, nodename } = yield* uname();
  const qemu = `qemu version: ${versionText(caps.version)}${caps.package ?? ''}`;
  const head = `starting up libvirt version: ${driver.self.switches.version}, ${qemu}`;
  const text = `${time}: ${head}, kernel: ${release}, hostname: ${nodename}\n${commandLines(cmd)}\n`;
  yield* write(to.fd, text);
  return { ...to, start: to.start + text.length };
}

/** `shutting down, reason=destroyed`. */
export function* logEnd(name: string, reason: string): Sys<void> {
  const to = yield* openGuestLog(name);
  if (to === null) return;
  yield* write(to.fd, `${timestamp(yield* clock())}: shutting down, reason=${reason}\n`);
}

/** What QEMU said since, without its chatter about character devices and without the last newline. */
function* readSince({ path, start }: GuestLog): Sys<string> {
  const text = yield* readFile(path);
  if (failed(text)) return '';
  const lines = text.slice(start).split('\n');
  return lines
    .filter((line) => !line.includes('char device redirected to'))
    .join('\n')
    .replace(/\n$/, '');
}

export function* reportLogError(driver: Driver, to: GuestLog, prefix: string): Sys<Trouble> {
  const said = yield* readSince(to);
  const detail = said === '' ? prefix : `${prefix}: ${said}`;
  return yield* report(
    driver.log,
    'qemuProcessReportLogError:2116',
    'QEMU',
    'INTERNAL_ERROR',
    detail,
  );
}
