/**
 * Which CPU features the accelerator can give a guest.
 *
 * Models: QEMU v2.12.0 target/i386/cpu.c x86_cpu_get_supported_feature_word, x86_cpu_class_check_missing_features,
 *   arch_query_cpu_model_expansion; target/i386/kvm.c kvm_arch_get_supported_cpuid
 * Leaves out: the CPUID leaves themselves: /proc/cpuinfo stands for KVM_GET_SUPPORTED_CPUID, minus what KVM keeps
 *   from its guests. Expansion of named models (only host, max and base, which libvirt asks for).
 */
import { failed } from '../kernel/errno.ts';
import { memo, memoOf } from '../kernel/memo.ts';
import type { Sys } from '../kernel/program.ts';
import { readFile } from '../libc/sys.ts';
import { type Tables, words } from './data/tables.ts';
import type { Dict, Json } from './json/value.ts';

/** Features of the processor that KVM does not pass on. */
const withheld = new Set(
  words(
    'acpi cid dca ds ds-cpl dtes64 est ht ia64 intel-pt monitor pbe pdcm pn smx tm tm2 xtpr vmx svm',
  ),
);

/** Features that KVM itself provides, on every processor. */
const provided = words(
  `arat hypervisor kvm-asyncpf kvm-nopiodelay kvm-pv-eoi kvm-pv-unhalt kvm-steal-time kvmclock
   kvmclock-stable-bit tsc-deadline x2apic`,
);

/** Where /proc/cpuinfo and QEMU call a feature by different names. */
const renamed: Readonly<Record<string, string>> = {
  sse4_1: 'sse4.1',
  sse4_2: 'sse4.2',
  tsc_deadline_timer: 'tsc-deadline',
  nonstop_tsc: 'invtsc',
};

export type HostCpu = Readonly<{
  vendor: string;
  family: number;
  model: number;
  stepping: number;
  name: string;
  features: ReadonlySet<string>;
}>;

/** The first processor of /proc/cpuinfo. */
export function parseCpuinfo(text: string): HostCpu {
  const field = (name: string) =>
    new RegExp(`^${name}\\s*:\\s*(.*)$`, 'm').exec(text)?.[1]?.trim() ?? '';
  const flags = words(field('flags')).map((flag) => renamed[flag] ?? flag.replaceAll('_', '-'));
  return {
    vendor: field('vendor_id'),
    family: Number(field('cpu family')),
    model: Number(field('model')),
    stepping: Number(field('stepping')),
    name: field('model name'),
    features: new Set(flags),
  };
}

export type Offer = Readonly<{ features: ReadonlySet<string>; identity: Dict }>;

const tcg = (tables: Tables, modern: boolean): Offer => tcgOf(tables)[modern ? 'modern' : 'old'];

const tcgOf = memoOf((tables: Tables) => ({
  old: tcgOffer(tables, false),
  modern: tcgOffer(tables, true),
}));

const tcgOffer = (tables: Tables, modern: boolean): Offer => ({
  features: new Set(words(tables.tcgFeatures)),
  identity: {
    vendor: 'AuthenticAMD',
    family: modern ? 15 : 6,
    model: modern ? 107 : 6,
    stepping: modern ? 1 : 3,
    'model-id': 'QEMU TCG CPU version 2.5+',
  },
});

const MOST_HOSTS = 16;
const kvmOf = {
  nested: memo((cpuinfo) => kvm(parseCpuinfo(cpuinfo), true), MOST_HOSTS),
  plain: memo((cpuinfo) => kvm(parseCpuinfo(cpuinfo), false), MOST_HOSTS),
};

function kvm(host: HostCpu, nested: boolean): Offer {
  const passed = [...host.features].filter((feature) => !withheld.has(feature));
  const virtualizes = ['vmx', 'svm'].filter((f) => nested && host.features.has(f));
  return {
    features: new Set([...passed, ...virtualizes, ...provided]),
    identity: {
      vendor: host.vendor,
      family: host.family,
      model: host.model,
      stepping: host.stepping,
      'model-id': host.name,
    },
  };
}

function* nestedAllowed(): Sys<boolean> {
  for (const module of ['kvm_intel', 'kvm_amd']) {
    const text = yield* readFile(`/sys/module/${module}/parameters/nested`);
    if (!failed(text)) return /^[Y1]/.test(text);
  }
  return false;
}

/** What this accelerator offers on this host. */
export function* offered(tables: Tables, accelerator: 'kvm' | 'tcg', modern: boolean): Sys<Offer> {
  if (accelerator === 'tcg') return tcg(tables, modern);
  const text = yield* readFile('/proc/cpuinfo');
  const nested = yield* nestedAllowed();
  return kvmOf[nested ? 'nested' : 'plain'](failed(text) ? '' : text);
}

/** x86_cpu_class_check_missing_features: the model's features that the accelerator lacks. */
export const missing = (features: string, offer: Offer): string[] =>
  words(features).filter((feature) => !offer.features.has(feature));

/**
 * x86_cpu_to_dict: every feature word as a property. invtsc forbids migration, so `migratable` withholds it
 * (x86_cpu_expand_features).
 */
export function expand(tables: Tables, offer: Offer | null, props: Dict): Dict {
  const migratable = props['migratable'] !== false;
  const has = (feature: string) =>
    offer?.features.has(feature) === true && !(feature === 'invtsc' && migratable);
  const all = [...words(tables.tcgFeatures), ...words(tables.otherFeatures)];
  const features: Record<string, Json> = Object.fromEntries(all.map((f) => [f, has(f)]));
  const levels = { 'min-level': 13, 'min-xlevel': 2147483656 };
  const identity = offer?.identity ?? {
    vendor: 'AuthenticAMD',
    family: 0,
    model: 0,
    stepping: 0,
    'model-id': '',
  };
  const given = Object.entries(props).filter(([name]) => name !== 'migratable');
  return { ...features, ...levels, ...identity, ...Object.fromEntries(given) };
}
