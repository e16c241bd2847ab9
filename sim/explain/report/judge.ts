/**
 * The known causes, held against a report: proved by its facts, excluded by one of them, or fitting as far as it goes.
 */
import { type FactName, factNames, type Proof } from '../../play/facts.ts';
import type { Quote, Reading, Readings } from './reading.ts';

export type Claim = Readonly<{ fact: FactName; value: string; quotes: readonly Quote[] }>;

export type Judgement =
  | Readonly<{ verdict: 'proved'; claims: readonly Claim[] }>
  /** The first fact that contradicts it. */
  | Readonly<{ verdict: 'excluded'; by: Claim }>
  /** What is known agrees; of what is not, the first would decide. */
  | Readonly<{
      verdict: 'fits';
      claims: readonly Claim[];
      unknown: readonly [FactName, ...FactName[]];
    }>;

/** The facts that a proof names, in the order in which it names them. */
const factsOfProof = (proof: Proof): FactName[] =>
  Object.keys(proof).filter((name): name is FactName =>
    (factNames as readonly string[]).includes(name),
  );

const wanted = (proof: Proof, fact: FactName): readonly string[] => {
  const value: string | readonly string[] | undefined = proof[fact];
  return value === undefined ? [] : typeof value === 'string' ? [value] : value;
};

export function judge(proof: Proof, readings: Readings): Judgement {
  const claims: Claim[] = [];
  const unknown: FactName[] = [];
  for (const fact of factsOfProof(proof)) {
    const reading: Reading | null = readings[fact];
    if (reading === null) {
      unknown.push(fact);
      continue;
    }
    const claim = { fact, ...reading };
    if (!wanted(proof, fact).includes(reading.value)) return { verdict: 'excluded', by: claim };
    claims.push(claim);
  }
  const [first, ...rest] = unknown;
  return first === undefined
    ? { verdict: 'proved', claims }
    : { verdict: 'fits', claims, unknown: [first, ...rest] };
}
