/**
 * `why` for the page: sim/explain's explanation without its worlds.
 */
import type { Explanation } from '../../sim/explain/explanation.ts';
import { readable, recognise, type What } from '../../sim/explain/what.ts';
import { why } from '../../sim/explain/why.ts';
import { usageError } from '../../sim/host/usage.ts';
import type { WhyAnswer } from './questions.ts';

function answerOf(found: Explanation): WhyAnswer {
  const { kind, subject, story, families, verdicts, suspects, decision } = found;
  return {
    kind,
    subject,
    state: story?.diagnosis.state ?? null,
    symptom: story?.diagnosis.symptom ?? '',
    chain: story?.diagnosis.links ?? [],
    essence: story?.essence.map(({ name }) => name) ?? [],
    prevented: story?.trials.map(({ says, node, qemu }) => ({ says, node, qemu })) ?? [],
    families:
      families?.families.map(({ name, host, orders }, i) => ({
        name,
        host,
        verdict: verdicts[i] ?? 'fits',
        orders: orders.map(({ events, told }) => ({ events, told })),
      })) ?? [],
    searched: families?.searched.map(({ states, transitions }) => ({ states, transitions })) ?? [],
    complete: families?.complete ?? true,
    suspects,
    decision: decision && {
      line: decision.line,
      groups: decision.groups.map(({ telling, names }) => ({ telling, names })),
    },
  };
}

/** The page has no view for a host's report yet. */
export function explained(what: What, profile: string): WhyAnswer {
  if (what.kind === 'report')
    throw usageError('A report of collect.sh is explained on the command line: kvmlab why FILE.');
  const found = why(what, { profile });
  if ('refused' in found) throw usageError(found.refused);
  return answerOf(found);
}

export function explainedText(text: string, profile: string): WhyAnswer {
  const what = recognise(text);
  if (what === null) throw usageError(`This cannot be explained: give ${readable}.`);
  return explained(what, profile);
}
