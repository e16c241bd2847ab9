/**
 * The daemon itself: coming up, serving, going away.
 *
 * Models: libvirt v5.0.0 src/remote/remote_daemon.c main, daemonRunStateInit, daemonShutdownHandler,
 *   daemonReloadHandler
 * Leaves out: the inhibitor, the timeout of session daemons, per-thread state.
 *
 *   starting --state.initialized--> serving --signal.term--> stopped
 *                                   |    ^
 *                                   +----+ signal.hup (reload: definitions only)
 *
 * Invariant: guests outlive the daemon; nothing here ends one.
 */
import { setup } from 'xstate';

export type DaemonEvent =
  | { type: 'state.initialized' }
  | { type: 'signal.hup' }
  | { type: 'signal.term' };

export type DaemonState = 'starting' | 'serving' | 'stopped';

export const libvirtdMachine = setup({
  types: { events: {} as DaemonEvent },
  actions: {
    // Effects: libvirtd.ts carries them out.
    reload: () => {},
    removeSockets: () => {},
  },
}).createMachine({
  id: 'libvirtd',
  initial: 'starting',
  states: {
    starting: {
      description: 'qemuStateInitialize: the first probe may run here, before anyone can connect.',
      on: { 'state.initialized': 'serving', 'signal.term': 'stopped' },
    },
    serving: {
      description: 'Clients and monitors are waited for together.',
      on: {
        'signal.hup': { actions: 'reload' },
        'signal.term': { target: 'stopped', actions: 'removeSockets' },
      },
    },
    stopped: { description: 'Exit status 0; sockets gone, guests running.', type: 'final' },
  },
});
