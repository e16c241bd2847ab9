/**
 * `explore` for the page: a model searched whole, with counts as they grow, and a trace for every witness.
 */
import { models } from '../../models/index.ts';
import { reachOf } from '../../sim/explain/models/reach.ts';
import { breadthFirst } from '../../sim/explore/breadth.ts';
import { usageError } from '../../sim/host/usage.ts';
import { own } from '../../sim/kernel/own.ts';
import type { Counts, ExploreAnswer } from './questions.ts';

/** How many states are gone on from between two reports. */
const EVERY = 25;

export function explored(name: string, progress: (counts: Counts) => void): ExploreAnswer {
  const model = own(models, name);
  if (model === undefined) throw usageError(`There is no model ${name}.`);
  const reach = reachOf(model);
  let states = 0;
  let transitions = 0;
  const space: typeof reach.space = {
    ...reach.space,
    expand: (from, found) => {
      states++;
      reach.space.expand(from, (...successor) => {
        transitions++;
        found(...successor);
      });
      if (states % EVERY === 0) progress({ states, transitions });
    },
  };
  const report = breadthFirst(space, { bounds: { states: 200_000 } });
  return {
    title: model.title,
    asks: model.asks,
    states: report.states,
    transitions: report.transitions,
    depth: report.depth,
    ends: report.ends,
    hit: report.hit,
    properties: report.properties.map(({ property, kind, verdict, witness }) => ({
      property,
      kind,
      verdict,
      steps: witness?.steps ?? null,
      trace: witness === null ? null : reach.traceOf(witness),
    })),
  };
}
