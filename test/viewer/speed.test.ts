/**
 * Nobody waits for the page: a lesson stands at once, and a long timeline follows the hand.
 */
import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import { inChromium, offline, served, thread, threadTime, visit } from './browser.ts';

const speed = suite('viewer: speed');

async function thinking(): Promise<number> {
  const { page } = await visit('about:blank');
  const spent = await threadTime(page, thread.all);
  await page.goto(`${await served()}#/lessons/01-what-is-dev-kvm`);
  await page.waitForSelector('.exercise .options button');
  const ms = await spent();
  await page.context().close();
  return ms;
}

speed('a lesson can be answered within a second of the script’s arrival', async () => {
  let ms = await thinking();
  // Who shares a processor with others works slower: the quickest of three visits is the page's own.
  for (let n = 0; n < 2 && ms > 1000; n++) ms = Math.min(ms, await thinking());
  process.stdout.write(`  a lesson: ${Math.round(ms)} ms of the page's thread\n`);
  assert.ok(ms > 10 && ms < 1000, `${ms} ms`);
});

/** Sixty frames a second, in milliseconds a frame. */
const SMOOTH = 1000 / 60;

/** Ten thousand moments: people come and go, time passes. */
function longTrace(): string {
  const choices = Array.from({ length: 10_000 }, (_, n) =>
    n % 100 === 0
      ? { login: 'operator', on: 'tty1' }
      : n % 100 === 50
        ? { logout: 'tty1' }
        : { tick: 1000 },
  );
  return JSON.stringify({
    v: 1,
    kvmlab: '0.1.0',
    profile: 'centos7',
    setup: {},
    grain: 'coarse',
    choices,
    hash: '',
  });
}

speed('a trace of 10,000 steps scrubs with no frame over 50 ms', async () => {
  const { page } = await offline('#/acl-group-empty/paste');
  await page.locator('.paste input[type=file]').setInputFiles({
    name: 'long.json',
    mimeType: 'application/json',
    buffer: Buffer.from(longTrace()),
  });
  await page.waitForSelector('text=10001/10001', { timeout: 60_000 });
  const spent = await threadTime(page, thread.page);
  const scrubTo = (to: number) =>
    page.evaluate(async (step) => {
      const slider = document.querySelector<HTMLInputElement>('.scrubber');
      if (slider === null) throw new Error('no slider');
      slider.value = String(step);
      slider.dispatchEvent(new Event('input', { bubbles: true }));
      // Drawn, laid out and painted when the second frame begins.
      await new Promise(requestAnimationFrame);
      await new Promise(requestAnimationFrame);
    }, to);
  /** Steps that nobody has looked at before: nothing of them is worked out yet. */
  const round = async (first: number) => {
    const times: number[] = [];
    for (let n = first; n < first + 60; n++) {
      const begun = await spent();
      await scrubTo(1 + ((n * 1567) % 10_000));
      times.push((await spent()) - begun);
    }
    return times.sort((a, b) => a - b);
  };
  const told = (times: readonly number[]) => [times[30] ?? 99, times.at(-1) ?? 99] as const;
  let [median, worst] = told(await round(0));
  // Who shares a processor with others works slower: the quickest of eight rounds is the page's own.
  for (let n = 1; n < 8 && (worst > 50 || median > SMOOTH); n++)
    [median, worst] = told(await round(60 * n));
  process.stdout.write(
    `  10,000 steps: median ${median.toFixed(1)} ms, worst ${worst.toFixed(1)} ms a frame\n`,
  );
  assert.ok(worst < 50, `${worst} ms`);
  assert.ok(median < SMOOTH, `${median} ms`);
  await page.context().close();
});

inChromium(speed).run();
