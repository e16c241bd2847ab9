/**
 * One QMP monitor's session with its one client.
 *
 * Models: QEMU v2.12.0 monitor.c monitor_qmp_event, qmp_qmp_capabilities; chardev/char-socket.c tcp_chr_new_client,
 *   tcp_chr_disconnect
 * Leaves out: the HMP monitor; several clients through one multiplexed chardev; 2.12's x-oob I/O thread.
 *
 *   idle --client.connected--> negotiating --capabilities.agreed--> commanding
 *    ^                             |                                    |
 *    +--------client.left----------+------------client.left-------------+
 *
 * Invariant: a new client finds a monitor without memory: no half-read request, nothing negotiated.
 * While a client is there the socket is not accepted from; a second client waits in the kernel's backlog.
 */
import { assign, initialTransition, setup } from 'xstate';
import { drive } from '../kernel/drive.ts';
import { freshStream, type Stream } from './json/stream.ts';

export type Session = Readonly<{ stream: Stream; oob: boolean }>;

export type MonitorEvent =
  | { type: 'client.connected' }
  | { type: 'bytes.read'; stream: Stream }
  | { type: 'capabilities.agreed'; oob: boolean }
  | { type: 'client.left' };

export const monitorMachine = setup({
  types: { context: {} as Session, events: {} as MonitorEvent },
  actions: {
    // Effect: the program writes the greeting.
    greet: () => {},
    forget: assign({ stream: freshStream, oob: false }),
    keep: assign((_, stream: Stream) => ({ stream })),
    agree: assign((_, oob: boolean) => ({ oob })),
  },
}).createMachine({
  id: 'monitor',
  context: { stream: freshStream, oob: false },
  initial: 'idle',
  on: {
    'bytes.read': { actions: { type: 'keep', params: ({ event }) => event.stream } },
    'client.left': { target: '.idle', actions: 'forget' },
  },
  states: {
    idle: {
      description: 'Listening; events are lost.',
      on: { 'client.connected': { target: 'negotiating', actions: ['forget', 'greet'] } },
    },
    negotiating: {
      description: 'qmp_cap_negotiation_commands: only qmp_capabilities exists. No events.',
      on: {
        'capabilities.agreed': {
          target: 'commanding',
          actions: { type: 'agree', params: ({ event }) => event.oob },
        },
      },
    },
    commanding: { description: 'qmp_commands: everything is open, events are sent.' },
  },
});

export type Monitor = Readonly<{
  value: 'idle' | 'negotiating' | 'commanding';
  context: Session;
}>;

export const idleMonitor: Monitor = {
  value: 'idle',
  context: initialTransition(monitorMachine)[0].context,
};

/** The monitor after an event. */
export function monitorAfter(monitor: Monitor, event: MonitorEvent): Monitor {
  const { value, context } = drive(monitorMachine, monitor, event);
  return { value, context };
}
