/**
 * The shape of the tables that describe one build of QEMU, written as words to stay readable.
 */
import { memo } from '../../kernel/memo.ts';
import type { Dict, Json } from '../json/value.ts';

export type CpuTables = Readonly<{
  /** CPU features that TCG has. */
  tcgFeatures: string;
  /** All of them, in the order in which query-cpu-model-expansion puts them into its reply. */
  features: string;
  /** alias=feature: other spellings, which only a full expansion has. */
  cpuAliases: string;
  /** The order in which a full expansion puts them: that of a GLib hash table. Empty: as here. */
  fullOrder: string;
  /** The other properties of a full expansion: of every CPU, and of `host` and `max` besides or instead. */
  cpuProperties: Readonly<Record<'every' | 'host', Dict>>;
  /** Model -> the features that may be unavailable, in the order of the feature words, or `=` and the model behind it. */
  cpuModels: readonly (readonly [model: string, features: string])[];
}>;

export type Tables = CpuTables &
  Readonly<{
    /** In the order of query-commands and query-events. */
    commands: string;
    events: string;
    migration: string;
    tpmModels: string;
    tpmTypes: string;
    /** query-qmp-schema. */
    schema: readonly Json[];
    /** Parent -> its children. Abstract types are only parents. CPU and machine types follow from the tables below. */
    types: Readonly<Record<string, string>>;
    /** Type -> name:type of its properties; `=` and the default of a truth value where somebody asks for it. */
    properties: Readonly<Record<string, string>>;
    /** Option -> name:type of its parameters. */
    commandLine: Readonly<Record<string, string>>;
    /** Machine -> its cpu-max and what else query-machines says: alias=, default, nohotplug, numa, deprecated, cpu=, ram=. */
    machines: Readonly<Record<string, string>>;
    /** In qemu-system-i386, whose table of types is another, this machine stands before that one. */
    i386First?: readonly [machine: string, before: string];
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

/** The corner of query-qmp-schema that is modelled, and every event; what an event carries is left out. */
export const schemaOf = ({ schema, events }: Tables): readonly Json[] => [
  ...schema,
  ...words(events).map((name) => ({ name, 'meta-type': 'event', 'arg-type': '0' })),
];
