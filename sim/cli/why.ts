/**
 * `kvmlab why`: what is broken, every way it may have come about, what would have prevented it, what to ask next.
 */
import type { Explanation } from '../explain/explanation.ts';
import { misleading } from '../explain/misleading.ts';
import type { Bounds } from '../explain/models/search.ts';
import { why as explain } from '../explain/why.ts';
import { lastWorld, makeTrace } from '../host/trace.ts';
import { usageError } from '../host/usage.ts';
import { say } from '../play/words.ts';
import { checksView } from './checksView.ts';
import { languageOf, paintOf } from './terminal.ts';
import { misplayed, whatIs } from './what.ts';
import { whyJson } from './whyJson.ts';
import { printReport } from './whyReport.ts';
import { whyView } from './whyView.ts';

export type WhyOptions = Readonly<{
  profile: string;
  full?: true;
  checks?: true;
  json?: true;
  order?: string;
  states?: string;
  lang?: string;
  color: boolean;
}>;

const out = (text: string) => process.stdout.write(`${text}\n`);

/** The trace of one of the orders: as `kvmlab scenario -` replays it. */
function printOrder({ families }: Explanation, given: string): void {
  const orders = families?.families.flatMap((family) => family.orders) ?? [];
  const order = orders[Number(given) - 1];
  if (order === undefined)
    throw usageError(`There is no order ${given}: there are ${orders.length}.`);
  const { profile, setup, choices } = order.told;
  out(JSON.stringify(makeTrace(profile, setup, choices, lastWorld(order.told))));
}

function boundsOf(given: string | undefined): Bounds | undefined {
  if (given === undefined) return undefined;
  const states = Number(given);
  if (Number.isInteger(states) && states > 0) return { states };
  throw usageError(`--states takes a whole number, not ${given}.`);
}

const replay = { en: 'replay:', zh: '重放：' };

export async function why(given: string, options: WhyOptions): Promise<number> {
  const { profile, full = false } = options;
  const language = languageOf(options.lang);
  const bounds = boundsOf(options.states);
  const what = whatIs(given, profile);
  const view = { language, paint: paintOf(options.color), full };
  if (what.kind === 'report') {
    if (options.checks || options.order !== undefined || bounds !== undefined)
      throw usageError('A report takes no --checks, --order or --states.');
    printReport(given, what.text, options.json ?? false, view);
    return 0;
  }
  const wrong = misplayed(given, what);
  if (wrong !== null) {
    process.stderr.write(`kvmlab: ${wrong}\n`);
    return 3;
  }
  const found = explain(what, { profile, full, ...(bounds ? { bounds } : {}) });
  if ('refused' in found) throw usageError(`${given}: ${found.refused}.`);
  const { story } = found;
  if (options.checks) {
    if (story?.diagnosis.state !== 'broken')
      throw usageError(
        `Nothing is broken here, so no check misleads: see \`kvmlab why ${given}\`.`,
      );
    const mislead = misleading(story.history);
    out(options.json ? JSON.stringify(mislead) : checksView(found, mislead, view));
    return 0;
  }
  if (options.order !== undefined) printOrder(found, options.order);
  else if (options.json) out(JSON.stringify(whyJson(found)));
  else {
    out(whyView(found, view));
    const line = `kvmlab why ${given}${profile === 'centos7' ? '' : ` --profile ${profile}`}`;
    const numbered = (found.families?.families.length ?? 0) > 0;
    const further = full ? line : `${line} --full`;
    out(`\n${say(replay, language)} ${full ? `${line} --full` : line}`);
    if (numbered) out(`        ${further} --order N | kvmlab scenario -`);
  }
  return found.families?.complete === false ? 4 : 0;
}
