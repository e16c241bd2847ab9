/**
 * Scripts whose output, errors and exit status a real bash has shown: see fixtures/shell/README.md.
 */
import { readFileSync } from 'node:fs';
import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import { report } from '../support/fidelity.ts';
import { runOnDebian } from './desk.ts';

const recorded = suite('scripts recorded from a real bash');

type Case = Readonly<{
  name: string;
  script: string;
  stdout: string;
  stderr: string;
  status: number;
}>;

const cases = readFileSync('test/fixtures/shell/recorded.jsonl', 'utf8')
  .trimEnd()
  .split('\n')
  .map((line) => JSON.parse(line) as Case);

for (const { name, script, stdout, stderr, status } of cases) {
  recorded(name, () => {
    const ours = runOnDebian(script);
    assert.is(ours.stdout, stdout);
    assert.is(ours.stderr, stderr);
    assert.is(ours.status, status);
  });
}

recorded('241 cases', () => {
  assert.is(cases.length, 241);
  report({ judge: 'bash 5.2 and its tools: scripts', cases, mismatches: 0 });
});

recorded.run();
