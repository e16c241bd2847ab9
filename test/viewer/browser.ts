/**
 * A real Chromium with the viewer in it: both builds made once, the folder served, the single file opened as a file.
 *
 * Where there is no Chromium the tests of pages are left out, and that is said aloud; in CI it is a failure.
 */
/// <reference lib="dom" />
/// <reference lib="dom.iterable" />
import {
  existsSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  renameSync,
  rmdirSync,
  statSync,
} from 'node:fs';
import { createServer } from 'node:http';
import { extname, join, resolve } from 'node:path';
import { pathToFileURL } from 'node:url';
import { type Browser, type BrowserContextOptions, chromium, type Page } from 'playwright-core';
import { suite, type Test } from 'uvu';
import * as assert from 'uvu/assert';
import { build } from 'vite';

const places = [
  process.env['CHROMIUM'],
  '/usr/bin/chromium',
  '/usr/bin/chromium-browser',
  '/usr/bin/google-chrome',
  '/Applications/Google Chrome.app/Contents/MacOS/Google Chrome',
  'C:\\Program Files\\Google\\Chrome\\Application\\chrome.exe',
];

/** undefined: there is none on this machine. */
export const chromiumPath = places.find((path) => path !== undefined && existsSync(path));

/** The suite, where there is a browser for it; otherwise one that says aloud that it was left out, or fails in CI. */
export function inChromium<T>(pages: Test<T>): Pick<Test<T>, 'run'> {
  if (chromiumPath !== undefined) {
    pages.before(buildViewer);
    pages.after(closeBrowser);
    return pages;
  }
  const leftOut = suite('viewer: left out');
  leftOut(
    'NOT TESTED: pages of the viewer, for there is no Chromium here (install chromium, or set CHROMIUM)',
    () => {
      assert.not.ok(
        process.env['CI'],
        'CI must test the pages of the viewer, and there is no Chromium',
      );
      process.stdout.write(
        '  NOT TESTED: pages of the viewer, for there is no Chromium here (install chromium, or set CHROMIUM)\n',
      );
    },
  );
  return leftOut;
}

const configFile = 'web-viewer/vite.config.ts';
const CACHE = join('node_modules', '.cache', 'kvmlab-viewer');
const sources = ['web-viewer', 'sim', 'scenarios', 'models', 'docs/lessons', 'package-lock.json'];

/** The newest modification below a path, folders included. */
function newest(path: string): number {
  const stat = statSync(path);
  if (!stat.isDirectory() || path.endsWith('dist')) return stat.isDirectory() ? 0 : stat.mtimeMs;
  return Math.max(stat.mtimeMs, ...readdirSync(path).map((name) => newest(join(path, name))));
}

/** Both builds, kept until a source is newer. */
const MADE = join(CACHE, String(Math.max(...sources.map(newest))));
export const FOLDER = join(MADE, 'folder');
export const SINGLE = join(MADE, 'single', 'kvmlab.html');

const LONGEST = 180_000;

async function make(): Promise<void> {
  const under = `${MADE}.${process.pid}`;
  for (const mode of ['folder', 'single']) {
    const outDir = resolve(under, mode);
    await build({ configFile, mode, logLevel: 'error', build: { outDir, emptyOutDir: true } });
  }
  renameSync(under, MADE);
}

let built: Promise<void> | null = null;

/** Test files run side by side in several processes: the first that comes builds, the others wait for it. */
export function buildViewer(): Promise<void> {
  built ??= (async () => {
    mkdirSync(CACHE, { recursive: true });
    const lock = `${MADE}.lock`;
    const begun = Date.now();
    while (!existsSync(MADE)) {
      try {
        mkdirSync(lock);
      } catch {
        if (Date.now() - begun > LONGEST) throw new Error(`${lock} is in the way: remove it`);
        await new Promise((done) => setTimeout(done, 200));
        continue;
      }
      try {
        if (!existsSync(MADE)) await make();
      } finally {
        rmdirSync(lock);
      }
    }
  })();
  return built;
}

export const singleUrl = () => pathToFileURL(SINGLE).href;

const types: Readonly<Record<string, string>> = {
  '.html': 'text/html; charset=utf-8',
  '.js': 'text/javascript; charset=utf-8',
  '.css': 'text/css; charset=utf-8',
};

let serving: Promise<string> | null = null;

/** The address of the folder build. */
export function served(): Promise<string> {
  serving ??= new Promise((answer) => {
    const server = createServer((request, response) => {
      const path = new URL(request.url ?? '/', 'http://localhost').pathname;
      const file = join(FOLDER, path === '/' ? 'index.html' : path);
      if (!existsSync(file)) {
        response.writeHead(404).end();
        return;
      }
      response.writeHead(200, { 'content-type': types[extname(file)] ?? 'text/plain' });
      response.end(readFileSync(file));
    });
    server.listen(0, '127.0.0.1', () => {
      const address = server.address();
      const port = typeof address === 'object' && address ? address.port : 0;
      answer(`http://127.0.0.1:${port}/`);
    });
    server.unref();
  });
  return serving;
}

let running: Promise<Browser> | null = null;

const browser = (): Promise<Browser> => {
  running ??= chromium.launch({
    executablePath: chromiumPath ?? '',
    args: ['--no-sandbox', '--disable-gpu', '--disable-background-networking', '--no-first-run'],
    // Whoever ends this process means it: no handler of the driver's is to keep it.
    handleSIGTERM: false,
    handleSIGINT: false,
    handleSIGHUP: false,
  });
  return running;
};

async function closeBrowser(): Promise<void> {
  const open = running;
  running = null;
  await (await open)?.close();
}

export type Visited = Readonly<{ page: Page; complaints: string[]; requests: string[] }>;

/** A page of its own; what it complains of, and what it asks of any network, is written down. */
export async function visit(url: string, options: BrowserContextOptions = {}): Promise<Visited> {
  const context = await (await browser()).newContext({
    viewport: { width: 1280, height: 900 },
    locale: 'en-US',
    ...options,
  });
  const page = await context.newPage();
  const complaints: string[] = [];
  const requests: string[] = [];
  page.on('pageerror', (error) => complaints.push(error.message));
  page.on('console', (message) => {
    if (message.type() === 'error') complaints.push(message.text());
  });
  page.on('request', (request) => requests.push(request.url()));
  await page.goto(url);
  return { page, complaints, requests };
}

/** All that the page's thread did; or what the page itself made it do, without the browser's painting. */
export const thread = {
  all: ['TaskDuration'],
  page: ['ScriptDuration', 'RecalcStyleDuration', 'LayoutDuration'],
} as const;

/** How many ms the page's thread has worked: what else this machine is busy with is not the page's doing. */
export async function threadTime(
  page: Page,
  parts: readonly string[],
): Promise<() => Promise<number>> {
  const session = await page.context().newCDPSession(page);
  await session.send('Performance.setTimeDomain', { timeDomain: 'threadTicks' });
  await session.send('Performance.enable');
  return async () => {
    const { metrics } = await session.send('Performance.getMetrics');
    const spent = metrics.filter(({ name }) => parts.includes(name));
    if (spent.length < parts.length) throw new Error(`this Chromium does not count ${parts}`);
    return 1000 * spent.reduce((sum, { value }) => sum + value, 0);
  };
}

/** What the address asks for is shown. */
export async function ready(page: Page): Promise<void> {
  await page.waitForSelector('html[data-ready]', { timeout: 30_000, state: 'attached' });
}

export const text = (page: Page, selector: string) => page.locator(selector).first().innerText();

/** As a link inside the page does. */
export const goTo = (page: Page, hash: string) =>
  page.evaluate((to) => {
    location.hash = to;
  }, hash);

/** The single file, opened as a file, without any network. */
export async function offline(hash = '', options: BrowserContextOptions = {}): Promise<Visited> {
  const visited = await visit(`${singleUrl()}${hash}`, { offline: true, ...options });
  await ready(visited.page);
  return visited;
}
