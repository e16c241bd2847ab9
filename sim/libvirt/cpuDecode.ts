/**
 * Which named CPU model comes closest to a set of features?
 *
 * Models: libvirt v5.0.0, v9.0.0 src/cpu/cpu_x86.c x86Decode, x86DataToCPU, x86DecodeUseCandidate,
 *   virCPUx86CompareCandidateFeatureList, virCPUx86DisableRemovedFeatures, x86DataFilterTSX
 *
 * From the newest model to the oldest: the one with the shortest list of differences wins, but once a model
 * bears the CPU's own family and model number, only its like may replace it. In 9.0 such a model replaces any other
 * at once, and each disabled feature weighs more than the one before. For the host itself a model
 * with a feature too many is out; for a guest the surplus is listed as disabled.
 * Leaves out: preferred models, cpu64-rhel's special vendors.
 */
import { type CpuMap, cpuMap500, type MapModel, type Signature } from './cpuMap.ts';
import { cpuMap900 } from './cpuMap900.ts';
import { cpuMap480, cpuMap560, cpuMap600 } from './cpuMapBetween.ts';
import type { CpuModel } from './qemuCaps.ts';
import type { LibvirtSwitches } from './switches.ts';

export type CpuFeature = Readonly<{ name: string; policy: 'require' | 'disable' }>;

/** Which libvirt decodes: its map, and how it weighs. */
export type Decoder = LibvirtSwitches['documents'];

const maps: Readonly<Record<Decoder, CpuMap>> = {
  '4.8.0': cpuMap480,
  '5.0.0': cpuMap500,
  '5.6.0': cpuMap560,
  '6.0.0': cpuMap600,
  '9.0.0': cpuMap900,
};

export const mapOf = (decoder: Decoder): CpuMap => maps[decoder];

export type CpuDef = Readonly<{
  model: string;
  vendor: string | null;
  features: readonly CpuFeature[];
}>;

export type CpuFacts = Readonly<{
  /** CPUID's twelve letters. */
  vendor: string;
  family: number;
  model: number;
  stepping?: number;
  /** Names as libvirt's map or /proc/cpuinfo has them; unknown ones are ignored. */
  features: readonly string[];
  /** The hypervisor's models; others are not considered. null for all. */
  allowed: readonly CpuModel[] | null;
  /** Decode for `<host>`: only models that lack nothing. */
  host: boolean;
  decoder: Decoder;
}>;

/** Where the kernel's spelling is not the map's. */
const kernelNames: Record<string, string> = {
  sse4_1: 'sse4.1',
  sse4_2: 'sse4.2',
  pclmulqdq: 'pclmuldq',
  tsc_deadline_timer: 'tsc-deadline',
  sha_ni: 'sha-ni',
  spec_ctrl: 'spec-ctrl',
  nonstop_tsc: 'invtsc',
  cr8_legacy: 'cr8legacy',
  fxsr_opt: 'fxsr_opt',
  misalignsse: 'misalignsse',
};

const vendors: Record<string, string> = {
  GenuineIntel: 'Intel',
  AuthenticAMD: 'AMD',
  HygonGenuine: 'Hygon',
};

/** TSX is broken in the Haswells; libvirt does not believe their flags. */
const tsxBroken = ({ family, model, stepping = 0 }: CpuFacts): boolean =>
  family === 6 && ((model === 63 && stepping < 4) || model === 60 || model === 69 || model === 70);

function featureSet(facts: CpuFacts): ReadonlySet<string> {
  const { known } = mapOf(facts.decoder);
  const names = facts.features.map((f) => kernelNames[f] ?? f).filter((f) => known.has(f));
  const set = new Set(names);
  if (facts.vendor === 'GenuineIntel' && tsxBroken(facts)) {
    set.delete('hle');
    set.delete('rtm');
  }
  return set;
}

/** x86DataToCPU: the differences, first those to require, then those to disable. */
function differences(
  { features, known }: CpuMap,
  have: ReadonlySet<string>,
  model: MapModel,
  hypervisor: CpuModel | undefined,
): readonly CpuFeature[] {
  const more = new Set([...have].filter((f) => !model.features.has(f)));
  const fewer = new Set([...model.features].filter((f) => !have.has(f)));
  for (const blocker of hypervisor?.blockers ?? []) {
    if (known.has(blocker) && !more.has(blocker)) fewer.add(blocker);
  }
  const listed = (set: ReadonlySet<string>, policy: CpuFeature['policy']) =>
    features.filter((name) => set.has(name)).map((name) => ({ name, policy }));
  return [...listed(more, 'require'), ...listed(fewer, 'disable')];
}

/** virCPUx86DisableRemovedFeatures. */
function withoutRemoved(model: MapModel, features: readonly CpuFeature[]): readonly CpuFeature[] {
  const missing = model.removed.filter((name) => !features.some((f) => f.name === name));
  return [...features, ...missing.map((name) => ({ name, policy: 'disable' }) as const)];
}

type Candidate = Readonly<{ model: MapModel; features: readonly CpuFeature[] }>;

const BASE_PENALTY = 2;

/**
 * The first disabled feature counts two, the next three, and so on. The loop ends where the number of features not yet
 * counted as disabled is reached, so of those at the end of the list only every second one is seen.
 */
function weightOf(features: readonly CpuFeature[]): readonly [all: number, disabled: number] {
  let enabled = features.length;
  let disabled = 0;
  let penalty = BASE_PENALTY;
  for (let i = 0; i < enabled; i++) {
    if (features[i]?.policy !== 'disable') continue;
    enabled--;
    disabled += penalty;
    penalty++;
  }
  return [enabled + disabled, disabled];
}

/** virCPUx86CompareCandidateFeatureList. */
function lighter(current: Candidate, next: Candidate, { host, decoder }: CpuFacts): boolean {
  if (host || decoder !== '9.0.0') return current.features.length > next.features.length;
  const [all, disabled] = weightOf(current.features);
  const [nextAll, nextDisabled] = weightOf(next.features);
  return nextAll < all || (nextAll === all && nextDisabled < disabled);
}

const bears = ({ family, model, stepping = 0 }: CpuFacts, s: Signature): boolean =>
  s.family === family &&
  s.model === model &&
  (s.steppings === null || (s.steppings[0] <= stepping && stepping <= s.steppings[1]));

/** x86DecodeUseCandidate. */
function better(current: Candidate | null, next: Candidate, facts: CpuFacts): boolean {
  if (current === null) return true;
  const matches = (c: Candidate) => c.model.signatures.some((s) => bears(facts, s));
  if (matches(current) && !matches(next)) return false;
  const gains = matches(next) && !matches(current);
  if (gains && facts.decoder === '9.0.0') return true;
  return lighter(current, next, facts) || gains;
}

export function decodeCpu(facts: CpuFacts): CpuDef | null {
  const map = mapOf(facts.decoder);
  const have = featureSet(facts);
  const vendor = vendors[facts.vendor] ?? null;
  let best: Candidate | null = null;
  for (const model of map.models.toReversed()) {
    const hypervisor = facts.allowed?.find((m) => m.name === model.name);
    if (facts.allowed !== null && hypervisor === undefined) continue;
    if (vendor !== null && model.vendor !== null && model.vendor !== vendor) continue;
    if (!model.decodes[facts.host ? 'host' : 'guest']) continue;
    const found = differences(map, have, model, hypervisor);
    if (facts.host && found.some((f) => f.policy === 'disable')) continue;
    const next = { model, features: facts.host ? found : withoutRemoved(model, found) };
    if (better(best, next, facts)) best = next;
  }
  return best === null ? null : { model: best.model.name, vendor, features: best.features };
}
