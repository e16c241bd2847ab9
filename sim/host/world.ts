/**
 * The whole host as one plain value: kernel, processes, clock.
 *
 * Everything that a tool could show is in here or computed from here; nothing about how it came to be is.
 */
import type { KernelState } from '../kernel/state.ts';
import type { Process } from './process.ts';

export type World = Readonly<{
  /** Profile and component versions as given, for every output that names them. */
  profile: string;
  /** CLOCK_REALTIME, ms. */
  now: number;
  kernel: KernelState;
  processes: Readonly<Record<number, Process>>;
}>;

export const isRunnable = (world: World, pid: number): boolean =>
  world.kernel.tasks[pid]?.state === 'running' && pid in world.processes;

/** Everybody who could make a system call now, by pid. */
export const runnable = (world: World): number[] =>
  Object.keys(world.processes)
    .map(Number)
    .filter((pid) => isRunnable(world, pid));

/** The runnable process with the lowest pid; undefined when all is quiet. */
export function lowestRunnable(world: World): number | undefined {
  for (const task of Object.values(world.kernel.tasks)) {
    if (task.state === 'running' && world.processes[task.pid]) return task.pid;
  }
  return undefined;
}
