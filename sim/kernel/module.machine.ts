/**
 * The life of one kernel module.
 *
 * Models: Linux 3.10 kernel/module.c load_module, do_init_module, delete_module, try_module_get
 * Leaves out: MODULE_STATE_COMING and GOING as states of their own (no code runs between them here), sections, taints.
 *
 *   absent --inserted--> initializing --initialized--> live --removed--> absent
 *                             |                        ^  |
 *                             +------failed--> absent  +--+ taken, put (reference count)
 *
 * Invariant: a module with references, or one that another live module needs, is never removed.
 */
import { assign, initialTransition, setup } from 'xstate';
import { drive } from './drive.ts';

export type ModuleMemory = Readonly<{ params: Readonly<Record<string, string>>; refs: number }>;

export type ModuleEvent =
  | { type: 'module.inserted'; params: Readonly<Record<string, string>> }
  | { type: 'init.succeeded' }
  | { type: 'init.failed' }
  | { type: 'module.removed' }
  | { type: 'reference.taken' }
  | { type: 'reference.put' };

export const kernelModule = setup({
  types: { context: {} as ModuleMemory, events: {} as ModuleEvent },
  guards: { unused: ({ context }) => context.refs === 0 },
  actions: {
    keepParams: assign(({ event }) =>
      event.type === 'module.inserted' ? { params: event.params } : {},
    ),
    take: assign(({ context }) => ({ refs: context.refs + 1 })),
    put: assign(({ context }) => ({ refs: context.refs - 1 })),
    forget: assign({ params: {}, refs: 0 }),
  },
}).createMachine({
  id: 'module',
  context: { params: {}, refs: 0 },
  initial: 'absent',
  states: {
    absent: {
      description: 'Not in /proc/modules.',
      on: { 'module.inserted': { target: 'initializing', actions: 'keepParams' } },
    },
    initializing: {
      description: 'Its init function runs; a failure unloads it again.',
      on: {
        'init.succeeded': 'live',
        'init.failed': { target: 'absent', actions: 'forget' },
      },
    },
    live: {
      description: 'Open devices and running guests hold references.',
      on: {
        'reference.taken': { actions: 'take' },
        'reference.put': { actions: 'put' },
        'module.removed': { guard: 'unused', target: 'absent', actions: 'forget' },
      },
    },
  },
});

export type ModuleState = 'absent' | 'initializing' | 'live';
export type ModuleSnapshot = Readonly<{ value: ModuleState; context: ModuleMemory }>;

const [start] = initialTransition(kernelModule);

export const absentModule: ModuleSnapshot = { value: 'absent', context: start.context };

/** One event; an event that the state refuses leaves the module as it is. */
export function moduleAfter(module: ModuleSnapshot, event: ModuleEvent): ModuleSnapshot {
  const { value, context } = drive(kernelModule, module, event);
  return { value, context };
}
