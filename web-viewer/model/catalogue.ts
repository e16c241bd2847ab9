/**
 * The list of scenarios as the page shows it before any of them is loaded.
 */
import type { Scenario, Words } from '../../sim/play/scenario.ts';

export type Listed = Readonly<{
  name: string;
  title: Words;
  symptom: Scenario['symptom'];
  /** The hosts that it plays on, the one that it is told on first; and each in words, with its versions. */
  profiles: readonly string[];
  hosts: readonly string[];
}>;
