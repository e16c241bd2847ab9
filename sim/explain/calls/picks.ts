/**
 * Steps of a search at the fine grain, carried out on a real host and written down as choices that replay.
 *
 * Here ids are whatever the host gives out and the clock runs. Each step is one line typed or one shared call, and
 * every private call after it is written down too: `kvmlab scenario FILE` needs to know nothing of grains.
 */
import type { Choice } from '../../host/choice.ts';
import { libvirtState } from '../../host/libvirtState.ts';
import type { Host } from '../../host/machine.ts';
import { pickName, step } from '../../host/step.ts';
import { isRunnable, runnable, type World } from '../../host/world.ts';
import type { CallFault } from '../../kernel/faults.ts';
import { inodeOf } from '../node.ts';
import { type Failing, failingName, failuresOf } from './failing.ts';
import { labelOf, type Shared } from './grain.ts';
import { layoutOf } from './layout.ts';
import {
  isWaiting,
  lineText,
  NEXT_SECOND,
  type Persons,
  pending,
  processName,
  TIME,
  terminalsOf,
} from './persons.ts';
import { ownerOfChild } from './still.ts';

/** Whose step it is, and what it is called. */
export type Move = Readonly<{ actor: string; offer: string }>;

export type Course = Readonly<{
  /** What can happen next, in no particular order. */
  moves: () => readonly Move[];
  make: (move: Move) => void;
  world: () => World;
  /** Everything that has been done since the beginning. */
  choices: () => readonly Choice[];
}>;

const LIMIT = 20_000;

/** Before which call a process stands; `fault`: the call fails. */
type Stand = Readonly<{ pid: number; fault: CallFault | null }>;

type Asked = Readonly<{
  persons: Persons;
  grain: readonly Shared[];
  seconds?: true;
  failing?: Failing;
}>;

export function courseOf(
  { machinery, world: first }: Host,
  { persons, grain, seconds, failing }: Asked,
): Course {
  const layout = layoutOf(first, terminalsOf(persons));
  const owners = new Map<number, string>();
  const typed = new Map<string, number>();
  const choices: Choice[] = [];
  let world = first;
  /** How many calls have failed. */
  let struck = 0;

  const ownerOf = (pid: number) => owners.get(pid) ?? layout.ownerOfPid(pid);

  function choose(choice: Choice): void {
    choices.push(choice);
    world = step(machinery, world, choice);
  }

  /** One call; a child that it starts belongs to somebody. */
  function call(pid: number): void {
    const child = ownerOfChild(world, { ...layout, ownerOfPid: ownerOf }, pid);
    const before = new Set(Object.keys(world.kernel.tasks));
    choose({ pick: pickName(world, pid) });
    for (const born of Object.keys(world.kernel.tasks)) {
      if (!before.has(born)) owners.set(Number(born), child);
    }
  }

  function fail(fault: CallFault): void {
    struck++;
    choose({ fault: { fail: fault } });
  }

  function settle(): void {
    for (let calls = 0; calls < LIMIT; calls++) {
      const next = runnable(world).find((pid) => labelOf(world, pid, grain) === null);
      if (next === undefined) return;
      call(next);
    }
    throw new Error(`After ${LIMIT} private system calls somebody is still at it.`);
  }

  const lineOf = (who: string) => persons[who]?.lines[typed.get(who) ?? 0];

  const standing = () =>
    standingIn(world, ownerOf, grain, struck < (failing?.atMost ?? 0) ? failing : undefined);

  function typing(): Move[] {
    return Object.entries(persons).flatMap(([who, { terminal }]) => {
      const line = lineOf(who);
      const ready = line !== undefined && isWaiting(world, terminal, line);
      return ready ? [{ actor: who, offer: lineText(line) }] : [];
    });
  }

  function make({ actor, offer }: Move): void {
    if (actor === TIME) {
      choose({ tick: 1000 - (world.now % 1000), settle: false });
      return;
    }
    const line = lineOf(actor);
    const stands = standing().find((one) => one.actor === actor && one.offer === offer);
    if (stands !== undefined) {
      if (stands.fault !== null) fail(stands.fault);
      call(stands.pid);
    } else if (line !== undefined && lineText(line) === offer) {
      choose(pending(line));
      typed.set(actor, (typed.get(actor) ?? 0) + 1);
    } else throw new Error(`${actor} cannot do "${offer}" here: the search and the host disagree.`);
    settle();
  }

  settle();
  return {
    moves: () => [
      ...(seconds && mayAge(world) ? [{ actor: TIME, offer: NEXT_SECOND }] : []),
      ...typing(),
      ...standing().map(({ actor, offer }) => ({ actor, offer })),
    ],
    make,
    world: () => world,
    choices: () => choices,
  };
}

/** Processes that stand before a shared call, which may also fail. */
function standingIn(
  world: World,
  ownerOf: (pid: number) => string,
  grain: readonly Shared[],
  failing: Failing | undefined,
): readonly (Move & Stand)[] {
  const pids = Object.keys(world.processes).map(Number);
  return pids.flatMap((pid) => {
    const label = isRunnable(world, pid) ? labelOf(world, pid, grain) : null;
    if (label === null) return [];
    const actor = ownerOf(pid);
    const own = pids.filter((other) => ownerOf(other) === actor);
    const offer = `${processName(world, pid, own)}: ${label}`;
    const failures = failuresOf(world, pid, failing);
    return [
      { pid, actor, offer, fault: null },
      ...failures.map((fault) => ({ pid, actor, offer: failingName(offer, fault), fault })),
    ];
  });
}

/** As in seconds.ts: something that is compared is of this second, and libvirtd has nothing in hand. */
function mayAge(world: World): boolean {
  const memo = libvirtState(world)?.memo ?? null;
  const times = [inodeOf(world)?.ctime ?? 0, 1000 * (memo?.ctime ?? 0)];
  const fresh = times.some((time) => Math.floor(time / 1000) === Math.floor(world.now / 1000));
  const idle = Object.values(world.processes).every(
    ({ program, answers }) => program !== 'libvirtd' || answers.length === 0,
  );
  return fresh && idle;
}
