/**
 * The life of one service.
 *
 * Models: systemd v219 src/core/service.c service_set_state, unit.h ActiveState
 * Leaves out: start and stop jobs as states of their own, reload, watchdogs, restart delays.
 *
 *   inactive --started--> active --stopped--> inactive
 *                            |
 *                            +--exited (0)--> inactive
 *                            +--exited (other)--> failed --started--> active
 */
import { assign, setup } from 'xstate';
import { drive } from '../kernel/drive.ts';

export type ServiceMemory = Readonly<{ pid: number | null; since: number; code: number | null }>;

export type ServiceEvent =
  | { type: 'service.started'; pid: number; at: number }
  | { type: 'service.stopped'; at: number }
  | { type: 'process.exited'; code: number; at: number };

export const service = setup({
  types: { context: {} as ServiceMemory, events: {} as ServiceEvent },
  guards: { clean: ({ event }) => event.type === 'process.exited' && event.code === 0 },
  actions: {
    remember: assign(({ event }) =>
      event.type === 'service.started' ? { pid: event.pid, since: event.at, code: null } : {},
    ),
    forget: assign(({ event }) => ({
      pid: null,
      since: event.at,
      code: event.type === 'process.exited' ? event.code : null,
    })),
  },
}).createMachine({
  id: 'service',
  context: { pid: null, since: 0, code: null },
  initial: 'inactive',
  states: {
    inactive: {
      description: 'inactive (dead)',
      on: { 'service.started': { target: 'active', actions: 'remember' } },
    },
    active: {
      description: 'active (running)',
      on: {
        'service.stopped': { target: 'inactive', actions: 'forget' },
        'process.exited': [
          { guard: 'clean', target: 'inactive', actions: 'forget' },
          { target: 'failed', actions: 'forget' },
        ],
      },
    },
    failed: {
      description: 'failed',
      on: { 'service.started': { target: 'active', actions: 'remember' } },
    },
  },
});

export type ServiceState = 'inactive' | 'active' | 'failed';
export type ServiceSnapshot = Readonly<{ value: ServiceState; context: ServiceMemory }>;

export const newService: ServiceSnapshot = {
  value: 'inactive',
  context: { pid: null, since: 0, code: null },
};

export function serviceAfter(snapshot: ServiceSnapshot, event: ServiceEvent): ServiceSnapshot {
  const { value, context } = drive(service, snapshot, event);
  return { value, context };
}
