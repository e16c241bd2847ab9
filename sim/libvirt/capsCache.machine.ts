/**
 * libvirtd's memory of one QEMU binary, and how it is renewed.
 *
 * Models: libvirt v5.0.0 src/util/virfilecache.c virFileCacheLookup, virFileCacheValidate,
 *   virFileCacheNewData, virFileCacheLoad, virFileCacheSave
 * Leaves out: the lock, under which the real lookup stays for as long as a probe takes.
 *
 *   absent --lookedUp--> loading --useless--> probing --probed--> saving --saved--> serving
 *      ^                  |   |                  |                   |               |    ^
 *      +------- failed ---+---|------ failed ----+------ failed -----+      lookedUp |    | trusted
 *                             +--loaded------------------------------> serving       v    |
 *                             ^                                                    checking
 *                             +---------------------- refused ------------------------+
 *
 * Invariant: only a file just read or a probe just saved becomes the entry. What a probe found is not
 * checked again; and a probe that cannot be saved is thrown away, as if the binary did not exist.
 */
import { assign, setup } from 'xstate';
import type { QemuCaps } from './qemuCaps.ts';
import type { VirError } from './virError.ts';

/** Capabilities, and the address at which the log says they are. */
export type Cached = Readonly<{ caps: QemuCaps; address: string }>;

export type CapsCacheMemory = {
  entry: Cached | null;
  found: Cached | null;
  /** Why the last lookup had to answer with nothing. */
  error: VirError | null;
};

export type CapsCacheEvent =
  | { type: 'cache.lookedUp' }
  | { type: 'entry.trusted' }
  | { type: 'entry.refused' }
  | { type: 'file.loaded'; found: Cached }
  /** Absent, unreadable or outdated: no matter which, QEMU must be asked. */
  | { type: 'file.useless' }
  | { type: 'qemu.probed'; found: Cached }
  | { type: 'file.saved' }
  | { type: 'step.failed'; error: VirError };

/** What the machine wants done; fileCache.ts carries it out. */
export type CapsCacheEffect = 'check' | 'load' | 'probe' | 'save' | 'answer';

export const capsCache = setup({
  types: { context: {} as CapsCacheMemory, events: {} as CapsCacheEvent },
  actions: {
    check: () => {},
    load: () => {},
    probe: () => {},
    save: () => {},
    answer: () => {},
    forget: assign({ entry: null, found: null, error: null }),
    fail: assign((_, error: VirError) => ({ entry: null, found: null, error })),
    hold: assign((_, found: Cached) => ({ found })),
    keep: assign(({ context }) => ({ entry: context.found, found: null, error: null })),
    store: assign((_, entry: Cached) => ({ entry, found: null, error: null })),
  },
}).createMachine({
  id: 'capsCache',
  context: { entry: null, found: null, error: null },
  initial: 'absent',
  states: {
    absent: {
      description: 'No entry in the table; there may be a file.',
      on: { 'cache.lookedUp': { target: 'loading', actions: 'load' } },
    },
    checking: {
      description: 'virQEMUCapsIsValid examines the entry.',
      on: {
        'entry.trusted': { target: 'serving', actions: 'answer' },
        'entry.refused': { target: 'loading', actions: ['forget', 'load'] },
      },
    },
    loading: {
      description: 'The file is read and examined in its turn; an outdated one is removed.',
      on: {
        'file.loaded': {
          target: 'serving',
          actions: [{ type: 'store', params: ({ event }) => event.found }, 'answer'],
        },
        'file.useless': { target: 'probing', actions: 'probe' },
        'step.failed': {
          target: 'absent',
          actions: [{ type: 'fail', params: ({ event }) => event.error }, 'answer'],
        },
      },
    },
    probing: {
      description: 'QEMU runs with -machine none,accel=kvm:tcg and is asked over QMP.',
      on: {
        'qemu.probed': {
          target: 'saving',
          actions: [{ type: 'hold', params: ({ event }) => event.found }, 'save'],
        },
        'step.failed': {
          target: 'absent',
          actions: [{ type: 'fail', params: ({ event }) => event.error }, 'answer'],
        },
      },
    },
    saving: {
      description: 'The file is written; without it the probe counts for nothing.',
      on: {
        'file.saved': { target: 'serving', actions: ['keep', 'answer'] },
        'step.failed': {
          target: 'absent',
          actions: [{ type: 'fail', params: ({ event }) => event.error }, 'answer'],
        },
      },
    },
    serving: {
      description: 'An entry exists. Every lookup examines it first.',
      on: { 'cache.lookedUp': { target: 'checking', actions: 'check' } },
    },
  },
});
