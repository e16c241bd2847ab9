/**
 * `kvmlab why`: from a getfacl text to the orders of events that lead exactly there.
 */
import { shortText } from '../acl/text.ts';
import { looksLikeGetfacl, readGetfacl } from '../explain/evidence.ts';
import { why as explain, idsOf, type Why } from '../explain/why.ts';
import { profileNamed, profileText } from '../host/profiles.ts';
import { usageError } from '../host/usage.ts';
import { prose } from '../play/columns.ts';
import { readInput } from './input.ts';

export type WhyOptions = Readonly<{ profile: string; json?: true; order?: string }>;

const out = (text: string) => process.stdout.write(`${text}\n`);

function print(found: Why, what: string): void {
  const { orders } = found;
  out([...prose(what), '', ...prose(profileText(profileNamed(found.profile)))].join('\n'));
  out(prose(`Events, each to its end before the next: ${found.events.join('; ')}.`).join('\n'));
  out(
    `${found.states} states, ${found.transitions} transitions${found.complete ? ', all of them' : ': a bound was reached'}.\n`,
  );
  if (orders.length === 0) {
    out('Not reachable in this model: no order of these events leads exactly there.');
    return;
  }
  out(`How it may have come about: ${orders.length} minimal order${orders.length > 1 ? 's' : ''}`);
  for (const [i, order] of orders.entries())
    out(`${String(i + 1).padStart(2)}  ${order.events.join(', ')}`);
  out(`\nNone of them leads there with any one of its events left out.`);
  out(
    'replay: kvmlab why FILE --order N prints the trace of order N; kvmlab scenario - replays it',
  );
}

export async function why(what: string, options: WhyOptions): Promise<number> {
  const text = readInput(
    what,
    `There is no readable file called ${what}; - reads the standard input.`,
  );
  if (!looksLikeGetfacl(text)) {
    throw usageError(
      `${what} holds no getfacl text, the only evidence that this version can read: run getfacl /dev/kvm and give its output.`,
    );
  }
  const read = readGetfacl(text, idsOf(options.profile));
  if ('refused' in read) throw usageError(`${what}: ${read.refused}.`);
  const found = explain(options.profile, read);
  if (options.order !== undefined) {
    const order = found.orders[Number(options.order) - 1];
    if (order === undefined)
      throw usageError(`There is no order ${options.order}: there are ${found.orders.length}.`);
    out(JSON.stringify(order.trace));
  } else if (options.json) out(JSON.stringify(found));
  else print(found, `${read.owner ?? '?'}:${read.group ?? '?'} ${shortText(read.acl)}`);
  return found.complete ? 0 : 4;
}
