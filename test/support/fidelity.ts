/**
 * The fidelity table: every judge says how many of its cases it has compared, and what it has registered.
 *
 * A judge compares the simulated host with what a real component has answered. A case that cannot agree is a
 * registered divergence: a predicate, a reason and the number of cases it covers. More than one case in a hundred
 * is no exception any more, and the judge fails.
 */
import * as assert from 'uvu/assert';

export type Divergence<Case> = Readonly<{
  why: string;
  covers: (one: Case) => boolean;
  count: number;
}>;

export type Row = Readonly<{
  judge: string;
  cases: number;
  mismatches: number;
  registered: number;
}>;

let rows: Row[] = [];

type Verdict<Case> = Readonly<{
  /** Whose answers they are: component and version. */
  judge: string;
  cases: readonly Case[];
  mismatches: number;
  divergences?: readonly Divergence<Case>[];
}>;

/** Enter a judge's verdict; it must be clean. */
export function report<Case>(verdict: Verdict<Case>): void {
  const { judge, cases, mismatches, divergences = [] } = verdict;
  const covered = divergences.map((d) => cases.filter(d.covers).length);
  const registered = covered.reduce((sum, n) => sum + n, 0);
  rows.push({ judge, cases: cases.length, mismatches, registered });
  for (const [i, { why, count }] of divergences.entries()) assert.is(covered[i], count, why);
  assert.is(mismatches, 0, `${judge}: ${mismatches} mismatches that nobody has registered`);
  assert.ok(registered * 100 <= cases.length, `${judge}: more than 1 % is registered`);
}

/** The verdicts since the last time that they were taken. */
export function takeRows(): readonly Row[] {
  const taken = rows;
  rows = [];
  return taken;
}

/** As Markdown, so that the README can hold the same lines. */
export function fidelityTable(verdicts: readonly Row[]): string {
  const head = '| judge | cases | mismatches | registered |\n|---|---:|---:|---:|\n';
  const lines = verdicts
    .toSorted((a, b) => (a.judge < b.judge ? -1 : 1))
    .map((r) => `| ${r.judge} | ${r.cases} | ${r.mismatches} | ${r.registered} |\n`);
  return lines.length === 0 ? '' : head + lines.join('');
}
