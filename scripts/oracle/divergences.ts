/**
 * Where a live recording may differ, and nobody is wrong: each with its predicate; at most one script in a hundred.
 */
import { type Answer, normal } from './compare.ts';

export type Registered = Readonly<{
  why: string;
  covers: (steps: readonly string[], real: Answer, simulated: Answer) => boolean;
}>;

const mentions = (steps: readonly string[], words: RegExp) =>
  steps.some((step) => words.test(step));

/** Each line with its words in order. */
const wordsOf = (text: string): string =>
  normal(text)
    .split('\n')
    .map((line) => (line.match(/[\w.:/-]+/g) ?? []).sort().join(' '))
    .join('\n');

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
    why: "$links names them in the order of systemd's hash table",
    covers: (steps, real, simulated) =>
      mentions(steps, /\$links|%L/) &&
      wordsOf(real.stdout) === wordsOf(simulated.stdout) &&
      wordsOf(real.stderr) === wordsOf(simulated.stderr),
  },
  {
    why: 'a node that is replaced by a link to itself',
    covers: (steps) => mentions(steps, /SYMLINK[+:]?="kvm"/) && mentions(steps, /ln -s null/),
  },
];
