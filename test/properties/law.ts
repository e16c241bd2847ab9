/**
 * How a law is tried on random cases: how many, with which seed, and what is said meanwhile and at a failure.
 *
 * A law has a short name, so that a failure can be replayed alone, in a second, however many cases came before it.
 */
import fc from 'fast-check';
import * as assert from 'uvu/assert';

const given = (name: string): string | undefined => process.env[`KVMLAB_${name}`];

export const CASES = Number(given('CASES') ?? 10_000);
const SEED = Number(given('SEED') ?? 20_190_714);

const laws = ['acts', 'absorbing', 'forms', 'ladder', 'xdr'] as const;
type Law = (typeof laws)[number];

const only = given('LAW');
if (only !== undefined && !laws.some((law) => law === only))
  throw new Error(`There is no law ${only}. There are: ${laws.join(', ')}.`);

/** At most this long is a run without a word. */
const WORD_EVERY_MS = 5_000;

const count = (n: number) => Math.round(n).toLocaleString('en-US');

/** Says every few seconds how far a law has come, on stderr, which nobody collects. */
function progress(law: string): () => void {
  const started = performance.now();
  let done = 0;
  let spoke = started;
  return () => {
    done++;
    const now = performance.now();
    if (now - spoke < WORD_EVERY_MS) return;
    spoke = now;
    const rate = count((done * 1000) / (now - started));
    process.stderr.write(`  ${law}: ${count(done)} of ${count(CASES)} cases, ${rate}/s\n`);
  };
}

/** What fast-check found, in its words, with the line that brings back this one case. */
function failure<T>(law: string, details: fc.RunDetails<[T]>): Error {
  const { seed, counterexamplePath } = details;
  const again = `npm run soak -- --law=${law} --seed=${seed} --path=${counterexamplePath}`;
  return new Error(`${fc.defaultReportMessage(details)}\n\nreplay: ${again}`);
}

/** Try the law; `floors` are how often it must have met what makes it worth trying: what, how often, at least one case in how many. */
export function holdsFor<T>(
  law: Law,
  arbitrary: fc.Arbitrary<T>,
  predicate: (value: T) => void,
  floors: () => readonly (readonly [what: string, times: number, oneIn: number])[] = () => [],
): void {
  if ((only ?? law) !== law) {
    process.stdout.write(`\n  ${law}: left out, --law=${only}\n`);
    return;
  }
  const path = given('PATH');
  const tick = progress(law);
  const started = performance.now();
  const property = fc.property(arbitrary, (value) => {
    tick();
    predicate(value);
  });
  const one = path === undefined ? {} : { path };
  const details = fc.check(property, { numRuns: CASES, seed: SEED, ...one });
  if (details.failed) throw failure(law, details);
  const seconds = (performance.now() - started) / 1000;
  const met = floors().map(([what, times]) => `${what} ${count(times)}`);
  process.stdout.write(
    `\n  ${law}: ${count(details.numRuns)} cases, seed ${SEED}, ${count(details.numRuns / seconds)}/s\n`,
  );
  if (met.length > 0) process.stdout.write(`  met: ${met.join(', ')}\n`);
  if (path !== undefined) return;
  for (const [what, times, oneIn] of floors())
    assert.ok(times * oneIn > CASES, `${law}: ${what} was met only ${times} times`);
}
