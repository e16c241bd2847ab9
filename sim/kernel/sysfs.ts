/**
 * The files of /sys that the modelled programs read.
 *
 * Models: Linux 3.10 drivers/base/core.c (uevent, dev), drivers/char/misc.c, kernel/params.c,
 *   drivers/base/cpu.c (modalias of CPU devices), drivers/firmware/dmi-id.c, drivers/base/topology.c
 * Leaves out: everything else; sizes and link counts of sysfs.
 */
import { cpuCount, type Hardware } from './hardware.ts';
import { moduleInfo } from './moduleTable.ts';
import type { PseudoFiles } from './pseudoFiles.ts';
import type { KernelState } from './state.ts';

/** The modalias of every CPU: vendor, family, model and the features that modules ask for. */
export function cpuModalias({ vendor, family, model, flags }: Hardware): string {
  const hex = (n: number, digits: number) => n.toString(16).toUpperCase().padStart(digits, '0');
  const code = vendor === 'GenuineIntel' ? 0 : 2;
  const features = [
    ...(flags.includes('vmx') ? [',0085'] : []),
    ...(flags.includes('svm') ? [',00C2'] : []),
  ].join('');
  return `x86cpu:vendor:${hex(code, 4)}:family:${hex(family, 4)}:model:${hex(model, 4)}:feature:${features},`;
}

const unpowered = {
  control: 'auto',
  runtime_active_time: '0',
  runtime_status: 'unsupported',
  runtime_suspended_time: '0',
} as const;

function miscFiles(kernel: KernelState): PseudoFiles {
  const files: Record<string, () => string> = {};
  for (const [minor, { name }] of Object.entries(kernel.misc)) {
    const at = `/sys/devices/virtual/misc/${name}`;
    const devname = name === 'tun' ? 'net/tun' : name;
    files[`${at}/dev`] = () => `10:${minor}\n`;
    files[`${at}/uevent`] = () => `MAJOR=10\nMINOR=${minor}\nDEVNAME=${devname}\n`;
    files[`${at}/subsystem`] = () => '-> ../../../../class/misc';
    // A device without a driver that could put it to sleep.
    for (const [attribute, value] of Object.entries(unpowered))
      files[`${at}/power/${attribute}`] = () => `${value}\n`;
    files[`/sys/class/misc/${name}`] = () => `-> ../../devices/virtual/misc/${name}`;
    files[`/sys/dev/char/10:${minor}`] = () => `-> ../../devices/virtual/misc/${name}`;
  }
  return files;
}

function moduleFiles(kernel: KernelState): PseudoFiles {
  const files: Record<string, () => string> = {};
  for (const [name, module] of Object.entries(kernel.modules)) {
    if (module.value !== 'live') continue;
    files[`/sys/module/${name}/refcnt`] = () => `${module.context.refs}\n`;
    files[`/sys/module/${name}/initstate`] = () => 'live\n';
    files[`/sys/module/${name}/coresize`] = () => `${moduleInfo(name)?.size ?? 0}\n`;
    for (const [param, value] of Object.entries(module.context.params)) {
      files[`/sys/module/${name}/parameters/${param}`] = () => `${value}\n`;
    }
  }
  return files;
}

function cpuFiles(hw: Hardware): PseudoFiles {
  const files: Record<string, () => string> = {};
  for (let cpu = 0; cpu < cpuCount(hw); cpu++) {
    const at = `/sys/devices/system/cpu/cpu${cpu}`;
    const socket = cpu % hw.sockets;
    const core = Math.floor(cpu / hw.sockets) % hw.coresPerSocket;
    const first = cpu % (hw.sockets * hw.coresPerSocket);
    const threads = Array.from(
      { length: hw.threadsPerCore },
      (_, t) => first + t * hw.sockets * hw.coresPerSocket,
    );
    files[`${at}/modalias`] = () => `${cpuModalias(hw)}\n`;
    files[`${at}/uevent`] = () => `DRIVER=processor\nMODALIAS=${cpuModalias(hw)}\n`;
    files[`${at}/subsystem`] = () => '-> ../../../../bus/cpu';
    files[`${at}/topology/physical_package_id`] = () => `${socket}\n`;
    files[`${at}/topology/core_id`] = () => `${core}\n`;
    files[`${at}/topology/thread_siblings_list`] = () => `${threads.join(',')}\n`;
    files[`/sys/bus/cpu/devices/cpu${cpu}`] = () => `-> ../../../devices/system/cpu/cpu${cpu}`;
  }
  return files;
}

/** What comes and goes with modules and devices. */
export const sysFiles = (kernel: KernelState): PseudoFiles => ({
  ...miscFiles(kernel),
  ...moduleFiles(kernel),
  '/sys/class/tty/tty0/active': () => `tty${kernel.vt.active}\n`,
});

/** What stays as long as the machine does. */
export const machineFiles = (hw: Hardware): PseudoFiles => ({
  ...cpuFiles(hw),
  '/sys/devices/system/cpu/microcode/reload': () => '',
  '/sys/class/dmi/id/product_uuid': () => `${hw.uuid.toUpperCase()}\n`,
  '/sys/class/dmi/id/sys_vendor': () => `${hw.vendorName}\n`,
  '/sys/class/dmi/id/product_name': () => `${hw.productName}\n`,
  '/sys/class/dmi/id/bios_version': () => `${hw.biosVersion}\n`,
  '/sys/firmware/acpi/tables/DMAR': () => 'DMAR',
  '/sys/power/state': () => `${hw.sleepStates ?? 'freeze mem disk'}\n`,
});
