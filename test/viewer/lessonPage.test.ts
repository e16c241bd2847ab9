/**
 * Lessons in a real Chromium: by keyboard alone, from a file of one's own, and quickly there.
 */
import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import { inChromium, offline, served, text, visit } from './browser.ts';

const pages = suite('viewer: lessons');

pages('a whole lesson by keyboard alone', async () => {
  const { page } = await offline('#/lessons/01-what-is-dev-kvm');
  await page.waitForSelector('.exercise .options');
  const tab = async (wanted: string) => {
    for (let n = 0; n < 60; n++) {
      await page.keyboard.press('Tab');
      if (
        await page.evaluate(
          (selector) => document.activeElement?.matches(selector) ?? false,
          wanted,
        )
      )
        return;
    }
    throw new Error(`no way by Tab to ${wanted}`);
  };
  const count = await page.locator('.exercise').count();
  for (let n = 0; n < count; n++) {
    await tab(`.exercise:nth-of-type(${n + 1}) .options li:first-child button`);
    await page.keyboard.press('Enter');
    await page.waitForSelector(`.exercise:nth-of-type(${n + 1}) .right`);
  }
  assert.match(await text(page, '.score'), /The lesson is done[\s\S]*3 of 3 answered/);
  await page.context().close();
});

pages('a lesson of one’s own opens from a file, and its HTML stays text', async () => {
  const { page, complaints } = await offline('#/lessons');
  const own =
    '---\ntitle: Mine\nminutes: 1\nscenario: kvm-works\n---\nHi <img src=x onerror=alert(1)> *there*\n\n```predict\nat: 1-5\nrun: ls -l /dev/kvm\nhint: look\n```\n';
  await page
    .locator('input[type=file]')
    .setInputFiles({ name: 'mine.md', mimeType: 'text/markdown', buffer: Buffer.from(own) });
  await page.waitForSelector('text=Mine');
  assert.is(await page.locator('.lesson img').count(), 0);
  assert.is(await page.locator('.lesson em').innerText(), 'there');
  assert.equal(complaints, []);
  await page.context().close();
});

pages('a lesson can be answered within a second of the script’s arrival', async () => {
  const { page } = await visit('about:blank');
  const thread = await page.context().newCDPSession(page);
  // The thread's own time: what else this machine is busy with is not the page's doing.
  await thread.send('Performance.setTimeDomain', { timeDomain: 'threadTicks' });
  await thread.send('Performance.enable');
  await page.goto(`${await served()}#/lessons/01-what-is-dev-kvm`);
  await page.waitForSelector('.exercise .options button');
  const { metrics } = await thread.send('Performance.getMetrics');
  const ms = 1000 * (metrics.find(({ name }) => name === 'TaskDuration')?.value ?? 99);
  process.stdout.write(`  a lesson: ${Math.round(ms)} ms of the page's thread
`);
  assert.ok(ms > 10 && ms < 1000, `${ms} ms`);
  await page.context().close();
});

inChromium(pages).run();
