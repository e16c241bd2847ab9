/** Everything that a report can tell, each by a function of its own. */
import type { Report } from './blocks.ts';
import { deviceFacts } from './device.ts';
import { libvirtFacts } from './libvirt.ts';
import { machineFacts } from './machine.ts';
import type { Readings } from './reading.ts';
import { rightsFacts } from './rights.ts';

export const factsOf = (report: Report): Readings => ({
  ...machineFacts(report),
  ...deviceFacts(report),
  ...rightsFacts(report),
  ...libvirtFacts(report),
});
