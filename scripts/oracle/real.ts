/**
 * The real machine's answer to a script: bash, coreutils, acl and udev as they are installed here.
 */
import { execFile } from 'node:child_process';
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import type { Answer } from './compare.ts';

export type Accounts = Readonly<{ passwd: string; group: string }>;
export type Real = Readonly<{ answer: (script: string) => Promise<Answer>; close: () => void }>;

const ENTER = fileURLToPath(new URL('enter.sh', import.meta.url));
const PATH = '/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/root/bin';
const SECONDS = 20;

/** Node's own pipes are sockets: behind them /dev/stderr cannot be opened, and bash takes itself for one behind rshd. */
const BEHIND_PIPES = `
  chmod 1777 "$4"; exec 8>&1 9>&2
  entered() { timeout -s KILL ${SECONDS} "$@" 6>&- 8>&- 9>&-; echo $? >&6; }
  exit $({ { cat | entered "$@" 2>&1 >&7 7>&- | cat >&9; } 7>&1 | cat >&8; } 6>&1)`;

/** A place on this machine's disk for the accounts and each script's /tmp. */
export function openReal({ passwd, group }: Accounts): Real {
  const place = mkdtempSync(join(tmpdir(), 'kvmlab-oracle-'));
  const file = (name: string, text: string): string => {
    writeFileSync(join(place, name), text, { mode: 0o644 });
    return join(place, name);
  };
  const accounts = [file('passwd', passwd), file('group', group)];
  let scripts = 0;
  const answer = (script: string): Promise<Answer> => {
    const disk = join(place, `${++scripts}`);
    mkdirSync(disk, { mode: 0o777 });
    return new Promise((resolve) => {
      const child = execFile(
        '/bin/sh',
        ['-c', BEHIND_PIPES, 'sh', ENTER, ...accounts, disk, PATH],
        { encoding: 'latin1', maxBuffer: 1 << 26 },
        (error, stdout, stderr) => {
          rmSync(disk, { recursive: true, force: true });
          const utf8 = (text: string) => Buffer.from(text, 'latin1').toString('utf8');
          const status = typeof error?.code === 'number' ? error.code : error === null ? 0 : 255;
          resolve({ stdout: utf8(stdout), stderr: utf8(stderr), status });
        },
      );
      child.stdin?.on('error', () => undefined);
      child.stdin?.end(script);
    });
  };
  return { answer, close: () => rmSync(place, { recursive: true, force: true }) };
}
