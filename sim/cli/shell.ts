/**
 * `kvmlab shell`: the simulated host's command line, at a terminal or fed with a script.
 *
 * From a pipe the whole input is one script, as `bash -s` would take it; its output, its errors and its exit
 * status are those of the simulated shell. At a terminal each line is run as it is typed.
 */

import { createInterface } from 'node:readline';
import type { Readable, Writable } from 'node:stream';
import { scenarios } from '../../scenarios/index.ts';
import type { Seat } from '../host/choice.ts';
import { type Host, newHost } from '../host/machine.ts';
import { profileNamed } from '../host/profiles.ts';
import { step } from '../host/step.ts';
import { shellOn } from '../host/terminal.ts';
import { usageError } from '../host/usage.ts';
import type { World } from '../host/world.ts';
import { own } from '../kernel/own.ts';
import { brokenHost } from '../play/broken.ts';
import { hostFor, play } from '../play/play.ts';
import { createShell, type ShellSession } from '../shell/create.ts';
import { prompt } from '../shell/prompt.ts';
import { needsMore } from '../shell/source.ts';
import { noScenario } from './meant.ts';

export type Streams = Readonly<{
  stdin: Readable & { isTTY?: boolean };
  stdout: Writable;
  stderr: Writable;
}>;

const DOWN = 'Connection to the host closed: it has gone down.\n';

/** Somebody at the seat; logged in now unless they are already. */
function seated(host: Host, seat: Seat): World {
  const [user = '', tty = ''] = seat.split('@');
  if (shellOn(host.world, tty) !== null) return host.world;
  return step(host.machinery, host.world, { login: user, on: tty });
}

async function textOf(stream: Readable): Promise<string> {
  const chunks: Buffer[] = [];
  for await (const chunk of stream) chunks.push(Buffer.from(chunk as Uint8Array));
  return Buffer.concat(chunks).toString('utf8');
}

const shower = (streams: Streams) => (stream: 1 | 2, text: string) =>
  (stream === 1 ? streams.stdout : streams.stderr).write(text);

async function runScript(host: Host, seat: Seat, streams: Streams): Promise<number> {
  const session = createShell(host.machinery, seated(host, seat), seat);
  const outcome = session.run(await textOf(streams.stdin), { show: shower(streams) });
  if (session.gone()) streams.stderr.write(DOWN);
  return outcome.status;
}

function promptOf(session: ShellSession, seat: Seat): string {
  const user = seat.slice(0, seat.indexOf('@'));
  return prompt(user, session.world().kernel.nodename, session.cwd(), session.home());
}

/** Lines until Ctrl-D or exit. A host that reboots lets the user log in again. */
function converse(host: Host, seat: Seat, streams: Streams): Promise<number> {
  let session = createShell(host.machinery, seated(host, seat), seat);
  let typed = '';
  let status = 0;
  const terminal = createInterface({
    input: streams.stdin,
    output: streams.stdout,
    terminal: true,
    historySize: 1000,
  });
  const ask = () => {
    terminal.setPrompt(typed === '' ? promptOf(session, seat) : '> ');
    terminal.prompt();
  };
  const run = (text: string): boolean => {
    const outcome = session.run(text, { interactive: true, show: shower(streams) });
    status = outcome.status;
    if (!session.gone()) return outcome.exited;
    streams.stderr.write(DOWN);
    const world = seated({ ...host, world: session.world() }, seat);
    session = createShell(host.machinery, world, seat);
    return false;
  };
  return new Promise((resolve) => {
    terminal.on('line', (line) => {
      typed += `${line}\n`;
      if (!needsMore(typed)) {
        const text = typed;
        typed = '';
        if (run(text)) return terminal.close();
      }
      return ask();
    });
    terminal.on('SIGINT', () => {
      typed = '';
      Object.assign(terminal, { line: '', cursor: 0 });
      streams.stdout.write('^C\n');
      ask();
    });
    terminal.on('close', () => {
      streams.stdout.write('logout\n');
      resolve(status);
    });
    ask();
  });
}

/** Answers the exit status. */
export function runShell(host: Host, seat: Seat, streams: Streams): Promise<number> {
  return streams.stdin.isTTY === true
    ? converse(host, seat, streams)
    : runScript(host, seat, streams);
}

const ROOT: Seat = 'root@pts/0';

/** A freshly booted host, or a scenario's: broken, or as the story leaves it. */
function hostOf(
  name: string | undefined,
  { profile, end }: ShellOptions,
): { host: Host; seat: Seat } {
  if (name === undefined) return { host: newHost(profileNamed(profile ?? 'centos7')), seat: ROOT };
  const scenario = own(scenarios, name);
  if (scenario === undefined) {
    throw usageError(noScenario(name));
  }
  const { seat = ROOT } = scenario;
  const home = hostFor(name, scenario, profile);
  if (end === undefined) return { host: brokenHost(name, scenario, home), seat };
  const { machinery } = newHost(profileNamed(home), scenario.setup);
  return { host: { machinery, world: play(name, scenario, home).end }, seat };
}

export type ShellOptions = Readonly<{ profile?: string; end?: true }>;

/** The verb. */
export function shell(name: string | undefined, options: ShellOptions): Promise<number> {
  const { host, seat } = hostOf(name, options);
  return runShell(host, seat, process);
}
