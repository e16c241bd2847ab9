/**
 * One client of libvirt between its bytes and a served host.
 */
import { type Connection, feed, hear, newConnection } from '../../gateway/rpc.ts';
import type { Service } from './service.ts';

/** Where a client's bytes go. */
export type Wire = Readonly<{ write: (bytes: Uint8Array) => void; end: () => void }>;

export type RpcPeer = Readonly<{ data: (bytes: Uint8Array) => void; gone: () => void }>;

/** To the socket of the host at `path`; null where nobody listens there. */
export function rpcPeer(service: Service, path: string, wire: Wire): RpcPeer | null {
  let connection: Connection = newConnection;
  const client = service.connect(path, {
    take: (text) => {
      const heard = hear(connection, text);
      connection = heard.connection;
      wire.write(heard.bytes);
    },
    end: wire.end,
  });
  if (client === null) return null;
  return {
    data: (bytes) => {
      const fed = feed(connection, bytes);
      connection = fed.connection;
      for (const outcome of fed.outcomes) {
        if ('send' in outcome) service.send(client, outcome.send);
        else wire.write(outcome.reply);
      }
      if (fed.close) wire.end();
    },
    gone: () => service.hangUp(client),
  };
}
