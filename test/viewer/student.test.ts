/**
 * As somebody who comes for the first time: from the first screen to a finished first lesson by what can be read there, and by
 * nothing that only the code knows.
 */
import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import { inChromium, singleUrl, visit } from './browser.ts';

const student = suite('viewer: a new student');

for (const [device, width, height] of [
  ['a laptop', 1280, 800],
  ['a phone', 360, 740],
] as const) {
  student(`the first lesson on ${device}: every next click is in sight or just below`, async () => {
    const viewport = { width, height };
    const { page } = await visit(singleUrl(), { offline: true, viewport, hasTouch: width < 500 });
    const heading = page.getByRole('heading', { level: 1 });
    assert.match(await heading.innerText(), /locked out/);
    const door = page.getByRole('link', { name: /Predict the next line/ });
    const { y = 9999 } = (await door.boundingBox()) ?? {};
    assert.ok(y < height, `the door is ${y} pixels down`);
    await door.click();
    await page.getByRole('heading', { name: 'What is /dev/kvm?' }).waitFor();
    const questions = page.getByRole('region', { name: /^\d\. / });
    await questions.nth(2).waitFor();
    for (let n = 0; n < 3; n++) {
      const question = questions.nth(n);
      await question.getByRole('button', { name: /^A hint/ }).click();
      await question.getByRole('listitem').getByRole('button').first().click();
      await question.getByText('the host says so').waitFor();
    }
    await page.getByRole('heading', { name: 'The lesson is done' }).waitFor();
    const next = page.getByRole('link', { name: /Next lesson: The mask/ });
    await next.click();
    await page.getByRole('heading', { level: 1, name: 'The mask' }).waitFor();
    assert.is(await page.evaluate(() => scrollY), 0, 'the next lesson begins at its top');
    await page.context().close();
  });
}

inChromium(student).run();
