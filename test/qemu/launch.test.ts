/**
 * qemu-kvm 2.12 of el7 from start to end: the incident's three lines, and what a failed start leaves behind.
 */
import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import { entry } from '../../sim/acl/entry.ts';
import { toXattr } from '../../sim/acl/xattr.ts';
import { root } from '../../sim/kernel/credentials.ts';
import type { Sys } from '../../sim/kernel/program.ts';
import * as sys from '../../sim/libc/sys.ts';
import { connect, drain, type HostOptions, onHost, QEMU, qemuUser, say, start } from './host.ts';

const launch = suite('launching qemu-kvm 2.12');

const LIB = '/var/lib/libvirt/qemu';
const SOCKET = `${LIB}/capabilities.monitor.sock`;
const PIDFILE = `${LIB}/capabilities.pidfile`;

/** What libvirt 5.0.0 starts. */
const probe = (accel: string) =>
  `${QEMU} -S -no-user-config -nodefaults -nographic -machine none,accel=${accel} -qmp unix:${SOCKET},server,nowait -pidfile ${PIDFILE} -daemonize`.split(
    ' ',
  );

function* libvirtDirectory(): Sys<void> {
  for (const path of ['/var', '/var/lib', '/var/lib/libvirt', LIB]) yield* sys.mkdir(path, 0o755);
  yield* sys.chown(LIB, 107, 107);
}

/** The incident: group kvm owns the node and may do nothing with it. */
function* breakNode(): Sys<void> {
  const acl = [entry('user_obj', 6), entry('group_obj', 0), entry('mask', 6), entry('other', 6)];
  yield* sys.chown('/dev/kvm', 0, 36);
  yield* sys.setxattr('/dev/kvm', 'system.posix_acl_access', toXattr(acl));
}

const DENIED = `Could not access KVM kernel module: Permission denied
qemu-kvm: failed to initialize KVM: Permission denied
`;

/** Runs to the end; its words and its exit code. */
function* run(argv: readonly string[], credentials = root) {
  const child = yield* start(argv, credentials);
  const ended = yield* sys.wait(child.pid);
  const [stdout, stderr] = [yield* drain(child.stdout), yield* drain(child.stderr)];
  return { code: 'code' in ended ? ended.code : -1, stdout, stderr };
}

launch(
  "libvirt's probe on the broken host: three lines, exit 0, kvm present but not enabled",
  () => {
    const { value } = onHost(function* () {
      yield* libvirtDirectory();
      yield* breakNode();
      const parent = yield* run(probe('kvm:tcg'), qemuUser);
      const fd = yield* sys.connect(SOCKET);
      if (typeof fd !== 'number') return { parent, dialogue: [] };
      const dialogue = [yield* sys.read(fd)];
      for (const command of ['qmp_capabilities', 'query-kvm', 'query-status']) {
        dialogue.push(yield* say(fd, `{"execute":"${command}","id":"libvirt-1"}\r\n`));
      }
      const file = yield* sys.readFile(PIDFILE);
      const stat = yield* sys.stat(SOCKET);
      const pidStat = yield* sys.stat(PIDFILE);
      const daemon = yield* sys.readFile(`/proc/${String(file).trim()}/cmdline`);
      const modes = ['mode' in stat && stat.mode, 'mode' in pidStat && pidStat.mode];
      return { parent, dialogue, modes, daemon };
    });
    assert.equal(value.parent, {
      code: 0,
      stdout: '',
      stderr: `${DENIED}qemu-kvm: Back to tcg accelerator\n`,
    });
    assert.equal(value.dialogue, [
      '{"QMP": {"version": {"qemu": {"micro": 0, "minor": 12, "major": 2}, "package": "qemu-kvm-ev-2.12.0-33.1.fh.3.4.el7"}, "capabilities": []}}\r\n',
      '{"return": {}, "id": "libvirt-1"}\r\n',
      '{"return": {"enabled": false, "present": true}, "id": "libvirt-1"}\r\n',
      '{"return": {"status": "prelaunch", "singlestep": false, "running": false}, "id": "libvirt-1"}\r\n',
    ]);
    // umask 027 for the socket; the pidfile asks for 0600 itself.
    assert.equal(value.modes, [0o750, 0o600]);
    assert.match(String(value.daemon), /-daemonize/);
  },
);

launch(
  'without tcg the daemon dies, its parent says so, and pidfile and socket stay behind',
  () => {
    const { value } = onHost(function* () {
      yield* libvirtDirectory();
      yield* breakNode();
      const parent = yield* run(probe('kvm'), qemuUser);
      return { parent, left: yield* sys.readDir(LIB), again: yield* sys.connect(SOCKET) };
    });
    assert.equal(value.parent, { code: 1, stdout: '', stderr: DENIED });
    assert.equal(value.left, ['capabilities.monitor.sock', 'capabilities.pidfile']);
    assert.equal(value.again, { errno: 'ECONNREFUSED' });
  },
);

const quirks: readonly (readonly [options: string, stderr: string, code: number])[] = [
  ['-machine none,accel=bogus', 'qemu-kvm: -machine accel=bogus: No accelerator found\n', 1],
  ['-machine none,accel=kvm:bogus', DENIED, 1],
  ['-machine none,accel=kvm', DENIED, 1],
  ['-machine none -enable-kvm', DENIED, 1],
  ['-machine none -accel kvm', DENIED, 1],
  // An empty list: nobody was found, and nobody has failed.
  ['-machine none,accel=', 'qemu-kvm: -machine accel=: No accelerator found\n', 1],
  ['-foo', 'qemu-kvm: -foo: invalid option\n', 1],
  ['--foo', 'qemu-kvm: --foo: invalid option\n', 1],
  ['-machine', 'qemu-kvm: -machine: requires an argument\n', 1],
  [
    '-M foo',
    'qemu-kvm: -M foo: unsupported machine type\nUse -machine help to list supported machines\n',
    1,
  ],
  ['-qmp bad:spec', 'qemu-kvm: -qmp bad:spec: parse error: bad:spec\n', 1],
  ['-nographic -daemonize', 'qemu-kvm: -nographic cannot be used with -daemonize\n', 1],
  [
    '-mon chardev=x,mode=control',
    `${DENIED}qemu-kvm: Back to tcg accelerator\nqemu-kvm: -mon chardev=x,mode=control: chardev "x" not found\n`,
    1,
  ],
  [
    '-smp 400',
    "qemu-kvm: Invalid SMP CPUs 400. The max CPUs supported by machine 'pc-i440fx-rhel7.6.0' is 240\n",
    1,
  ],
  ['-pidfile /opt/x', 'qemu-kvm: could not acquire pid file: Permission denied\n', 1],
  [
    '-qmp unix:/opt/q,server,nowait',
    'qemu-kvm: -qmp unix:/opt/q,server,nowait: Failed to bind socket to /opt/q: Permission denied\n',
    1,
  ],
  [
    '-qmp tcp:127.0.0.1:4444,server,nowait',
    'qemu-kvm: -qmp tcp:127.0.0.1:4444,server,nowait: kvmlab does not model TCP sockets\n',
    1,
  ],
];

launch('each wrong or unlucky command line gets its own words', () => {
  const { value } = onHost(function* () {
    yield* breakNode();
    const said: string[] = [];
    for (const [options] of quirks) {
      const { stderr, code } = yield* run([QEMU, ...options.split(' ')], qemuUser);
      said.push(`${code} ${stderr}`);
    }
    return said;
  });
  for (const [i, [options, stderr, code]] of quirks.entries()) {
    assert.is(value[i], `${code} ${stderr}`, options);
  }
});

launch('-version prints the version of the build', () => {
  const { value } = onHost(() => run([QEMU, '-version']));
  assert.is(
    value.stdout,
    'QEMU emulator version 2.12.0 (qemu-kvm-ev-2.12.0-33.1.fh.3.4.el7)\nCopyright (c) 2003-2017 Fabrice Bellard and the QEMU Project developers\n',
  );
});

/** Starts in the foreground with a QMP socket, plays, and gives stderr and the exit code after the end. */
function* session(
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

const CAPABILITIES = '{"execute":"qmp_capabilities"}';
const timeless = (text: string) =>
  text.replace(/"seconds": \d+, "microseconds": \d+/, '"seconds": 0, "microseconds": 0');

launch('quit: 2.12 answers first, then announces SHUTDOWN, and the socket is gone', () => {
  const { value } = onHost(() =>
    session('-S -machine none', function* (fd) {
      yield* sys.read(fd);
      yield* say(fd, CAPABILITIES);
      return [timeless(yield* say(fd, '{"execute":"quit","id":1}')), yield* drain(fd)];
    }),
  );
  assert.equal(value, {
    said: [
      '{"return": {}, "id": 1}\r\n{"timestamp": {"seconds": 0, "microseconds": 0}, "event": "SHUTDOWN", "data": {"guest": false}}\r\n',
      '',
    ],
    stderr: '',
    code: 0,
    left: false,
  });
});

launch('SIGTERM: a word on stderr, the event, exit 0', () => {
  const { value } = onHost(() =>
    session('-S -machine none', function* (fd, pid) {
      yield* sys.read(fd);
      yield* say(fd, CAPABILITIES);
      yield* sys.kill(pid, 'SIGTERM');
      return [timeless(yield* drain(fd))];
    }),
  );
  assert.equal(value, {
    said: [
      '{"timestamp": {"seconds": 0, "microseconds": 0}, "event": "SHUTDOWN", "data": {"guest": false}}\r\n',
    ],
    stderr: 'qemu-kvm: terminating on signal 15\n',
    code: 0,
    left: false,
  });
});

launch('a second client is connected but unheard until the first one leaves', () => {
  const { value } = onHost(() =>
    session('-S -machine none', function* (first, pid) {
      yield* sys.read(first);
      const second = yield* sys.connect('/tmp/q.sock');
      if (typeof second !== 'number') return [];
      yield* sys.write(second, CAPABILITIES);
      yield* sys.write(first, '{half of a request');
      const waiting = yield* sys.poll([second], 50);
      yield* sys.close(first);
      yield* sys.nanosleep(1);
      const greeted = yield* sys.read(second);
      yield* sys.kill(pid, 'SIGTERM');
      return [JSON.stringify(waiting), String(greeted).slice(0, 8), String(greeted).slice(-16)];
    }),
  );
  assert.equal(value.said, ['[]', '{"QMP": ', '{"return": {}}\r\n']);
});

launch('a running guest pins kvm_intel, and what it learned at launch stays true for it', () => {
  const { value, world } = onHost(() =>
    session('-enable-kvm -smp 2 -name vm1', function* (fd) {
      yield* sys.read(fd);
      yield* say(fd, CAPABILITIES);
      const refused = yield* sys.deleteModule('kvm_intel');
      yield* breakNode();
      const kvm = yield* say(fd, '{"execute":"query-kvm"}');
      const cpus = yield* say(fd, '{"execute":"query-cpus-fast"}');
      yield* say(fd, '{"execute":"quit"}');
      return [JSON.stringify(refused), kvm, String(JSON.parse(cpus).return.length)];
    }),
  );
  assert.equal(value.said[0], '{"errno":"EAGAIN"}');
  assert.is(value.said[1], '{"return": {"enabled": true, "present": true}}\r\n');
  assert.is(value.said[2], '2');
  assert.is(world.kernel.virt.context.active, 0);
});

const rungs: readonly (readonly [name: string, faults: HostOptions, stderr: string])[] = [
  ['EINTR is tried again', { createVm: ['EINTR', 'EINTR'] }, ''],
  [
    'ENOMEM falls back',
    { createVm: ['ENOMEM'] },
    'ioctl(KVM_CREATE_VM) failed: 12 Cannot allocate memory\nqemu-kvm: failed to initialize KVM: Cannot allocate memory\nqemu-kvm: Back to tcg accelerator\n',
  ],
  [
    'another hypervisor holds VMX',
    { virt: 'other' },
    'ioctl(KVM_CREATE_VM) failed: 16 Device or resource busy\nqemu-kvm: failed to initialize KVM: Device or resource busy\nqemu-kvm: Back to tcg accelerator\n',
  ],
];

for (const [name, faults, stderr] of rungs) {
  launch(`KVM_CREATE_VM: ${name}`, () => {
    const { value } = onHost(
      () =>
        session('-S -machine none,accel=kvm:tcg', function* (fd) {
          yield* say(fd, CAPABILITIES);
          yield* say(fd, '{"execute":"quit"}');
          return [];
        }),
      faults,
    );
    assert.is(value.stderr, stderr);
    assert.is(value.code, 0);
  });
}

launch.run();
