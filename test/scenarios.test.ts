/**
 * Every scenario ends as it says it ends, on every host that it names, and plays again from its own JSON to the same world.
 */
import { readdirSync, readFileSync } from 'node:fs';
import stringWidth from 'fast-string-width';
import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import { scenarios } from '../scenarios/index.ts';
import { digest } from '../sim/host/canonical.ts';
import { newHost } from '../sim/host/machine.ts';
import { profileNamed, profiles } from '../sim/host/profiles.ts';
import { type Trace, worldsOf } from '../sim/host/trace.ts';
import { VERSION } from '../sim/host/version.ts';
import type { World } from '../sim/host/world.ts';
import { list, search } from '../sim/play/list.ts';
import { type Playback, play } from '../sim/play/play.ts';
import { type Scenario, titleOf } from '../sim/play/scenario.ts';
import { broken, plain, view } from '../sim/play/view.ts';

const every = suite('scenarios');

/** The incident has a story of its own length. */
const LONG = 'acl-group-empty';
const SHORT = 70;

/** A scenario's file without what is for the reader of a report. */
const storyOf = (text: string) => text.replace(/^ {2}now: [\s\S]*?(?=^ {2}(?:ends|twin):)/m, '');

/** What is ours to keep within 80 columns: everything but what a tool printed, and what is typed. */
const ours = (line: string): boolean => !line.startsWith('    ') && !/^ *\d+ {2}# /.test(line);

function narrow(playback: Playback): void {
  for (const language of ['en', 'zh'] as const) {
    const lines = view(playback, { language, paint: plain, full: false }).split('\n');
    for (const line of lines.filter(ours)) assert.ok(stringWidth(line) <= 80, line);
  }
}

/** Replays to the hash; and the last choice counts. */
function replays(trace: Trace): void {
  const last: World[] = [];
  for (const world of worldsOf(JSON.parse(JSON.stringify(trace)) as Trace)) {
    last.push(world);
    if (last.length > 2) last.shift();
  }
  const [before, end] = last.map(digest);
  assert.is(end, trace.hash);
  assert.is.not(before, trace.hash);
}

for (const [name, scenario] of Object.entries(scenarios)) {
  for (const profile of scenario.profiles) {
    every(`${name} on ${profile}: ends as told, twice, in 80 columns`, () => {
      const playback = play(name, scenario, profile);
      assert.equal(broken(playback), []);
      narrow(playback);
      replays(playback.trace());
    });
  }
}

const wordsOf = ({ title, story, chapters, cannot = {} }: Scenario) => [
  title,
  story,
  ...Object.values(cannot),
  ...chapters.flatMap((chapter) => [titleOf(chapter), ...chapter.lines.map((line) => line.says)]),
];

every('each speaks both languages, on one line in the list', () => {
  for (const scenario of Object.values(scenarios)) {
    for (const { en, zh } of wordsOf(scenario)) assert.ok(en.length > 0 && zh.length > 0, en);
  }
  for (const language of ['en', 'zh'] as const) {
    for (const line of list(scenarios, language)) assert.ok(stringWidth(line) <= 80, line);
  }
});

every('each names every host: where it plays, or why it cannot', () => {
  for (const [name, { profiles: played, cannot = {} }] of Object.entries(scenarios)) {
    const named = [...played.map((p) => p.split(',')[0]), ...Object.keys(cannot)];
    assert.equal([...new Set(named)].sort(), Object.keys(profiles).sort(), name);
    assert.is(new Set(named).size, named.length, name);
  }
});

every('a host that a scenario cannot happen on is refused, with the reason', () => {
  const refused = Object.entries(scenarios).flatMap(([name, scenario]) =>
    Object.keys(scenario.cannot ?? {}).map((profile) => ({ name, scenario, profile })),
  );
  assert.ok(refused.length > 30);
  for (const { name, scenario, profile } of refused) {
    const why = scenario.cannot?.[profile]?.en ?? '';
    assert.throws(
      () => play(name, scenario, profile),
      (error: Error) => error.message.includes(`does not play on ${profile}: ${why}`),
    );
  }
});

every('each ends with a line that no other promises, or names the twin that ends alike', () => {
  for (const [name, { ends, twin }] of Object.entries(scenarios)) {
    const others = Object.entries(scenarios).filter(([other]) => other !== name);
    const own = ends.shows.filter((text) => !others.some(([, o]) => o.ends.shows.includes(text)));
    assert.ok(own.length > 0 || (twin !== undefined && twin in scenarios), name);
  }
});

every('there are at least thirty, each in a file of its name, at most 70 lines long', () => {
  const listed = readFileSync('scenarios/index.ts', 'utf8');
  const shared = ['index.ts', 'domain.ts', 'because.ts'];
  const files = readdirSync('scenarios').filter((file) => !shared.includes(file));
  assert.equal(
    files.sort(),
    Object.keys(scenarios)
      .map((name) => `${name}.ts`)
      .sort(),
  );
  assert.ok(files.length >= 30);
  for (const file of files) {
    assert.ok(listed.includes(`'./${file}'`), file);
    const lines = storyOf(readFileSync(`scenarios/${file}`, 'utf8')).split('\n').length - 1;
    assert.ok(lines <= SHORT || file === `${LONG}.ts`, `${file} has ${lines} lines`);
  }
});

every('each rests on a source of some project, or on a public thread', () => {
  for (const [name, { source }] of Object.entries(scenarios)) {
    assert.match(
      source,
      /https:\/\/|(linux|libvirt|systemd|qemu)[\w-]* (v|docs|commit|\d)|^man /,
      name,
    );
  }
});

every('an error message finds the scenarios that show it', () => {
  const found = (text: string) => Object.keys(search(scenarios, text));
  const incident =
    'error: invalid argument: could not find capabilities for arch=x86_64 domaintype=kvm ';
  assert.ok(found(incident).includes(LONG));
  assert.ok(found('ioctl(KVM_CREATE_VM) failed: 16 Device or resource busy').includes('vt-busy'));
  assert.ok(found('kvm: disabled by bios').includes('bios-disabled'));
  assert.ok(found('"present": false').includes('qemu-without-kvm'));
  assert.equal(found('no tool says this'), []);
});

every('the boot that scenarios share is the boot that each would make', () => {
  for (const name of Object.keys(profiles)) {
    const [shared, own] = [newHost(profileNamed(name)), newHost(profileNamed(name), {}, () => {})];
    assert.is.not(shared.world, own.world);
    assert.is(digest(shared.world), digest(own.world));
    assert.is(newHost(profileNamed(name)).world, shared.world);
  }
});

every('a trace names the version of the package', () => {
  assert.is(VERSION, JSON.parse(readFileSync('package.json', 'utf8')).version);
});

every.run();
