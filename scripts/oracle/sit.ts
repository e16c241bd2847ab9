/**
 * A judge at work: both answers to each script, what differs, and the line that repeats it.
 */
import { cpus } from 'node:os';
import { type Answer, same } from './compare.ts';
import { registered } from './divergences.ts';
import type { Real } from './real.ts';
import { shown } from './show.ts';
import { shrunk } from './shrink.ts';
import { byCommand, simulated } from './simulated.ts';

export type Case = Readonly<{
  name: string;
  steps: readonly string[];
  /** So many steps at the beginning are needed by all others. */
  keep: number;
  replay: string;
}>;

/** A judge's cases, and how many of its mismatches are printed. */
export type Docket = Readonly<{
  judge: string;
  cases: number;
  nth: (n: number) => Case;
  shown: number;
}>;

export type Tally = { cases: number; mismatches: number; registered: Map<string, string[]> };

/** Once in so many scripts the very command `kvmlab shell` is asked, else the session behind it. */
const IN_SAMPLE = 25;

const text = (steps: readonly string[]) => `${steps.join('\n')}\n`;

async function disagreement(
  real: Real,
  steps: readonly string[],
  command: boolean,
): Promise<{ theirs: Answer; ours: Answer } | null> {
  const theirs = await real.answer(text(steps));
  const ours = command ? byCommand(text(steps)) : simulated(text(steps));
  return same(theirs, ours) ? null : { theirs, ours };
}

/** In as many lanes as there are processors. */
export async function sit(docket: Docket, real: Real): Promise<Tally> {
  const { judge, cases } = docket;
  const tally: Tally = { cases, mismatches: 0, registered: new Map() };
  let next = 0;
  const one = async (n: number): Promise<void> => {
    const { name, steps, keep, replay } = docket.nth(n);
    const command = n % IN_SAMPLE === IN_SAMPLE - 1;
    const found = await disagreement(real, steps, command);
    if (found === null) return;
    const known = registered.find((r) => r.covers(steps, found.theirs, found.ours));
    if (known) {
      tally.registered.set(known.why, [...(tally.registered.get(known.why) ?? []), name]);
      return;
    }
    if (++tally.mismatches > docket.shown) return;
    const few = await shrunk(
      steps,
      keep,
      async (s) => (await disagreement(real, s, command)) !== null,
    );
    const { theirs, ours } = (await disagreement(real, few, command)) ?? found;
    process.stdout.write(
      `${judge}, script ${name}: mismatch\n${shown(few, theirs, ours, replay)}\n`,
    );
  };
  const lane = async (): Promise<void> => {
    while (next < cases) await one(next++);
  };
  await Promise.all(cpus().map(lane));
  return tally;
}
