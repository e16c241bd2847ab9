/**
 * A real Firefox, driven by what is built into it: Marionette, lines of JSON over a local socket.
 *
 * playwright-core drives its own build of Firefox, not the one that people have. Models: nothing; speaks
 * https://firefox-source-docs.mozilla.org/testing/marionette/Protocol.html, version 3
 */
import { type ChildProcess, spawn } from 'node:child_process';
import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { connect, type Socket } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';

const places = [
  process.env['FIREFOX'],
  '/usr/bin/firefox-esr',
  '/usr/bin/firefox',
  '/Applications/Firefox.app/Contents/MacOS/firefox',
  'C:\\Program Files\\Mozilla Firefox\\firefox.exe',
];

/** undefined: there is none on this machine. */
export const firefoxPath = places.find((path) => path !== undefined && existsSync(path));

const PREFERENCES = [
  'user_pref("marionette.port", 0);',
  'user_pref("browser.shell.checkDefaultBrowser", false);',
  'user_pref("datareporting.policy.dataSubmissionEnabled", false);',
  'user_pref("intl.accept_languages", "en-US");',
].join('\n');

async function portOf(profile: string): Promise<number> {
  const file = join(profile, 'MarionetteActivePort');
  for (let tries = 0; tries < 300; tries++) {
    if (existsSync(file)) return Number(readFileSync(file, 'utf8'));
    await wait(100);
  }
  throw new Error('Firefox has not opened its Marionette port within 30 s');
}

type Reply = Readonly<[type: 1, id: number, error: { message: string } | null, result: unknown]>;

type Ask = (command: string, parameters: object) => Promise<unknown>;

/** Each message is its length in bytes, a colon, and JSON; the first is a greeting. */
function speak(socket: Socket): Ask {
  const waiting = new Map<number, (reply: Reply) => void>();
  let heard = Buffer.alloc(0);
  socket.on('data', (bytes) => {
    heard = Buffer.concat([heard, bytes]);
    for (;;) {
      const colon = heard.indexOf(':');
      const length = Number(heard.subarray(0, colon).toString());
      if (colon < 0 || heard.length < colon + 1 + length) return;
      const message = JSON.parse(heard.subarray(colon + 1, colon + 1 + length).toString());
      heard = heard.subarray(colon + 1 + length);
      if (Array.isArray(message)) waiting.get(message[1])?.(message as unknown as Reply);
    }
  });
  let asked = 0;
  return (command, parameters) =>
    new Promise((answer, refuse) => {
      const id = ++asked;
      waiting.set(id, ([, , error, result]) =>
        error === null ? answer(result) : refuse(new Error(`${command}: ${error.message}`)),
      );
      const text = JSON.stringify([0, id, command, parameters]);
      socket.write(`${Buffer.byteLength(text)}:${text}`);
    });
}

export type Firefox = Readonly<{
  go: (url: string) => Promise<void>;
  /** The value of an expression in the page. */
  read: <T>(expression: string) => Promise<T>;
  /** Waits until an expression in the page is true. */
  until: (expression: string) => Promise<void>;
  close: () => Promise<void>;
}>;

/** It is asked to quit, for on some systems the process that was started is not the browser; then made to. */
async function quit(ask: Ask, child: ChildProcess, profile: string): Promise<void> {
  const gone = new Promise<void>((done) => child.on('exit', () => done()));
  await Promise.race([
    ask('Marionette:Quit', { flags: ['eForceQuit'] }).catch(() => {}),
    wait(5000),
  ]);
  await Promise.race([gone, wait(5000)]);
  child.kill();
  rmSync(profile, { recursive: true, force: true, maxRetries: 10, retryDelay: 200 });
}

export async function openFirefox(path: string): Promise<Firefox> {
  const profile = mkdtempSync(join(tmpdir(), 'kvmlab-firefox-'));
  writeFileSync(join(profile, 'user.js'), PREFERENCES);
  const options = ['--headless', '--no-remote', '--marionette', '--profile', profile];
  const child = spawn(path, options, { stdio: 'ignore' });
  const port = await portOf(profile).catch((error: unknown) => {
    child.kill();
    throw error;
  });
  const socket = connect(port, '127.0.0.1');
  const ask = speak(socket);
  await ask('WebDriver:NewSession', {});
  const read = async <T>(expression: string): Promise<T> => {
    const script = `return (${expression})`;
    const { value } = (await ask('WebDriver:ExecuteScript', { script, args: [] })) as { value: T };
    return value;
  };
  return {
    go: async (url) => void (await ask('WebDriver:Navigate', { url })),
    read,
    until: async (expression) => {
      for (let tries = 0; tries < 600; tries++) {
        if (await read<boolean>(expression)) return;
        await wait(100);
      }
      throw new Error(`not within a minute: ${expression}`);
    },
    close: async () => {
      await quit(ask, child, profile);
      socket.destroy();
    },
  };
}
