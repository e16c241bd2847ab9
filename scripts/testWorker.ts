/**
 * Runs the test files that scripts/test.ts names, one after the other, and reports on each.
 *
 * uvu forgives too much: a file that forgets `.run()`, an empty suite, a hook that throws, a leftover
 * `.only` or `.skip` all exit 0. Here each of them is a failure.
 */
import { pathToFileURL } from 'node:url';
import { type Row, takeRows } from '../test/support/fidelity.ts';

export type Outcome = Readonly<{
  file: string;
  /** What the file wrote. */
  text: string;
  seconds: number;
  passed: number;
  failures: readonly string[];
  judges: readonly Row[];
}>;

type Run = () => Promise<[errors: string | true, passed: number, skipped: number, total: number]>;

const shared = globalThis as unknown as {
  UVU_DEFER: number;
  UVU_INDEX: number;
  UVU_QUEUE: Run[][];
};

shared.UVU_DEFER = 1;
shared.UVU_QUEUE = [];

const stack = (error: unknown) => (error instanceof Error ? error.stack : String(error));

async function suites(file: string, failures: string[]): Promise<number> {
  const index = shared.UVU_QUEUE.push([]) - 1;
  shared.UVU_INDEX = index;
  await import(pathToFileURL(file).href);
  const runs = shared.UVU_QUEUE[index] ?? [];
  if (runs.length === 0) failures.push(`${file}: no suite was run; does it end with .run()?`);
  let passed = 0;
  for (const run of runs) {
    const [errors, ran, skipped, total] = await run();
    passed += ran;
    if (total === 0) failures.push(`${file}: a suite without tests`);
    if (skipped > 0) failures.push(`${file}: ${skipped} tests left out by .only or .skip`);
    for (let n = ran; n < total; n++) failures.push(`${file}: a failed test or hook`);
    if (typeof errors === 'string') process.stdout.write(`\n${errors}\n`);
  }
  return passed;
}

/** What is written meanwhile is kept, so that files that run side by side do not write into each other. */
async function runFile(file: string): Promise<Outcome> {
  const started = performance.now();
  const failures: string[] = [];
  const written: string[] = [];
  const { write } = process.stdout;
  process.stdout.write = ((chunk: string | Uint8Array) => {
    written.push(typeof chunk === 'string' ? chunk : Buffer.from(chunk).toString());
    return true;
  }) as typeof process.stdout.write;
  let passed = 0;
  try {
    passed = await suites(file, failures);
  } catch (error) {
    written.push(`${stack(error)}\n`);
    failures.push(`${file}: threw outside its tests`);
  } finally {
    process.stdout.write = write;
  }
  const seconds = (performance.now() - started) / 1000;
  return { file, text: written.join(''), seconds, passed, failures, judges: takeRows() };
}

process.on('message', async (file: string) => process.send?.(await runFile(file)));
