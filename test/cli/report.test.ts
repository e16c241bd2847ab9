/**
 * `kvmlab why REPORT` and `fixes REPORT` as an engineer meets them: collect.sh through a pipe, the first lines, exit codes.
 */
import { spawnSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import stringWidth from 'fast-string-width';
import { suite } from 'uvu';
import * as assert from 'uvu/assert';

const cli = suite('kvmlab why REPORT');
const REPORT = 'test/fixtures/reports/acl-group-empty.txt';

function kvmlab(args: readonly string[], input = '') {
  const { stdout, stderr, status } = spawnSync(process.execPath, ['scripts/kvmlab.mjs', ...args], {
    encoding: 'utf8',
    input,
    maxBuffer: 64 * 1024 * 1024,
  });
  return { stdout, stderr, code: status };
}

cli('the shell of a scenario is on the broken host, where collect.sh runs as it is', () => {
  const collected = kvmlab(['shell', 'nodev-mount'], readFileSync('collect.sh', 'utf8'));
  assert.is(collected.code, 0);
  const { stdout, code } = kvmlab(['why', '-'], collected.stdout);
  assert.is(code, 0);
  assert.match(
    stdout,
    /^Broken at the device node: \/dev is mounted nodev\n.*\(nodev-mount\)\nNow: /,
  );
});

cli('with --end it is as the story leaves it', () => {
  const create = 'virsh list --name | grep t1; getfacl -cp /dev/kvm | grep group\n';
  assert.is(kvmlab(['shell', 'acl-group-empty'], create).stdout, 'group::---\n');
  assert.is(kvmlab(['shell', 'acl-group-empty', '--end'], create).stdout, 't1\ngroup::rw-\n');
});

for (const language of ['en', 'zh']) {
  cli(`${language}: about 60 lines of 80 columns, each claim with its line`, () => {
    const { stdout, code } = kvmlab(['why', REPORT, '--lang', language]);
    assert.is(code, 0);
    const lines = stdout.split('\n');
    assert.ok(lines.length <= 70, `${lines.length} lines`);
    for (const line of lines) assert.ok(stringWidth(line) <= 80, line);
    assert.match(stdout, /^ {6}\d+: group::---$/m);
  });
}

cli('repairs are tried on a host in the reported state, and what it has not got is said', () => {
  const { stdout, code } = kvmlab(['fixes', REPORT, '--length', '1']);
  assert.is(code, 0);
  assert.match(stdout, /^\d+\/\d+ facts of the report hold on the simulated host/);
  assert.match(stdout, /user::rw-,group::---,mask::rw-,other::rw-/);
  assert.match(stdout, /setfacl -m g::rw/);
});

cli('a report that says too little is not told that all is well', () => {
  const short = readFileSync(REPORT, 'utf8').slice(0, 400);
  const { stdout, code } = kvmlab(['fixes', '-'], short);
  assert.is(code, 0);
  assert.match(stdout, /^A KVM guest starts on a simulated host in the state that the report/m);
  assert.match(kvmlab(['why', '-'], short.slice(0, 60)).stdout, /does not name\sits\ssystem/);
});

cli('what is no report is refused in one sentence', () => {
  for (const [text, why] of [
    ['# kvmlab report 1\n', /holds no command/],
    ['# kvmlab report 9\n$ id\n', /version 9/],
    ['nothing of the kind\n', /holds nothing that can be explained/],
  ] as const) {
    const { code, stderr } = kvmlab(['why', '-'], text);
    assert.is(code, 2);
    assert.match(stderr, why);
    assert.is(stderr.trim().split('\n').length, 1);
  }
  assert.is(kvmlab(['why', REPORT, '--checks']).code, 2);
});

cli('--json: everything as data', () => {
  const { stdout } = kvmlab(['why', REPORT, '--json']);
  const found = JSON.parse(stdout);
  assert.is(found.v, 1);
  const own = found.causes.find(({ name }: { name: string }) => name === 'acl-group-empty');
  assert.is(own.judgement.verdict, 'proved');
});

cli.run();
