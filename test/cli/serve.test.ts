/**
 * `kvmlab serve` as its clients meet it: sockets, programs on PATH, slow and broken and vanishing peers, exit codes.
 */
import { spawnSync } from 'node:child_process';
import {
  existsSync,
  mkdirSync,
  mkdtempSync,
  readFileSync,
  rmSync,
  statSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import { frameBytes, readFrames } from '../../sim/gateway/frame.ts';
import { encode } from '../../sim/gateway/xdr/encode.ts';
import { connected, heard, kvmlabServe, served } from './served.ts';

const serve = suite('kvmlab serve');

/** Windows has no sockets that virsh could use: there the verb says so. */
function onUnix(title: string, run: () => Promise<void> | void): void {
  serve(title, async () => {
    if (process.platform !== 'win32') return run();
    process.stdout.write('  skipped: no Unix sockets here\n');
    const done = kvmlabServe(['--', 'true']);
    assert.match(done.stderr, /serve needs Unix sockets/);
    return assert.is(done.code, 2);
  });
}

const scratch = mkdtempSync(join(tmpdir(), 'kvmlab-test-'));
serve.after(() => rmSync(scratch, { recursive: true }));

const header = { prog: 0x20008086, vers: 1, proc: 66, type: 0, serial: 0, status: 0 };
const call = (proc: number, serial: number, payload = new Uint8Array()) =>
  frameBytes({ ...header, proc, serial }, payload);

/** CONNECT_OPEN, then CONNECT_GET_HOSTNAME. */
const openArgs = new Uint8Array([...encode({ maybe: 'string' }, 'qemu:///system'), 0, 0, 0, 0]);
const session = Buffer.concat([call(66, 0), call(1, 1, openArgs), call(59, 2)]);

const answers = (count: number) => (bytes: Buffer) => readFrames(bytes).frames.length >= count;

onUnix(
  'sockets: byte by byte, half closed, vanishing, malformed; the others do not notice',
  async () => {
    const host = await served('kvm-works');
    try {
      const { socket, dir } = host.places;
      assert.is(statSync(dir).mode & 0o777, 0o700);
      const slow = await connected(socket);
      const answered = heard(slow, answers(3));
      for (const byte of session) slow.write(Uint8Array.of(byte));
      const { frames } = readFrames(await answered);
      assert.equal(
        frames.map((frame) => [frame.header.serial, frame.header.status]),
        [
          [0, 0],
          [1, 0],
          [2, 0],
        ],
      );
      const vanishing = await connected(socket);
      vanishing.write(session.subarray(0, 40));
      vanishing.destroy();
      const half = await connected(socket);
      const all = heard(half, () => false);
      half.end(session);
      assert.is(readFrames(await all).frames.length, 3, 'answered, then closed');
      for (const length of [0, 5, 27, 0xffffffff]) {
        const broken = await connected(socket);
        const nothing = heard(broken, () => false);
        broken.write(encode('uint', length));
        assert.is((await nothing).length, 0, String(length));
      }
      const again = heard(slow, answers(1));
      slow.write(call(59, 9));
      assert.is(readFrames(await again).frames[0]?.header.serial, 9);
      slow.destroy();
    } finally {
      assert.is(await host.stop(), 0);
    }
    assert.not.ok(existsSync(host.places.dir));
  },
);

onUnix(
  'QMP: the greeting, commands in pieces, a second client after the first, a new QEMU after quit',
  async () => {
    const host = await served('acl-group-empty');
    try {
      const ask = async (pieces: readonly string[], enough: RegExp) => {
        const socket = await connected(host.places.qmp);
        const text = heard(socket, (bytes) => enough.test(bytes.toString()));
        for (const piece of pieces) socket.write(piece);
        const all = (await text).toString();
        socket.destroy();
        return all;
      };
      const hello = '{"execute":"qmp_capabilities"}';
      const [one, two] = ['{"execute":"quer', 'y-kvm","id":1}'];
      const first = await ask([hello, one, two], /"id"/);
      assert.match(first, /^\{"QMP": \{"version"/);
      assert.match(first, /\{"return": \{"enabled": false, "present": true\}, "id": 1\}/);
      assert.match(await ask([hello, '{"execute":"quit"}'], /never/), /"event": "SHUTDOWN"/);
      assert.match(await ask([hello], /\{"return"/), /^\{"QMP"/);
    } finally {
      await host.stop();
    }
  },
);

const script = (text: string): string => {
  const path = join(scratch, 'script.sh');
  writeFileSync(path, text);
  return path;
};

onUnix("a script meets the host's own programs, and the session replays to its hash", () => {
  const trace = join(scratch, 'trace.json');
  const path = script(`
    getfacl -p /dev/kvm | head -4
    printf 'g::rw\\n' | setfacl -M - /dev/kvm
    setfacl -m u:nobody-here:r /dev/kvm; echo "status $?"
    on-host 'getfacl -p /dev/kvm | grep ^group'
    LC_ALL=C ls -d /dev/kvm /nosuch 2>&1
    test -c /dev/kvm && ls "$KVMLAB_DIR/home" >/dev/null; echo "status $?"
    exit 9
  `);
  const done = kvmlabServe(['acl-group-empty', '--trace', trace, '--', 'sh', path]);
  assert.is(done.code, 9);
  assert.is(
    done.stdout,
    `${[
      ...['# file: /dev/kvm', '# owner: root', '# group: kvm', 'user::rw-'],
      ...['status 2', 'group::rw-'],
      ...['ls: cannot access /nosuch: No such file or directory', '/dev/kvm', 'status 2'],
    ].join('\n')}\n`,
  );
  const replay = spawnSync(process.execPath, ['scripts/kvmlab.mjs', 'scenario', trace], {
    encoding: 'utf8',
  });
  assert.is(replay.status, 0);
  assert.match(replay.stdout, /^replayed \d+ choices on centos7: [0-9a-f]{64}$/m);
  const onward = kvmlabServe([trace, '--', join('sh'), '-c', 'getfacl -p /dev/kvm | grep ^group']);
  assert.is(onward.stdout, 'group::rw-\n');
  const { hash, ...rest } = JSON.parse(readFileSync(trace, 'utf8'));
  writeFileSync(trace, JSON.stringify({ ...rest, hash: hash.replace(/^./, 'x') }));
  assert.is(kvmlabServe([trace, '--', 'true']).code, 3);
});

onUnix('wrong use: a sentence, the exit code, and nothing left behind', () => {
  const full = join(scratch, 'full');
  mkdirSync(full);
  writeFileSync(join(full, 'file'), '');
  const long = join(scratch, 'a'.repeat(120));
  const cases: readonly (readonly [readonly string[], number, RegExp])[] = [
    [
      ['acl-group-emty', '--', 'true'],
      2,
      /^kvmlab: There is no scenario and no readable file called acl-group-emty\./,
    ],
    [['--dir', full, '--', 'true'], 2, /full is not empty: another host may be served there/],
    [
      ['--dir', long, '--', 'true'],
      2,
      /is too long for a Unix socket: libvirt-sock-ro in it would need \d+ bytes/,
    ],
    [['--dir', join(full, 'file', 'x'), '--', 'true'], 2, /not a directory\.$/m],
    [['--as', 'nobody-here', '--', 'true'], 2, /Nobody is called nobody-here on this host/],
    [['--pace', '2', '--', 'true'], 2, /--pace takes 0, not 2/],
    [['--trace', join(full, 'no', 't'), '--', 'true'], 2, /The trace cannot be written to/],
    [['kvm-works', 'true'], 2, /A command goes after --: kvmlab serve kvm-works -- true/],
    [['kvm-works', '--'], 2, /Nothing follows --/],
    [['--json', '--', 'true'], 2, /KVMLAB_DIR/],
    [['--', 'no-such-command-here'], 127, /^kvmlab: no-such-command-here: command not found$/m],
    [['--', 'sh', '-c', 'kill -TERM $$'], 143, /^$/],
    [['--', 'sh', '-c', 'exit 3'], 3, /^$/],
    [['--', 'sh', '-c', 'command kill -INT $PPID; sleep 1; exit 4'], 4, /^$/],
    [['--', 'sh', '-c', 'command kill -TERM $PPID; sleep 5; exit 4'], 143, /^$/],
  ];
  for (const [args, code, said] of cases) {
    const done = kvmlabServe(args);
    assert.is(done.code, code, `${args.join(' ')}\n${done.stderr}`);
    assert.match(done.stderr, said, args.join(' '));
    assert.is(done.stdout, '', args.join(' '));
  }
});

onUnix('what it says of itself fits the terminal, in both languages', async () => {
  const done = spawnSync(
    'timeout',
    [
      '-s',
      'INT',
      '5',
      process.execPath,
      'scripts/kvmlab.mjs',
      'serve',
      '--dir',
      join(scratch, 'd'),
    ],
    { encoding: 'utf8' },
  );
  assert.match(done.stdout, /^serving a freshly booted host until Ctrl-C\./);
  assert.match(done.stdout, /^libvirtd does not run on this host/m);
  for (const line of done.stdout.split('\n').filter((text) => !text.startsWith('    ')))
    assert.ok(line.length <= 80, line);
  assert.not.ok(existsSync(join(scratch, 'd')));
});

serve.run();
