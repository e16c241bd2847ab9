/**
 * getfattr, setfattr and chacl, side by side with what the real ones printed, returned and left behind.
 */
import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import { report } from '../support/fidelity.ts';
import { recordingMachine } from './accounts.ts';
import { bench, recorded, run } from './machine.ts';

type Step = { argv: string[]; stdin?: string; rc: number; out: string; err: string };

const CWD = '/tmp/kvmlab-coreutils';
const attr = suite('attributes');

attr('every recorded command line agrees', () => {
  const empty = bench([...recordingMachine, { path: `${CWD}/` }]);
  const wrong: string[] = [];
  const steps: Step[] = [];
  for (const c of recorded<{ steps: Step[] }>('attr/cases.jsonl')) {
    let at = empty;
    for (const step of c.steps) {
      const done = run(at, step.argv, { cwd: CWD, stdin: step.stdin ?? '' });
      at = done.at;
      steps.push(step);
      const have = JSON.stringify([done.status, done.out, done.err]);
      const want = JSON.stringify([step.rc, step.out, step.err]);
      if (have !== want) wrong.push(`${step.argv.join(' ')}\n  have ${have}\n  want ${want}`);
    }
  }
  assert.is(wrong.slice(0, 8).join('\n'), '');
  assert.is(steps.length, 89);
  report({
    judge: 'attr 2.5.1: getfattr, setfattr, chacl',
    cases: steps,
    mismatches: wrong.length,
  });
});

attr.run();
