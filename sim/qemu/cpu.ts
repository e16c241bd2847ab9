/**
 * Which CPU features the accelerator can give a guest.
 *
 * Models: QEMU v2.12.0 target/i386/cpu.c x86_cpu_get_supported_feature_word, x86_cpu_class_check_missing_features,
 *   arch_query_cpu_model_expansion; target/i386/kvm.c kvm_arch_get_supported_cpuid, kvm_arch_get_supported_msr_feature;
 *   v7.2.0 target/i386/host-cpu.c host_cpu_max_instance_init, target/i386/kvm/kvm-cpu.c kvm_cpu_max_instance_init
 * Leaves out: expansion of named models (only host, max and base, which libvirt asks for).
 */
import { memoOf } from '../kernel/memo.ts';
import type { KvmOffer } from './command.ts';
import { archCapabilities, featureWords } from './data/featureWords.ts';
import { type Tables, words } from './data/tables.ts';
import type { Dict, Json } from './json/value.ts';

export type Offer = Readonly<{
  features: ReadonlySet<string>;
  /** The highest basic and extended leaf. */
  levels: readonly [level: number, xlevel: number];
  identity: Dict;
}>;

type Registers = ReadonlyMap<string, readonly number[]>;

const key = (fn: number, index: number): string => `${fn} ${index}`;
const registerAt = { eax: 0, ebx: 1, ecx: 2, edx: 3 } as const;

/** `function index eax ebx ecx edx` in hexadecimal, one leaf a line, as KVM answered. */
function registersOf(cpuid: string): Registers {
  const rows = cpuid.split('\n').map((line) => line.split(' ').map((w) => Number.parseInt(w, 16)));
  return new Map(rows.map(([fn = 0, index = 0, ...values]) => [key(fn, index), values]));
}

const isSet = (value: number, bit: number): boolean => ((value >>> bit) & 1) === 1;

function spelled(values: readonly number[]): string {
  const letters = values.flatMap((v) => [v, v >>> 8, v >>> 16, v >>> 24].map((b) => b & 0xff));
  return String.fromCharCode(...letters.filter((code) => code !== 0));
}

/** x86_cpu_vendor_words2str, host_cpu_vendor_fms. */
function identityOf(at: (fn: number) => readonly number[], modelId: string): Dict {
  const [, ebx = 0, ecx = 0, edx = 0] = at(0);
  const [eax = 0] = at(1);
  return {
    vendor: spelled([ebx, edx, ecx]),
    family: ((eax >>> 8) & 15) + ((eax >>> 20) & 0xff),
    model: ((eax >>> 4) & 15) | ((eax >>> 12) & 0xf0),
    stepping: eax & 15,
    'model-id': modelId,
  };
}

export function kvmOffer({ cpuid, msr, modelId }: KvmOffer): Offer {
  const registers = registersOf(cpuid);
  const at = (fn: number, index = 0) => registers.get(key(fn, index)) ?? [];
  const features = new Set<string>();
  for (const { function: fn, index, register, bits } of featureWords) {
    const value = at(fn, index)[registerAt[register]] ?? 0;
    for (const [bit, name] of bits.entries()) if (isSet(value, bit)) features.add(name);
  }
  features.delete('-');
  if (features.has('arch-capabilities')) {
    for (const [bit, name] of archCapabilities.entries()) if (isSet(msr, bit)) features.add(name);
  }
  const levels = [at(0)[0] ?? 0, at(0x80000000)[0] ?? 0] as const;
  return { features, levels, identity: identityOf(at, modelId) };
}

/** `newer`: QEMU 7.2 for x86_64, whose `max` is an Athlon 64 and no longer a Celeron. */
export const tcgOffer = (tables: Tables, newer: boolean, modern: boolean): Offer => ({
  features: new Set(words(tables.tcgFeatures)),
  levels: [13, modern ? 0x8000000a : 0x80000008],
  identity: {
    vendor: 'AuthenticAMD',
    family: newer ? 15 : 6,
    model: newer ? 107 : 6,
    stepping: newer ? 1 : 3,
    'model-id': 'QEMU TCG CPU version 2.5+',
  },
});

/** The name of an XSAVE component is that of the feature it belongs to (x86_cpu_feature_name). */
const plain = (feature: string): string => feature.replace('xsave:', '');

/** kvm_default_props: what KVM turns off in every named model, and with svm all of SVM's own word. */
const turnedOff = new Set(
  words('acpi monitor svm npt lbrv svm-lock nrip-save tsc-scale vmcb-clean vgif svme-addr-chk'),
);

/** x86_cpu_class_check_missing_features: the model's features that the accelerator lacks. */
export const missing = (features: string, offer: Offer, kvm: boolean): string[] =>
  words(features)
    .filter((feature) => !offer.features.has(feature) && !(kvm && turnedOff.has(feature)))
    .map(plain);

const modelsOf = memoOf((tables: Tables) => new Map(tables.cpuModels));

/** x86_cpu_class_get_alias_of: the versioned model behind a plain name. */
export const aliasOf = (tables: Tables, model: string): string | null => {
  const text = modelsOf(tables).get(model) ?? '';
  return text.startsWith('=') ? text.slice(1) : null;
};

/** null where there is no such model. */
export const featuresOf = (tables: Tables, model: string): string | null =>
  modelsOf(tables).get(aliasOf(tables, model) ?? model) ?? null;

/** no_autoenable_flags: `host` and `max` do not have it just because it is there. */
const NOT_BY_ITSELF = 'topoext';

/** x86_cpu_expand_features: what `host` and `max` have. invtsc forbids migration, so `migratable` withholds it. */
export const hostHas = (offer: Offer, feature: string, migratable: boolean): boolean =>
  offer.features.has(feature) && feature !== NOT_BY_ITSELF && !(feature === 'invtsc' && migratable);

/** The MSR that a guest CPU with these features is born with; 0 where it has none. */
export const archCapabilitiesOf = (has: (feature: string) => boolean): number =>
  has('arch-capabilities')
    ? archCapabilities.reduce((sum, name, bit) => (has(name) ? sum | (1 << bit) : sum), 0)
    : 0;

const nobody: Dict = {
  vendor: 'AuthenticAMD',
  family: 0,
  model: 0,
  stepping: 0,
  'model-id': '',
};

/** x86_cpu_to_dict_full: aliases follow their feature; of the other properties nobody here changes any. */
function fullProperties(tables: Tables, name: string, known: Dict): Dict {
  const aliases = words(tables.cpuAliases).map((word): [string, Json] => {
    const [alias = '', feature = ''] = word.split('=');
    return [alias, known[feature] ?? false];
  });
  return {
    ...Object.fromEntries(aliases),
    ...tables.cpuProperties.every,
    ...(name === 'base' ? {} : tables.cpuProperties.host),
    level: known['min-level'] ?? 0,
    xlevel: known['min-xlevel'] ?? 0,
  };
}

/** x86_cpu_to_dict: every feature word as a property. */
export function expand(
  tables: Tables,
  offer: Offer | null,
  model: Readonly<{ name: string; props: Dict }>,
  full: boolean,
): Dict {
  const { name, props } = model;
  const migratable = props['migratable'] !== false;
  const has = (feature: string) => offer !== null && hostHas(offer, feature, migratable);
  const features = words(tables.features).map((f): [string, Json] => [f, has(f)]);
  const levels = offer?.levels ?? [13, 0x80000008];
  const said = ['migratable', 'hv-passthrough'];
  const given = Object.fromEntries(Object.entries(props).filter(([key]) => !said.includes(key)));
  const known = {
    ...Object.fromEntries(features),
    'min-level': levels[0],
    'min-xlevel': levels[1],
    ...(offer?.identity ?? nobody),
    ...given,
  };
  if (!full) return known;
  const all: Dict = { ...fullProperties(tables, name, known), ...known, ...props };
  const order = new Set([...words(tables.fullOrder), ...Object.keys(all)]);
  const put = ([key, value]: readonly [string, Json | undefined]): [string, Json][] =>
    value === undefined ? [] : [[key, value]];
  return Object.fromEntries([...order].flatMap((key) => put([key, all[key]])));
}
