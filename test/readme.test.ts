/**
 * The README's first screen is true: its excerpts are what the scenario prints, its commands exist.
 */
import { existsSync, readFileSync } from 'node:fs';
import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import { scenarios } from '../scenarios/index.ts';
import { play } from '../sim/play/play.ts';
import { markdownHead, markdownRow, rowOf } from '../sim/play/versions.ts';
import { plain, view } from '../sim/play/view.ts';

const readme = suite('README');
const text = readFileSync('README.md', 'utf8');
const scripts = JSON.parse(readFileSync('package.json', 'utf8')).scripts as Record<string, string>;

readme('its excerpts are what the scenario prints', () => {
  const name = 'acl-group-empty';
  const scenario = scenarios[name];
  assert.ok(scenario);
  const printed = view(play(name, scenario, 'centos7'), {
    language: 'en',
    paint: plain,
    full: false,
  });
  const excerpts = [...text.matchAll(/^```\n([\s\S]*?)^```$/gm)].map(([, body = '']) =>
    body.trimEnd(),
  );
  assert.is(excerpts.length, 3);
  const ends = (block: string) =>
    block
      .split('\n')
      .map((line) => line.trimEnd())
      .join('\n');
  for (const excerpt of excerpts) assert.ok(ends(printed).includes(ends(excerpt)), excerpt);
});

readme('its two commands come first', () => {
  const [first, second] = [...text.matchAll(/^ {4}(npm .*)$/gm)].map(([, line]) => line);
  assert.equal([first, second], ['npm run scenario acl-group-empty', 'npm test']);
});

readme('its table of versions is what playing them gives', () => {
  const rows = text.split('\n').filter((line) => /^\| [a-z-]+ \| [·●]/.test(line));
  assert.ok(rows.length >= 5);
  assert.ok(text.includes(markdownHead('libvirt')));
  for (const line of rows) {
    const name = line.split(' | ')[0]?.replace('| ', '') ?? '';
    const scenario = scenarios[name];
    assert.ok(scenario, name);
    assert.is(markdownRow(rowOf(name, scenario, 'libvirt')), line);
  }
});

readme('it counts the scenarios', () => {
  assert.ok(text.includes(`the catalogue: ${Object.keys(scenarios).length} scenarios`));
});

readme('its scripts, scenarios and files exist', () => {
  const named = [...text.matchAll(/npm run (?:--silent )?([a-z]+)/g)].map(
    ([, script = '']) => script,
  );
  assert.ok(named.length > 5);
  for (const script of named) assert.ok(script in scripts, script);
  // What is attached to a release is in no clone.
  for (const [, path = ''] of text.matchAll(/\]\(([^)#]+)/g))
    assert.ok(existsSync(path) || path.startsWith('../../releases/latest/download/'), path);
  for (const [, name = ''] of text.matchAll(/scenario (?:-- )?([a-z]+-[a-z-]+)/g))
    assert.ok(name in scenarios, name);
});

readme('the reading order names files that exist', () => {
  const order = readFileSync('sim/README.md', 'utf8');
  const paths = [...order.matchAll(/`([a-zA-Z0-9_./-]+\.ts)`/g)].map(([, path = '']) => path);
  assert.ok(paths.length > 60);
  for (const path of paths) assert.ok(existsSync(`sim/${path}`), path);
});

readme('the tests that docs/fidelity.md names exist', () => {
  const rows = readFileSync('docs/fidelity.md', 'utf8')
    .split('\n')
    .filter((row) => row.startsWith('| '));
  const tests = rows.flatMap((row) =>
    [...(row.split('|')[3] ?? '').matchAll(/[a-z-]+(?:\/[A-Za-z0-9-]+)+/g)].map(([name]) => name),
  );
  assert.ok(tests.length > 40);
  for (const name of tests) assert.ok(existsSync(`test/${name}.test.ts`), name);
});

readme.run();
