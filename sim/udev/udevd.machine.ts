/**
 * udevd's life: what waits, what is being handled, and whether the rules in memory still count.
 *
 * Models: systemd v219 src/udev/udevd.c main (the loop), event_queue_insert, worker_returned, event_queue_update,
 *   handle_ctrl_msg, handle_signal; v252 on_uevent, event_queue_start, manager_exit
 * Leaves out: idle workers as processes (a worker here handles one event and ends), event time-outs.
 *
 *   idle --kernel.announced--> busy --worker.ended (the last)--> idle
 *     |                          |
 *     +----udevd.told to exit----+--> leaving --worker.ended (the last)--> gone
 *
 * Invariant: /run/udev/queue exists exactly while an event waits or is being handled, so whoever sees no
 * queue file knows that all earlier events are done.
 */
import { assign, setup } from 'xstate';
import { drive } from '../kernel/drive.ts';
import type { QueuedEvent } from './queue.ts';

export type UdevdMemory = Readonly<{
  queue: readonly QueuedEvent[];
  /** True: the rules are read anew before the next event starts (v219's `rules = NULL`). */
  stale: boolean;
  /** `udevadm control --stop-exec-queue`: events queue up, none starts. */
  held: boolean;
}>;

export type UdevdEvent =
  | { type: 'kernel.announced'; event: QueuedEvent }
  | { type: 'worker.started'; seqnum: number; pid: number }
  | { type: 'worker.ended'; pid: number }
  | { type: 'rules.outdated' }
  | { type: 'rules.loaded' }
  | { type: 'queue.held' }
  | { type: 'queue.released' }
  | { type: 'exit.asked' };

export const udevd = setup({
  types: { context: {} as UdevdMemory, events: {} as UdevdEvent },
  guards: {
    empty: ({ context }) => context.queue.length === 0,
  },
  actions: {
    // Effects: named here, carried out by udevd.ts.
    touchQueue: () => {},
    unlinkQueue: () => {},
    startEvents: () => {},
    // Memory.
    enqueue: assign(({ context, event }) =>
      event.type === 'kernel.announced' ? { queue: [...context.queue, event.event] } : {},
    ),
    giveToWorker: assign(({ context, event }) => {
      if (event.type !== 'worker.started') return {};
      const { seqnum, pid } = event;
      return {
        queue: context.queue.map((e) => (e.seqnum === seqnum ? { ...e, worker: pid } : e)),
      };
    }),
    dequeue: assign(({ context, event }) =>
      event.type === 'worker.ended'
        ? { queue: context.queue.filter((e) => e.worker !== event.pid) }
        : {},
    ),
    discardWaiting: assign(({ context }) => ({
      queue: context.queue.filter((e) => e.worker !== null),
    })),
    distrustRules: assign({ stale: true }),
    trustRules: assign({ stale: false }),
    hold: assign({ held: true }),
    release: assign({ held: false }),
  },
}).createMachine({
  id: 'udevd',
  context: { queue: [], stale: false, held: false },
  initial: 'idle',
  on: {
    'rules.outdated': { actions: 'distrustRules' },
    'rules.loaded': { actions: 'trustRules' },
    'queue.held': { actions: 'hold' },
    'queue.released': { actions: ['release', 'startEvents'] },
  },
  states: {
    idle: {
      description: 'Nothing to do; the rules may grow old unnoticed.',
      entry: 'unlinkQueue',
      on: {
        'kernel.announced': { target: 'busy', actions: ['enqueue', 'startEvents'] },
        'exit.asked': 'gone',
      },
    },
    busy: {
      description: 'Events wait or are being handled.',
      entry: 'touchQueue',
      always: { guard: 'empty', target: 'idle' },
      on: {
        'kernel.announced': { actions: ['enqueue', 'startEvents'] },
        'worker.started': { actions: 'giveToWorker' },
        'worker.ended': { actions: ['dequeue', 'startEvents'] },
        'exit.asked': { target: 'leaving', actions: 'discardWaiting' },
      },
    },
    leaving: {
      description: 'Told to exit: what waits is dropped, what runs may finish.',
      always: { guard: 'empty', target: 'gone' },
      on: { 'worker.ended': { actions: 'dequeue' } },
    },
    gone: { description: 'The process ends.', type: 'final', entry: 'unlinkQueue' },
  },
});

export type UdevdState = 'idle' | 'busy' | 'leaving' | 'gone';
export type UdevdSnapshot = Readonly<{ value: UdevdState; context: UdevdMemory }>;
export type UdevdEffect = 'touchQueue' | 'unlinkQueue' | 'startEvents';

export const idleUdevd: UdevdSnapshot = {
  value: 'idle',
  context: { queue: [], stale: false, held: false },
};

const known: readonly string[] = ['touchQueue', 'unlinkQueue', 'startEvents'];

/** The machine after an event, and the effects that it names, in order. */
export function udevdAfter(
  snapshot: UdevdSnapshot,
  event: UdevdEvent,
): { udevd: UdevdSnapshot; effects: readonly UdevdEffect[] } {
  const { value, context, effects } = drive(udevd, snapshot, event);
  const named = effects.filter((type) => known.includes(type));
  return { udevd: { value, context }, effects: named as UdevdEffect[] };
}
