/**
 * What can happen next, as data: the alphabet of every trace.
 *
 * A choice says who does what; everything it does not say follows the default schedule.
 */
import type { Redirect } from '../userland/bash.ts';

/** `root@pts/0`: who sits at which terminal. */
export type Seat = `${string}@${string}`;

export type Run = Readonly<{
  run: readonly string[];
  as: Seat;
  env?: Readonly<Record<string, string>>;
  stdin?: string;
  redirects?: readonly Redirect[];
  piped?: true;
  background?: true;
  complainAs?: string;
  /** 0: at once; otherwise the line is typed on the next whole second. */
  pace?: 0;
}>;

/** Somebody logs in: on a virtual console, a serial line, or over the network on a pty. */
export type Login = Readonly<{ login: string; on: string }>;

export type Logout = Readonly<{ logout: string }>;

/** Let one process make its next system call: `udevd:7/chmod`. */
export type Pick = Readonly<{ pick: string }>;

/** Time passes, ms. */
export type Tick = Readonly<{ tick: number }>;

/** Something breaks outside any program's control. */
export type Fault = Readonly<{
  fault:
    | Readonly<{ createVm: 'EINTR' | 'ENOMEM' | 'EBUSY' }>
    | Readonly<{ noSpace: boolean }>
    | Readonly<{
        refuse: 'device-cgroup' | 'lsm';
        rdev: readonly [number, number];
        subject: string;
      }>;
}>;

export type Choice = Run | Login | Logout | Pick | Tick | Fault;
