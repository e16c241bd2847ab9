/**
 * Small models with known sizes: a clock, two jugs, philosophers, and two clerks who lose an update.
 */
import type { Model } from '../../../sim/explore/model.ts';
import type { Actor, System } from '../../../sim/explore/system.ts';

/** Stateright's test_util.rs binary_clock: two states, for ever. */
export const binaryClock: Model<number, 'tick' | 'tock'> = {
  name: 'binary clock',
  initial: [0, 1],
  enabled: (state) => (state === 0 ? ['tick'] : ['tock']),
  next: (state) => 1 - state,
  always: { 'in range': (state) => state === 0 || state === 1 },
  sometimes: { 'strikes one': (state) => state === 1 },
};

export type Jugs = Readonly<{ small: number; big: number }>;
type Pour =
  | 'fill small'
  | 'fill big'
  | 'empty small'
  | 'empty big'
  | 'small to big'
  | 'big to small';

/** L. Lamport's DieHard: jugs of 3 and 5 gallons. 16 states; four gallons take six steps. */
export const jugs: Model<Jugs, Pour> = {
  name: 'jugs',
  initial: [{ small: 0, big: 0 }],
  enabled: () => [
    'fill small',
    'fill big',
    'empty small',
    'empty big',
    'small to big',
    'big to small',
  ],
  next({ small, big }, step) {
    if (step === 'fill small') return { small: 3, big };
    if (step === 'fill big') return { small, big: 5 };
    if (step === 'empty small') return { small: 0, big };
    if (step === 'empty big') return { small, big: 0 };
    const poured = step === 'small to big' ? Math.min(small, 5 - big) : -Math.min(big, 3 - small);
    return { small: small - poured, big: big + poured };
  },
  always: { 'no jug runs over': ({ small, big }) => small <= 3 && big <= 5 },
  sometimes: {
    'four gallons': ({ big }) => big === 4,
    'five in the small one': ({ small }) => small === 5,
  },
};

type Diner = 'thinks' | 'has left' | 'eats';

/**
 * Dijkstra's philosophers, each taking the left fork first. One who eats has a neighbour who thinks, and
 * that is all: the states are the circular words in which `eats` is followed by `thinks`, which are as many
 * as the Pell-Lucas numbers, 14, 34, 82 for 3, 4, 5. In one of them each has a left fork, for ever.
 */
export function philosophers(size: number): Model<readonly Diner[], string> {
  const each = [...new Array<null>(size).keys()];
  const rightFree = (diners: readonly Diner[], i: number) => diners[(i + 1) % size] === 'thinks';
  const leftFree = (diners: readonly Diner[], i: number) =>
    diners[(i + size - 1) % size] !== 'eats';
  return {
    name: `${size} philosophers`,
    initial: [each.map(() => 'thinks')],
    enabled: (diners) =>
      each.flatMap((i) => {
        if (diners[i] === 'thinks') return leftFree(diners, i) ? [`${i} takes left`] : [];
        if (diners[i] === 'has left') return rightFree(diners, i) ? [`${i} takes right`] : [];
        return [`${i} puts both back`];
      }),
    next(diners, step) {
      const i = Number.parseInt(step, 10);
      const after = { thinks: 'has left', 'has left': 'eats', eats: 'thinks' } as const;
      return diners.with(i, after[diners[i] as Diner]);
    },
    actor: (step) => `${Number.parseInt(step, 10)}`,
    sometimes: { 'someone eats': (diners) => diners.includes('eats') },
    finally: { 'there is no end': () => false },
  };
}

type Clerk = Readonly<{ at: 'read' | 'write' | 'done'; saw: number }>;
export type Ledger = Readonly<{ total: number; ann: Clerk; bob: Clerk }>;

/** The canary: two clerks each add one, by reading and then writing. Its bug is planted. */
export const clerks: System<Ledger> = {
  name: 'two clerks',
  initial: [{ total: 0, ann: { at: 'read', saw: 0 }, bob: { at: 'read', saw: 0 } }],
  actors: [clerk('ann'), clerk('bob')],
  always: {
    'the total never exceeds two': { watches: ['total'], holds: ({ total }) => total <= 2 },
  },
  sometimes: { 'the total is two': { watches: ['total'], holds: ({ total }) => total === 2 } },
  finally: { 'nothing is lost': { watches: ['total'], holds: ({ total }) => total === 2 } },
};

function clerk(own: 'ann' | 'bob'): Actor<Ledger> {
  return {
    name: own,
    own,
    offers(seen) {
      const { at, saw } = seen[own];
      if (at === 'read') {
        const react = ({ total }: Ledger) => [
          { [own]: { at: 'write', saw: total } } as Partial<Ledger>,
        ];
        return [{ name: 'read', reads: ['total'], react }];
      }
      if (at === 'done') return [];
      const done = { [own]: { at: 'done', saw: 0 }, total: saw + 1 } as Partial<Ledger>;
      return [{ name: 'write', writes: ['total'], react: () => [done] }];
    },
    future: (seen) =>
      seen[own].at === 'done' ? { reads: [], writes: [] } : { reads: ['total'], writes: ['total'] },
  };
}

/** Programs that never meet: so many steps each. */
export function strangers(lengths: readonly number[]): System<Record<string, number>> {
  const names = lengths.map((_, i) => `p${i}`);
  return {
    name: `strangers of ${lengths.join(', ')} steps`,
    initial: [Object.fromEntries(names.map((name) => [name, 0]))],
    actors: names.map((own, i) => ({
      name: own,
      own,
      offers(seen) {
        const done = seen[own] ?? 0;
        if (done === lengths[i]) return [];
        return [{ name: `step ${done}`, react: () => [{ [own]: done + 1 }] }];
      },
      future: () => ({ reads: [], writes: [] }),
    })),
  };
}
