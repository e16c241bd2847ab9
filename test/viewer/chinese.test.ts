/**
 * English and Chinese are both complete: every view is walked in Chinese, and what is left in Latin letters is the programs' own.
 */
import type { Page } from 'playwright-core';
import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import { models } from '../../models/index.ts';
import { administrators, alphabetOf, inheritance } from '../../sim/explain/models/events.ts';
import { eventWords } from '../../sim/explain/models/eventWords.ts';
import { isFine } from '../../sim/explain/models/model.ts';
import { newHost } from '../../sim/host/machine.ts';
import { profileNamed } from '../../sim/host/profiles.ts';
import { charts } from '../../web-viewer/build/charts.ts';
import { stateWords } from '../../web-viewer/words/charts.ts';
import { modelWords, propertyWords } from '../../web-viewer/words/models.ts';
import { goTo, inChromium, offline } from './browser.ts';

const words = suite('viewer: Chinese');
const HAN = /\p{Script=Han}/u;

words(
  'every state of every chart, every model that is offered and every property has its words',
  () => {
    for (const { id, states } of charts())
      for (const { key, description } of states)
        assert.match(stateWords(id, key, description).zh, HAN, `${id}.${key}`);
    for (const [name, model] of Object.entries(models)) {
      if (model.large) continue;
      const { title, asks } = modelWords(name, model);
      assert.match(title.zh, HAN, name);
      assert.match(asks.zh, HAN, name);
      const { always = [], sometimes = [], finally: atEnd = [] } = model;
      for (const property of [...always, ...sometimes, ...atEnd])
        assert.match(propertyWords(property).zh, HAN, property);
    }
  },
);

words('every event has a Chinese name, or is a command line', () => {
  const named = new Set(Object.keys({ ...administrators, ...inheritance }));
  for (const profile of ['centos7', 'debian12'])
    for (const name of Object.keys(alphabetOf(newHost(profileNamed(profile)).world)))
      named.add(name);
  for (const model of Object.values(models))
    if (!isFine(model)) for (const user of model.logins ?? []) named.add(`${user} login`);
  for (const name of named)
    if (!/^(setfacl -[mx]|udevadm) /.test(name)) assert.match(eventWords(name).zh, HAN, name);
  assert.ok(named.size > 12);
});

/** Names of programs, users, files and versions, as the programs themselves have them. */
const program = new Set(
  `kvmlab English virsh libvirtd libvirt QEMU qemu rpm logind udev udevd dev kvm KVM shell kernel root operator stranger nobody uid
   ACL ctime mask systemd`.split(/\s+/),
);

/** Texts of the page that are no program's output and yet hold no Chinese letter, though they hold words. */
const untranslated = (page: Page): Promise<string[]> =>
  page.evaluate(() => {
    const verbatim =
      'code, pre, cite, option, .bits, svg.chart, [translate=no], [lang=en], noscript, script, style';
    const walker = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
    const found: string[] = [];
    while (walker.nextNode()) {
      const { textContent, parentElement } = walker.currentNode as Text;
      const text = (textContent ?? '').trim();
      if (parentElement?.closest(verbatim) || !/[A-Za-z]{2}/.test(text)) continue;
      if (!/\p{Script=Han}/u.test(text)) found.push(text);
    }
    for (const element of document.querySelectorAll('[aria-label], [title], [aria-valuetext]'))
      for (const name of ['aria-label', 'title', 'aria-valuetext']) {
        const text = element.getAttribute(name) ?? '';
        if (/[A-Za-z]{2}/.test(text) && !/\p{Script=Han}/u.test(text))
          found.push(`${name}: ${text}`);
      }
    return [...new Set(found)];
  });

const settled = (page: Page) =>
  page.waitForFunction(() => !document.querySelector('.waiting'), undefined, { timeout: 90_000 });

const host = '#/acl-group-empty';

/** A view, and what is done on it before it is looked at. */
const walk: readonly (readonly [view: string, act: (page: Page) => Promise<unknown>])[] = [
  ...['open', 'step?at=5', 'charts?at=29', 'terminal', 'why', 'fixes', 'paste', 'handout'].map(
    (panel) => [`${host}/${panel}`, async () => {}] as const,
  ),
  [`${host}/compare?at=2`, (page) => page.locator('.moves button').nth(1).click()],
  [`${host}/explore`, (page) => page.locator('.moves button').first().click()],
  ['#/scenarios', async () => {}],
  ['#/lessons', async () => {}],
  ['#/lessons/01-what-is-dev-kvm', (page) => page.locator('.options button').first().click()],
  ['#/lessons/04-the-seat', async () => {}],
  ['#/lessons/09-read-the-evidence', async () => {}],
  ['#/lessons/11-find-the-order', (page) => page.locator('.doing .moves button').first().click()],
  ['#/lessons/12-repair-that-lasts', (page) => page.locator('.check input').last().check()],
  [`${host}/open?at=4`, (page) => page.locator('.wishes button').last().click()],
];

words(
  'every view, walked: what holds no Chinese letter is a name or the output of a program',
  async () => {
    const { page } = await offline('', { locale: 'zh-CN' });
    const wrong: Record<string, string[]> = {};
    for (const [view, act] of walk) {
      await goTo(page, view);
      await act(page);
      await settled(page);
      await page.evaluate(() => {
        for (const each of document.querySelectorAll('details')) each.open = true;
      });
      await settled(page);
      const left = (await untranslated(page)).filter((text) =>
        (text.match(/[A-Za-z]{2,}/g) ?? []).some((word) => !program.has(word)),
      );
      if (left.length > 0) wrong[view] = left;
    }
    assert.equal(wrong, {});
    await page.context().close();
  },
);

inChromium(words).run();
