/**
 * The packages that yum can find.
 */
import { failed } from '../kernel/errno.ts';
import { own } from '../kernel/own.ts';
import { readFile, type Sys } from '../libc/sys.ts';
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

/** Where a host is told that its repository has a package with other scriptlets. */
export const AMENDMENTS = '/usr/lib/kvmlab/rpm.json';

export type Amendments = Readonly<
  Record<string, Partial<Pick<Package, 'pre' | 'post' | 'postun'>>>
>;

/** The packages as this host's repository has them. */
export function* available(): Sys<Readonly<Record<string, Package>>> {
  const text = yield* readFile(AMENDMENTS);
  if (failed(text)) return repository;
  const amendments = JSON.parse(text) as Amendments;
  return Object.fromEntries(
    Object.entries(repository).map(([name, p]) => [name, { ...p, ...own(amendments, name) }]),
  );
}
