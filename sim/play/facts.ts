/**
 * The vocabulary of what a host's report can tell: closed, typed, and the language in which a scenario says what proves it.
 *
 * What each word means for a report is computed in explain/report, by one function for each.
 */
import { device } from './facts/device.ts';
import type { Subject } from './facts/fact.ts';
import { libvirt } from './facts/libvirt.ts';
import { machine } from './facts/machine.ts';
import { rights } from './facts/rights.ts';
import type { Words } from './scenario.ts';

const vocabulary = { ...machine, ...device, ...rights, ...libvirt };

type Vocabulary = typeof vocabulary;

export type FactName = keyof Vocabulary;

export type FactValue<N extends FactName> = keyof Vocabulary[N]['values'] & string;

/** What must hold of a host for a cause to be proved: for each fact its value, or several that will do. */
export type Proof = { readonly [N in FactName]?: FactValue<N> | readonly FactValue<N>[] };

export const factNames = Object.keys(vocabulary) as readonly FactName[];

const subject = (name: FactName): Subject => vocabulary[name];

/** `kvm_intel is loaded` */
export const factWords = (name: FactName, value: string): Words =>
  subject(name).values[value] ?? { en: `${name}: ${value}`, zh: `${name}：${value}` };

/** The command whose output settles a fact. */
export const askFor = (name: FactName): string => subject(name).ask;
