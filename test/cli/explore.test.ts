/**
 * `kvmlab explore` as people meet it: what it shows, what it exits with, and that its witnesses replay.
 */
import { spawnSync } from 'node:child_process';
import { mkdtempSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import { inTurns } from '../../sim/cli/explore.ts';

const cli = suite('kvmlab explore');

function kvmlab(line: string, input = '') {
  const args = ['scripts/kvmlab.mjs', ...line.split(' ')];
  const done = spawnSync(process.execPath, args, { encoding: 'utf8', input });
  return { stdout: done.stdout, stderr: done.stderr, code: done.status };
}

cli('without a name the models are listed, with their grain', () => {
  const { stdout, code } = kvmlab('explore');
  assert.is(code, 0);
  assert.match(stdout, /^incident +the incident +event by event$/m);
  assert.match(stdout, /^logout +logout against install +call by call$/m);
});

cli(
  'a model: who acts, what cannot be interrupted, how much was seen, and no line too wide',
  () => {
    const { stdout, code } = kvmlab('explore logout');
    assert.is(code, 0);
    assert.match(
      stdout,
      /^Call by call: anybody may act between two system calls that touch node, seat$/m,
    );
    assert.match(stdout, /^87 states, 129 transitions, depth 11: all of them$/m);
    assert.match(stdout, /^ {2}holds sometimes the incident is there\n {6}operator: logout\n/m);
    for (const text of stdout.split('\n')) assert.ok(text.length <= 80, text);
  },
);

cli('a witness replays to its hash', () => {
  const { stdout } = kvmlab('explore logout --trace 1');
  assert.is(JSON.parse(stdout).grain, 'fine');
  const { stdout: said, code } = kvmlab('scenario -', stdout);
  assert.is(code, 0);
  assert.match(said, /^replayed \d+ choices on centos7: [0-9a-f]{64}\n$/);
});

cli('a bound that was reached is named, what it leaves open is open, and the exit is 4', () => {
  const { stdout, code } = kvmlab('explore first-login --states 20');
  assert.is(code, 4);
  assert.match(stdout, /^20 states, \d+ transitions, depth \d+: stopped at the bound on states$/m);
  assert.match(stdout, /^ {2}open always the incident is not there$/m);
});

cli('parts are joined in any order, and one that is missing is missed', () => {
  const folder = mkdtempSync(join(tmpdir(), 'kvmlab-'));
  const files = ['1/2', '2/2'].map((part) => {
    const file = join(folder, part.replace('/', 'of'));
    writeFileSync(file, kvmlab(`explore logout --shard ${part}`).stdout);
    return file;
  });
  const joined = kvmlab(`explore logout --merge ${files.toReversed().join(' ')}`);
  assert.is(joined.code, 0);
  assert.match(joined.stdout, /^at most \d+ states, .*: all of them$/m);
  const alone = kvmlab(`explore logout --merge ${files[0]}`);
  assert.equal(
    [alone.code, alone.stderr],
    [2, 'kvmlab: Part 2 of 2 is there 0 times, not once.\n'],
  );
});

const mistakes: readonly (readonly [line: string, sentence: RegExp])[] = [
  ['explore logout --merge package.json', /^kvmlab: --merge takes the lines that `kvmlab explore/],
  ['explore nosuch', /^kvmlab: There is no model nosuch\. There are: incident, /],
  ['explore logout --states x', /^kvmlab: --states takes a whole number from 1 on, not x\.\n$/],
  [
    'explore logout --shard 3/2',
    /^kvmlab: --shard takes a part and how many there are, as in 2\/8/,
  ],
  ['explore logout --trace 9', /^kvmlab: There is no property 9: there are 2\.\n$/],
  ['explore logout --find 9', /^kvmlab: There is no property 9: there are 2\.\n$/],
  ['explore first-login --trace 1', /^kvmlab: Nothing shows "the incident is not there": it holds/],
  ['explore incident --reduce', /^kvmlab: --reduce is for models that go call by call\.\n$/],
];

for (const [line, sentence] of mistakes) {
  cli(`${line}: one sentence, exit 2, nothing on standard output`, () => {
    const { stdout, stderr, code } = kvmlab(line);
    assert.equal([stdout, code], ['', 2]);
    assert.match(stderr, sentence);
  });
}

cli('who acts is named once for as long as the steps are theirs', () => {
  assert.equal(inTurns(['a: x', 'a: y', 'b: z', 'a: x']), ['a: x, y', 'b: z', 'a: x']);
  assert.equal(inTurns(['login', 'logout']), ['login, logout']);
});

cli.run();
