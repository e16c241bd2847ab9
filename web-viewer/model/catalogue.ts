/**
 * The list of scenarios as the page shows it before any of them is loaded.
 */
import type { Scenario, Words } from '../../sim/play/scenario.ts';

export type Listed = Readonly<{
  name: string;
  title: Words;
  symptom: Scenario['symptom'];
  profiles: readonly string[];
}>;
