/**
 * What the tests of launching and of running share.
 */
import { entry } from '../../sim/acl/entry.ts';
import { toXattr } from '../../sim/acl/xattr.ts';
import { root } from '../../sim/kernel/credentials.ts';
import type { Sys } from '../../sim/kernel/program.ts';
import * as sys from '../../sim/libc/sys.ts';
import { connect, drain, QEMU, start } from './host.ts';

/** The incident: group kvm owns the node and may do nothing with it. */
export function* breakNode(): Sys<void> {
  const acl = [entry('user_obj', 6), entry('group_obj', 0), entry('mask', 6), entry('other', 6)];
  yield* sys.chown('/dev/kvm', 0, 36);
  yield* sys.setxattr('/dev/kvm', 'system.posix_acl_access', toXattr(acl));
}

export const DENIED = `Could not access KVM kernel module: Permission denied
qemu-kvm: failed to initialize KVM: Permission denied
`;

/** Runs to the end; its words and its exit code. */
export function* run(argv: readonly string[], credentials = root) {
  const child = yield* start(argv, credentials);
  const ended = yield* sys.wait(child.pid);
  const [stdout, stderr] = [yield* drain(child.stdout), yield* drain(child.stderr)];
  return { code: 'code' in ended ? ended.code : -1, stdout, stderr };
}

/** Starts in the foreground with a QMP socket, plays, and gives stderr and the exit code after the end. */
export function* session(
  options: string,
  play: (fd: number, pid: number) => Sys<readonly string[]>,
  credentials = root,
) {
  const qmp = '/tmp/q.sock';
  const words = options === '' ? [] : options.split(' ');
  const argv = [QEMU, '-nodefaults', '-nographic', ...words, '-qmp', `unix:${qmp},server,nowait`];
  const child = yield* start(argv, credentials);
  const fd = yield* connect(qmp, child.pid);
  const said = fd === null ? [] : yield* play(fd, child.pid);
  const stderr = yield* drain(child.stderr);
  const ended = yield* sys.wait(child.pid);
  const socket = yield* sys.stat(qmp);
  return { said, stderr, code: 'code' in ended ? ended.code : -1, left: 'ino' in socket };
}

export const CAPABILITIES = '{"execute":"qmp_capabilities"}';
export const timeless = (text: string) =>
  text.replace(/"seconds": \d+, "microseconds": \d+/, '"seconds": 0, "microseconds": 0');
