/**
 * Which named CPU model comes closest to a set of features?
 *
 * Models: libvirt v5.0.0 src/cpu/cpu_x86.c x86Decode, x86DataToCPU, x86DecodeUseCandidate,
 *   x86DataFilterTSX
 *
 * From the newest model to the oldest: the one with the shortest list of differences wins, but once a model
 * bears the CPU's own family and model number, only its like may replace it. For the host itself a model
 * with a feature too many is out; for a guest the surplus is listed as disabled.
 * Leaves out: preferred models, cpu64-rhel's special vendors.
 */
import { type MapModel, mapFeatures, mapModels } from './cpuMap.ts';
import type { CpuModel } from './qemuCaps.ts';

export type CpuFeature = Readonly<{ name: string; policy: 'require' | 'disable' }>;

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

const vendors: Record<string, string> = { GenuineIntel: 'Intel', AuthenticAMD: 'AMD' };

const known = new Set(mapFeatures);

/** TSX is broken in the Haswells; libvirt does not believe their flags. */
const tsxBroken = ({ family, model, stepping = 0 }: CpuFacts): boolean =>
  family === 6 && ((model === 63 && stepping < 4) || model === 60 || model === 69 || model === 70);

function featureSet(facts: CpuFacts): ReadonlySet<string> {
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
    mapFeatures.filter((name) => set.has(name)).map((name) => ({ name, policy }));
  return [...listed(more, 'require'), ...listed(fewer, 'disable')];
}

type Candidate = Readonly<{ model: MapModel; features: readonly CpuFeature[] }>;

/** x86DecodeUseCandidate. */
function better(current: Candidate | null, next: Candidate, signature: string): boolean {
  if (current === null) return true;
  const matches = (c: Candidate) => c.model.signature === signature;
  if (matches(current) && !matches(next)) return false;
  if (current.features.length > next.features.length) return true;
  return matches(next) && !matches(current);
}

export function decodeCpu(facts: CpuFacts): CpuDef | null {
  const have = featureSet(facts);
  const vendor = vendors[facts.vendor] ?? null;
  const signature = `${facts.family}/${facts.model}`;
  let best: Candidate | null = null;
  for (const model of mapModels.toReversed()) {
    const hypervisor = facts.allowed?.find((m) => m.name === model.name);
    if (facts.allowed !== null && hypervisor === undefined) continue;
    if (vendor !== null && model.vendor !== null && model.vendor !== vendor) continue;
    const features = differences(have, model, hypervisor);
    if (facts.host && features.some((f) => f.policy === 'disable')) continue;
    const next = { model, features };
    if (better(best, next, signature)) best = next;
  }
  return best === null ? null : { model: best.model.name, vendor, features: best.features };
}
