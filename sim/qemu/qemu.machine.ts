/**
 * The life of one QEMU process, and the run state of the guest inside it.
 *
 * Models: QEMU v2.12.0 vl.c main, runstate_transitions_def, vm_start, main_loop_should_exit; cpus.c do_vm_stop
 * Leaves out: migration, suspension, watchdogs, guest panics: no guest code runs here, so the guest itself
 *   never shuts down and a power button is only reported.
 *
 *   launching --accelerator.chosen--> prelaunch --guest.continued--> running
 *       |                                ^  ^                        |    ^
 *       +--launch.failed--> exiting      |  +--guest.reset--+   stopped  continued
 *                              ^         |                  |        v    |
 *                              +---------+--- shutdown.requested ---- paused
 *
 * Invariant: the accelerator is chosen once and never changes; query-kvm tells what it was at launch, whatever
 * happens to /dev/kvm afterwards.
 */
import { assign, initialTransition, setup } from 'xstate';
import { drive } from '../kernel/drive.ts';

export type Accelerator = 'kvm' | 'tcg';

/** Why QEMU ends: SHUTDOWN's reason as 4.0 and later print it. */
export type ShutdownCause = 'host-qmp-quit' | 'host-signal';

export type QemuEvent =
  | { type: 'accelerator.chosen'; accelerator: Accelerator }
  | { type: 'launch.failed' }
  | { type: 'guest.continued' }
  | { type: 'guest.stopped' }
  | { type: 'guest.reset' }
  | { type: 'power.pressed' }
  | { type: 'shutdown.requested'; cause: ShutdownCause };

export type QemuMemory = Readonly<{ accelerator: Accelerator | null; cause: ShutdownCause | null }>;

/** The events that QMP clients are told of. */
export type Announcement = 'RESUME' | 'STOP' | 'RESET' | 'POWERDOWN' | 'SHUTDOWN';

const ends = {
  'shutdown.requested': {
    target: 'exiting',
    actions: [
      { type: 'blame', params: ({ event }: { event: { cause: ShutdownCause } }) => event.cause },
      'SHUTDOWN',
    ],
  },
} as const;

const power = { 'power.pressed': { actions: 'POWERDOWN' } } as const;

export const qemuMachine = setup({
  types: { context: {} as QemuMemory, events: {} as QemuEvent },
  actions: {
    // Effects: the program tells its monitors.
    RESUME: () => {},
    STOP: () => {},
    RESET: () => {},
    POWERDOWN: () => {},
    SHUTDOWN: () => {},
    choose: assign((_, accelerator: Accelerator) => ({ accelerator })),
    blame: assign((_, cause: ShutdownCause) => ({ cause })),
  },
}).createMachine({
  id: 'qemu',
  context: { accelerator: null, cause: null },
  initial: 'launching',
  states: {
    launching: {
      description:
        'Options are read, the pidfile and the sockets exist, no accelerator has said yes.',
      on: {
        'accelerator.chosen': {
          target: 'prelaunch',
          actions: { type: 'choose', params: ({ event }) => event.accelerator },
        },
        'launch.failed': 'exiting',
      },
    },
    prelaunch: {
      description: 'The board exists, its CPUs have never run: where -S leaves it.',
      on: {
        'guest.continued': { target: 'running', actions: 'RESUME' },
        'guest.reset': { actions: 'RESET' },
        ...power,
        ...ends,
      },
    },
    running: {
      description: 'vCPUs run.',
      on: {
        'guest.stopped': { target: 'paused', actions: 'STOP' },
        'guest.continued': { actions: ['STOP', 'RESUME'] },
        'guest.reset': { actions: 'RESET' },
        ...power,
        ...ends,
      },
    },
    paused: {
      description: 'vCPUs were stopped by the monitor.',
      on: {
        'guest.continued': { target: 'running', actions: 'RESUME' },
        // main_loop_should_exit: whatever does not run after a reset is in prelaunch again.
        'guest.reset': { target: 'prelaunch', actions: 'RESET' },
        ...power,
        ...ends,
      },
    },
    exiting: {
      type: 'final',
      description: 'qemu_cleanup: sockets are unlinked, descriptors close.',
    },
  },
});

export type RunState = 'launching' | 'prelaunch' | 'running' | 'paused' | 'exiting';
export type Qemu = Readonly<{ value: RunState; context: QemuMemory }>;

export const launching: Qemu = {
  value: 'launching',
  context: initialTransition(qemuMachine)[0].context,
};

const announcements: readonly string[] = ['RESUME', 'STOP', 'RESET', 'POWERDOWN', 'SHUTDOWN'];

/** The process after an event, and what its clients are told, in order. */
export function qemuAfter(qemu: Qemu, event: QemuEvent) {
  const { value, context, effects } = drive(qemuMachine, qemu, event);
  const told = effects.filter((type) => announcements.includes(type));
  return { qemu: { value, context }, announce: told as Announcement[] };
}
