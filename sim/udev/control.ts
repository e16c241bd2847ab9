/**
 * What udevadm can tell udevd, over /run/udev/control.
 *
 * Models: systemd v219 src/udev/udev-ctrl.c ctrl_send: the client waits until udevd has closed the connection
 * Leaves out: the wire format (here one JSON object a line).
 */
import { failed } from '../kernel/errno.ts';
import type { Sys } from '../kernel/program.ts';
import { askSocket } from '../libc/jsonSocket.ts';
import type { Priority } from './log.ts';

export const CONTROL = '/run/udev/control';
export const QUEUE = '/run/udev/queue';

export type ControlMessage =
  | Readonly<{ type: 'ping' | 'reload' | 'exit' | 'stop-exec-queue' | 'start-exec-queue' }>
  | Readonly<{ type: 'log-level'; level: Priority }>
  | Readonly<{ type: 'property'; key: string; value: string }>
  | Readonly<{ type: 'children-max'; count: number }>;

/** False when there is no udevd to talk to. Returns when udevd has taken notice, for `exit` when it has ended. */
export function* tellUdevd(message: ControlMessage): Sys<boolean> {
  const answer = yield* askSocket<unknown>(CONTROL, message);
  return !failed(answer) || answer.errno === 'EPIPE';
}
