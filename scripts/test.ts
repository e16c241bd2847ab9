/**
 * Run the test files, as many at a time as there are processors, and end with `N passed, N failed`.
 *
 * Arguments choose files by part of their path. `--quick` leaves out those that search, play whole stories or start processes. `--jobs=1` runs them one after the other; `--cases=N` and `--seed=N` say how
 * many random cases each property gets, and which; `--law=NAME --path=P` is the one case that a failure names. A file that ends its process is a failure, and so is one that nobody has run.
 */
import { fork } from 'node:child_process';
import { readdirSync, readFileSync } from 'node:fs';
import { availableParallelism } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { fidelityTable, type Row } from '../test/support/fidelity.ts';
import type { Outcome } from './testWorker.ts';

const option = (name: string): string | undefined =>
  process.argv.findLast((word) => word.startsWith(`--${name}=`))?.slice(name.length + 3);

for (const name of ['cases', 'seed', 'law', 'path']) {
  const given = option(name);
  if (given !== undefined) process.env[`KVMLAB_${name.toUpperCase()}`] = given;
}

/** What takes its time, by the beginning of its path. */
const slow = [
  'cache',
  'cli',
  'explain',
  'libvirt',
  'package',
  'play',
  'properties',
  'readme',
  'report',
  'scenarios',
  'viewer',
];
const quick = process.argv.includes('--quick');
const isSlow = (path: string) => slow.some((part) => path.startsWith(`test/${part}`));

const wanted = process.argv.slice(2).filter((word) => !word.startsWith('--'));
const files = readdirSync('test', { recursive: true, encoding: 'utf8' })
  .filter((name) => name.endsWith('.test.ts'))
  .map((name) => join('test', name).replaceAll('\\', '/'))
  .filter((path) => !(quick && isSlow(path)))
  .filter((path) => wanted.length === 0 || wanted.some((part) => path.includes(part)))
  .sort();

let passed = 0;
const failures: string[] = [];
const judges: Row[] = [];

function note(outcome: Outcome): void {
  passed += outcome.passed;
  failures.push(...outcome.failures);
  judges.push(...outcome.judges);
  process.stdout.write(
    `${outcome.file}\n${outcome.text.replace(/\n*$/, '\n')}  ${outcome.seconds.toFixed(1)} s\n`,
  );
}

const worker = fileURLToPath(new URL('testWorker.ts', import.meta.url));

/** One process, which takes the next file whenever it is done with one; a new one follows one that has died. */
function work(queue: string[]): Promise<void> {
  const file = queue.shift();
  if (file === undefined) return Promise.resolve();
  return new Promise((resolve) => {
    const child = fork(worker, { execArgv: ['--import', 'tsx'] });
    let current: string | undefined = file;
    child.send(file);
    child.on('message', (outcome) => {
      note(outcome as Outcome);
      current = queue.shift();
      if (current === undefined) child.kill();
      else child.send(current);
    });
    child.on('exit', (code, signal) => {
      if (current === undefined) return resolve();
      failures.push(`${current}: its process ended with ${signal ?? code}`);
      return resolve(work(queue));
    });
  });
}

const queue = [...files];
const jobs = Number(option('jobs') ?? availableParallelism());
await Promise.all(Array.from({ length: jobs }, () => work(queue)));

for (const file of queue) failures.push(`${file}: not run; --jobs takes a number from 1 on`);

const table = fidelityTable(judges);
if (table !== '') process.stdout.write(`\nfidelity: the judges of this run\n${table}\n`);
// The README holds the table of the whole run.
if (wanted.length === 0 && !quick && !readFileSync('README.md', 'utf8').includes(table))
  failures.push('README.md: its fidelity table is not the one above');
if (files.length === 0) failures.push(`no test file matches ${wanted.join(' ')}`);
for (const failure of failures) process.stdout.write(`failed: ${failure}\n`);
process.stdout.write(`${passed} passed, ${failures.length} failed\n`);
process.exit(failures.length > 0 ? 1 : 0);
