/**
 * The x86 CPU models that libvirt 4.8.0, 5.6.0 and 6.0.0 know: 5.0.0's without two, or with all their families and what came since.
 *
 * Models: libvirt v4.8.0, v5.6.0, v6.0.0 src/cpu_map/index.xml, x86_features.xml, x86_<model>.xml
 */
import { type CpuMap, cpuMap, modelLines500, names500 } from './cpuMap.ts';

/** Features behind a feature, or models behind a model. */
type Insertions = Readonly<Record<string, string>>;

const inserted = (names: string, more: Insertions): string =>
  names
    .trim()
    .split(/\s+/)
    .flatMap((name) => (more[name] === undefined ? [name] : [name, more[name]]))
    .join(' ');

/** Each line of a model, with its signatures as they are by now, and the models that follow it. */
function models(lines: string, signatures: Insertions, more: Insertions): string {
  const joined = lines
    .trim()
    .replace(/\n {4}/g, ' ')
    .split('\n');
  return joined
    .flatMap((line) => {
      const [name = '', vendor = '', old = '', ...rest] = line.split(' ');
      const own = [name, vendor, signatures[name] ?? old, ...rest].join(' ');
      return more[name] === undefined ? [own] : [own, more[name]];
    })
    .join('\n');
}

const families: Insertions = {
  Conroe: '6/15,6/22',
  Penryn: '6/23,6/29',
  Nehalem: '6/26,6/30,6/31,6/46',
  'Nehalem-IBRS': '6/26,6/30,6/31,6/46',
  Westmere: '6/44,6/47,6/37',
  SandyBridge: '6/42,6/45',
  'SandyBridge-IBRS': '6/42,6/45',
  IvyBridge: '6/58,6/62',
  'IvyBridge-IBRS': '6/58,6/62',
  'Haswell-noTSX': '6/60,6/63,6/69,6/70',
  'Haswell-noTSX-IBRS': '6/60,6/63,6/69,6/70',
  Haswell: '6/60,6/63,6/69,6/70',
  'Haswell-IBRS': '6/60,6/63,6/69,6/70',
  'Broadwell-noTSX': '6/61,6/71,6/79,6/86',
  'Broadwell-noTSX-IBRS': '6/61,6/71,6/79,6/86',
  Broadwell: '6/61,6/71,6/79,6/86',
  'Broadwell-IBRS': '6/61,6/71,6/79,6/86',
  'Skylake-Client': '6/94,6/78,6/142,6/158',
  'Skylake-Client-IBRS': '6/94,6/78,6/142,6/158',
};

const names560 = inserted(names500, {
  la57: 'cldemote',
  'avx512-4fmaps': 'md-clear',
  'amd-no-ssb': 'rdctl-no ibrs-all rsba skip-l1dfl-vmentry ssb-no mds-no',
});

const lines560 = models(modelLines500, families, {
  'Skylake-Server-IBRS':
    'Cascadelake-Server Intel 6/85 Skylake-Server-IBRS +clflushopt +avx512vnni +ssbd',
});

const names600 = inserted(names560, {
  ssbd: 'avx512-bf16',
  invtsc: 'clzero',
  'mds-no': 'tsx-ctrl taa-no',
});

/** A guest of 6.0.0's Icelake-Server has no pconfig: QEMU had dropped it. */
const lines600 = models(
  lines560.replace(' +pconfig', ''),
  {},
  {
    'EPYC-IBPB': 'Dhyana Hygon 24/0 EPYC-IBPB -pclmuldq -aes -sha-ni',
  },
);

export const cpuMap560: CpuMap = cpuMap(names560, lines560);
export const cpuMap600: CpuMap = cpuMap(names600, lines600);

export const cpuMap480: CpuMap = cpuMap(
  names500.replace(/ (stibp|arch-capabilities)\b/g, ' '),
  modelLines500.replace(/^Icelake-.*\n( {4}.*\n)*/gm, ''),
);
