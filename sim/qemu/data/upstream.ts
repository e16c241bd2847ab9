/**
 * Upstream 2.12 and 4.0: their own machine types, everything else as in the el7 tables.
 *
 * Models: QEMU v2.12.0 and v4.0.0 hw/i386/pc_piix.c, pc_q35.c DEFINE_*_MACHINE
 * Leaves out: the devices that RHEL disables; the types older than 2.8; what 4.0 added to the other tables.
 */
import { el7 } from './el7.ts';
import type { Tables } from './tables.ts';

function upstream(versions: readonly string[]): Tables {
  const [newest] = versions;
  const machines = versions.flatMap((version) => {
    const alias = (name: string) => (version === newest ? ` alias=${name}` : '');
    const latest = version === newest ? ' default' : '';
    return [
      [`pc-i440fx-${version}`, `255${alias('pc')}${latest}`],
      [`pc-q35-${version}`, `288${alias('q35')}`],
    ];
  });
  return {
    ...el7,
    machines: Object.fromEntries([...machines, ['isapc', '1'], ['none', '1 nohotplug']]),
  };
}

export const upstream212 = upstream(['2.12', '2.11', '2.10', '2.9', '2.8']);
export const upstream40 = upstream(['4.0', '3.1', '3.0', '2.12', '2.11', '2.10', '2.9', '2.8']);
