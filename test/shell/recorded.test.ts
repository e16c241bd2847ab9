/**
 * Scripts whose output, errors and exit status a real bash has shown: see fixtures/shell/README.md.
 */
import { readFileSync } from 'node:fs';
import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import { run } from './desk.ts';

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

const endOfFile = (stderr: string) =>
  `${stderr}bash: line 3: syntax error: unexpected end of file\n`;

/** Where bash 4.2 and the recording bash 5.2 differ: what 4.2 says besides. */
const versions: Readonly<Record<string, (stderr: string) => string>> = {
  // 5.2 stops at what is open; 4.2 goes on to say that the file has ended.
  'syntax error: an open quote': endOfFile,
  'an unfinished arithmetic command': endOfFile,
};

for (const { name, script, stdout, stderr, status } of cases) {
  recorded(name, () => {
    const ours = run(script);
    const expected = versions[name]?.(stderr) ?? stderr;
    assert.is(ours.stdout, stdout);
    assert.is(ours.stderr, expected);
    assert.is(ours.status, status);
  });
}

recorded('241 cases, two of them registered differences', () => {
  assert.is(cases.length, 241);
  assert.is(Object.keys(versions).length, 2);
});

recorded.run();
