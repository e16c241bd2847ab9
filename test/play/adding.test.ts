/**
 * docs/scenarios.md: its example is a scenario, and two files are all that adding it touches.
 */
import { mkdtempSync, readFileSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import { scenarios } from '../../scenarios/index.ts';
import { play } from '../../sim/play/play.ts';
import type { Scenario } from '../../sim/play/scenario.ts';
import { broken } from '../../sim/play/view.ts';

const adding = suite('adding a scenario');
const text = readFileSync('docs/scenarios.md', 'utf8');
const blocks = [...text.matchAll(/^```ts\n([\s\S]*?)^```$/gm)].map(([, code = '']) => code);
const files = [...text.matchAll(/^`(scenarios\/[a-z-]+\.ts)`/gm)].map(([, path = '']) => path);

/** The example as a module, its imports found from scenarios/. */
async function example(): Promise<Record<string, Scenario>> {
  const [code = ''] = blocks;
  const at = pathToFileURL(`${process.cwd()}/scenarios/`).href;
  const whole = code.replace(/from '(\.[^']+)'/g, (_, path) => `from '${new URL(path, at).href}'`);
  const file = join(mkdtempSync(join(tmpdir(), 'kvmlab-')), 'example.ts');
  writeFileSync(file, whole);
  return (await import(pathToFileURL(file).href)) as Record<string, Scenario>;
}

adding('two files', () => {
  assert.equal([files.length, blocks.length], [2, 2]);
  assert.is(files[1], 'scenarios/index.ts');
  assert.ok((blocks[0] ?? '').split('\n').length <= 70);
});

adding('the example ends as told on each of its hosts', async () => {
  const [[exported, scenario] = []] = Object.entries(await example());
  assert.ok(scenario);
  const [, name = '', value] = /'([a-z-]+)': (\w+),/.exec(blocks[1] ?? '') ?? [];
  assert.equal([`scenarios/${name}.ts`, value], [files[0], exported]);
  assert.not.ok(name in scenarios);
  assert.ok(scenario.twin !== undefined && scenario.twin in scenarios);
  for (const profile of scenario.profiles) {
    assert.equal(broken(play(name, scenario, profile)), [], profile);
  }
});

adding.run();
