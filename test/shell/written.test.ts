/**
 * Scripts as an administrator, a teacher or somebody with a bad day writes them, and what the real Debian 12 made of each:
 * bash, coreutils, findutils, grep, sed, acl, attr, util-linux, udev. See fixtures/shell/README.md.
 */
import { readFileSync } from 'node:fs';
import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import { type Answer, normalAnswer } from '../../scripts/oracle/compare.ts';
import { simulated } from '../../scripts/oracle/simulated.ts';
import { report } from '../support/fidelity.ts';

const written = suite('scripts written by hand');

type Case = Answer & Readonly<{ name: string; script: string }>;

const cases = readFileSync('test/fixtures/shell/written.jsonl', 'utf8')
  .trimEnd()
  .split('\n')
  .map((line) => JSON.parse(line) as Case);

for (const { name, script, ...theirs } of cases) {
  written(name, () => {
    const [ours, real] = [normalAnswer(simulated(script)), normalAnswer(theirs)];
    assert.is(ours.stdout, real.stdout);
    assert.is(ours.stderr, real.stderr);
    assert.is(ours.status, real.status);
  });
}

written('314 cases', () => {
  assert.is(cases.length, 314);
  report({ judge: 'Debian 12: scripts written by hand', cases, mismatches: 0 });
});

written.run();
