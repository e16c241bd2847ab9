/**
 * The packages that yum can find.
 */
import type { Package } from './package.ts';
import { kernel } from './packages/kernel.ts';
import { libvirt } from './packages/libvirt.ts';
import { qemuKvmCommonEv, qemuKvmEv } from './packages/qemu-kvm-ev.ts';

export const repository: Readonly<Record<string, Package>> = {
  [qemuKvmCommonEv.name]: qemuKvmCommonEv,
  [qemuKvmEv.name]: qemuKvmEv,
  [libvirt.name]: libvirt,
  [kernel.name]: kernel,
};
