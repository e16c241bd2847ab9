/**
 * Every scenario ends as it says it ends, plays twice to the same hash, and plays again from its own JSON.
 */
import { readdirSync, readFileSync } from 'node:fs';
import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import { scenarios } from '../scenarios/index.ts';
import { canonicalJson } from '../sim/host/canonical.ts';
import { lastWorld, replayFails, type Trace } from '../sim/host/trace.ts';
import { VERSION } from '../sim/host/version.ts';
import { play } from '../sim/play/play.ts';
import { broken } from '../sim/play/view.ts';

const every = suite('scenarios');

for (const [name, scenario] of Object.entries(scenarios)) {
  const first = play(name, scenario, 'centos7');

  every(`${name} ends as told`, () => assert.equal(broken(first), []));

  every(`${name} plays twice to the same hash`, () => {
    assert.is(play(name, scenario, 'centos7').trace().hash, first.trace().hash);
  });

  every(`${name} plays again from its own JSON, to the same world`, () => {
    const trace = JSON.parse(JSON.stringify(first.trace())) as Trace;
    assert.is(replayFails(trace), null);
    assert.is(canonicalJson(lastWorld(trace)), canonicalJson(first.end));
  });

  every(`${name}: a trace with one choice less does not pass for the whole`, () => {
    const trace = first.trace();
    assert.not.equal(replayFails({ ...trace, choices: trace.choices.slice(0, -1) }), null);
  });

  every(`${name} speaks both languages`, () => {
    const words = [
      scenario.title,
      scenario.story,
      ...scenario.chapters.flatMap((c) => [c.title, ...c.lines.map((l) => l.says)]),
    ];
    for (const { en, zh } of words) assert.ok(en.length > 0 && zh.length > 0, en);
  });
}

every('each file in scenarios/ is listed', () => {
  const listed = readFileSync('scenarios/index.ts', 'utf8');
  const files = readdirSync('scenarios').filter(
    (file) => !['index.ts', 'domain.ts'].includes(file),
  );
  assert.is(files.length, Object.keys(scenarios).length);
  for (const file of files) assert.ok(listed.includes(`'./${file}'`), file);
  for (const name of Object.keys(scenarios)) assert.ok(files.includes(`${name}.ts`), name);
});

every('a trace names the version of the package', () => {
  assert.is(VERSION, JSON.parse(readFileSync('package.json', 'utf8')).version);
});

every.run();
