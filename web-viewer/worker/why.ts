/**
 * `why` for the page: sim/explain's explanation without its worlds.
 */
import { scenarios } from '../../scenarios/index.ts';
import { reportView } from '../../sim/cli/reportView.ts';
import type { Explanation } from '../../sim/explain/explanation.ts';
import { whyReport } from '../../sim/explain/report/whyReport.ts';
import { readable, recognise } from '../../sim/explain/what.ts';
import { type Asked, why } from '../../sim/explain/why.ts';
import { usageError } from '../../sim/host/usage.ts';
import { plain } from '../../sim/play/view.ts';
import type { Language } from '../../sim/play/words.ts';
import type { PasteAnswer, Question, ReportAnswer, WhyAnswer } from './questions.ts';

type Pasted = Extract<Question, { ask: 'paste' }>;

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

/** Throws a usage error for a text that is evidence of no host. */
export function explained(what: Asked, profile: string): WhyAnswer {
  const found = why(what, { profile });
  if ('refused' in found) throw usageError(found.refused);
  return answerOf(found);
}

function explainedReport(text: string, language: Language): ReportAnswer {
  const found = whyReport(text, { causes: scenarios, orders: true });
  if ('refused' in found) throw usageError(found.refused);
  return { report: reportView(found, 'report.txt', { language, paint: plain, full: false }) };
}

export function explainedText({ text, profile, language }: Pasted): PasteAnswer {
  const what = recognise(text);
  if (what === null) throw usageError(`This cannot be explained: give ${readable}.`);
  return what.kind === 'report' ? explainedReport(text, language) : explained(what, profile);
}
