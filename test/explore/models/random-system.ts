/**
 * Systems thrown together by dice: programs that read, wait, write, fail and repeat, with true footprints.
 *
 * They have no meaning. Whatever a search claims must hold for them as well.
 */
import { dice } from '../../../sim/explore/random.ts';
import type { Actor, Offer, System } from '../../../sim/explore/system.ts';

type Cells = Readonly<Record<string, number>>;
export type RandomOptions = Readonly<{ seed: number; cyclic: boolean }>;

const VALUES = 3;

export function randomSystem({ seed, cyclic }: RandomOptions): System<Cells> {
  const roll = dice(seed);
  const cells = Array.from({ length: 4 + roll(5) }, (_, i) => `c${i}`);
  const cell = () => cells[roll(cells.length)] as string;
  const owns = Array.from({ length: 2 + roll(3) }, (_, i) => `a${i}`);
  const actors = owns.map((own): Actor<Cells> => {
    const steps = Array.from({ length: 1 + roll(3) }, () => ({
      reads: cell(),
      writes: cell(),
      waits: roll(4) === 0 ? roll(VALUES) : null,
      adds: roll(VALUES),
      isFault: roll(5) === 0,
      or: roll(4) === 0,
    }));
    const repeats = cyclic && roll(2) === 0;
    const left = (at: number) => (repeats ? steps : steps.slice(at));
    return {
      name: own,
      own,
      offers(seen): readonly Offer<Cells>[] {
        const at = seen[own] as number;
        const step = steps[at];
        if (step === undefined) return [];
        const { reads, writes, waits, adds, isFault, or } = step;
        const on = { [own]: repeats ? (at + 1) % steps.length : at + 1 };
        const react = (all: Cells): Cells[] => {
          if (waits !== null && all[reads] !== waits) return [];
          const sum = ((all[reads] ?? 0) + (all[writes] ?? 0) + adds) % VALUES;
          return or ? [{ ...on, [writes]: sum }, on] : [{ ...on, [writes]: sum }];
        };
        return [{ name: `${at}`, reads: [reads], writes: [writes], isFault, react }];
      },
      future: (seen) => ({
        reads: left(seen[own] as number).map(({ reads }) => reads),
        writes: left(seen[own] as number).map(({ writes }) => writes),
      }),
    };
  });
  const law = () => {
    const [one, two, value] = [cell(), cell(), roll(VALUES * 2 - 1)];
    return {
      watches: [one, two],
      holds: (seen: Cells) => (seen[one] ?? 0) + (seen[two] ?? 0) === value,
    };
  };
  const not = ({ watches, holds }: ReturnType<typeof law>) => ({
    watches,
    holds: (seen: Cells) => !holds(seen),
  });
  return {
    name: `random system ${seed}`,
    initial: [Object.fromEntries([...cells, ...owns].map((name) => [name, 0]))],
    actors,
    always: { a1: not(law()), a2: not(law()) },
    sometimes: { s1: law(), s2: law() },
    finally: { f1: not(law()), f2: not(law()) },
  };
}
