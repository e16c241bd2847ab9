/**
 * A simulated host for other people's tests: `createHost()` in any test runner.
 *
 * Synchronous and deterministic: time stands still between two calls, and the same calls give the same answers on every
 * machine. What has been done to a host is a trace (docs/architecture.md) that `kvmlab scenario FILE` plays again.
 */
import { scenarios } from '../../scenarios/index.ts';
import { credentialsOf } from '../host/ask.ts';
import type { Choice, Fault, Seat } from '../host/choice.ts';
import { newHost, type Setup } from '../host/machine.ts';
import { profileNamed } from '../host/profiles.ts';
import type { Machinery } from '../host/route.ts';
import { step } from '../host/step.ts';
import { shellOn } from '../host/terminal.ts';
import { makeTrace, type Trace } from '../host/trace.ts';
import type { World } from '../host/world.ts';
import { own } from '../kernel/own.ts';
import { brokenHost } from '../play/broken.ts';
import { hostFor } from '../play/play.ts';
import { createShell } from '../shell/create.ts';
import { type ReadOnlyFs, readOnlyFs } from './readOnlyFs.ts';

export type HostOptions = Readonly<{
  /** Where nothing is said, `centos7`, or the host that the scenario is told on; `debian12,libvirt=5.0.0` swaps a component. */
  profile?: string;
  /** Begin on the host of this scenario, as broken as its story leaves it. */
  scenario?: string;
  /** Hardware, files, services and packages that differ from the profile; not together with `scenario`. */
  setup?: Setup;
}>;

export type Shown = Readonly<{ stdout: string; stderr: string; status: number }>;

export type Host = Readonly<{
  /** A line, or a script of many, as bash on the host understands it; typed by root over ssh unless `as` says `user@tty`. */
  run: (script: string, options?: Readonly<{ as?: Seat; stdin?: string }>) => Shown;
  login: (user: string, tty: string) => void;
  logout: (tty: string) => void;
  /** Let time pass, in milliseconds. */
  wait: (ms: number) => void;
  /** From now on: a full disk, the next KVM_CREATE_VM calls, a device refused, or a system call that fails. */
  inject: (fault: Fault['fault']) => void;
  /** The wall clock of the host, in milliseconds since 1970: hand it to what you test in the place of its own clock. */
  now: () => number;
  /** Node's `fs` of the host, always of this moment, as one of its users sees it; it cannot be written to. */
  fs: (user?: string) => ReadOnlyFs;
  /** A second host in the same state: what happens on one is nothing to the other. */
  fork: () => Host;
  trace: () => Trace;
}>;

type State = {
  readonly machinery: Machinery;
  readonly profile: string;
  readonly setup: Setup;
  world: World;
  choices: readonly Choice[];
};

const ROOT: Seat = 'root@pts/0';

function choose(state: State, choice: Choice): void {
  state.world = step(state.machinery, state.world, choice);
  state.choices = [...state.choices, choice];
}

function runOn(state: State, script: string, as: Seat, stdin?: string): Shown {
  const [user = '', tty = ''] = as.split('@');
  if (shellOn(state.world, tty) === null) choose(state, { login: user, on: tty });
  const shell = createShell(state.machinery, state.world, as);
  const { stdout, stderr, status, world } = shell.run(script, stdin === undefined ? {} : { stdin });
  state.world = world;
  state.choices = [...state.choices, ...shell.choices()];
  return { stdout, stderr, status };
}

function hostOf(state: State): Host {
  return {
    run: (script, { as = ROOT, stdin } = {}) => runOn(state, script, as, stdin),
    login: (user, tty) => choose(state, { login: user, on: tty }),
    logout: (tty) => choose(state, { logout: tty }),
    wait: (ms) => choose(state, { tick: ms }),
    inject: (fault) => choose(state, { fault }),
    now: () => state.world.now,
    fs: (user = 'root') =>
      readOnlyFs(
        () => state.world,
        () => {
          const who = credentialsOf(state.world, user);
          if (who === null) throw new Error(`There is no user ${user} on the host.`);
          return who;
        },
      ),
    fork: () => hostOf({ ...state }),
    trace: () => makeTrace(state.profile, state.setup, state.choices, state.world),
  };
}

function stateOf({ profile: given, scenario, setup = {} }: HostOptions): State {
  if (scenario === undefined) {
    const profile = given ?? 'centos7';
    const { machinery, world } = newHost(profileNamed(profile), setup);
    return { machinery, profile, setup, world, choices: [] };
  }
  const known = own(scenarios, scenario);
  if (known === undefined) {
    throw new Error(`There is no scenario ${scenario}; \`kvmlab scenario\` lists them.`);
  }
  const profile = hostFor(scenario, known, given);
  const { machinery, world, choices } = brokenHost(scenario, known, profile);
  return { machinery, profile, setup: known.setup ?? {}, world, choices };
}

/** Throws one sentence for a profile, scenario or user that does not exist. */
export const createHost = (options: HostOptions = {}): Host => hostOf(stateOf(options));

/** The names that `createHost({ scenario })` takes. */
export const scenarioNames = (): readonly string[] => Object.keys(scenarios);

export type { Choice, Fault, Seat, Setup, Trace };
