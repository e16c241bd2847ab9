/**
 * The simulated Debian 12's answer to a script: the session behind `kvmlab shell --profile debian12`, or the command itself.
 */
import { spawnSync } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import type { Seat } from '../../sim/host/choice.ts';
import { newHost } from '../../sim/host/machine.ts';
import { profileNamed } from '../../sim/host/profiles.ts';
import { step } from '../../sim/host/step.ts';
import { createShell } from '../../sim/shell/create.ts';
import type { Answer } from './compare.ts';

const PROFILE = 'debian12';
const SEAT: Seat = 'root@pts/0';
const COMMAND = fileURLToPath(new URL('../kvmlab.mjs', import.meta.url));

const { machinery, world: booted } = newHost(profileNamed(PROFILE));
const desk = step(machinery, booted, { login: 'root', on: 'pts/0' });

export function simulated(script: string): Answer {
  const { stdout, stderr, status } = createShell(machinery, desk, SEAT).run(script);
  return { stdout, stderr, status };
}

export function byCommand(script: string): Answer {
  const done = spawnSync(process.execPath, [COMMAND, 'shell', '--profile', PROFILE], {
    input: script,
    encoding: 'utf8',
  });
  return { stdout: done.stdout, stderr: done.stderr, status: done.status ?? 255 };
}
