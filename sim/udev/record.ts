/**
 * A device in print: the P: N: E: lines, and the attribute walk in the language of rules.
 *
 * Models: systemd v219 src/udev/udevadm-info.c print_record, print_device_chain, print_all_attributes, skip_attribute;
 *   v252 the same
 */
import { failed } from '../kernel/errno.ts';
import type { Sys } from '../kernel/program.ts';
import { access, lstat, readDir } from '../libc/sys.ts';
import {
  type Device,
  driverOf,
  listed,
  parentOf,
  propertiesOf,
  sysnumOf,
  syspathOf,
} from './device.ts';
import { sysattr } from './sysattr.ts';

const belowDev = (path: string) => path.slice('/dev/'.length);

function record219(device: Device): string[] {
  const links = listed(device.devlinks, device.switches);
  return [
    `P: ${device.devpath}`,
    ...(device.devnode ? [`N: ${belowDev(device.devnode)}`] : []),
    ...(device.linkPriority !== 0 ? [`L: ${device.linkPriority}`] : []),
    ...links.map((link) => `S: ${belowDev(link)}`),
  ];
}

function record252(device: Device): string[] {
  const { devnum, subsystem, ifindex, properties } = device;
  const number = sysnumOf(device);
  const type = properties.get('DEVTYPE');
  const kind = subsystem === 'block' ? 'b' : 'c';
  const links = listed(device.devlinks, device.switches);
  const node = device.devnode
    ? [`N: ${belowDev(device.devnode)}`, `L: ${device.linkPriority}`]
    : [];
  return [
    `P: ${device.devpath}`,
    `M: ${device.sysname}`,
    ...(number === null ? [] : [`R: ${number}`]),
    ...(subsystem === null ? [] : [`U: ${subsystem}`]),
    ...(type === undefined ? [] : [`T: ${type}`]),
    ...(devnum ? [`D: ${kind} ${devnum[0]}:${devnum[1]}`] : []),
    ...(ifindex === null ? [] : [`I: ${ifindex}`]),
    ...node,
    ...(node.length > 0 ? links.map((link) => `S: ${belowDev(link)}`) : []),
    ...(properties.has('DISKSEQ') ? [`Q: ${properties.get('DISKSEQ')}`] : []),
    ...(device.driver ? [`V: ${device.driver}`] : []),
  ];
}

/** One device, with the empty line that ends it. */
export function record(device: Device): string {
  const head = device.switches.version === 219 ? record219(device) : record252(device);
  const properties = [...propertiesOf(device)].map(([key, value]) => `E: ${key}=${value}`);
  return `${[...head, ...properties].join('\n')}\n\n`;
}

const skipped = ['uevent', 'dev', 'modalias', 'resource', 'driver', 'subsystem', 'module'];

/** Names of attributes; v252 goes into directories that are no devices themselves. */
function* attributeNames(device: Device, below: string): Sys<string[]> {
  const directory = `${syspathOf(device)}/${below}`;
  const names = yield* readDir(directory);
  const found: string[] = [];
  for (const name of failed(names) ? [] : names) {
    const seen = yield* lstat(`${directory}${name}`);
    if (failed(seen)) continue;
    if (seen.type !== 'dir') found.push(below + name);
    else if (device.switches.version !== 219) {
      const isDevice = !failed(yield* access(`${directory}${name}/uevent`, 0));
      if (!isDevice) found.push(...(yield* attributeNames(device, `${below}${name}/`)));
    }
  }
  return found.sort();
}

function* attributes(device: Device, isParent: boolean): Sys<string> {
  const s = isParent ? 'S' : '';
  const lines = [
    `  looking at ${isParent ? 'parent ' : ''}device '${device.devpath}':`,
    `    KERNEL${s}=="${device.sysname}"`,
    `    SUBSYSTEM${s}=="${device.subsystem ?? ''}"`,
    `    DRIVER${s}=="${(yield* driverOf(device)) ?? ''}"`,
  ];
  for (const name of yield* attributeNames(device, '')) {
    const value = skipped.includes(name) ? null : yield* sysattr(device, name);
    const printable = value !== null && !value.startsWith('/') && /^[ -~]*$/.test(value);
    if (printable) lines.push(`    ATTR${s}{${name}}=="${value}"`);
  }
  return `${lines.join('\n')}\n\n`;
}

export function* deviceChain(device: Device): Sys<string> {
  let text = `
Udevadm info starts with the device specified by the devpath and then
walks up the chain of parent devices. It prints for every device
found, all possible attributes in the udev rules key format.
A rule to match, can be composed by the attributes of the device
and the attributes from one single parent device.

`;
  text += yield* attributes(device, false);
  for (let parent = yield* parentOf(device); parent; parent = yield* parentOf(parent)) {
    text += yield* attributes(parent, true);
  }
  return text;
}
