/**
 * What the build makes: small enough at first, complete in itself, and under a policy that lets nothing out.
 */
import { createHash } from 'node:crypto';
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';
import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import { charts, machines } from '../../web-viewer/build/charts.ts';
import { buildViewer, FOLDER, SINGLE } from './browser.ts';

const made = suite('viewer: build');

made.before(buildViewer);

const gzipped = (file: string) => gzipSync(readFileSync(file), { level: 9 }).length;

/** The page, and what it names itself: scripts, preloads, styles. */
function firstView(): string[] {
  const html = readFileSync(join(FOLDER, 'index.html'), 'utf8');
  const named = [...html.matchAll(/(?:src|href)="\.\/([^"]+)"/g)].map(([, name = '']) => name);
  return ['index.html', ...named].map((name) => join(FOLDER, name));
}

made('the first view of the folder needs at most 200 kB', () => {
  const sizes = firstView().map((file) => [file, gzipped(file)] as const);
  const sum = sizes.reduce((total, [, size]) => total + size, 0);
  assert.ok(sizes.length >= 3, JSON.stringify(sizes));
  assert.ok(sum < 200_000, `${sum} bytes: ${JSON.stringify(sizes)}`);
  const all = readdirSync(join(FOLDER, 'assets')).map((name) =>
    gzipped(join(FOLDER, 'assets', name)),
  );
  process.stdout.write(
    `  first view ${Math.round(sum / 1000)} kB gzip, all ${Math.round(all.reduce((a, b) => a + b, 0) / 1000)} kB\n`,
  );
});

made(
  'the file is one file: it names no other, and its policy knows its script and style by their hashes',
  () => {
    const html = readFileSync(SINGLE, 'utf8');
    const [, policy = ''] = /Content-Security-Policy" content="([^"]+)"/.exec(html) ?? [];
    const [, script = ''] = /<script id="kvmlab">([\s\S]*)<\/script><\/body>/.exec(html) ?? [];
    const [, style = ''] = /<style>([\s\S]*?)<\/style>/.exec(html) ?? [];
    const sha = (text: string) => `'sha256-${createHash('sha256').update(text).digest('base64')}'`;
    assert.ok(script.length > 100_000 && style.length > 1000);
    assert.ok(policy.includes(`script-src ${sha(script)};`), policy);
    assert.ok(policy.includes(`style-src ${sha(style)};`), policy);
    for (const rule of [
      "default-src 'none'",
      "connect-src 'none'",
      "base-uri 'none'",
      "form-action 'none'",
    ])
      assert.ok(policy.includes(rule), rule);
    assert.not.match(policy, /unsafe|\*|https?:/);
    const head =
      html.slice(0, html.indexOf('<style>')) +
      html.slice(html.indexOf('</style>'), html.indexOf('<script id'));
    assert.not.match(head, /(src|href)="(?!data:,)/);
  },
);

made('every state and every arrow between two states of every machine is in its drawing', () => {
  const drawn = charts();
  assert.is(drawn.length, Object.keys(machines).length);
  for (const chart of drawn) {
    const machine = machines[chart.id];
    const keys = Object.keys(machine?.config.states ?? {});
    assert.equal(chart.states.map(({ key }) => key).sort(), keys.sort(), chart.id);
    for (const { from, to, labels } of chart.edges)
      assert.ok(keys.includes(from) && keys.includes(to) && labels.length > 0, chart.id);
    for (const { x, y } of chart.states)
      assert.ok(x > 0 && y > 0 && x < chart.width && y < chart.height, chart.id);
  }
});

made.run();
