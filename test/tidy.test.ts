/**
 * The house rules, checked: who may import whom, no clock and no dice in the models, a header on every machine.
 */
import { readdirSync, readFileSync } from 'node:fs';
import { posix } from 'node:path';
import { suite } from 'uvu';
import * as assert from 'uvu/assert';

/** The room on the left sees itself and the rooms on its right. */
const vocabulary = ['sim/libc', 'sim/kernel', 'sim/acl'];
const strangers = [
  'sim/udev',
  'sim/logind',
  'sim/rpm',
  'sim/qemu',
  'sim/libvirt',
  'sim/systemd',
  'sim/userland',
];
const mayImport: Readonly<Record<string, readonly string[]>> = {
  'sim/acl': [],
  'sim/explore': [],
  'sim/kernel': ['sim/acl'],
  'sim/libc': ['sim/kernel', 'sim/acl'],
  ...Object.fromEntries(strangers.map((room) => [room, vocabulary])),
  'sim/host': [...strangers, ...vocabulary],
  'sim/explain': ['sim/play', 'sim/libvirt', 'sim/host', 'sim/explore', ...vocabulary],
  'sim/shell': ['sim/host', 'sim/userland', ...vocabulary],
  'sim/gateway': ['sim/libvirt', 'sim/host', ...vocabulary],
  'sim/play': ['sim/explore', 'sim/host', 'sim/shell', 'sim/libvirt', ...vocabulary],
  'sim/lessons': ['sim/play', 'sim/shell', 'sim/explain', 'sim/explore', 'sim/host', ...vocabulary],
  'sim/testing': ['scenarios', 'sim/play', 'sim/host', 'sim/shell', ...vocabulary],
  scenarios: ['sim/play', 'sim/host'],
  models: ['sim/explain'],
};

const banned: Readonly<Record<string, string>> = {
  'Math.random': 'name the choice, and let the schedule make it',
  'Date.now': "the world's clock",
  'new Date': "the world's clock",
  'performance.now': "the world's clock",
  setTimeout: 'a choice of the schedule',
};

const tidy = suite('tidy');
const read = (path: string) => readFileSync(path, 'utf8');
const files = (folder: string, ending = '.ts') =>
  readdirSync(folder, { recursive: true, encoding: 'utf8' })
    .map((name) => posix.join(folder, name.replaceAll('\\', '/')))
    .filter((path) => path.endsWith(ending))
    .sort();
const models = () =>
  [...files('sim'), ...files('scenarios'), ...files('models')].filter(
    (path) => !path.startsWith('sim/cli/'),
  );
const room = (path: string) =>
  path
    .split('/')
    .slice(0, path.startsWith('sim/') ? 2 : 1)
    .join('/');

tidy('imports follow the table of rooms', () => {
  let seen = 0;
  for (const path of models()) {
    for (const [, target = ''] of read(path).matchAll(/from '(\.[^']+)'/g)) {
      const to = room(posix.join(posix.dirname(path), target));
      const allowed = [room(path), ...(mayImport[room(path)] ?? [])];
      assert.ok(allowed.includes(to), `${path} must not import ${to}`);
      seen++;
    }
  }
  assert.ok(seen > 100, `only ${seen} imports were found: has the pattern gone blind?`);
});

tidy('nothing leaks in from the real machine', () => {
  for (const path of models()) {
    for (const [word, instead] of Object.entries(banned)) {
      assert.not.ok(read(path).includes(word), `${path}: ${word}; use ${instead}`);
    }
  }
});

tidy('every machine says what it models', () => {
  const machines = files('sim', '.machine.ts');
  assert.ok(machines.length > 3);
  for (const path of machines) assert.match(read(path), /^ \* Models: /m, path);
});

tidy('every file opens by saying what it is', () => {
  for (const path of [...files('sim'), ...files('test').filter((p) => p.endsWith('.test.ts'))]) {
    assert.match(read(path), /^\/\*\*/, path);
  }
});

tidy('every test file runs', () => {
  for (const path of files('test', '.test.ts')) assert.match(read(path), /\.run\(\);\n$/, path);
});

tidy('nothing names a workplace', () => {
  for (const path of [...models(), ...files('test'), ...files('docs', '.md')]) {
    assert.not.match(
      read(path),
      new RegExp(`/${'work'}/(main|wt-|shared)|${'shared'}/(facts|oracles)`),
      path,
    );
  }
});

tidy.run();
