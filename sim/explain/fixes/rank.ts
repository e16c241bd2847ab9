/**
 * Which repair is to be recommended: an order that anybody can check.
 *
 * A repair that survives more comes first, with one command beside it if that is what it takes; among equals the one that
 * does least harm (a reboot does most, whoever runs), then the one that lets in nobody who is kept out on a healthy host,
 * and shuts out nobody either, then the one that leaves the node most like a healthy one, then the one of which libvirtd
 * needs to be told least, then the shortest.
 */

import type { Told } from './goal.ts';
import type { Guests } from './risk.ts';
import type { Word } from './search.ts';
import { wordText } from './search.ts';
import type { Ordeal, Survival } from './survive.ts';

export type Assessed = Readonly<{
  /** The plainest of the words that end in the same host. */
  word: Word;
  words: readonly Word[];
  told: Told;
  /** Typed beside it, it survives what it would not survive alone; empty where nothing is lost, or nothing helps. */
  also: Word;
  survives: Readonly<Record<Ordeal, Survival>>;
  guests: Guests;
  /** Another node than before, while guests and containers keep the old one. */
  newNode: boolean;
  lets: readonly string[];
  shuts: readonly string[];
  /** The node afterwards, as `ls -l` and getfacl have it; null for none. */
  node: string | null;
  distance: number;
}>;

const harm: Readonly<Record<Guests, number>> = { none: 0, unharmed: 0, refused: 1, ended: 2 };
const effort: Readonly<Record<Told, number>> = { nothing: 0, capabilities: 1, restart: 2 };

export const lost = ({ survives }: Pick<Assessed, 'survives'>): Ordeal[] =>
  Object.entries(survives).flatMap(([name, how]) => (how === 'no' ? [name as Ordeal] : []));

const damage = ({ guests, word }: Assessed): number =>
  word.some(({ forgets }) => forgets) ? harm.ended : harm[guests];

const figures = (fix: Assessed): number[] => [
  fix.also.length > 0 ? 0 : lost(fix).length,
  damage(fix),
  fix.lets.length,
  fix.shuts.length,
  fix.distance + (fix.newNode ? 1 : 0),
  effort[fix.told],
  fix.word.length + fix.also.length,
  wordText(fix.word).length,
];

export function better(a: Assessed, b: Assessed): number {
  const [left, right] = [figures(a), figures(b)];
  const at = left.findIndex((figure, i) => figure !== right[i]);
  if (at >= 0) return (left[at] ?? 0) - (right[at] ?? 0);
  return wordText(a.word) < wordText(b.word) ? -1 : 1;
}
