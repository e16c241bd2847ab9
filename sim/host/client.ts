/**
 * Programs outside the host that hold a socket of it open: a real virsh, a QMP client.
 *
 * Models: nothing of the host's own. Such a client is a task without a program: the kernel knows whose it is and what it
 * has open, as of any other, and its system calls are choices. So what it does is in the trace, and nothing else is.
 *
 * A client that is not there any more (the host went down, somebody has killed it) does nothing.
 */
import { failed } from '../kernel/errno.ts';
import { get } from '../kernel/pages.ts';
import type { Request } from '../kernel/request.ts';
import type { Buffer, Task } from '../kernel/state.ts';
import { newTask } from '../kernel/task.ts';
import { credentialsOf } from './ask.ts';
import type { Connect, HangUp, Receive, Send } from './choice.ts';
import { call, type Machinery } from './route.ts';
import { settle, settleUntil } from './schedule.ts';
import { nextSecond } from './terminal.ts';
import type { World } from './world.ts';

const nameOf = (client: number): string => `client-${client}`;

function taskOf(world: World, client: number): Task | undefined {
  const name = nameOf(client);
  return Object.values(world.kernel.tasks).find(
    (task) => task.exe === name && task.state !== 'zombie' && !(task.pid in world.processes),
  );
}

/** It has but one descriptor. */
const SOCKET = 0;

type Typed = Readonly<{ pace?: 0; settle?: false }>;

const begun = (machinery: Machinery, world: World, { pace }: Typed): World =>
  pace === 0 ? world : nextSecond(machinery, world);

const done = (machinery: Machinery, world: World, { settle: quiet }: Typed): World =>
  quiet === false ? world : settle(machinery, world);

function ask(machinery: Machinery, world: World, client: number, request: Request): World {
  const task = taskOf(world, client);
  if (task === undefined || task.state !== 'running') return world;
  return call(machinery, world, task.pid, request).after;
}

/** The task is a child of nobody who would wait for it; a connection that is refused leaves none. */
export function connect(machinery: Machinery, from: World, choice: Connect): World {
  const world = begun(machinery, from, choice);
  const cred = credentialsOf(world, choice.as);
  if (cred === null)
    throw new Error(`Nobody is called ${choice.as} on the host: see its /etc/passwd.`);
  if (taskOf(world, choice.client) !== undefined)
    throw new Error(
      `Client ${choice.client} is connected already: give the next one another number.`,
    );
  const pid = world.kernel.nextPid;
  const task: Task = { ...newTask(pid, nameOf(choice.client), cred, world.now), ppid: 1 };
  const tasks = { ...world.kernel.tasks, [pid]: task };
  const born = { ...world, kernel: { ...world.kernel, tasks, nextPid: pid + 1 } };
  const { after, answer } = call(machinery, born, pid, { call: 'connect', path: choice.connect });
  const met = failed(answer) ? call(machinery, after, pid, { call: 'exit', code: 1 }).after : after;
  return done(machinery, met, choice);
}

/** Whoever has sent something waits for an answer: time passes if somebody who could give it sleeps. */
export function send(machinery: Machinery, from: World, choice: Send): World {
  const world = begun(machinery, from, choice);
  const request: Request = { call: 'write', fd: SOCKET, data: choice.send };
  const sent = ask(machinery, world, choice.client, request);
  if (choice.settle === false) return sent;
  const unanswered = (at: World) => {
    const { text, over } = pending(at, choice.client);
    return text === '' && !over;
  };
  return settleUntil(machinery, sent, unanswered);
}

export const receive = (machinery: Machinery, world: World, choice: Receive): World =>
  pending(world, choice.receive).text === ''
    ? world
    : settle(machinery, ask(machinery, world, choice.receive, { call: 'read', fd: SOCKET }));

export function hangUp(machinery: Machinery, from: World, choice: HangUp): World {
  const world = begun(machinery, from, choice);
  const request: Request = { call: 'exit', code: 0 };
  return done(machinery, ask(machinery, world, choice.hangUp, request), choice);
}

function incoming(world: World, client: number): Buffer | undefined {
  const file = get(world.kernel.files, taskOf(world, client)?.fds[SOCKET] ?? -1);
  const stream = file?.kind === 'stream' ? file : null;
  return stream === null || stream.from === null ? undefined : world.kernel.buffers[stream.from];
}

/** What a client could read now, and whether anything can come after it. */
export function pending(world: World, client: number): Readonly<{ text: string; over: boolean }> {
  const buffer = incoming(world, client);
  if (buffer === undefined) return { text: '', over: true };
  return { text: buffer.data, over: buffer.writers === 0 };
}
