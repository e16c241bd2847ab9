/**
 * What can happen next, as data: the alphabet of every trace.
 *
 * A choice says who does what; everything it does not say follows the default schedule.
 */
import type { CallFault } from '../kernel/faults.ts';
import type { HardwareChange } from '../kernel/hardware.ts';
import type { Redirect } from '../userland/bashCommand.ts';

/** `root@pts/0`: who sits at which terminal. */
export type Seat = `${string}@${string}`;

/** How somebody types: at once or on the next whole second; waiting for quiet, or leaving the work pending. */
type Typing = Readonly<{
  /** 0: at once; otherwise on the next whole second. */
  pace?: 0;
  /** false: nothing runs yet; picks, or the next choice, carry the host on. */
  settle?: false;
}>;

export type Run = Typing &
  Readonly<{
    run: readonly string[];
    as: Seat;
    env?: Readonly<Record<string, string>>;
    stdin?: string;
    /** Descriptor -> what can be read from it: `<(command)` beside standard input. */
    inputs?: Readonly<Record<number, string>>;
    redirects?: readonly Redirect[];
    piped?: true;
    background?: true;
    complainAs?: string;
    /** The shell that complains is Debian's dash. */
    dash?: true;
  }>;

/** Somebody logs in: on a virtual console, a serial line, or over the network on a pty. */
export type Login = Typing & Readonly<{ login: string; on: string }>;

export type Logout = Typing & Readonly<{ logout: string }>;

/** Let one process make its next system call: `udevd:7/chmod`. */
export type Pick = Readonly<{ pick: string }>;

/** Time passes, ms; `settle: false`: nobody who could run does so meanwhile. */
export type Tick = Readonly<{ tick: number; settle?: false }>;

/** Something breaks outside any program's control. */
export type Fault = Readonly<{
  fault:
    | Readonly<{ createVm: 'EINTR' | 'ENOMEM' | 'EBUSY' }>
    | Readonly<{ noSpace: boolean }>
    | Readonly<{ fail: CallFault }>
    | Readonly<{
        refuse: 'device-cgroup' | 'lsm';
        rdev: readonly [number, number];
        subject: string;
      }>;
}>;

/** Somebody enters the firmware's setup, or the settings of the virtual machine that the host is: a restart with other hardware. */
export type Firmware = Readonly<{ firmware: HardwareChange }>;

/** What a cgroup or a policy has refused of a device is granted again. */
export type Permit = Readonly<{ permit: readonly [number, number] }>;

/**
 * A program outside the host, such as a real virsh, connects to a socket of it as one of its users. `client` is a number
 * of its own; until it hangs up it is a task of the host, whose system calls are the choices that follow.
 */
export type Connect = Typing & Readonly<{ connect: string; client: number; as: string }>;

/** It writes to its socket. */
export type Send = Typing & Readonly<{ send: string; client: number }>;

/** It reads whatever has come. */
export type Receive = Readonly<{ receive: number }>;

/** It closes its socket and ends. */
export type HangUp = Typing & Readonly<{ hangUp: number }>;

export type Choice =
  | Run
  | Login
  | Logout
  | Pick
  | Tick
  | Fault
  | Permit
  | Firmware
  | Connect
  | Send
  | Receive
  | HangUp;
