/**
 * The shape of the tables that describe one build of QEMU, written as words to stay readable.
 */
import { memo } from '../../kernel/memo.ts';

export type Tables = Readonly<{
  /** In the order of query-commands and query-events. */
  commands: string;
  events: string;
  migration: string;
  tpmModels: string;
  tpmTypes: string;
  /** CPU features that TCG has, and all the others that query-cpu-model-expansion lists. */
  tcgFeatures: string;
  otherFeatures: string;
  /** Parent -> its children. Abstract types are only parents. CPU and machine types follow from the tables below. */
  types: Readonly<Record<string, string>>;
  /** Type -> name:type of its properties. */
  properties: Readonly<Record<string, string>>;
  /** Option -> name:type of its parameters. */
  commandLine: Readonly<Record<string, string>>;
  /** Machine -> its cpu-max and what else query-machines says: alias=, default, nohotplug, numa, cpu=, ram=. */
  machines: Readonly<Record<string, string>>;
  /** Model -> the features that may be unavailable, in the order of the feature words. */
  cpuModels: Readonly<Record<string, string>>;
}>;

const MOST_TEXTS = 2048;

export const words: (text: string) => readonly string[] = memo(
  (text) => text.split(/\s+/).filter((word) => word !== ''),
  MOST_TEXTS,
);

/** name:type pairs; a type may itself contain colons (link<qemu:memory-region>). */
export const pairs = (text: string): (readonly [name: string, type: string])[] =>
  words(text).map((word) => {
    const colon = word.indexOf(':');
    return [word.slice(0, colon), word.slice(colon + 1)];
  });
