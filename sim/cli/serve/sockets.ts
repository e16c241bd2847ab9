/**
 * Real sockets in front of a served host: bytes in, bytes out. The only file that knows of node:net.
 */
import { createServer, type Server, type Socket } from 'node:net';
import { StringDecoder } from 'node:string_decoder';
import { lineOf, readInput, readRequest, type ShimRequest } from '../../gateway/shim.ts';
import { connectQmp } from './qmp.ts';
import { rpcPeer } from './rpcPeer.ts';
import type { Service, Shown } from './service.ts';

/** A client that vanishes has hung up; what it no longer reads is nobody's loss. */
function attend(socket: Socket, hungUp: () => void): void {
  socket.on('error', () => socket.destroy());
  socket.on('end', () => socket.end());
  socket.on('close', hungUp);
}

/** libvirt's RPC, to the socket of the host at `path`. */
export function serveRpc(service: Service, path: string, socket: Socket): void {
  const peer = rpcPeer(service, path, {
    write: (bytes) => socket.write(bytes),
    end: () => socket.end(),
  });
  if (peer === null) {
    socket.destroy();
    return;
  }
  attend(socket, peer.gone);
  socket.on('data', peer.data);
}

/** QMP: text as it is. */
export function serveQmp(service: Service, socket: Socket): void {
  const decoder = new StringDecoder('utf8');
  const peer = { take: (text: string) => socket.write(text), end: () => socket.end() };
  const client = connectQmp(service, peer);
  if (client === null) {
    socket.destroy();
    return;
  }
  attend(socket, () => service.hangUp(client));
  socket.on('data', (bytes) => {
    const text = decoder.write(bytes);
    if (text !== '') service.send(client, text);
  });
}

const answer = (socket: Socket, value: unknown) => socket.write(`${JSON.stringify(value)}\n`);

const noRequest: Shown = {
  chunks: [{ stream: 2, text: 'kvmlab: this is no request of a shim\n' }],
  status: 255,
};

/** One command line of a shim. Its standard input is asked for when the program turns out to read it. */
export function serveShim(service: Service, socket: Socket): void {
  let text = '';
  let asked: ShimRequest | null = null;
  attend(socket, () => {});
  socket.setEncoding('utf8');
  const take = (line: string) => {
    const stdin = asked === null ? null : readInput(line);
    asked ??= readRequest(line);
    if (asked === null) return answer(socket, noRequest);
    const { terminal } = asked;
    const shown = service.type({ source: lineOf(asked), stdin, terminal });
    return answer(socket, shown ?? { wants: 'stdin' });
  };
  socket.on('data', (more) => {
    const lines = `${text}${more}`.split('\n');
    text = lines.pop() ?? '';
    for (const line of lines) take(line);
  });
}

/** Half-closed connections are closed by us, once what was asked has been answered. */
export function listenAt(path: string, serve: (socket: Socket) => void): Promise<Server> {
  const server = createServer({ allowHalfOpen: true }, serve);
  return new Promise((resolve, reject) => {
    server.once('error', reject);
    server.listen(path, () => resolve(server));
  });
}
