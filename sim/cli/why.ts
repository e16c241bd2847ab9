/**
 * `kvmlab why`: what is broken, every way it may have come about, what would have prevented it, what to ask next.
 */
import type { Explanation } from '../explain/explanation.ts';
import { why as explain } from '../explain/why.ts';
import { lastWorld, makeTrace } from '../host/trace.ts';
import { usageError } from '../host/usage.ts';
import { say } from '../play/words.ts';
import { languageOf, paintOf } from './terminal.ts';
import { whatIs } from './what.ts';
import { whyJson } from './whyJson.ts';
import { whyView } from './whyView.ts';

export type WhyOptions = Readonly<{
  profile: string;
  full?: true;
  json?: true;
  order?: string;
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

const replay = { en: 'replay:', zh: '重放：' };

export async function why(given: string, options: WhyOptions): Promise<number> {
  const { profile, full = false } = options;
  const language = languageOf(options.lang);
  const found = explain(whatIs(given, profile), { profile, full });
  if ('refused' in found) throw usageError(`${given}: ${found.refused}.`);
  if (options.order !== undefined) printOrder(found, options.order);
  else if (options.json) out(JSON.stringify(whyJson(found)));
  else {
    out(whyView(found, { language, paint: paintOf(options.color), full }));
    const line = `kvmlab why ${given}${profile === 'centos7' ? '' : ` --profile ${profile}`}`;
    out(`\n${say(replay, language)} ${line} --full; --order N | kvmlab scenario -`);
  }
  return found.families?.complete === false ? 4 : 0;
}
