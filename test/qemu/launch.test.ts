/**
 * qemu-kvm 2.12 of el7 as it starts: the incident's three lines, and what a failed start leaves behind.
 */
import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import type { Sys } from '../../sim/kernel/program.ts';
import * as sys from '../../sim/libc/sys.ts';
import { type QemuSwitches, qemu72, qemu212el7 } from '../../sim/qemu/switches.ts';
import { onHost, QEMU, qemuUser, say } from './host.ts';
import { breakNode, DENIED, run } from './launching.ts';

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

launch(
  "with -msg timestamp=on, as libvirt starts guests, QEMU stamps its own lines and not kvm_init's",
  () => {
    const { value } = onHost(function* () {
      yield* breakNode();
      return yield* run(
        [QEMU, ...'-msg timestamp=on -machine none,accel=kvm'.split(' ')],
        qemuUser,
      );
    });
    assert.match(
      value.stderr,
      /^Could not access KVM kernel module: Permission denied\n2019-07-13T\d\d:\d\d:\d\d(\.\d{6})?Z qemu-kvm: failed to initialize KVM: Permission denied\n$/,
    );
  },
);

launch('-cpu is looked at after the accelerator: host needs KVM, and a name has to exist', () => {
  const { value } = onHost(function* () {
    yield* breakNode();
    const said: string[] = [];
    for (const cpu of ['host', 'nosuch,+avx']) {
      said.push((yield* run([QEMU, '-cpu', cpu, '-nodefaults'], qemuUser)).stderr);
    }
    return said;
  });
  const fallen = `${DENIED}qemu-kvm: Back to tcg accelerator\n`;
  assert.equal(value, [
    `${fallen}qemu-kvm: CPU model 'host' requires KVM\n`,
    `${fallen}qemu-kvm: unable to find CPU model 'nosuch'\n`,
  ]);
});

launch(
  'a late complaint comes out of the daemon, and leaves its pidfile; 7.2 takes it away',
  () => {
    const left = (switches: QemuSwitches) =>
      onHost(
        function* () {
          const options = '-smp 400 -nodefaults -daemonize -pidfile /tmp/pid'.split(' ');
          const { code } = yield* run([QEMU, ...options]);
          return { code, left: yield* sys.readDir('/tmp') };
        },
        { switches },
      ).value;
    assert.equal(left(qemu212el7), { code: 1, left: ['pid'] });
    assert.equal(left(qemu72), { code: 1, left: [] });
  },
);

launch.run();
