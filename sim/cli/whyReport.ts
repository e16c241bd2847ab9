/**
 * `kvmlab why REPORT`: the output of collect.sh, held against every scenario.
 */
import { scenarios } from '../../scenarios/index.ts';
import { type ReportExplanation, whyReport } from '../explain/report/whyReport.ts';
import { usageError } from '../host/usage.ts';
import { reportView } from './reportView.ts';
import type { WhyView } from './whyView.ts';

/** Everything but the text of the report itself. */
function reportJson({ report, standings, came, computed, ...rest }: ReportExplanation): object {
  return {
    v: 1,
    ...rest,
    truncated: report.truncated,
    missing: report.missing,
    standings: standings.map(({ rung, state, claims }) => ({ rung: rung.name, state, claims })),
    computed: computed && {
      granted: computed.verdict.granted,
      by: computed.verdict.by,
      as: computed.qemu.name,
    },
    came:
      came?.families?.families.map(({ name, orders }) => ({
        name,
        orders: orders.map(({ events }) => events),
      })) ?? [],
  };
}

/** Throws a usage error for what is no readable report. */
function explainReport(given: string, text: string, orders: boolean): ReportExplanation {
  const found = whyReport(text, { causes: scenarios, orders });
  if ('refused' in found) throw usageError(`${given}: ${found.refused}.`);
  return found;
}

export function printReport(given: string, text: string, json: boolean, view: WhyView): void {
  const found = explainReport(given, text, true);
  process.stdout.write(
    `${json ? JSON.stringify(reportJson(found)) : reportView(found, given, view)}\n`,
  );
}
