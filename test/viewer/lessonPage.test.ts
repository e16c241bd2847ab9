/**
 * Lessons in a real Chromium: by keyboard alone, beside their hosts, handed in, from a file of one's own.
 */
import { readFileSync } from 'node:fs';
import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import { scenarios } from '../../scenarios/index.ts';
import { lessonOf } from '../../sim/lessons/lesson.ts';
import { misfit, misplayed, reportOf, submissionIn } from '../../sim/lessons/submission.ts';
import { goTo, inChromium, offline, text } from './browser.ts';

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

pages(
  'the host stands beside the question, as it was before; after the answer it can be stepped to the end and taken apart',
  async () => {
    const { page } = await offline('#/lessons/02-the-mask');
    const exercise = page.locator('.exercise').first();
    const host = exercise.locator('.host-beside');
    await host.locator('.brief').waitFor();
    assert.match(await host.innerText(), /Hidden until you answer: /);
    assert.is(await host.locator('.openers').count(), 0, 'the verdict is kept back');
    assert.is(await host.getByRole('button', { name: 'Step forward' }).isDisabled(), true);
    const shown = await host.locator('.now b').innerText();
    await exercise.locator('.options button').first().click();
    await host.locator('.openers').waitFor();
    assert.is.not(await host.locator('.now b').innerText(), shown, 'it has gone on');
    assert.match(await host.locator('.now b').innerText(), /^(\d+)\/\1$/);
    await host.getByRole('button', { name: 'Step back' }).click();
    assert.is(await host.locator('.now b').innerText(), shown);
    await host.getByRole('button', { name: 'Take this host apart' }).click();
    await page.waitForSelector('.stack');
    assert.match(page.url(), /#\/trace\/open/);
    await page.goBack();
    await page.waitForSelector('.exercise .right');
    assert.match(await text(page, '.score'), /1 of 3 answered/);
    await page.context().close();
  },
);

pages('a repair is typed beside the host that it repairs, and judged', async () => {
  const { page } = await offline('#/lessons/12-repair-that-lasts');
  const exercise = page.locator('.exercise').first();
  await exercise.locator('[data-layer=qemu] .mark.bad').waitFor();
  for (const line of ['getfacl /dev/kvm', 'setfacl -m g::rw /dev/kvm', 'virsh capabilities']) {
    await exercise.getByLabel('Command line of the simulated host').fill(line);
    await page.keyboard.press('Enter');
  }
  await exercise.locator('[data-layer=qemu] .mark.good').waitFor();
  assert.match(await exercise.locator('.log').innerText(), /group::---/);
  await exercise.getByRole('button', { name: 'Judge what I have typed' }).click();
  await exercise.locator('.outcome.good').waitFor({ timeout: 60_000 });
  assert.match(await exercise.locator('.outcome').innerText(), /✓ 6\/6: a guest starts/);
  await page.context().close();
});

pages(
  'what is handed in is worth what the page said, and its traces are those of the host',
  async () => {
    const { page } = await offline('#/lessons/01-what-is-dev-kvm');
    await page.getByText('Handing it in? Your name first').click();
    await page.getByLabel('Your name or number').fill('Ada 王');
    await page.keyboard.press('Enter');
    await page.getByText('Answers of Ada 王').waitFor();
    const exercises = page.locator('.exercise');
    await exercises.nth(2).locator('.options').waitFor();
    for (const n of [0, 1, 2]) await exercises.nth(n).locator('.options button').nth(n).click();
    const [, points] = /(\d) of 3 points/.exec(await text(page, '.score')) ?? [];
    const arriving = page.waitForEvent('download');
    await page.getByRole('button', { name: 'Save the submission' }).click();
    const file = await arriving;
    assert.is(file.suggestedFilename(), '01-what-is-dev-kvm-Ada-王.json');
    const submission = submissionIn(readFileSync(await file.path(), 'utf8'));
    const lessonText = readFileSync('docs/lessons/01-what-is-dev-kvm.md', 'utf8');
    const lesson = lessonOf('01-what-is-dev-kvm.md', lessonText);
    assert.is(misfit(submission, lesson, lessonText), null);
    assert.is(misplayed(scenarios, lesson, submission), null);
    const { checks } = reportOf(scenarios, lesson, submission);
    assert.is(
      checks.reduce((sum, check) => sum + check.points, 0),
      Number(points),
    );
    await page.context().close();
  },
);

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
  const late = own.replace('title: Mine', 'title: Late').replace('at: 1-5', 'at: 99');
  await goTo(page, '#/lessons');
  await page
    .locator('input[type=file]')
    .setInputFiles({ name: 'late.md', mimeType: 'text/markdown', buffer: Buffer.from(late) });
  await page.waitForSelector('.lesson [role=alert]');
  assert.match(await text(page, '.lesson [role=alert]'), /so there is no step 99/);
  assert.equal(complaints, []);
  await page.context().close();
});

inChromium(pages).run();
