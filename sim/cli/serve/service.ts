/**
 * One simulated host that several programs outside it use at once: whatever they do is a choice, one after the other.
 *
 * The world moves only here, so that the list of choices is the trace of the whole session.
 */
import type { Choice, Seat } from '../../host/choice.ts';
import { pending } from '../../host/client.ts';
import type { Host } from '../../host/machine.ts';
import type { Observed, Watch } from '../../host/route.ts';
import { step } from '../../host/step.ts';
import { shellOn } from '../../host/terminal.ts';
import type { World } from '../../host/world.ts';
import { get } from '../../kernel/pages.ts';
import { createShell } from '../../shell/create.ts';

/** Where a client's answers go. */
export type Peer = Readonly<{ take: (text: string) => void; end: () => void }>;

export type Command = Readonly<{ source: string; stdin: string | null; terminal: boolean }>;

export type Shown = Readonly<{
  chunks: readonly Readonly<{ stream: 1 | 2; text: string }>[];
  status: number;
}>;

export type Service = Readonly<{
  world: () => World;
  choices: () => readonly Choice[];
  /** Connects to a socket of the host; null where it refuses. */
  connect: (path: string, peer: Peer) => number | null;
  send: (client: number, text: string) => void;
  hangUp: (client: number) => void;
  /** A line typed at the user's terminal; null: it would read its standard input, and none was given. */
  type: (command: Command) => Shown | null;
}>;

export type Session = Readonly<{
  host: Host;
  /** What has been done to the host before. */
  choices: readonly Choice[];
  seat: Seat;
  /** Nothing waits for the next second. */
  hurried: boolean;
  /** Told when something has been done to the host, and all clients have heard of it. */
  changed?: (world: World) => void;
}>;

const SECOND = 1000;

const DOWN = 'Connection to the host closed: it has gone down.\n';

/** Does anything on this terminal read a pipe as its standard input? */
function readsInput(tty: string, found: () => void): Watch {
  return ({ pid, request, before }: Observed) => {
    if (request.call !== 'read' || request.fd !== 0) return;
    const task = before.kernel.tasks[pid];
    const file = get(before.kernel.files, task?.fds[0] ?? -1);
    if (task?.tty === tty && file?.kind === 'stream') found();
  };
}

export function createService({ host, choices: before, seat, hurried, changed }: Session): Service {
  const { machinery } = host;
  const [user = 'root', tty = 'pts/0'] = seat.split('@');
  const pace = hurried ? { pace: 0 as const } : {};
  const peers = new Map<number, Peer>();
  const choices: Choice[] = [...before];
  let world = host.world;
  let newest = Math.max(0, ...before.map((choice) => ('client' in choice ? choice.client : 0)));

  const choose = (choice: Choice) => {
    world = step(machinery, world, choice);
    choices.push(choice);
  };

  /** Everybody reads what has come for them: events reach those who have asked for nothing. */
  const deliver = () => {
    for (const [client, peer] of peers) {
      const { text, over } = pending(world, client);
      if (text !== '') {
        choose({ receive: client });
        peer.take(text);
      }
      if (!over) continue;
      peers.delete(client);
      choose({ hangUp: client, pace: 0 });
      peer.end();
    }
    changed?.(world);
  };

  const takeSeat = () => {
    if (shellOn(world, tty) === null) choose({ login: user, on: tty });
  };

  const type = ({ source, stdin, terminal }: Command): Shown | null => {
    takeSeat();
    let reads = false;
    const watch = readsInput(tty, () => {
      reads = true;
    });
    // What is typed at a prompt waits by itself.
    const typed = terminal && !hurried;
    const wait: Choice[] = hurried || typed ? [] : [{ tick: SECOND - (world.now % SECOND) }];
    const then = wait.reduce((at, choice) => step(machinery, at, choice), world);
    const shell = createShell({ ...machinery, watch }, then, seat);
    const ran = shell.run(source, { interactive: typed, stdin: stdin ?? '' });
    if (reads && stdin === null) return null;
    world = ran.world;
    choices.push(...wait, ...shell.choices());
    deliver();
    const down = shell.gone() ? [{ stream: 2 as const, text: DOWN }] : [];
    return { chunks: [...ran.chunks, ...down], status: ran.status };
  };

  return {
    world: () => world,
    choices: () => choices,
    connect: (path, peer) => {
      newest++;
      const client = newest;
      choose({ connect: path, client, as: user, ...pace });
      if (pending(world, client).over) return null;
      peers.set(client, peer);
      deliver();
      return client;
    },
    send: (client, text) => {
      if (!peers.has(client)) return;
      choose({ send: text, client, ...pace });
      deliver();
    },
    hangUp: (client) => {
      if (!peers.delete(client)) return;
      choose({ hangUp: client, ...pace });
      deliver();
    },
    type,
  };
}
