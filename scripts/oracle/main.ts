/**
 * `npm run oracle`: scripts that nobody has seen before, read by the real bash and by the simulated one.
 *
 * Each judge makes its scripts from a seed, and the seed is printed; `--scripts` takes files instead, one script each.
 * Both answers, standard output, standard error and exit status, must agree but for what compare.ts makes equal and
 * divergences.ts registers. A sample goes through the very command `kvmlab shell --profile debian12`, the rest through
 * the session behind it.
 *
 * `--record` keeps what the real one says of those files instead.
 *
 * Exit status: 0 all agree, or there is no judge here (said aloud); 1 they do not; 2 wrong usage;
 * 3 a package is missing although `--required` was given.
 */
import { writeFileSync } from 'node:fs';
import { parseArgs } from 'node:util';
import { allJudges, isJudge, made, written } from './dockets.ts';
import { hasKvm, missingPackage, unfitMachine } from './packages.ts';
import { openReal, type Real } from './real.ts';
import { simulated } from './simulated.ts';
import { type Docket, sit } from './sit.ts';

const USAGE =
  'usage: npm run oracle -- [--judge acl|udev|shell] [--cases N] [--seed N] [--required]\n' +
  '       npm run oracle -- --scripts FILE-OR-FOLDER [--record FILE] [--required]\n';

type Wish = Readonly<{
  about: string;
  dockets: readonly Docket[];
  required: boolean;
  /** Keep the real answers here, and compare nothing. */
  record?: string;
}>;

function wish(): Wish | null {
  try {
    const { values } = parseArgs({
      options: {
        judge: { type: 'string' },
        cases: { type: 'string' },
        seed: { type: 'string' },
        scripts: { type: 'string' },
        record: { type: 'string' },
        required: { type: 'boolean', default: false },
      },
    });
    const { judge, required } = values;
    if (values.scripts !== undefined) {
      if (judge !== undefined || values.cases !== undefined || values.seed !== undefined)
        return null;
      const docket = written(values.scripts);
      if (docket === null) process.stderr.write(`no scripts in ${values.scripts}\n`);
      const record = values.record === undefined ? {} : { record: values.record };
      return (
        docket && { about: `scripts of ${values.scripts}`, dockets: [docket], required, ...record }
      );
    }
    if (values.record !== undefined) return null;
    const seed = Number(values.seed ?? Date.now() % 1_000_000_000);
    const cases = Number(values.cases ?? 200);
    const judges = judge === undefined ? allJudges() : [judge];
    if (!judges.every(isJudge) || !(cases > 0) || !Number.isInteger(seed)) return null;
    const dockets = judges.map((name) => made(name, seed, cases));
    return { about: `seed ${seed}, ${cases} scripts each`, dockets, required };
  } catch {
    return null;
  }
}

/** True when nothing differs but what is registered, and that is rare. */
async function isClean(docket: Docket, real: Real): Promise<boolean> {
  if (docket.judge === 'udev' && !hasKvm()) {
    process.stdout.write('skipped: udev (this kernel has no kvm device)\n');
    return true;
  }
  const { cases, mismatches, registered } = await sit(docket, real);
  const exempt = [...registered.values()].reduce((sum, names) => sum + names.length, 0);
  process.stdout.write(
    `${docket.judge}: ${cases} scripts, ${mismatches} mismatches, ${exempt} registered\n`,
  );
  for (const [why, names] of registered)
    process.stdout.write(`  ${names.length} x ${why} (${names.sort().join(', ')})\n`);
  // A single script more or less is no verdict about a small run.
  return mismatches === 0 && exempt <= Math.max(1, cases / 100);
}

/** What the real one says of each script, a line each: for tests where there is no judge. */
async function keep(dockets: readonly Docket[], real: Real, file: string): Promise<void> {
  const lines: string[] = [];
  for (const { cases, nth } of dockets)
    for (let n = 0; n < cases; n++) {
      const { name, steps } = nth(n);
      const script = `${steps.join('\n')}\n`;
      lines.push(JSON.stringify({ name, script, ...(await real.answer(script)) }));
    }
  writeFileSync(file, `${lines.join('\n')}\n`);
  process.stdout.write(`${lines.length} answers in ${file}\n`);
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
  process.stdout.write(`live judges: ${asked.about}\n`);
  const files = simulated('cat /etc/passwd; echo; cat /etc/group').stdout.split('\n\n');
  const real = openReal({ passwd: `${files[0] ?? ''}\n`, group: files[1] ?? '' });
  let clean = true;
  try {
    if (asked.record !== undefined) await keep(asked.dockets, real, asked.record);
    else for (const docket of asked.dockets) clean = (await isClean(docket, real)) && clean;
  } finally {
    real.close();
  }
  return clean ? 0 : 1;
}

process.exitCode = await main();
