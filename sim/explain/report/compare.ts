/** Two hosts by what can be told of them: where the simulated one is not like the reported one. */
import { type FactName, factNames } from '../../play/facts.ts';
import type { Readings } from './reading.ts';

type Difference = Readonly<{ fact: FactName; reported: string; simulated: string | null }>;

/** What the report does not tell is no difference. */
export const differences = (reported: Readings, simulated: Readings): Difference[] =>
  factNames.flatMap((fact) => {
    const [there, here] = [reported[fact]?.value, simulated[fact]?.value ?? null];
    return there === undefined || there === here
      ? []
      : [{ fact, reported: there, simulated: here }];
  });
