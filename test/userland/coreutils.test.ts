/**
 * Command lines of coreutils, side by side with what the real ones printed, returned and left behind.
 */
import { suite } from 'uvu';
import * as assert from 'uvu/assert';
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

/** What 8.22 words differently from the recorded 9.1, and how often that comes up. */
const divergences: readonly Readonly<{
  why: string;
  covers: (s: Step) => boolean;
  count: number;
}>[] = [
  {
    why: '8.22 names a file in quotes where 9.1 quotes only if needed',
    covers: (s) => /^(mknod: kvm: File exists|ln: d: hard link)/.test(s.err),
    count: 2,
  },
  {
    why: '8.22 names the mode that is wrong',
    covers: (s) => s.err === 'mknod: invalid mode\n',
    count: 1,
  },
  {
    why: '8.22 names a word without quotes',
    covers: (s) => /^(printf|seq|env|id|groups): .*'(abc|12abc|a|nosuch\w*)'/.test(s.err),
    count: 6,
  },
  {
    why: '8.22: "removed directory: x", and mv -v without "renamed"',
    covers: (s) => /^(rm -rv d|mv -v x y)$/.test(s.argv.join(' ')),
    count: 2,
  },
  { why: '8.22: omitting directory', covers: (s) => /-r not specified/.test(s.err), count: 2 },
  { why: '8.22: is not a directory', covers: (s) => /^cp: target 'x'/.test(s.err), count: 1 },
  {
    why: 'a simulated directory lists its names in sorted order',
    covers: (s) => s.argv.join(' ') === 'cp -rv d z',
    count: 1,
  },
  { why: '9.1 warns of user.group', covers: (s) => /'\.' should be ':'/.test(s.err), count: 1 },
  { why: '8.22 writes +0000', covers: (s) => s.argv[1] === '-Iseconds', count: 1 },
];

coreutils(
  'every command line agrees with the real one, but for what 8.22 words differently',
  () => {
    const known = (s: Step) => divergences.findIndex((d) => d.covers(s));
    const differ = steps.filter((s) => s.have !== s.want);
    const wrong = differ.filter((s) => known(s) < 0);
    const text = wrong.map((s) => `${s.argv.join(' ')}\n  have ${s.have}\n  want ${s.want}`);
    assert.is(text.slice(0, 10).join('\n'), '');
    assert.equal(
      divergences.map((_, i) => differ.filter((s) => known(s) === i).length),
      divergences.map((d) => d.count),
    );
    assert.is(steps.length, 574);
  },
);

coreutils.run();
