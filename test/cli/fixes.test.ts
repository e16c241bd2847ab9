/**
 * `kvmlab fixes` as people meet it: what it says first, how wide it is, its exit codes, and traces that replay.
 */
import { spawnSync } from 'node:child_process';
import stringWidth from 'fast-string-width';
import { suite } from 'uvu';
import * as assert from 'uvu/assert';

const fixes = suite('kvmlab fixes');

function kvmlab(args: readonly string[], input = '') {
  const { stdout, stderr, status } = spawnSync(process.execPath, ['scripts/kvmlab.mjs', ...args], {
    encoding: 'utf8',
    input,
    maxBuffer: 64 * 1024 * 1024,
  });
  return { stdout, stderr, code: status };
}

/** Our own words, never shown: they are about the program and not about the host. */
const internal = /\b(world|grain|fingerprint|canary|S[1-6]|pruned)\b/;

for (const [language, length] of [
  ['en', '2'],
  ['zh', '1'],
] as const) {
  fixes(`${language}: it changes nothing and says so first; 80 columns, about 60 lines`, () => {
    const { stdout, code } = kvmlab([
      'fixes',
      'acl-group-empty',
      '--lang',
      language,
      '--length',
      length,
    ]);
    assert.is(code, 0);
    assert.match(
      stdout,
      language === 'en' ? /^Nothing on this computer is changed/ : /^本机不会有/,
    );
    const lines = stdout.split('\n');
    for (const line of lines) assert.ok(stringWidth(line) <= 80, line);
    assert.ok(lines.length < 70, `${lines.length} lines`);
    assert.not.match(stdout, internal);
    assert.match(stdout, /^ {4}# setfacl --set u::rw,g::rw,o::rw \/dev\/kvm$/m);
  });
}

fixes('the trace of a repair replays', () => {
  const { stdout, code } = kvmlab(['fixes', 'acl-group-empty', '--length', '1', '--fix', '2']);
  assert.is(code, 0);
  assert.is(kvmlab(['scenario', '-'], stdout).code, 0);
});

fixes('where there is no repair, the scenario says why, before anything is searched', () => {
  const { stdout } = kvmlab(['fixes', 'no-vmx', '--length', '1']);
  assert.match(stdout, /^This processor has no VT-x; no command adds it\.\n/);
  const shut = kvmlab(['fixes', 'nodev-mount']);
  assert.is(shut.code, 2);
  assert.match(shut.stdout, /a shell that is open\ncan remount it/);
  assert.match(shut.stderr, /Nobody can log in on this host any more/);
});

fixes('a host that works: nothing to mend, exit 0', () => {
  const { stdout, code } = kvmlab(['fixes', 'kvm-works']);
  assert.is(code, 0);
  assert.match(stdout, /there is nothing to mend/);
});

fixes('the data: the same repairs, each with its trace', () => {
  const { stdout, stderr, code } = kvmlab(['fixes', 'acl-group-empty', '--length', '1', '--json']);
  assert.equal([code, stderr], [0, '']);
  const found = JSON.parse(stdout) as {
    changesThisComputer: boolean;
    fixes: readonly { commands: string[]; tellLibvirtd: string[]; trace: { hash: string } }[];
  };
  assert.is(found.changesThisComputer, false);
  assert.equal(found.fixes[0]?.commands, ['setfacl --set u::rw,g::rw,o::rw /dev/kvm']);
  assert.equal(found.fixes[0]?.tellLibvirtd, ['virsh capabilities']);
  assert.match(found.fixes[0]?.trace.hash ?? '', /^[0-9a-f]{64}$/);
});

fixes('--prove: 0 where it holds, 1 and a counterexample that replays where it does not', () => {
  const good = kvmlab(['fixes', 'acl-group-empty', '--prove', 'setfacl --remove-all /dev/kvm']);
  assert.is(good.code, 0);
  assert.match(good.stdout, /^Proved in this model: it holds before the trigger\.$/m);
  const line = ['fixes', 'acl-group-empty', '--prove', 'chmod 666 /dev/kvm'];
  const bad = kvmlab(line);
  assert.is(bad.code, 1);
  assert.match(bad.stdout, /^It does not hold\.$/m);
  assert.is(kvmlab(['scenario', '-'], kvmlab([...line, '--order', '2']).stdout).code, 0);
});

fixes('--prove: a command that fails is told apart from one that does not help', () => {
  const prove = (command: string) =>
    kvmlab(['fixes', 'acl-group-empty', '--prove', command]).stdout;
  assert.match(
    prove('setfacl -b /dev/nosuch'),
    /it fails:\n {4}setfacl: \/dev\/nosuch: No such file or directory\n/,
  );
  assert.match(prove('false'), /it fails:\n {4}exit status 1\n/);
  assert.not.match(prove('chmod 666 /dev/kvm'), /it fails/);
});

fixes(
  '--prove: an order too long for its column is broken, and only the line to copy is wider',
  () => {
    const { stdout } = kvmlab(['fixes', 'acl-group-empty', '--prove', 'setfacl -b /dev/kvm']);
    const wide = stdout.split('\n').filter((line) => stringWidth(line) > 80);
    assert.ok(
      wide.every((line) => line.startsWith('replay: ')),
      wide.join('\n'),
    );
    assert.match(stdout, /\(and 1 more order\)/);
  },
);

fixes('a trace that does not play to its hash is not mended, exit 3', () => {
  const trace = JSON.parse(kvmlab(['scenario', 'vt-busy', '--json']).stdout) as object;
  const { stdout, stderr, code } = kvmlab(['fixes', '-'], JSON.stringify({ ...trace, hash: '0' }));
  assert.equal([code, stdout], [3, '']);
  assert.match(stderr, /^kvmlab: - does not play to its hash, but to [0-9a-f]{64}\.\n$/);
});

const mistakes: readonly (readonly [args: readonly string[], sentence: RegExp])[] = [
  [['fixes', 'nosuch'], /^kvmlab: There is no scenario and no readable file called nosuch/],
  [['fixes', 'acl-group-empty', '--length', '0'], /^kvmlab: --length takes 1 to 4 commands/],
  [['fixes', 'acl-group-empty', '--length', '1', '--fix', '99'], /^kvmlab: There is no repair 99/],
  [['fixes', 'acl-group-empty', '--prove', 'a; b'], /^kvmlab: --prove takes one simple command/],
  [['fixes', 'acl-group-empty', '--prove', 'nosuch x'], /^kvmlab: nosuch: no such command/],
  [['fixes', 'acl-group-empty', '--prove', 'reboot'], /^kvmlab: reboot: this ends the session/],
  [['fixes', 'acl-group-empty', '--order', '1'], /^kvmlab: --order belongs to --prove/],
];

for (const [args, sentence] of mistakes) {
  fixes(`${args.join(' ')}: one sentence on stderr, exit 2`, () => {
    const { stdout, stderr, code } = kvmlab(args);
    assert.equal([code, stdout], [2, '']);
    assert.match(stderr, sentence);
  });
}

fixes.run();
