/**
 * Where a live recording may differ, and nobody is wrong: each with its predicate; at most one script in a hundred.
 */
import type { Answer } from './compare.ts';

export type Registered = Readonly<{
  why: string;
  covers: (steps: readonly string[], real: Answer, simulated: Answer) => boolean;
}>;

const mentions = (steps: readonly string[], words: RegExp) =>
  steps.some((step) => words.test(step));

export const registered: readonly Registered[] = [
  {
    why: 'the simulated shell refuses what it does not know, and says so',
    covers: (_steps, _real, simulated) =>
      /^kvmlab: .*(not modelled|does not support)/m.test(simulated.stderr),
  },
  {
    why: 'a FIFO with nobody at its other end: the real script waits until it is killed',
    covers: (steps, real) => real.status === 137 && mentions(steps, /mkfifo|mknod \S+ p/),
  },
  {
    why: 'a node that is replaced by a link to itself',
    covers: (steps) => mentions(steps, /SYMLINK[+:]?="kvm"/) && mentions(steps, /ln -s null/),
  },
];
