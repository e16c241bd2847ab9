/**
 * For the teacher: a presentation with a clicker, and what goes on paper.
 */
import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import { goTo, inChromium, offline, text } from './browser.ts';

const teacher = suite('viewer: the teacher');

teacher(
  'a presentation: big type, one panel, a clicker that asks before it shows, notes, two languages',
  async () => {
    const { page } = await offline('#/acl-group-empty/open?at=4');
    const size = () =>
      page.evaluate(() => Number.parseFloat(getComputedStyle(document.body).fontSize));
    const usual = await size();
    await page.keyboard.press('PageDown');
    assert.is(await text(page, '.now b'), '4/30', 'without a presentation these keys scroll');
    await page.getByRole('button', { name: 'Present' }).click();
    assert.ok((await size()) >= usual * 1.2);
    await page.getByLabel('Ask before each step').check();
    await page.keyboard.press('PageDown');
    assert.match(
      await text(page, '.asked-first'),
      /# yum -y install qemu-kvm-ev — what will happen\?/,
    );
    assert.is(await text(page, '.now b'), '4/30', 'the answer is hidden');
    await page.keyboard.press('PageDown');
    assert.is(await text(page, '.now b'), '5/30');
    assert.is(await page.locator('.asked-first').count(), 0);
    await page.keyboard.press('PageUp');
    assert.is(await text(page, '.now b'), '4/30');
    await page.getByLabel('Both languages').check();
    assert.match(await text(page, 'h1'), /locked out.*打不开/s);
    assert.is(await page.locator('section.notes').count(), 0, 'notes are kept from the class');
    await page.getByLabel('Notes').check();
    await page.waitForSelector('section.notes p:nth-child(2)');
    assert.match(await text(page, 'section.notes'), /Next: yum install qemu-kvm-ev/);
    await goTo(page, '#/acl-group-empty/step?at=5');
    await page.waitForSelector('.diff');
    assert.is(await page.locator('.stack').count(), 0, 'a class looks at one thing');
    await page.context().close();
  },
);

teacher(
  'in a lesson the clicker goes from exercise to exercise, and both languages stand together',
  async () => {
    const { page } = await offline('#/lessons/02-the-mask');
    await page.waitForSelector('.exercise:nth-of-type(3) .options');
    await page.getByRole('button', { name: 'Present' }).click();
    await page.getByLabel('Both languages').check();
    await page.waitForSelector('.lesson [lang=zh-CN] >> text=点名用户和组');
    const tops = () =>
      page.evaluate(() =>
        [...document.querySelectorAll('.exercise')].map((e) =>
          Math.round(e.getBoundingClientRect().top),
        ),
      );
    await page.keyboard.press('PageDown');
    await page.keyboard.press('PageDown');
    assert.ok(Math.abs((await tops())[0] ?? 99) < 8, `${await tops()}`);
    await page.keyboard.press('PageDown');
    assert.ok(Math.abs((await tops())[1] ?? 99) < 8, `${await tops()}`);
    await page.context().close();
  },
);

teacher('the handout on paper: every step whole, black on white, and no handles', async () => {
  const { page } = await offline('#/acl-group-empty/handout', { colorScheme: 'dark' });
  await page.waitForSelector('.pages li');
  assert.is(await page.locator('.pages > li').count(), 30);
  const outputs = await page.locator('.pages pre').allInnerTexts();
  assert.ok(
    outputs.some((output) => output.length > 1200),
    'nothing is cut',
  );
  await page.emulateMedia({ media: 'print' });
  for (const hidden of ['.top', '.doors', '.bar', '.share', '.stack', '.timeline'])
    assert.is(await page.locator(hidden).first().isVisible(), false, hidden);
  assert.is(await page.locator('.printed-only').innerText(), 'kvmlab acl-group-empty, centos7');
  const colour = () =>
    page.evaluate(() => getComputedStyle(document.documentElement).backgroundColor);
  assert.is(await colour(), 'rgb(255, 255, 255)');
  const sheets =
    (await page.pdf({ format: 'A4' })).toString('latin1').match(/\/Type \/Page\b/g) ?? [];
  assert.ok(sheets.length > 3 && sheets.length < 25, `${sheets.length} sheets`);
  await page.context().close();
});

inChromium(teacher).run();
