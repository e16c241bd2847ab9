/**
 * What each layer of the stack believes about KVM at one moment, from the module up to libvirt's three memories.
 *
 * Models: libvirt 5.0.0 driver->caps (qemu_conf.c), virFileCache's table and files (virfilecache.c),
 *   priv->kvmCtime and kvmUsable (qemu_capabilities.c virQEMUCapsKVMUsable)
 */
import { statOf, textOf } from '../host/ask.ts';
import { driverOf } from '../host/libvirtState.ts';
import type { World } from '../host/world.ts';
import { failed } from '../kernel/errno.ts';
import { cacheFileName } from '../libvirt/cacheFile.ts';
import type { Driver } from '../libvirt/driver.ts';
import { nodeRow } from './node.ts';
import type { Words } from './scenario.ts';

const BINARIES = ['/usr/libexec/qemu-kvm', '/usr/bin/qemu-system-x86_64'];

export type Layer = Readonly<{ name: Words; says: string }>;

const offers = (kvm: boolean) => (kvm ? 'kvm' : 'no kvm');

function tableSays(driver: Driver): string {
  const entries = Object.values(driver.cache);
  const data = entries.flatMap((entry) => (entry.context.entry ? [entry.context.entry.caps] : []));
  return data.length === 0
    ? 'empty'
    : data.map((caps) => offers(caps.flags.includes('kvm'))).join(', ');
}

function fileSays(world: World): string {
  const texts = BINARIES.map((binary) => textOf(world, cacheFileName(binary)));
  const found = texts.filter((text): text is string => text !== null);
  return found.length === 0
    ? 'none'
    : found.map((text) => offers(text.includes("<flag name='kvm'/>"))).join(', ');
}

/** libvirt's three memories, the slowest first: driver capabilities, cache table, cache file. */
export function memories(world: World): readonly [driver: string, table: string, file: string] {
  const driver = driverOf(world);
  const file = fileSays(world);
  if (driver === null) return ['-', '-', file];
  return [capsSay(driver), tableSays(driver), file];
}

function capsSay({ caps }: Driver): string {
  const guests = caps?.guests ?? [];
  return guests.length === 0 ? 'no guests' : offers(guests.some((g) => g.domains.includes('kvm')));
}

function libvirtLayers(world: World): Layer[] {
  const driver = driverOf(world);
  const name = (en: string, zh: string): Words => ({ en, zh });
  const file = { name: name('cache file', '磁盘缓存'), says: fileSays(world) };
  if (driver === null) return [{ name: name('libvirtd', 'libvirtd'), says: 'not running' }, file];
  const { kvm } = driver;
  const memo =
    kvm.usable === null
      ? 'never looked'
      : `${kvm.usable ? 'usable' : 'not usable'} at ctime ${kvm.ctime}`;
  return [
    { name: name('driver capabilities', '驱动 capabilities'), says: capsSay(driver) },
    { name: name('cache table', '缓存哈希表'), says: tableSays(driver) },
    file,
    { name: name('access memory', 'access 记忆'), says: memo },
  ];
}

/** Lowest layer first. */
export function layers(world: World): Layer[] {
  const row = nodeRow(world);
  const st = statOf(world, '/dev/kvm');
  const ctime = failed(st) ? '' : ` ctime ${Math.floor(st.ctime / 1000)}`;
  const module = ['kvm_intel', 'kvm_amd'].filter(
    (name) => world.kernel.modules[name]?.value === 'live',
  );
  return [
    { name: { en: 'module', zh: '内核模块' }, says: module[0] ?? 'not loaded' },
    {
      name: { en: '/dev/kvm', zh: '/dev/kvm' },
      says:
        row.mode === null ? 'absent' : `${row.mode} ${row.owner} group::${row.groupObj}${ctime}`,
    },
    { name: { en: 'open as qemu', zh: '以 qemu 打开' }, says: row.qemu },
    ...libvirtLayers(world),
  ];
}

export type LayerChange = Readonly<{ name: Words; before: string; after: string }>;

/** The layers that a step has changed. */
export function layerChanges(before: World, after: World): LayerChange[] {
  const old = layers(before);
  return layers(after).flatMap(({ name, says }) => {
    const was = old.find((layer) => layer.name.en === name.en)?.says ?? '-';
    return was === says ? [] : [{ name, before: was, after: says }];
  });
}
