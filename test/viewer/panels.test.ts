/**
 * What is searched beside the page: why, fixes, all orders, and evidence that somebody pastes.
 */
import { readFileSync } from 'node:fs';
import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import { goTo, inChromium, offline, served, text, visit } from './browser.ts';

const panels = suite('viewer: panels');
const LONG = { timeout: 90_000 };

panels(
  'why: the chain down to the calls, each a link to its step; an order is replayed beside',
  async () => {
    const { page, complaints } = await offline('#/acl-group-empty/why');
    await page.waitForSelector('.chain', LONG);
    const chain = await text(page, '.chain');
    assert.match(chain, /systemd-logind: setxattr/);
    assert.match(chain, /chmod\(0666\)/);
    assert.match(await text(page, '.explanation'), /login → logout → install/);
    await page.locator('.chain button', { hasText: 'operator logs in' }).first().click();
    assert.match(page.url(), /\/step\?at=2/);
    assert.match(await text(page, '#step-title'), /Step 2: operator logs in on tty1/);
    await goTo(page, '#/acl-group-empty/why?at=9');
    await page.waitForSelector('.orders button', LONG);
    await page.locator('.orders button').first().click();
    await page.waitForSelector('.futures', LONG);
    assert.match(await text(page, '.future:nth-child(2)'), /group::---/);
    // The order that was found goes into a link, and plays to the same state on another page.
    await page.getByText('Share', { exact: true }).click();
    await page.getByRole('button', { name: 'Link to this moment' }).click();
    const link = await page.locator('.share input').inputValue();
    const other = await offline(link);
    assert.is(await other.page.locator('.notice').count(), 0);
    assert.match(await text(other.page, '.verdict'), /group::---/);
    await other.page.context().close();
    assert.equal(complaints, []);
    await page.context().close();
  },
);

panels('fixes: what lasts comes first; typed here, it opens the node', async () => {
  const { page } = await offline('#/acl-group-empty/fixes');
  await page.waitForSelector('.fix', LONG);
  const best = await text(page, '.fix');
  assert.match(best, /Recommended/);
  assert.match(best, /✓ reboot/);
  assert.match(await text(page, '.panel'), /chmod 666 \/dev\/kvm/);
  await page.locator('.fix button').first().click();
  await page.waitForSelector('.layer.good[data-layer=qemu]', LONG);
  await page.waitForSelector('.futures', LONG);
  assert.match(await text(page, '.futures'), /qemu ✕ EACCES[\s\S]*qemu ✓ opens/);
  await page.context().close();
});

panels('explorer: counts, verdicts, a witness that replays; in the folder build too', async () => {
  const { page, complaints } = await visit(`${await served()}#/acl-group-empty/explore`);
  await page.getByRole('button', { name: 'the incident' }).click();
  await page.waitForSelector('.properties', LONG);
  assert.match(await text(page, '.panel'), /\d+ states, \d+ transitions, depth \d+.*all of them/);
  await page.locator('.properties .orders button').first().click();
  await page.waitForSelector('.futures', LONG);
  assert.equal(complaints, []);
  await page.context().close();
});

const getfacl = `# file: dev/kvm
# owner: root
# group: kvm
user::rw-
group::---
mask::rw-
other::rw-
`;

panels(
  'pasted: a getfacl text, an error and a report are explained, a trace is played, noise is refused',
  async () => {
    const { page } = await offline('#/acl-group-empty/paste');
    const paste = async (what: string) => {
      await page.locator('.paste textarea').fill(what);
      await page.getByRole('button', { name: 'Explain' }).click();
    };
    await paste(getfacl);
    await page.waitForSelector('.explanation', LONG);
    assert.match(await text(page, '.explanation'), /login → logout → install/);
    await paste(
      'error: invalid argument: could not find capabilities for arch=x86_64 domaintype=kvm',
    );
    await page.waitForSelector('.explanation:has-text("Known causes")', LONG);
    await paste(readFileSync('test/fixtures/reports/acl-group-empty.txt', 'utf8'));
    await page.waitForSelector('.paste pre:has-text("Where it is broken")', LONG);
    assert.match(await text(page, '.paste pre'), /^Cause, proved: .*acl-group-empty/m);
    await paste('my computer is slow');
    await page.waitForSelector('.paste [role=alert]', LONG);
    assert.match(await text(page, '.paste [role=alert]'), /cannot be explained/);
    await paste(
      '{"v":1,"kvmlab":"0.1.0","profile":"centos7","setup":{},"grain":"coarse","choices":[{"login":"operator","on":"tty1"}],"hash":"00"}',
    );
    await page.waitForSelector('.notice', LONG);
    assert.match(await text(page, '.notice'), /does not play to its hash/);
    assert.match(await text(page, '.now'), /2\/2 operator logs in on tty1/);
    await page.context().close();
  },
);

inChromium(panels).run();
