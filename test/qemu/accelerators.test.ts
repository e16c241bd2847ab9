/**
 * Which accelerator comes up, in what words, against runs recorded from QEMU 7.2.
 */
import { readFileSync } from 'node:fs';
import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import { entry } from '../../sim/acl/entry.ts';
import { toXattr } from '../../sim/acl/xattr.ts';
import { root } from '../../sim/kernel/credentials.ts';
import type { Sys } from '../../sim/kernel/program.ts';
import * as sys from '../../sim/libc/sys.ts';
import { qemu72 } from '../../sim/qemu/switches.ts';
import { report } from '../support/fidelity.ts';
import { connect, DEBIAN, drain, onHost, qemuUser, say, start } from './host.ts';

const accelerators = suite('accelerators recorded from QEMU 7.2');

type Recorded = {
  node: string;
  user: 'root' | 'qemu';
  args: string[];
  rc: number;
  stderr: string;
  query_kvm: unknown;
};

const blogAcl = toXattr([
  entry('user_obj', 6),
  entry('group_obj', 0),
  entry('mask', 6),
  entry('other', 6),
]);

function* chardev(major: number, minor: number, mode: number): Sys<void> {
  yield* sys.unlink('/dev/kvm');
  yield* sys.mknod('/dev/kvm', 'char', mode, [major, minor]);
  yield* sys.chown('/dev/kvm', 0, 36);
  yield* sys.chmod('/dev/kvm', mode);
}

/** Puts /dev/kvm into the state that the recording names. */
function* arrange(node: string): Sys<void> {
  const numbers = /c ?(\d+):(\d+)/.exec(node);
  const [, major = '10', minor = '232'] = numbers ?? [];
  const mode = /06\d\d/.exec(node)?.[0] ?? '0660';
  yield* chardev(Number(major), Number(minor), Number.parseInt(mode, 8));
  if (node.startsWith('blog ACL')) {
    yield* sys.setxattr('/dev/kvm', 'system.posix_acl_access', blogAcl);
  }
  if (!/absent|directory|symlink/.test(node)) return;
  yield* sys.unlink('/dev/kvm');
  if (node === 'directory') yield* sys.mkdir('/dev/kvm');
  if (node === 'dangling symlink') yield* sys.symlink('/nowhere', '/dev/kvm');
}

const SOCKET = '/tmp/q.sock';
const always = ['-S', '-no-user-config', '-nodefaults', '-nographic'];

function* play({ node, user, args }: Recorded): Sys<Omit<Recorded, 'node' | 'user' | 'args'>> {
  yield* arrange(node);
  const argv = [DEBIAN, ...always, ...args, '-qmp', `unix:${SOCKET},server=on,wait=off`];
  const qemu = yield* start(argv, user === 'qemu' ? qemuUser : root, DEBIAN);
  const fd = yield* connect(SOCKET, qemu.pid);
  const greeting = fd === null ? '' : yield* sys.read(fd);
  let kvm: unknown = null;
  if (fd !== null && greeting !== '') {
    yield* say(fd, '{"execute":"qmp_capabilities"}');
    kvm = JSON.parse(yield* say(fd, '{"execute":"query-kvm"}')).return;
    yield* say(fd, '{"execute":"quit"}');
  }
  const stderr = yield* drain(qemu.stderr);
  const ended = yield* sys.wait(qemu.pid);
  return { rc: 'code' in ended ? ended.code : -1, stderr, query_kvm: kvm };
}

accelerators('every recorded state of the node, user and option gives the recorded words', () => {
  const file = new URL('../fixtures/qemu/accel-matrix.jsonl', import.meta.url);
  const lines = readFileSync(file, 'utf8').trim().split('\n');
  const cases = lines
    .map((text): Recorded => JSON.parse(text))
    // The recording itself left the fifo out.
    .filter(({ args }) => args !== undefined);
  for (const recorded of cases) {
    const { value } = onHost(() => play(recorded), { switches: qemu72 });
    const { rc, stderr, query_kvm } = recorded;
    const label = `${recorded.node}, ${recorded.user}, ${recorded.args.join(' ')}`;
    assert.equal(value, { rc, stderr, query_kvm }, label);
  }
  assert.is(cases.length, 36);
  report({ judge: 'QEMU 7.2: accelerators', cases, mismatches: 0 });
});

accelerators.run();
