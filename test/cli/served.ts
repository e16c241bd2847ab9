/**
 * A host that `kvmlab serve` serves in a process of its own, for tests that come in by its sockets.
 */
import { type ChildProcess, spawn, spawnSync } from 'node:child_process';
import { once } from 'node:events';
import { connect, type Socket } from 'node:net';
import { createInterface } from 'node:readline';

export type Places = Readonly<{
  dir: string;
  socket: string;
  readonlySocket: string;
  qmp: string;
  bin: string;
  home: string;
  uri: string;
}>;

export type Served = Readonly<{
  places: Places;
  process: ChildProcess;
  stop: () => Promise<number>;
}>;

const serve = (args: readonly string[]) => ['scripts/kvmlab.mjs', 'serve', ...args];

/** Runs until it is told to stop. */
export async function served(...args: string[]): Promise<Served> {
  const process_ = spawn(process.execPath, serve([...args, '--json']), {
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  const lines = createInterface({ input: process_.stdout });
  const [line] = (await once(lines, 'line')) as [string];
  return {
    places: JSON.parse(line) as Places,
    process: process_,
    stop: async () => {
      process_.kill('SIGINT');
      const [code] = (await once(process_, 'exit')) as [number];
      return code;
    },
  };
}

/** `kvmlab serve ARGS`, to its end. */
export function kvmlabServe(args: readonly string[], env: NodeJS.ProcessEnv = process.env) {
  const done = spawnSync(process.execPath, serve(args), {
    encoding: 'utf8',
    env,
    timeout: 120_000,
  });
  return { stdout: done.stdout, stderr: done.stderr, code: done.status };
}

export async function connected(path: string): Promise<Socket> {
  const socket = connect({ path, allowHalfOpen: true });
  await once(socket, 'connect');
  return socket;
}

/** All that comes until the other side is silent for a moment, or has closed. */
export async function heard(socket: Socket, enough: (bytes: Buffer) => boolean): Promise<Buffer> {
  const chunks: Buffer[] = [];
  const bytes = () => Buffer.concat(chunks);
  return new Promise((resolve) => {
    const done = () => resolve(bytes());
    socket.on('data', (chunk) => {
      chunks.push(chunk as Buffer);
      if (enough(bytes())) done();
    });
    socket.on('end', done);
    socket.on('close', done);
  });
}
