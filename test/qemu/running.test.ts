/**
 * qemu-kvm 2.12 of el7 while it runs: its clients, its signals, and what it holds on to.
 */
import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import * as sys from '../../sim/libc/sys.ts';
import { connect, drain, type HostOptions, onHost, QEMU, say, start } from './host.ts';
import { breakNode, CAPABILITIES, session, timeless } from './launching.ts';

const running = suite('a running qemu-kvm 2.12');

running('quit: 2.12 answers first, then announces SHUTDOWN, and the socket is gone', () => {
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

running('SIGTERM: a word on stderr, the event, exit 0', () => {
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

running('a second client is connected but unheard until the first one leaves', () => {
  const { value } = onHost(() =>
    session('-S -machine none', function* (first, pid) {
      yield* sys.read(first);
      const second = yield* sys.connect('/tmp/q.sock');
      if (typeof second !== 'number') return [];
      yield* sys.write(second, CAPABILITIES);
      yield* sys.write(first, '{half of a request');
      const waiting = yield* sys.poll([second], 50);
      yield* sys.close(first);
      yield* sys.nanosleep(20);
      const greeted = yield* sys.read(second);
      yield* sys.kill(pid, 'SIGTERM');
      return [JSON.stringify(waiting), String(greeted).slice(0, 8), String(greeted).slice(-16)];
    }),
  );
  assert.equal(value.said, ['[]', '{"QMP": ', '{"return": {}}\r\n']);
});

running('a running guest pins kvm_intel, and what it learned at launch stays true for it', () => {
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
  running(`KVM_CREATE_VM: ${name}`, () => {
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

running('an event reaches every monitor that has been negotiated', () => {
  const { value } = onHost(() =>
    session('-S -qmp unix:/tmp/second,server,nowait', function* (first, pid) {
      yield* sys.read(first);
      yield* say(first, CAPABILITIES);
      const second = yield* connect('/tmp/second', pid);
      if (second === null) return [];
      yield* sys.read(second);
      yield* say(first, '{"execute":"cont"}');
      const early = yield* sys.poll([second], 20);
      yield* say(second, CAPABILITIES);
      yield* say(first, '{"execute":"stop"}');
      const heard = timeless(String(yield* sys.read(second)));
      yield* say(second, '{"execute":"quit"}');
      return [JSON.stringify(early), heard];
    }),
  );
  assert.equal(value.said, [
    '[]',
    '{"timestamp": {"seconds": 0, "microseconds": 0}, "event": "STOP"}\r\n',
  ]);
});

running('libvirt hands over a socket that already listens: -chardev socket,fd=', () => {
  const { value } = onHost(function* () {
    const listener = yield* sys.listen('/tmp/handed', 1);
    const options = `-S -nodefaults -nographic -machine none -chardev socket,id=charmonitor,fd=22,server,nowait -mon chardev=charmonitor,id=monitor,mode=control`;
    const fds = { 22: Number(listener) };
    yield* sys.spawn(QEMU, [QEMU, ...options.split(' ')], { fds });
    const fd = yield* sys.connect('/tmp/handed');
    return typeof fd === 'number' ? yield* sys.read(fd) : fd;
  });
  assert.match(String(value), /^\{"QMP": /);
});

running('without nowait QEMU says that it waits, and goes on when somebody comes', () => {
  const { value } = onHost(function* () {
    const options = '-S -machine none -qmp unix:/tmp/w,server';
    const child = yield* start([QEMU, ...options.split(' ')]);
    const said = yield* sys.read(child.stderr);
    const fd = yield* sys.connect('/tmp/w');
    return [said, typeof fd === 'number' ? yield* sys.read(fd) : fd].map(String);
  });
  assert.is(
    value[0],
    'qemu-kvm: -qmp unix:/tmp/w,server: info: QEMU waiting for connection on: disconnected:unix:/tmp/w,server\n',
  );
  assert.match(String(value[1]), /^\{"QMP": /);
});

running(
  'a turn is a function of memory and answers: run again after every call, all is the same',
  () => {
    const play = (forgetful: boolean) =>
      onHost(
        () =>
          session('-S -machine none', function* (fd, pid) {
            const said = [
              yield* say(fd, CAPABILITIES),
              yield* say(fd, '{"execute":"query-kvm"} {'),
            ];
            yield* sys.kill(pid, 'SIGTERM');
            return [...said, yield* drain(fd)];
          }),
        { forgetful },
      ).value;
    assert.equal(play(true), play(false));
  },
);

running.run();
