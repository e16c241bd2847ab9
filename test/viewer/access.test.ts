/**
 * axe-core on every view, in light and dark, wide and narrow; and the pictures that the README shows.
 */
import { mkdirSync, readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import type { Page } from 'playwright-core';
import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import { goTo, inChromium, ready, singleUrl, visit } from './browser.ts';

const access = suite('viewer: access');
const axe = readFileSync(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8');

const views = [
  '#/acl-group-empty/open',
  '#/acl-group-empty/step?at=5',
  '#/acl-group-empty/terminal',
  '#/acl-group-empty/charts?at=29',
  '#/acl-group-empty/compare',
  '#/acl-group-empty/why',
  '#/acl-group-empty/fixes',
  '#/acl-group-empty/explore',
  '#/acl-group-empty/paste',
  '#/acl-group-empty/handout',
  '#/scenarios',
  '#/lessons',
  '#/lessons/01-what-is-dev-kvm',
  '#/lessons/03-entry-by-entry',
  '#/lessons/11-find-the-order',
  '#/lessons/12-repair-that-lasts',
];

type Violation = Readonly<{ id: string; nodes: readonly Readonly<{ html: string }>[] }>;

const violations = (page: Page): Promise<readonly Violation[]> =>
  page.evaluate(async () => {
    const { axe: judge } = globalThis as unknown as {
      axe: { run: (root: Document, options: object) => Promise<{ violations: Violation[] }> };
    };
    const tags = ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa', 'best-practice'];
    return (await judge.run(document, { runOnly: tags })).violations;
  });

async function settled(page: Page, hash: string): Promise<void> {
  await goTo(page, hash);
  await page.waitForFunction(() => !document.querySelector('.waiting'), undefined, {
    timeout: 60_000,
  });
}

access('axe finds nothing on any view, in light and in dark', async () => {
  const { page } = await visit(singleUrl(), { offline: true, bypassCSP: true });
  await ready(page);
  await page.evaluate(axe);
  for (const view of views) {
    await settled(page, view);
    // One lesson as it is asked, another with an answer and its verdict.
    if (view.includes('03-')) await page.locator('.options button').first().click();
    for (const theme of ['light', 'dark']) {
      await page.evaluate((name) => {
        document.documentElement.dataset['theme'] = name;
      }, theme);
      const told = (await violations(page)).map(
        ({ id, nodes }) =>
          `${id}: ${nodes
            .map(({ html }) => html)
            .slice(0, 3)
            .join(' ')}`,
      );
      assert.equal(told, [], `${view}, ${theme}`);
    }
  }
  await page.context().close();
});

access(
  'at 400 % (320 pixels wide) nothing has to be scrolled sideways, and every target has 24 pixels',
  async () => {
    const { page } = await visit(singleUrl(), {
      offline: true,
      viewport: { width: 320, height: 800 },
    });
    await ready(page);
    for (const view of views) {
      await settled(page, view);
      const width = await page.evaluate(() => document.documentElement.scrollWidth);
      assert.ok(width <= 320, `${view} is ${width} pixels wide`);
      const small = await page.evaluate(() =>
        [...document.querySelectorAll<HTMLElement>('button, select, input, summary, nav a')]
          .map((element) => ({ element, box: element.getBoundingClientRect() }))
          .filter(
            ({ box, element }) =>
              box.width > 0 &&
              (box.height < 24 || box.width < 24) &&
              !element.closest('.unseen, .skip'),
          )
          .map(({ element }) => element.outerHTML.slice(0, 120)),
      );
      assert.equal(small, [], view);
    }
    await page.context().close();
  },
);

access('where less motion is wished, nothing moves by itself', async () => {
  const { page } = await visit(singleUrl(), { offline: true, reducedMotion: 'reduce' });
  await ready(page);
  const moving = await page.evaluate(() =>
    [...document.querySelectorAll('*')]
      .filter((element) => {
        const { transitionDuration, animationName } = getComputedStyle(element);
        return transitionDuration !== '0s' || animationName !== 'none';
      })
      .map((element) => element.className),
  );
  assert.equal(moving, []);
  await page.context().close();
});

/** Into the repository only when asked: another machine's fonts would change every picture. */
const PICTURES = process.env['KVMLAB_PICTURES']
  ? 'docs/screenshots'
  : 'node_modules/.cache/kvmlab-pictures';

const pictures = [
  { name: 'puzzle', hash: '#/acl-group-empty/open', theme: 'light', locale: 'en-US' },
  { name: 'puzzle-dark-zh', hash: '#/acl-group-empty/open', theme: 'dark', locale: 'zh-CN' },
  { name: 'step', hash: '#/acl-group-empty/step?at=5', theme: 'dark', locale: 'en-US' },
  { name: 'why', hash: '#/acl-group-empty/why', theme: 'light', locale: 'en-US' },
  { name: 'lesson-zh', hash: '#/lessons/02-the-mask', theme: 'light', locale: 'zh-CN' },
] as const;

access('the pictures of the README', async () => {
  mkdirSync(PICTURES, { recursive: true });
  for (const { name, hash, theme, locale } of pictures) {
    const { page } = await visit(`${singleUrl()}${hash}`, {
      offline: true,
      colorScheme: theme,
      locale,
      viewport: { width: 1200, height: 1260 },
    });
    if (hash.includes('lessons')) {
      await page.locator('.exercise .options button').nth(1).click();
      await page.waitForSelector('.host-beside .openers');
    }
    await ready(page);
    if (hash.includes('why')) await page.waitForSelector('.chain', { timeout: 60_000 });
    const png = await page.screenshot({
      path: `${PICTURES}/${name}.png`,
      animations: 'disabled',
    });
    assert.ok(png.length > 20_000, `${name}: ${png.length} bytes`);
    await page.context().close();
  }
});

inChromium(access).run();
