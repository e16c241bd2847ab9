/**
 * The page in a real Chromium, from file:// and offline: what a class does with it.
 */

import type { Page } from 'playwright-core';
import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import { scenarios } from '../../scenarios/index.ts';
import { play } from '../../sim/play/play.ts';
import { codeOf } from '../../web-viewer/state/edits.ts';
import { goTo, inChromium, offline, ready, served, text, visit } from './browser.ts';

const pages = suite('viewer: pages');

const at = (page: Page) => text(page, '.now b');
const ofPage = (page: Page, selector: string) => page.locator(selector).first();

pages('opens from a file without any network, and asks for nothing but itself', async () => {
  const { page, complaints, requests } = await offline();
  assert.match(await text(page, 'h1'), /locked out/);
  assert.match(await text(page, '.clash'), /crw-rw-rw-\+[\s\S]*could not find capabilities/);
  assert.is(await page.locator('.layer.bad').count(), 3);
  assert.match(await text(page, '.verdict'), /-1 EACCES.*group::---/s);
  assert.equal(
    requests.filter((url) => !url.startsWith('file:') && !url.startsWith('data:')),
    [],
  );
  assert.equal(complaints, []);
  await page.context().close();
});

pages(
  'from a server, the simulator and the lessons are asked for when they are wanted, and not before',
  async () => {
    const { page, requests, complaints } = await visit(await served());
    await ready(page);
    await page.getByRole('slider').focus();
    for (let n = 0; n < 5; n++) await page.keyboard.press('ArrowRight');
    await goTo(page, '#/acl-group-empty/charts');
    await page.waitForSelector('.standing');
    const parts = () =>
      requests.filter((url) => url.endsWith('.js')).map((url) => /assets\/([a-z]+)/.exec(url)?.[1]);
    assert.equal(parts(), ['index']);
    await page.locator('.layer summary').first().click();
    await page.waitForSelector('.printed pre');
    for (const part of ['engine', 'kernel', 'language', 'libvirt', 'qmp', 'scenarios'])
      assert.ok(parts().includes(part), part);
    assert.not.ok(parts().includes('desk'));
    assert.equal(complaints, []);
    await page.context().close();
  },
);

pages(
  'another version of a component is another host, and the page says whether the story still holds',
  async () => {
    const { page } = await offline();
    await page.getByText('change', { exact: true }).click();
    await page.getByLabel('libvirt').selectOption('4.5.0');
    await page.waitForSelector('text=does not end as it is told');
    assert.match(page.url(), /profile=centos7%2Clibvirt%3D4\.5\.0/);
    assert.match(
      await text(page, '.clash'),
      /Could not access KVM kernel module: Permission denied/,
    );
    await page.getByLabel('libvirt').selectOption('4.8.0');
    await page.waitForSelector('text=ends as it is told');
    await page.getByLabel('libvirt').selectOption('5.1.0');
    await page.waitForSelector('text=kernel 6.1');
    assert.match(page.url(), /libvirt%3D5\.1\.0/, 'what it cannot do without comes along');
    await goTo(page, '#/acl-group-empty/open?profile=debian12');
    await page.waitForSelector('.notice');
    assert.match(await text(page, '.notice'), /does not play on debian12: udev's own rule/);
    await page.context().close();
  },
);

pages('every scenario ends as the command line says, hash for hash', async () => {
  const { page, complaints } = await offline();
  await page.getByText('Share', { exact: true }).click();
  for (const [name, scenario] of Object.entries(scenarios)) {
    // The page plays it while this process does.
    const there = goTo(page, `#/${name}/open?at=100000`);
    const { hash } = play(name, scenario).trace();
    await there;
    await page.waitForSelector(`h1:text-is(${JSON.stringify(scenario.title.en)})`);
    await page.getByRole('button', { name: 'Link to this moment' }).click();
    const link = await page.locator('.share input').inputValue();
    assert.match(link, new RegExp(`^#/${name}/.*hash=${hash.slice(0, 16)}`), name);
  }
  assert.equal(complaints, []);
  await page.context().close();
});

pages(
  'the timeline by keyboard: forward, back, to the ends; each step is said in a sentence',
  async () => {
    const { page } = await offline();
    const slider = page.getByRole('slider');
    await slider.focus();
    await page.keyboard.press('Home');
    assert.match(await at(page), /^1\/30$/);
    assert.match(await text(page, '.verdict'), /qemu|open/);
    for (let n = 0; n < 4; n++) await page.keyboard.press('ArrowRight');
    assert.match(await at(page), /^5\/30$/);
    assert.match(
      (await slider.getAttribute('aria-valuetext')) ?? '',
      /step 5 of 30: yum install qemu-kvm-ev/,
    );
    assert.match(
      await ofPage(page, '[aria-live=polite]').innerText(),
      /Step 5: yum install qemu-kvm-ev/,
    );
    assert.match(page.url(), /at=5/);
    await page.keyboard.press('End');
    assert.match(await at(page), /^30\/30$/);
    await goTo(page, '#/acl-group-empty/step?at=5');
    assert.match(await text(page, '.diff'), /root:root[\s\S]*root:kvm/);
    assert.match(await text(page, '.messages'), /chmod\("\/dev\/kvm", 0666\)/);
    await page.context().close();
  },
);

pages(
  'the terminal types into the host of the picture; the future branches, stands beside, and is undone',
  async () => {
    const { page, complaints } = await offline('#/acl-group-empty/terminal');
    const input = page.locator('.prompt input');
    await input.fill('setfacl -m g::rw /dev/kvm');
    await page.keyboard.press('Enter');
    await page.waitForSelector('text=10/10');
    await input.fill('x=5; cd /tmp');
    await page.keyboard.press('Enter');
    await page.waitForSelector('text=11/11');
    await input.fill('echo $x $PWD; getfacl -cp /dev/kvm');
    await page.keyboard.press('Enter');
    await page.waitForSelector('text=12/12');
    assert.match(await text(page, '.log'), /5 \/tmp\nuser::rw-\ngroup::rw-/);
    assert.is(await page.locator('.layer.bad[data-layer=qemu]').count(), 0);
    await goTo(page, '#/acl-group-empty/compare');
    assert.is(await page.locator('.branches tbody tr').count(), 2);
    assert.match(await text(page, '.futures'), /EACCES[\s\S]*opens/);
    for (let n = 0; n < 3; n++) await page.getByRole('button', { name: 'Undo' }).click();
    assert.is(await page.locator('.branches').count(), 0);
    assert.match(await at(page), /^9\/30$/);
    assert.equal(complaints, []);
    await page.context().close();
  },
);

pages('another order is another future: without the login nothing breaks', async () => {
  const { page } = await offline('#/acl-group-empty/compare?at=2');
  await page.getByRole('button', { name: 'Leave this step out' }).click();
  await page.waitForSelector('.branches tbody tr:nth-child(2)');
  await page.getByRole('slider').fill('8');
  assert.match(await text(page, '.future:nth-child(1)'), /EACCES/);
  assert.match(await text(page, '.future:nth-child(2)'), /qemu ✓ opens/);
  await page.context().close();
});

pages(
  'a link brings edits and a moment to another page, and notices when they do not fit',
  async () => {
    const code = codeOf([{ at: 8, type: 'setfacl -m g::rw /dev/kvm' }]);
    const { page } = await offline(`#/acl-group-empty/open?at=10&edits=${code}`);
    await page.waitForSelector('text=10/10');
    assert.match(await text(page, '.verdict'), /= 3/);
    assert.is(await page.locator('.notice').count(), 0);
    await page.getByText('Share', { exact: true }).click();
    await page.getByRole('button', { name: 'Link to this moment' }).click();
    const made = await page.locator('.share input').inputValue();
    await goTo(page, '#/kvm-works/paste');
    await page.locator('.paste textarea').fill(made);
    await page.getByRole('button', { name: 'Explain' }).click();
    await page.waitForSelector('text=10/10');
    assert.is(await page.locator('.notice').count(), 0);
    await goTo(
      page,
      '#/acl-group-empty/open?at=9&profile=centos7&hash=0123456789abcdef&v=0.1.0&edits=W10',
    );
    await page.waitForSelector('.notice');
    assert.match(await text(page, '.notice'), /promises another state at step 9/);
    await goTo(page, '#/acl-group-empty/open?at=9&edits=W10&hash=0123456789abcdef&v=9.9.9');
    await page.waitForSelector('text=made by kvmlab 9.9.9');
    await page.context().close();
  },
);

pages('hostile links show a sentence and run nothing', async () => {
  const { page, complaints } = await offline();
  const hostile = [
    '#/<img src=x onerror=document.title=1>',
    '#/acl-group-empty/open?edits=%3Cscript%3E',
    '#/acl-group-empty/open?profile=<b>&edits=W10',
    '#/no-such-scenario/open',
    `#/acl-group-empty/open?edits=${'A'.repeat(20_000)}`,
    '#/lessons/__proto__',
  ];
  for (const hash of hostile) {
    await goTo(page, '#/scenarios');
    await page.evaluate(() => document.querySelector<HTMLElement>('.notice button')?.click());
    await goTo(page, hash);
    await page.waitForSelector('.notice, [role=alert]', { timeout: 10_000 });
    assert.is(await page.title(), 'kvmlab');
  }
  assert.equal(complaints, []);
  await page.context().close();
});

pages('both languages are complete, and program output is the same in both', async () => {
  const { page } = await offline('', { locale: 'zh-CN' });
  assert.is(await page.locator('html').getAttribute('lang'), 'zh-CN');
  const output = await text(page, '.clash pre');
  assert.match(await text(page, 'h1'), /打不开/);
  const panels = [
    'open',
    'step',
    'charts',
    'compare',
    'handout',
    'terminal',
    'paste',
    'why',
    'fixes',
    'explore',
  ];
  for (const panel of panels) {
    await goTo(page, `#/acl-group-empty/${panel}`);
    for (const heading of await page.locator('h2, .doors b').allInnerTexts())
      assert.match(heading, /\p{Script=Han}/u, `${panel}: ${heading}`);
  }
  await page.getByRole('button', { name: 'English' }).click();
  assert.is(await text(page, '.clash pre'), output);
  assert.match(await text(page, '.stack h2'), /The stack/);
  await page.context().close();
});

inChromium(pages).run();
