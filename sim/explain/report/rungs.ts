/**
 * Where it is broken: what a guest with KVM needs, from the processor up, and the first of it that a report shows missing.
 *
 * This verdict knows no scenario: it is what an engineer may rely on where no known cause fits.
 */
import type { Proof } from '../../play/facts.ts';
import type { Words } from '../words.ts';
import { type Claim, judge } from './judge.ts';
import type { Readings } from './reading.ts';

export type Rung = Readonly<{
  name: Words;
  /** Any of these shows that it is broken here; what stands first in it is what one says. */
  broken: readonly Proof[];
  /** Any of these shows that it is not. */
  holds: readonly Proof[];
}>;

export const rungs: readonly Rung[] = [
  {
    name: { en: 'the processor', zh: '处理器' },
    broken: [
      { processor: 'neither', driver: 'absent' },
      { kernelSaid: 'disabled by firmware', driver: 'absent' },
    ],
    holds: [{ driver: 'registered' }, { processor: ['vmx', 'svm'], kernelSaid: 'nothing' }],
  },
  {
    name: { en: 'the module', zh: '内核模块' },
    broken: [{ module: ['none', 'kvm alone'], driver: 'absent' }, { driver: 'absent' }],
    holds: [{ driver: 'registered' }],
  },
  {
    name: { en: 'the device node', zh: '设备节点' },
    broken: [{ node: ['absent', 'other'] }, { mount: 'nodev', open: 'EACCES' }],
    holds: [{ node: 'kvm', mount: 'devices' }, { open: 'opens' }],
  },
  {
    name: { en: 'the rights', zh: '权限' },
    broken: [
      { open: 'EPERM' },
      { rights: 'refused' },
      { check: 'fails' },
      { openAsQemu: ['EACCES', 'EPERM'] },
      { ownGroups: 'stale', maker: 'person', open: 'EACCES' },
    ],
    holds: [{ rights: 'enough', openAsQemu: 'opens' }, { check: 'passes' }],
  },
  {
    name: { en: 'the emulator', zh: '模拟器' },
    broken: [
      { rival: 'yes', kernelSaid: 'enabling failed' },
      { builtWithKvm: 'no' },
      { capabilities: 'no kvm', probedNow: 'yes', rights: 'enough' },
    ],
    holds: [{ capabilities: 'kvm' }, { entry: 'kvm' }, { probedNow: 'no' }],
  },
  {
    name: { en: "libvirt's memory", zh: 'libvirt 的记忆' },
    broken: [
      { probedNow: 'no', capabilities: 'no kvm', rights: 'enough' },
      {
        daemonSince: 'before the node',
        release: 'before 5.1',
        rights: 'enough',
        refusal: 'this arch',
        capabilities: 'kvm',
      },
    ],
    holds: [{ capabilities: 'kvm' }],
  },
  {
    name: { en: 'the request', zh: '请求本身' },
    broken: [{ refusal: ['missing emulator', 'foreign arch'] }, { guest: 'tcg' }],
    holds: [{ refusal: ['nothing', 'this arch'] }],
  },
];

export type Standing = Readonly<{
  rung: Rung;
  state: 'broken' | 'holds' | 'unknown';
  claims: readonly Claim[];
}>;

function proofOf(proofs: readonly Proof[], readings: Readings): readonly Claim[] | null {
  for (const proof of proofs) {
    const judged = judge(proof, readings);
    if (judged.verdict === 'proved') return judged.claims;
  }
  return null;
}

export const standings = (readings: Readings): Standing[] =>
  rungs.map((rung) => {
    const broken = proofOf(rung.broken, readings);
    if (broken) return { rung, state: 'broken', claims: broken };
    const holds = proofOf(rung.holds, readings);
    return holds ? { rung, state: 'holds', claims: holds } : { rung, state: 'unknown', claims: [] };
  });
