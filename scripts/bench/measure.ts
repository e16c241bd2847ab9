/** Seconds of processor time, and of the clock, of what runs here and of whole processes. */
import { spawnSync } from 'node:child_process';

export const say = (text: string) => process.stdout.write(`${text}\n`);
export const count = (number: number) => Math.round(number).toLocaleString('en');

/** The middle one; of an even number, the lower of the two. */
export const median = (numbers: readonly number[]): number =>
  numbers.toSorted((a, b) => a - b)[(numbers.length - 1) >> 1] ?? Number.NaN;

function processorTime(): number {
  const { user, system } = process.cpuUsage();
  return (user + system) / 1e6;
}

export function timed<Result>(run: () => Result): { result: Result; seconds: number } {
  const started = processorTime();
  const result = run();
  return { result, seconds: processorTime() - started };
}

export type Ran = Readonly<{ text: string; code: number | null; seconds: number; waited: number }>;

/** A whole process. A shell tells what its children took of the processor (POSIX times). */
export function run(command: string, args: readonly string[], cwd: string): Ran {
  const started = performance.now();
  const shell = ['-c', '"$@"; code=$?; times >&3; exit $code', 'sh', command, ...args];
  const result = spawnSync('sh', shell, {
    cwd,
    encoding: 'utf8',
    maxBuffer: 1 << 28,
    stdio: ['ignore', 'pipe', 'pipe', 'pipe'],
  });
  const waited = (performance.now() - started) / 1000;
  const children = (result.output[3] ?? '').trim().split('\n').at(-1) ?? '';
  const seconds = [...children.matchAll(/(\d+)m([\d.]+)s/g)].reduce(
    (sum, [, minutes, rest]) => sum + 60 * Number(minutes) + Number(rest),
    0,
  );
  return { text: result.stdout + result.stderr, code: result.status, seconds, waited };
}

export function mustRun(command: string, args: readonly string[], cwd: string): Ran {
  const ran = run(command, args, cwd);
  if (ran.code !== 0) throw new Error(`${command} did not run: ${ran.text}`);
  return ran;
}
