/**
 * The life of one domain as libvirtd sees it.
 *
 * Models: libvirt v5.0.0 src/conf/virdomainobjlist.c virDomainObjListAdd, virDomainObjListRemove;
 *   src/qemu/qemu_process.c qemuProcessStart, qemuProcessStop; src/qemu/qemu_driver.c
 *   qemuDomainDefineXMLFlags, qemuDomainUndefineFlags
 * Leaves out: paused, pmsuspended, crashed with preservation, migration, managed save.
 *
 *   shut off --start.asked--> starting --guest.running--> running
 *      ^  |                      |                           |
 *      |  +--domain.undefined----|--> gone <--- transient ---+  guest.ended
 *      +-------- persistent -----+---------- persistent -----+
 *
 * Invariant: a domain without a process and without a file is gone.
 */
import { assign, setup } from 'xstate';

export type DomainMemory = { persistent: boolean; reason: string };

export type DomainEvent =
  | { type: 'start.asked' }
  | { type: 'guest.running'; reason: string }
  | { type: 'guest.ended'; reason: string }
  | { type: 'domain.defined' }
  | { type: 'domain.undefined' };

export type DomainState = 'shut off' | 'starting' | 'running' | 'gone';

export const domainMachine = setup({
  types: { context: {} as DomainMemory, events: {} as DomainEvent, input: {} as DomainMemory },
  guards: { persistent: ({ context }) => context.persistent },
  actions: {
    because: assign((_, reason: string) => ({ reason })),
    keep: assign({ persistent: true }),
    letGo: assign({ persistent: false }),
  },
}).createMachine({
  id: 'domain',
  context: ({ input }) => input,
  initial: 'shut off',
  on: { 'domain.defined': { actions: 'keep' } },
  states: {
    'shut off': {
      description: 'No process; a file in /etc/libvirt/qemu says what to start.',
      on: {
        'start.asked': 'starting',
        'domain.undefined': { target: 'gone', actions: 'letGo' },
      },
    },
    starting: {
      description: 'QEMU has been launched, stopped with -S, and its monitor is awaited.',
      on: {
        'guest.running': {
          target: 'running',
          actions: { type: 'because', params: ({ event }) => event.reason },
        },
        'guest.ended': [
          {
            guard: 'persistent',
            target: 'shut off',
            actions: { type: 'because', params: ({ event }) => event.reason },
          },
          { target: 'gone' },
        ],
      },
    },
    running: {
      description: 'The vCPUs run. Losing the file only makes the domain transient.',
      on: {
        'guest.ended': [
          {
            guard: 'persistent',
            target: 'shut off',
            actions: { type: 'because', params: ({ event }) => event.reason },
          },
          { target: 'gone' },
        ],
        'domain.undefined': { actions: 'letGo' },
      },
    },
    gone: { description: 'virsh no longer knows the name.', type: 'final' },
  },
});
