/**
 * What the page asks of the worker, and what comes back: plain data, for it crosses from one thread to another.
 */

import type { Link } from '../../sim/explain/chain/link.ts';
import type { Explanation } from '../../sim/explain/explanation.ts';
import type { Survival } from '../../sim/explain/fixes/survive.ts';
import type { Told } from '../../sim/explain/history.ts';
import type { Trace } from '../../sim/host/trace.ts';
import type { Words } from '../../sim/play/scenario.ts';

export type Question =
  | Readonly<{ ask: 'why'; trace: Trace }>
  | Readonly<{ ask: 'paste'; text: string; profile: string; language: 'en' | 'zh' }>
  | Readonly<{ ask: 'fixes'; trace: Trace }>
  | Readonly<{ ask: 'explore'; model: string }>;

export type Counts = Readonly<{ states: number; transitions: number }>;

/** Found orders of one mechanism, each to be replayed. */
export type FamilyAnswer = Readonly<{
  name: Words;
  host: Words;
  verdict: string;
  orders: readonly Readonly<{ events: readonly string[]; told: Told }>[];
}>;

export type WhyAnswer = Readonly<{
  kind: Explanation['kind'];
  subject: string;
  state: 'works' | 'nobody' | 'broken' | null;
  symptom: string;
  chain: readonly Link[];
  essence: readonly Words[];
  prevented: readonly Readonly<{ says: Words; node: string | null; qemu: string | null }>[];
  families: readonly FamilyAnswer[];
  searched: readonly Counts[];
  complete: boolean;
  suspects: Explanation['suspects'];
  /** The one command to ask next, and what each answer would mean. */
  decision: Readonly<{
    line: string;
    groups: readonly Readonly<{ telling: string; names: readonly Words[] }>[];
  }> | null;
}>;

/** A host's report is explained in the words of the command line. */
export type ReportAnswer = Readonly<{ report: string }>;

export type PasteAnswer = WhyAnswer | ReportAnswer;

export type FixAnswer = Readonly<{
  commands: readonly string[];
  /** What libvirtd must be told afterwards. */
  tell: readonly string[];
  also: readonly string[];
  guests: 'none' | 'unharmed' | 'refused' | 'ended';
  /** What the repaired host has to live through, and how it does. */
  survives: readonly Readonly<{ ordeal: Words; how: Survival }>[];
  node: string | null;
  lets: readonly string[];
}>;

export type FixesAnswer = Readonly<{
  works: boolean;
  node: string | null;
  tried: number;
  fixes: readonly FixAnswer[];
  useless: readonly Readonly<{ commands: readonly string[]; says: Words }>[];
}>;

export type PropertyAnswer = Readonly<{
  property: string;
  kind: string;
  verdict: 'holds' | 'fails' | 'open';
  steps: readonly string[] | null;
  trace: Trace | null;
}>;

export type ExploreAnswer = Counts &
  Readonly<{
    title: string;
    asks: string;
    depth: number;
    ends: number;
    hit: readonly string[];
    properties: readonly PropertyAnswer[];
  }>;

export type Message =
  | Readonly<{ to: number; progress: Counts }>
  | Readonly<{ to: number; answer: unknown }>
  | Readonly<{ to: number; refused: string }>;
