/** A thing that a report can tell: what it may turn out to be, and the command that would settle it. */
import type { Words } from '../scenario.ts';

export type Subject = Readonly<{
  /** What to type where the report does not say. */
  ask: string;
  /** Each as the sentence that says so. */
  values: Readonly<Record<string, Words>>;
}>;
