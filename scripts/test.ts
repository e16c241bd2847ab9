/**
 * Run the test files and end with `N passed, N failed`.
 *
 * uvu forgives too much: a file that forgets `.run()`, an empty suite, a hook that throws, a leftover
 * `.only` or `.skip` all exit 0. Here each of them is a failure. Arguments choose files by part of their path.
 */
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { fidelityTable } from '../test/support/fidelity.ts';

type Run = () => Promise<[errors: string | true, passed: number, skipped: number, total: number]>;

const shared = globalThis as unknown as {
  UVU_DEFER: number;
  UVU_INDEX: number;
  UVU_QUEUE: Run[][];
};

/** `--cases=N`: how many random cases each property gets; `--seed=N`: which ones. */
for (const name of ['cases', 'seed']) {
  const given = process.argv.find((word) => word.startsWith(`--${name}=`));
  if (given) process.env[`KVMLAB_${name.toUpperCase()}`] = given.slice(name.length + 3);
}

const wanted = process.argv.slice(2).filter((word) => !word.startsWith('--'));
const files = readdirSync('test', { recursive: true, encoding: 'utf8' })
  .filter((name) => name.endsWith('.test.ts'))
  .map((name) => join('test', name).replaceAll('\\', '/'))
  .filter((path) => wanted.length === 0 || wanted.some((part) => path.includes(part)))
  .sort();

shared.UVU_DEFER = 1;
shared.UVU_QUEUE = files.map(() => []);

let passed = 0;
const failures: string[] = [];

async function runSuite(file: string, run: Run): Promise<void> {
  const [errors, ran, skipped, total] = await run();
  passed += ran;
  if (total === 0) failures.push(`${file}: a suite without tests`);
  if (skipped > 0) failures.push(`${file}: ${skipped} tests left out by .only or .skip`);
  for (let n = ran; n < total; n++) failures.push(`${file}: a failed test or hook`);
  if (typeof errors === 'string') process.stdout.write(`\n${errors}\n`);
}

for (const [index, file] of files.entries()) {
  shared.UVU_INDEX = index;
  const started = performance.now();
  process.stdout.write(`${file}\n`);
  try {
    await import(pathToFileURL(file).href);
    const runs = shared.UVU_QUEUE[index] ?? [];
    if (runs.length === 0) failures.push(`${file}: no suite was run; does it end with .run()?`);
    for (const run of runs) await runSuite(file, run);
  } catch (error) {
    process.stdout.write(`${error instanceof Error ? error.stack : String(error)}\n`);
    failures.push(`${file}: threw outside its tests`);
  }
  process.stdout.write(`  ${((performance.now() - started) / 1000).toFixed(1)} s\n`);
}

const table = fidelityTable();
if (table !== '') process.stdout.write(`\nfidelity: the judges of this run\n${table}\n`);
// The README holds the table of the whole run.
const readme = readFileSync('README.md', 'utf8');
if (wanted.length === 0 && !readme.includes(table))
  failures.push('README.md: its fidelity table is not the one above');
if (files.length === 0) failures.push(`no test file matches ${wanted.join(' ')}`);
for (const failure of failures) process.stdout.write(`failed: ${failure}\n`);
process.stdout.write(`${passed} passed, ${failures.length} failed\n`);
process.exit(failures.length > 0 ? 1 : 0);
