/**
 * `npm run oracle`: scripts that nobody has seen before, read by the real bash and by the simulated one.
 *
 * Each judge makes its scripts from a seed, and the seed is printed. Both answers, standard output, standard error
 * and exit status, must agree but for what compare.ts makes equal and divergences.ts registers. A sample goes through
 * the very command `kvmlab shell --profile debian12`, the rest through the session behind it.
 *
 * Exit status: 0 all agree, or there is no judge here (said aloud); 1 they do not; 2 wrong usage;
 * 3 a package is missing although `--required` was given.
 */
import { cpus } from 'node:os';
import { parseArgs } from 'node:util';
import { type Answer, same } from './compare.ts';
import { registered } from './divergences.ts';
import { makers, scriptNumber } from './make/scripts.ts';
import { hasKvm, missingPackage, unfitMachine } from './packages.ts';
import { openReal, type Real } from './real.ts';
import { shown } from './show.ts';
import { shrunk } from './shrink.ts';
import { byCommand, simulated } from './simulated.ts';

const USAGE =
  'usage: npm run oracle -- [--judge acl|udev|shell] [--cases N] [--seed N] [--required]\n';
const IN_SAMPLE = 25;
const SHOWN = 5;

type Wish = Readonly<{ judges: readonly string[]; cases: number; seed: number; required: boolean }>;

type Tally = { cases: number; mismatches: number; registered: Map<string, number> };

function wish(): Wish | null {
  try {
    const { values } = parseArgs({
      options: {
        judge: { type: 'string' },
        cases: { type: 'string', default: '200' },
        seed: { type: 'string', default: String(Date.now() % 1_000_000_000) },
        required: { type: 'boolean', default: false },
      },
    });
    const judges = values.judge === undefined ? Object.keys(makers) : [values.judge];
    const [cases, seed] = [Number(values.cases), Number(values.seed)];
    const known = judges.every((name) => Object.hasOwn(makers, name));
    if (!known || !(cases > 0) || !Number.isInteger(seed)) return null;
    return { judges, cases, seed, required: values.required };
  } catch {
    return null;
  }
}

const text = (steps: readonly string[]) => `${steps.join('\n')}\n`;

const run = (script: string, command: boolean): Answer =>
  command ? byCommand(script) : simulated(script);

async function disagreement(
  real: Real,
  steps: readonly string[],
  command: boolean,
): Promise<{ theirs: Answer; ours: Answer } | null> {
  const theirs = await real.answer(text(steps));
  const ours = run(text(steps), command);
  return same(theirs, ours) ? null : { theirs, ours };
}

/** One judge: its scripts in as many lanes as there are processors. */
async function sit(judge: string, real: Real, { cases, seed }: Wish): Promise<Tally> {
  const tally: Tally = { cases, mismatches: 0, registered: new Map() };
  let next = 0;
  const one = async (number: number): Promise<void> => {
    const steps = scriptNumber(judge, number);
    const command = (number - seed) % IN_SAMPLE === IN_SAMPLE - 1;
    const found = await disagreement(real, steps, command);
    if (found === null) return;
    const known = registered.find((r) => r.covers(steps, found.theirs, found.ours));
    if (known) {
      tally.registered.set(known.why, (tally.registered.get(known.why) ?? 0) + 1);
      return;
    }
    if (++tally.mismatches > SHOWN) return;
    const keep = judge === 'acl' ? 3 : 1;
    const few = await shrunk(
      steps,
      keep,
      async (s) => (await disagreement(real, s, command)) !== null,
    );
    const { theirs, ours } = (await disagreement(real, few, command)) ?? found;
    const replay = `npm run oracle -- --judge ${judge} --seed ${number} --cases 1`;
    process.stdout.write(
      `${judge}, script ${number}: mismatch\n${shown(few, theirs, ours, replay)}\n`,
    );
  };
  const lane = async (): Promise<void> => {
    while (next < cases) await one(seed + next++);
  };
  await Promise.all(cpus().map(lane));
  return tally;
}

async function main(): Promise<number> {
  const asked = wish();
  if (asked === null) {
    process.stderr.write(USAGE);
    return 2;
  }
  const unfit = unfitMachine();
  const missing = unfit ?? missingPackage();
  if (missing !== null) {
    process.stdout.write(`skipped: the live judges (${missing})\n`);
    return asked.required && unfit === null ? 3 : 0;
  }
  process.stdout.write(`live judges: seed ${asked.seed}, ${asked.cases} scripts each\n`);
  const files = simulated('cat /etc/passwd; echo; cat /etc/group').stdout.split('\n\n');
  const real = openReal({ passwd: `${files[0] ?? ''}\n`, group: files[1] ?? '' });
  let clean = true;
  try {
    for (const judge of asked.judges) {
      if (judge === 'udev' && !hasKvm()) {
        process.stdout.write('skipped: udev (this kernel has no kvm device)\n');
        continue;
      }
      const { cases, mismatches, registered: known } = await sit(judge, real, asked);
      const exempt = [...known.values()].reduce((sum, n) => sum + n, 0);
      process.stdout.write(
        `${judge}: ${cases} scripts, ${mismatches} mismatches, ${exempt} registered\n`,
      );
      for (const [why, times] of known) process.stdout.write(`  ${times} x ${why}\n`);
      // A single script more or less is no verdict about a small run.
      if (mismatches > 0 || exempt > Math.max(1, cases / 100)) clean = false;
    }
  } finally {
    real.close();
  }
  return clean ? 0 : 1;
}

process.exitCode = await main();
