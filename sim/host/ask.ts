/**
 * Questions to a host that leave it as it is: what would this call answer, for this user?
 *
 * The call is made by a task that exists only in a copy of the world, so nothing that is shown to the
 * user can differ from what a program would see.
 */
import { type Credentials, root, unprivileged } from '../kernel/credentials.ts';
import { type Errno, type Failure, failed } from '../kernel/errno.ts';
import { handle } from '../kernel/kernel.ts';
import type { Request, Stat } from '../kernel/request.ts';
import type { KernelState } from '../kernel/state.ts';
import { newTask } from '../kernel/task.ts';
import { groupList, parseGroup, parsePasswd } from '../libc/nss.ts';
import type { World } from './world.ts';

const ASKER = 1_000_000;

/** Several calls of one asker, one after the other; stops at the first that fails or blocks. */
export function askAll(
  world: World,
  who: Credentials,
  requests: readonly Request[],
  exe = '/usr/bin/ask',
): unknown {
  const task = newTask(ASKER, exe, who, world.now);
  let kernel: KernelState = { ...world.kernel, tasks: { ...world.kernel.tasks, [ASKER]: task } };
  let answer: unknown;
  for (const request of requests) {
    const reaction = handle(kernel, ASKER, request, world.now);
    answer = reaction.replies.find((reply) => reply.pid === ASKER)?.answer;
    if (failed(answer) || answer === undefined) return answer;
    kernel = reaction.kernel;
  }
  return answer;
}

export const ask = (world: World, who: Credentials, request: Request): unknown =>
  askAll(world, who, [request]);

/** The text of a file, as root reads it; null where there is none. */
export function textOf(world: World, path: string): string | null {
  const answer = askAll(world, root, [
    { call: 'open', path, flags: ['read'], mode: 0 },
    { call: 'read', fd: 0 },
  ]);
  return typeof answer === 'string' ? answer : null;
}

export function statOf(world: World, path: string): Stat | Failure {
  return ask(world, root, { call: 'stat', path }) as Stat | Failure;
}

/** The credentials that a fresh process of this user would get; null when there is no such user. */
export function credentialsOf(world: World, name: string): Credentials | null {
  const user = parsePasswd(textOf(world, '/etc/passwd') ?? '').find((u) => u.name === name);
  if (user === undefined) return null;
  if (user.uid === 0) return root;
  return unprivileged(
    user.uid,
    user.gid,
    groupList(parseGroup(textOf(world, '/etc/group') ?? ''), name, user.gid),
  );
}

/** open(path, O_RDWR) as this user: null when it succeeds. */
export function opens(world: World, who: Credentials, path: string, exe?: string): Errno | null {
  const answer = askAll(
    world,
    who,
    [{ call: 'open', path, flags: ['read', 'write'], mode: 0 }],
    exe,
  );
  return failed(answer) ? answer.errno : null;
}
