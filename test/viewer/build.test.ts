/**
 * What the build makes: small enough at first, complete in itself, and under a policy that lets nothing out.
 */
import { createHash } from 'node:crypto';
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';
import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import type { AnyStateMachine } from 'xstate';
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

const kB = 1000;

/** What each part may weigh, gzip; the first view is the page, its script and its style. */
const budgets: Readonly<Record<string, number>> = {
  'first view': 70 * kB,
  // When a lesson is opened: texts, Markdown, exercises.
  LessonView: 36 * kB,
  desk: 20 * kB,
  // When the host is touched: typed on, branched, asked, another one opened.
  engine: 4 * kB,
  traceItems: 12 * kB,
  kernel: 48 * kB,
  tools: 91 * kB,
  daemons: 50 * kB,
  host: 13 * kB,
  language: 62 * kB,
  libvirt: 104 * kB,
  qmp: 38 * kB,
  play: 4 * kB,
  scenarios: 36 * kB,
  // When something is searched: the worker, its own copy of the simulator, and what answers one kind of question.
  alone: 6 * kB,
  reach: 365 * kB,
  explore: 4 * kB,
  fixes: 14 * kB,
  why: 74 * kB,
  whyTrace: 34 * kB,
};

made('the first view needs 70 kB of the 200 that it may; every other part has its budget', () => {
  const first = firstView();
  const sum = first.reduce((total, file) => total + gzipped(file), 0);
  assert.ok(first.length >= 3, first.join());
  const sizes = new Map([['first view', sum]]);
  for (const name of readdirSync(join(FOLDER, 'assets'))) {
    const file = join(FOLDER, 'assets', name);
    if (!first.includes(file)) sizes.set(name.replace(/-[\w-]{8}\.js$/, ''), gzipped(file));
  }
  for (const [name, size] of sizes) {
    const budget = budgets[name];
    assert.ok(budget !== undefined, `${name} is a part without a budget`);
    assert.ok(size < budget, `${name}: ${size} bytes of ${budget}`);
  }
  assert.equal([...sizes.keys()].sort(), Object.keys(budgets).sort());
  const all = [...sizes.values()].reduce((total, size) => total + size, 0);
  process.stdout.write(
    `  first view ${Math.round(sum / kB)} kB gzip, all ${Math.round(all / kB)} kB\n`,
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

/** Events by state, as the machine itself has them; those of the whole machine count for each state that does not end it. */
function eventsOf(machine: AnyStateMachine): Record<string, string[]> {
  const common = Object.keys(machine.config.on ?? {});
  return Object.fromEntries(
    Object.entries(machine.config.states ?? {}).map(([key, state]) => {
      const own = Object.keys((state as { on?: object }).on ?? {});
      const ends = (state as { type?: string }).type === 'final';
      return [key, [...new Set([...own, ...(ends ? [] : common)])].sort()];
    }),
  );
}

made(
  'every state is in its drawing, and every event that it answers, by an arrow or inside',
  () => {
    const drawn = charts();
    assert.is(drawn.length, Object.keys(machines).length);
    let events = 0;
    let inside = 0;
    for (const chart of drawn) {
      const machine = machines[chart.id];
      if (machine === undefined) throw new Error(`a chart of no machine: ${chart.id}`);
      const answered = eventsOf(machine);
      assert.equal(
        chart.states.map(({ key }) => key).sort(),
        Object.keys(answered).sort(),
        chart.id,
      );
      for (const { key, x, y, stays } of chart.states) {
        assert.ok(x > 0 && y > 0 && x < chart.width && y < chart.height, chart.id);
        const leaving = chart.edges
          .filter(({ from }) => from === key)
          .flatMap(({ labels }) => labels);
        const labels = [...leaving, ...stays].map((label) => label.replace(/ \[.*$/, ''));
        const seen = [...new Set(labels)].filter((label) => label !== 'always').sort();
        assert.equal(seen, answered[key], `${chart.id}.${key}`);
        events += seen.length;
        inside += stays.length;
      }
      for (const { from, to } of chart.edges) assert.is.not(from, to, chart.id);
    }
    assert.ok(events > 60 && inside > 20, `${events} events, ${inside} inside`);
  },
);

made.run();
