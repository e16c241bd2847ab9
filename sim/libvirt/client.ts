/**
 * One client's connection to libvirtd: may it come in, has it opened a driver, which events does it want.
 *
 * Models: libvirt v9.0.0 src/remote/remote_daemon_dispatch.c remoteDispatchAuthList, remoteDispatchAuthPolkit,
 *   remoteDispatchConnectOpen, remoteGetHypervisorConn, remoteDispatchConnectDomainEventCallbackRegisterAny
 * Leaves out: SASL, drivers other than QEMU's, filters that an event's domain would have to pass (its uuid alone decides).
 */
import type { Sys } from '../kernel/program.ts';
import { write } from '../libc/sys.ts';
import { dispatch } from './dispatch.ts';
import type { Driver } from './driver.ts';
import type { Lifecycle } from './lifecycle.ts';
import type { Call, DaemonEvent, Procedures, RemoteDomain, Reply } from './rpc.ts';
import { inTrouble, type Trouble, virError } from './virError.ts';
import { report } from './virLog.ts';

type Callback = Readonly<{ id: number; eventID: number; dom: RemoteDomain | null }>;

export type Client = Readonly<{
  fd: number;
  buffer: string;
  readonly: boolean;
  uid: number;
  opened: boolean;
  callbacks: readonly Callback[];
}>;

export const newClient = (fd: number, readonly: boolean, uid: number): Client => ({
  fd,
  buffer: '',
  readonly,
  uid,
  opened: false,
  callbacks: [],
});

/** polkit's answer where nobody sits who could be asked: only root manages, everybody may look. */
const denied: Trouble = {
  error: virError(
    'POLKIT',
    'AUTH_UNAVAILABLE',
    "no polkit agent available to authenticate action 'org.libvirt.unix.manage'",
  ),
};

const AUTH_POLKIT = 2;

const authorized = ({ readonly, uid }: Client): boolean => readonly || uid === 0;

type Done = Readonly<{ client: Client; result: object }>;

const stays = (client: Client, result: object): Done => ({ client, result });

const drivers = /^(qemu:\/\/\/system)?$/;

function* open(
  driver: Driver,
  client: Client,
  args: Procedures['CONNECT_OPEN']['args'],
): Sys<Done> {
  if (!authorized(client)) return stays(client, denied);
  const name = args.name ?? '';
  if (client.opened || !drivers.test(name)) {
    const trouble = client.opened
      ? yield* report(
          driver.log,
          'remoteDispatchConnectOpen',
          'RPC',
          'INTERNAL_ERROR',
          'connection already open',
        )
      : yield* report(driver.log, 'virConnectOpenInternal', 'NONE', 'NO_CONNECT', name);
    return stays(client, trouble);
  }
  const result = yield* dispatch(driver, 'CONNECT_OPEN', args, client.readonly);
  if (inTrouble(result)) return stays(client, result);
  const readonly = client.readonly || (args.flags & 1) !== 0;
  return { client: { ...client, readonly, opened: true }, result };
}

function register(
  client: Client,
  { eventID, dom }: Procedures['CONNECT_DOMAIN_EVENT_CALLBACK_REGISTER_ANY']['args'],
): Done {
  const id = Math.max(-1, ...client.callbacks.map((callback) => callback.id)) + 1;
  const result: Reply<'CONNECT_DOMAIN_EVENT_CALLBACK_REGISTER_ANY'> = { callbackID: id };
  return { client: { ...client, callbacks: [...client.callbacks, { id, eventID, dom }] }, result };
}

function* deregister(
  driver: Driver,
  client: Client,
  { callbackID }: Procedures['CONNECT_DOMAIN_EVENT_CALLBACK_DEREGISTER_ANY']['args'],
): Sys<Done> {
  const callbacks = client.callbacks.filter(({ id }) => id !== callbackID);
  if (callbacks.length < client.callbacks.length)
    return { client: { ...client, callbacks }, result: {} };
  const detail = `domain event callback ${callbackID} not registered`;
  const where = 'remoteDispatchConnectDomainEventCallbackDeregisterAny';
  return stays(client, yield* report(driver.log, where, 'RPC', 'INTERNAL_ERROR', detail));
}

/** What may be called before a driver has been opened. */
const early: ReadonlySet<string> = new Set([
  'AUTH_LIST',
  'AUTH_POLKIT',
  'CONNECT_SUPPORTS_FEATURE',
]);

/** One call of a client: its result, and the client as it is from then on. */
export function* answerCall(driver: Driver, client: Client, { proc, args }: Call): Sys<Done> {
  if (proc === 'AUTH_LIST' && !authorized(client)) return stays(client, { types: [AUTH_POLKIT] });
  if (proc === 'AUTH_POLKIT') return stays(client, authorized(client) ? { complete: 1 } : denied);
  if (proc === 'CONNECT_OPEN')
    return yield* open(driver, client, args as Procedures['CONNECT_OPEN']['args']);
  if (!client.opened && !early.has(proc)) {
    const detail = 'hypervisor connection not open';
    const where = 'remoteGetHypervisorConn';
    return stays(client, yield* report(driver.log, where, 'RPC', 'INTERNAL_ERROR', detail));
  }
  type Of<P extends keyof Procedures> = Procedures[P]['args'];
  if (proc === 'CONNECT_DOMAIN_EVENT_CALLBACK_REGISTER_ANY')
    return register(client, args as Of<typeof proc>);
  if (proc === 'CONNECT_DOMAIN_EVENT_CALLBACK_DEREGISTER_ANY')
    return yield* deregister(driver, client, args as Of<typeof proc>);
  return stays(client, yield* dispatch(driver, proc, args, client.readonly));
}

/** VIR_DOMAIN_EVENT_ID_LIFECYCLE. */
const LIFECYCLE = 0;

/** remoteRelayDomainEventLifecycle: to each callback for events of this kind, and of this domain or any. */
export function* tellClient(client: Client, events: readonly Lifecycle[]): Sys<void> {
  for (const msg of events) {
    for (const { id, eventID, dom } of client.callbacks) {
      if (eventID !== LIFECYCLE || (dom !== null && dom.uuid !== msg.dom.uuid)) continue;
      const event: DaemonEvent = {
        event: 'DOMAIN_EVENT_CALLBACK_LIFECYCLE',
        args: { callbackID: id, msg },
      };
      yield* write(client.fd, `${JSON.stringify(event)}\n`);
    }
  }
}
