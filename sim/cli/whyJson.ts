/**
 * An explanation as data: everything that the view shows, and the stories as choices; no worlds.
 */
import type { Explanation } from '../explain/explanation.ts';

export function whyJson(found: Explanation): object {
  const { story, families, verdicts, decision, ...rest } = found;
  return {
    v: 1,
    ...rest,
    story: story && {
      name: story.name,
      told: story.told,
      state: story.diagnosis.state,
      symptom: story.diagnosis.symptom,
      listsKvm: story.diagnosis.lists,
      chain: story.diagnosis.links,
      essence: story.essence.map(({ name }) => name),
      prevented: story.trials.map(({ kind, says, node, qemu }) => ({ kind, says, node, qemu })),
    },
    families: families && {
      complete: families.complete,
      searched: families.searched,
      races: families.races.map(({ host, race }) => ({ host, ...race })),
      found: families.families.map(({ name, tag, host, orders }, i) => ({
        name,
        tag,
        host,
        verdict: verdicts[i],
        orders,
      })),
    },
    decision,
  };
}
