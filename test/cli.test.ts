/**
 * The command line as people meet it: exit codes, what goes to which stream, and sentences for mistakes.
 */
import { spawnSync } from 'node:child_process';
import { mkdtempSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import { scenarios } from '../scenarios/index.ts';
import { swallowedByNpm } from '../sim/cli/npm.ts';

const cli = suite('command line');

type Env = Readonly<Record<string, string>>;

function kvmlab(args: readonly string[], env: Env = {}, input = '') {
  const clean = Object.fromEntries(
    Object.entries(process.env).filter(([name]) => !name.startsWith('npm_')),
  );
  const done = spawnSync(process.execPath, ['scripts/kvmlab.mjs', ...args], {
    encoding: 'utf8',
    input,
    env: { ...clean, ...env },
    maxBuffer: 64 * 1024 * 1024,
  });
  return { stdout: done.stdout, stderr: done.stderr, code: done.status };
}

cli('without a name the scenarios are listed, by symptom', () => {
  const { stdout, code } = kvmlab(['scenario']);
  assert.is(code, 0);
  assert.match(stdout, /^ {2}kvm-works +A host where KVM works$/m);
  assert.match(stdout, /^ {2}acl-group-empty +rights /m);
  for (const line of stdout.split('\n')) assert.ok(line.length <= 80, line);
});

const mistakes: readonly (readonly [args: string, sentence: RegExp])[] = [
  ['scenario nosuch', /^kvmlab: There is no scenario and no readable file called nosuch\./],
  ['scenario acl-group-emty', / Did you mean acl-group-empty\? /],
  ['why ACL-Group-Empty', / Did you mean acl-group-empty\? /],
  ['shell busy', / Did you mean vt-busy\? /],
  ['nosuch', /^kvmlab: unknown command 'nosuch'\n$/],
  [
    'scenario constructor',
    /^kvmlab: There is no scenario and no readable file called constructor\./,
  ],
  ['scenario kvm-works --profile constructor', /^kvmlab: There is no profile constructor\./],
  [
    'scenario kvm-works --profile centos7,toString=1',
    /^kvmlab: A profile has no component toString\./,
  ],
  [
    'scenario kvm-works --profile centos7,libvirt=toString',
    /^kvmlab: There is no libvirt toString here\./,
  ],
  ['shell constructor', /^kvmlab: There is no scenario called constructor\./],
  ['scenario kvm-works --full 11', /^kvmlab: kvm-works has 10 steps, so there is no step 11\.\n$/],
  ['scenario --nosuch', /^kvmlab: unknown option '--nosuch'\n$/],
  [
    'scenario kvm-works --profile nosuch',
    /^kvmlab: There is no profile nosuch\. There are: centos7/,
  ],
  ['scenario kvm-works --lang fr', /^kvmlab: --lang knows en and zh, not fr\.\n$/],
  ['scenario kvm-works --full x', /^kvmlab: --full takes the number of a step, not x\.\n$/],
  ['scenario package.json', /^kvmlab: package\.json holds no trace: /],
];

for (const [args, sentence] of mistakes) {
  cli(`${args}: one sentence on stderr, exit 2`, () => {
    const { stdout, stderr, code } = kvmlab(args.split(' '));
    assert.equal([code, stdout], [2, '']);
    assert.match(stderr, sentence);
  });
}

cli('an error message in place of a name finds the scenarios that show it', () => {
  const message = 'error: Cannot check QEMU binary /usr/bin/kvm: No such file or directory';
  const { stdout, code } = kvmlab(['scenario', message]);
  assert.is(code, 0);
  assert.match(stdout, /^ {2}wrong-binary /m);
  assert.not.match(stdout, /vt-busy/);
});

cli('--json prints the trace alone; the trace replays; an edited one exits 3', () => {
  const { stdout, stderr, code } = kvmlab(['scenario', 'kvm-works', '--json']);
  assert.equal([code, stderr], [0, '']);
  const trace = JSON.parse(stdout) as { v: number; hash: string; choices: unknown[] };
  assert.is(trace.v, 1);
  const replayed = kvmlab(['scenario', '-'], {}, stdout);
  assert.equal([replayed.code, replayed.stdout.includes(trace.hash)], [0, true]);
  const file = join(mkdtempSync(join(tmpdir(), 'kvmlab-')), 'edited.json');
  writeFileSync(file, JSON.stringify({ ...trace, choices: trace.choices.slice(1, 1) }));
  const edited = kvmlab(['scenario', file]);
  assert.is(edited.code, 3);
  assert.match(edited.stderr, /^kvmlab: the trace says [0-9a-f]{64} but plays to [0-9a-f]{64} /);
});

cli('one step alone, with what it changed', () => {
  const { stdout } = kvmlab(['scenario', 'kvm-works', '--full', '8']);
  assert.match(stdout, /Domain t1 created from test\.xml/);
  assert.not.match(stdout, /virsh list/);
});

cli('a pipe speaks English unless told otherwise, without colours', () => {
  assert.match(
    kvmlab(['scenario'], { LANG: 'zh_CN.UTF-8' }).stdout,
    /^could not find capabilities .*, and there is no /,
  );
  assert.match(
    kvmlab(['scenario', '--lang', 'zh-CN']).stdout,
    /^could not find capabilities .*，而且没有/,
  );
  assert.not.ok(kvmlab(['scenario', 'kvm-works'], { FORCE_COLOR: '1' }).stdout.includes('\u001b['));
});

cli('an option that npm has kept is named', () => {
  const env = { npm_lifecycle_event: 'scenario', npm_config_json: 'true' };
  assert.is(
    swallowedByNpm(env, ['scenario', 'kvm-works']),
    'npm has taken --json for itself. Put -- before the name: npm run scenario -- kvm-works --json',
  );
  assert.is(swallowedByNpm(env, ['scenario', 'kvm-works', '--json']), null);
  assert.is(swallowedByNpm({ npm_config_json: 'true' }, ['scenario']), null);
});

cli('scenario: the list as data; a message that nothing shows; options that need another', () => {
  const { stdout, code } = kvmlab(['scenario', '--json']);
  const rows = JSON.parse(stdout) as { name: string; symptom: string }[];
  assert.is(code, 0);
  assert.equal(
    rows.map(({ name }) => name),
    Object.keys(scenarios),
  );
  for (const [args, sentence] of [
    [['no such words'], /^kvmlab: No scenario shows "no such words"\./],
    [['--full'], /^kvmlab: --full needs the name of a scenario\.\n$/],
    [['vt-busy', '--markdown'], /^kvmlab: --markdown belongs to --versions\.\n$/],
  ] as const) {
    const wrong = kvmlab(['scenario', ...args]);
    assert.equal([wrong.code, wrong.stdout], [2, '']);
    assert.match(wrong.stderr, sentence);
  }
});

cli('a trace that cannot be played at all: one sentence, exit 2', () => {
  const trace = (...choices: object[]) =>
    JSON.stringify({ v: 1, profile: 'centos7', setup: {}, choices, hash: '0' });
  for (const [text, sentence] of [
    [trace({ run: ['ls'], as: 'root@pts/0' }), /cannot be played: root is not logged in on pts\/0/],
    [trace({ run: 5 }), /cannot be played: choice 1 \(run\): /],
  ] as const) {
    for (const verb of ['scenario', 'why', 'fixes']) {
      const { stderr, stdout, code } = kvmlab([verb, '-'], {}, text);
      assert.equal([code, stdout], [2, '']);
      assert.match(stderr, sentence);
    }
  }
});

const ACL = '# owner: root\n# group: kvm\nuser::rw-\ngroup::---\nmask::rw-\nother::rw-\n';

/** What `why -` says of a text. */
const why = (text: string, ...more: string[]) => kvmlab(['why', '-', ...more], {}, text);

cli(
  'why: the first lines say what is broken, and by what; no line is wider than 80 columns',
  () => {
    const { stdout, code } = why(ACL);
    assert.is(code, 0);
    const [first = ''] = stdout.split('\n');
    assert.match(first, /^Broken: QEMU \(user qemu\) gets no KVM: Permission denied/);
    assert.match(stdout, /frozen by a console login before the/);
    const wide = stdout.split('\n').filter((line) => line.length > 80);
    assert.equal(wide, []);
    assert.not.match(stdout, /\bworld\b|\bgrain\b|\bS[1-6]\b/);
  },
);

cli('why: an order of the list replays', () => {
  const { stdout } = why(ACL, '--order', '1');
  const { code } = kvmlab(['scenario', '-'], {}, stdout);
  assert.is(code, 0);
});

cli(
  'why: an ACL that no file has is refused, one that nothing leads to is a verdict, a bound is 4',
  () => {
    const impossible = why('user::rw-\nuser::rw-\ngroup::---\nother::---\n');
    assert.match(impossible.stderr, /no file can have this ACL/);
    const unreachable = why('user::rwx\ngroup::rwx\nother::r-x\n');
    assert.match(unreachable.stdout, /^Not reachable in this model: .* leads to\nuser::rwx,/);
    const bounded = why(ACL, '--states', '3');
    assert.match(bounded.stdout, /A bound was reached/);
    assert.equal([impossible.code, unreachable.code, bounded.code], [2, 0, 4]);
  },
);

cli('why: a trace that does not play to its hash is 3, a text that is no evidence 2', () => {
  const trace = JSON.parse(why(ACL, '--order', '1').stdout) as object;
  assert.is(why(JSON.stringify({ ...trace, hash: '0' })).code, 3);
  const hello = why('hello\n');
  assert.is(hello.code, 2);
  assert.match(hello.stderr, /holds nothing that can be explained/);
});

cli('why --json is data alone; --checks names what misleads', () => {
  const data = JSON.parse(why(ACL, '--json').stdout) as { families: { found: unknown[] } };
  assert.is(data.families.found.length, 9);
  const { stdout } = kvmlab(['why', 'acl-group-empty', '--checks', '--lang', 'zh']);
  assert.match(stdout, /通过 +ls -l \/dev\/kvm/);
});

cli.run();
