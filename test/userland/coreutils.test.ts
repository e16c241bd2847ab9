/**
 * Command lines of coreutils, side by side with what the real ones printed, returned and left behind.
 */
import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import { type Divergence, report } from '../support/fidelity.ts';
import { recordingMachine } from './accounts.ts';
import { bench, recorded, run } from './machine.ts';

type Step = { argv: string[]; stdin?: string; rc: number; out: string; err: string };

const CWD = '/tmp/kvmlab-coreutils';
const coreutils = suite('coreutils');
const empty = bench([...recordingMachine, { path: `${CWD}/` }]);

const steps: readonly (Step & { have: string; want: string })[] = recorded<{ steps: Step[] }>(
  'coreutils/cases.jsonl',
).flatMap((c) => {
  let at = empty;
  return c.steps.map((step) => {
    const setting = {
      cwd: CWD,
      stdin: step.stdin ?? '',
      env: { PATH: '/usr/sbin:/usr/bin:/sbin:/bin', HOME: '/root', LC_ALL: 'C', TZ: 'UTC' },
    };
    const done = run(at, step.argv, setting);
    at = done.at;
    const have = JSON.stringify([done.status, done.out, done.err]);
    return { ...step, have, want: JSON.stringify([step.rc, step.out, step.err]) };
  });
});

/** What a simulated directory cannot know, and how often that comes up. */
const divergences: readonly Divergence<Step>[] = [
  {
    why: "the disk's hash order of names",
    covers: (s) => s.argv.join(' ') === 'cp -rv d z',
    count: 1,
  },
];

coreutils('every command line agrees with the real one', () => {
  const known = (s: Step) => divergences.some((d) => d.covers(s));
  const wrong = steps.filter((s) => s.have !== s.want && !known(s));
  const text = wrong.map((s) => `${s.argv.join(' ')}\n  have ${s.have}\n  want ${s.want}`);
  assert.is(text.slice(0, 10).join('\n'), '');
  assert.is(steps.length, 574);
  report({ judge: 'coreutils 9.1', cases: steps, mismatches: wrong.length, divergences });
});

coreutils.run();
