/**
 * A host with root at a terminal, and a shell to give scripts to.
 */
import type { Seat } from '../../sim/host/choice.ts';
import { newHost } from '../../sim/host/machine.ts';
import { profileNamed } from '../../sim/host/profiles.ts';
import { step } from '../../sim/host/step.ts';
import type { World } from '../../sim/host/world.ts';
import { createShell, type Io, type Outcome } from '../../sim/shell/create.ts';

const root: Seat = 'root@pts/0';
const { machinery, world: booted } = newHost(profileNamed('centos7'));
const debian = newHost(profileNamed('debian12'));

const seatedIn = (host: typeof debian): World =>
  [
    { login: 'root', on: 'pts/0' },
    { login: 'operator', on: 'pts/1' },
    { run: ['mkdir', '-m', '777', '/tmp/w'], as: root },
    { run: ['cd', '/tmp/w'], as: root },
  ].reduce(
    (world, choice) => step(host.machinery, world, choice as Parameters<typeof step>[2]),
    host.world,
  );

/** root is in the empty directory /tmp/w; the operator is at pts/1. */
export const desk: World = seatedIn({ machinery, world: booted });
const debianDesk = seatedIn(debian);

/** The same on Debian 12, whose bash the recordings are of. */
export const runOnDebian = (script: string): Outcome =>
  createShell(debian.machinery, debianDesk, root).run(script);

export { machinery };

/** Each script starts from the same world. */
export const run = (script: string, io: Io = {}, seat: Seat = root): Outcome =>
  createShell(machinery, desk, seat).run(script, io);

/** Standard output and standard error of a script, as they appeared. */
export const words = (script: string, seat: Seat = root): string =>
  run(script, {}, seat)
    .chunks.map((chunk) => chunk.text)
    .join('');
