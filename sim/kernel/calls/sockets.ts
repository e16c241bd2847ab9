/**
 * Streams between tasks: pipes, unix sockets, netlink; and waiting on several at once.
 *
 * Models: Linux 3.10 net/unix/af_unix.c unix_stream_connect, unix_accept; fs/pipe.c; net/netlink/af_netlink.c; fs/select.c
 * Leaves out: datagrams, descriptor passing over sockets, buffer limits, SIGPIPE (EPIPE alone is answered).
 *
 * listen(2)'s backlog counts pending connections: one more than the backlog fits, the next connect waits.
 */
import type { Draft } from 'immer';
import {
  type After,
  type Call,
  fileOf,
  freeFd,
  installFd,
  type Outcome,
  openAs,
  PARK,
  withFile,
  withTask,
} from '../call.ts';
import { createAt } from '../create.ts';
import { failed } from '../errno.ts';
import { mayAccess } from '../judge.ts';
import { get, numbered, put } from '../pages.ts';
import type { Uevent } from '../request.ts';
import type { Buffer, Kernel, KernelState, OpenFile } from '../state.ts';
import { multicast } from '../uevent.ts';
import { ready } from '../waiting.ts';
import { walk } from '../walk.ts';

type Stream = OpenFile & { kind: 'stream' };

function newBuffer(kernel: Kernel): number {
  const id = kernel.nextBuffer++;
  kernel.buffers[id] = { data: '', readers: 1, writers: 1 };
  return id;
}

export function pipe(call: Call): Outcome {
  const id = newBuffer(call.draft());
  const end = { kind: 'stream', peer: call.task.pid, refs: 1, flags: [] } as const;
  const reader = installFd(call, { ...end, from: id, to: null });
  const writer = installFd(call, { ...end, from: null, to: id });
  return failed(reader) || failed(writer) ? { errno: 'EMFILE' } : [reader, writer];
}

const filled = ({ kernel }: Call, id: number, buffer: Buffer, answer: unknown): After => ({
  becomes: { ...kernel, buffers: { ...kernel.buffers, [id]: buffer } },
  answer,
});

export function readStream(call: Call, file: Stream): Outcome {
  if (file.from === null) return { errno: 'EBADF' };
  const buffer = call.kernel.buffers[file.from];
  if (buffer === undefined) return '';
  if (buffer.data === '') return buffer.writers > 0 ? PARK : '';
  return filled(call, file.from, { ...buffer, data: '' }, buffer.data);
}

export function writeStream(call: Call, file: Stream, data: string): Outcome {
  if (file.to === null) return { errno: 'EBADF' };
  const buffer = call.kernel.buffers[file.to];
  if (buffer === undefined || buffer.readers === 0) return { errno: 'EPIPE' };
  return filled(call, file.to, { ...buffer, data: buffer.data + data }, data.length);
}

export function listen(call: Call, path: string, backlog: number): Outcome {
  const target = walk(call.kernel, call.task, path, false);
  if (failed(target)) return target;
  if (target.place) return { errno: 'EADDRINUSE' };
  const ino = createAt(call, target, 'socket', 0o777);
  if (failed(ino)) return ino;
  return installFd(call, { kind: 'listener', ino, backlog, queue: [], refs: 1, flags: [] });
}

type Listener = OpenFile & { kind: 'listener' };

function listenerAt(kernel: KernelState, ino: number): [id: number, Listener] | null {
  for (const [id, file] of numbered(kernel.files)) {
    if (file.kind === 'listener' && file.ino === ino) return [id, file];
  }
  return null;
}

export function connect(call: Call, path: string): Outcome {
  const target = walk(call.kernel, call.task, path, true);
  if (failed(target)) return target;
  const inode = target.place?.inode;
  if (!target.place) return { errno: 'ENOENT' };
  if (!inode) return { errno: 'ECONNREFUSED' };
  const refused = mayAccess(call.kernel, call.task, inode, 2);
  if (refused) return refused;
  const found = inode.type === 'socket' ? listenerAt(call.kernel, inode.ino) : null;
  if (found === null) return { errno: 'ECONNREFUSED' };
  const [id, listener] = found;
  if (listener.queue.length > listener.backlog) return PARK;
  const kernel = call.draft();
  const toServer = newBuffer(kernel);
  const toClient = newBuffer(kernel);
  const server = kernel.nextFile++;
  const end = { kind: 'stream', peer: call.task.pid, refs: 1, flags: [] } as const;
  put<Draft<OpenFile>>(kernel.files, server, { ...end, from: toServer, to: toClient, flags: [] });
  const draft = get(kernel.files, id);
  if (draft?.kind === 'listener') draft.queue.push(server);
  return installFd(call, { ...end, from: toClient, to: toServer });
}

export function accept(call: Call, fd: number): Outcome {
  const open = fileOf(call, fd);
  if (open?.file.kind !== 'listener') return { errno: open ? 'EINVAL' : 'EBADF' };
  const [next] = open.file.queue;
  if (next === undefined) return PARK;
  const { task } = call;
  const free = freeFd(task.fds);
  if (failed(free)) return free;
  const kernel = withFile(call.kernel, open.id, { ...open.file, queue: open.file.queue.slice(1) });
  return {
    becomes: withTask(kernel, { ...task, fds: { ...task.fds, [free]: next } }),
    answer: free,
  };
}

export function peercred(call: Call, fd: number): Outcome {
  const open = fileOf(call, fd);
  if (open?.file.kind !== 'stream') return { errno: open ? 'ENOTSOCK' : 'EBADF' };
  const peer = call.kernel.tasks[open.file.peer];
  return { pid: open.file.peer, uid: peer?.cred.uid ?? 0, gid: peer?.cred.gid ?? 0 };
}

export const netlink = (call: Call, group: 'kernel' | 'udev'): Outcome =>
  openAs(call, { kind: 'netlink', group, queue: [], refs: 1, flags: [] });

export function recvmsg(call: Call, fd: number): Outcome {
  const open = fileOf(call, fd);
  if (open?.file.kind !== 'netlink') return { errno: open ? 'ENOTSOCK' : 'EBADF' };
  const [message] = open.file.queue;
  if (message === undefined) return PARK;
  const queue = open.file.queue.slice(1);
  return { becomes: withFile(call.kernel, open.id, { ...open.file, queue }), answer: message };
}

export function sendmsg(call: Call, fd: number, message: Uevent): Outcome {
  const open = fileOf(call, fd);
  if (open?.file.kind !== 'netlink') return { errno: open ? 'ENOTSOCK' : 'EBADF' };
  if (call.task.cred.uid !== 0) return { errno: 'EPERM' };
  multicast(call.draft(), open.file.group, message);
  return null;
}

export function poll(call: Call, fds: readonly number[]): Outcome {
  const readable = fds.filter((fd) => ready(call.kernel, call.task, fd));
  return readable.length > 0 ? readable : PARK;
}
