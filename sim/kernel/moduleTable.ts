/**
 * The modules that can be loaded here: what they need, what they bring.
 *
 * Models: modinfo of CentOS 7.7's kernel (depends, alias), sizes of a real lsmod
 * Leaves out: every module that no scenario touches.
 */
import { own } from './own.ts';

export type ModuleInfo = Readonly<{
  size: number;
  needs: readonly string[];
  /** Path below /lib/modules/<release>/, as modules.dep writes it. */
  file: string;
  /** modules.alias patterns; coldplug's `kmod load $env{MODALIAS}` goes by them. */
  aliases: readonly string[];
}>;

const table: Readonly<Record<string, ModuleInfo>> = {
  irqbypass: { size: 13503, needs: [], file: 'kernel/virt/lib/irqbypass.ko.xz', aliases: [] },
  kvm: { size: 630379, needs: ['irqbypass'], file: 'kernel/arch/x86/kvm/kvm.ko.xz', aliases: [] },
  kvm_intel: {
    size: 188740,
    needs: ['kvm'],
    file: 'kernel/arch/x86/kvm/kvm-intel.ko.xz',
    aliases: ['x86cpu:vendor:*:family:*:model:*:feature:*0085*'],
  },
  kvm_amd: {
    size: 2177306,
    needs: ['kvm'],
    file: 'kernel/arch/x86/kvm/kvm-amd.ko.xz',
    aliases: ['x86cpu:vendor:*:family:*:model:*:feature:*00C2*'],
  },
  tun: {
    size: 36164,
    needs: [],
    file: 'kernel/drivers/net/tun.ko.xz',
    aliases: ['devname:net/tun'],
  },
  vhost: { size: 48851, needs: [], file: 'kernel/drivers/vhost/vhost.ko.xz', aliases: [] },
  vhost_net: {
    size: 22507,
    needs: ['vhost', 'tun'],
    file: 'kernel/drivers/vhost/vhost_net.ko.xz',
    aliases: ['devname:vhost-net'],
  },
  vboxdrv: { size: 491520, needs: [], file: 'misc/vboxdrv.ko', aliases: [] },
};

export const moduleNames: readonly string[] = Object.keys(table);

export const moduleInfo = (name: string): ModuleInfo | undefined => own(table, name);

/** The misc devices that a live module registers: minor and name. */
export const miscDevices: Readonly<Record<string, readonly (readonly [number, string])[]>> = {
  kvm_intel: [[232, 'kvm']],
  kvm_amd: [[232, 'kvm']],
  tun: [[200, 'tun']],
  vhost_net: [[238, 'vhost-net']],
};

/** devnames with a directory: misc device name -> node below /dev. */
export const nodePath = (name: string): string =>
  name === 'tun' ? '/dev/net/tun' : `/dev/${name}`;

/** All that a module needs, nearest first: kvm_intel needs kvm, and kvm needs irqbypass. */
function allNeeds(name: string): string[] {
  const direct = table[name]?.needs ?? [];
  return [...new Set([...direct, ...direct.flatMap(allNeeds)])];
}

/** The text of modules.dep, as depmod writes it for these modules. */
export const moduleDependencies: string = moduleNames
  .map((name) => {
    const files = allNeeds(name).map((needed) => ` ${table[needed]?.file ?? ''}`);
    return `${table[name]?.file ?? ''}:${files.join('')}\n`;
  })
  .join('');

/** The text of modules.alias. */
export const moduleAliases: string = moduleNames
  .flatMap((name) => (table[name]?.aliases ?? []).map((alias) => `alias ${alias} ${name}\n`))
  .join('');

/** The text of a module's .modinfo section, a pair a line; it stands for the whole file. */
export function moduleSection(name: string, release: string): string {
  const info = table[name];
  const depends = (info?.needs ?? []).map((n) => n.replaceAll('_', '-')).join(',');
  return [
    'license=GPL',
    ...(info?.aliases ?? []).map((alias) => `alias=${alias}`),
    `depends=${depends}`,
    'intree=Y',
    `vermagic=${release} SMP mod_unload modversions `,
    ...(name === 'kvm_intel'
      ? ['parm=nested:bool']
      : name === 'kvm_amd'
        ? ['parm=nested:int']
        : []),
    '',
  ].join('\n');
}

/** Path below the modules' directory. */
export const moduleFile = (name: string): string => table[name]?.file ?? `${name}.ko`;
