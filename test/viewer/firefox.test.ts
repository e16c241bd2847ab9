/**
 * The single file in a real Firefox, opened as a file: the first screen, a search in the worker, a lesson.
 */
import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import { buildViewer, singleUrl } from './browser.ts';
import { type Firefox, firefoxPath, openFirefox } from './firefox.ts';

const pages = suite('viewer: Firefox');

const click = (selector: string) => `document.querySelector(${JSON.stringify(selector)}).click()`;
const has = (selector: string) => `!!document.querySelector(${JSON.stringify(selector)})`;
const textOf = (selector: string) =>
  `document.querySelector(${JSON.stringify(selector)}).innerText`;

async function walk(firefox: Firefox): Promise<void> {
  await firefox.go(singleUrl());
  await firefox.until(has('html[data-ready]'));
  assert.match(await firefox.read('navigator.userAgent'), /Firefox/);
  assert.match(await firefox.read(textOf('h1')), /locked out/);
  assert.match(await firefox.read(textOf('.verdict')), /-1 EACCES/);
  // The worker is the page's own script again, from a blob.
  await firefox.read(click('.doors .big a'));
  await firefox.until(has('.chain'));
  assert.match(await firefox.read(textOf('.chain')), /chmod\(0666\)/);
  await firefox.read("location.hash = '#/lessons/01-what-is-dev-kvm'");
  await firefox.until(has('.exercise .options button'));
  await firefox.read(click('.exercise .options button'));
  await firefox.until(has('.exercise .right'));
  await firefox.until(has('.host-beside .brief'));
  const width = 'document.documentElement.scrollWidth - document.documentElement.clientWidth';
  assert.is(await firefox.read(width), 0, 'nothing sticks out');
}

if (firefoxPath === undefined) {
  pages(
    'NOT TESTED in Firefox, for there is none here (install firefox-esr, or set FIREFOX)',
    () => {
      process.stdout.write(
        '  NOT TESTED in Firefox, for there is none here (install firefox-esr)\n',
      );
    },
  );
} else {
  const path = firefoxPath;
  pages.before(buildViewer);
  pages('the first screen, why, and a lesson, from a file', async () => {
    const firefox = await openFirefox(path);
    try {
      await walk(firefox);
    } finally {
      await firefox.close();
    }
  });
}

pages.run();
