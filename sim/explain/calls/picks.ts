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
import { inodeOf } from '../node.ts';
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

export function courseOf(
  { machinery, world: first }: Host,
  persons: Persons,
  grain: readonly Shared[],
  seconds = false,
): Course {
  const layout = layoutOf(first, terminalsOf(persons));
  const owners = new Map<number, string>();
  const typed = new Map<string, number>();
  const choices: Choice[] = [];
  let world = first;

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

  function settle(): void {
    for (let calls = 0; calls < LIMIT; calls++) {
      const next = runnable(world).find((pid) => labelOf(world, pid, grain) === null);
      if (next === undefined) return;
      call(next);
    }
    throw new Error(`After ${LIMIT} private system calls somebody is still at it.`);
  }

  const lineOf = (who: string) => persons[who]?.lines[typed.get(who) ?? 0];

  /** Processes that stand before a shared call. */
  function standing(): (Move & { pid: number })[] {
    return Object.keys(world.processes)
      .map(Number)
      .flatMap((pid) => {
        const label = isRunnable(world, pid) ? labelOf(world, pid, grain) : null;
        if (label === null) return [];
        const actor = ownerOf(pid);
        const pids = Object.keys(world.processes)
          .map(Number)
          .filter((p) => ownerOf(p) === actor);
        return [{ pid, actor, offer: `${processName(world, pid, pids)}: ${label}` }];
      });
  }

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
    if (stands !== undefined) call(stands.pid);
    else if (line !== undefined && lineText(line) === offer) {
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
