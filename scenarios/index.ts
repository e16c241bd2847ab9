/** Every scenario, in teaching order. The key is the command-line argument. */
import type { Scenario } from '../sim/play/scenario.ts';
import { aclGroupEmpty } from './acl-group-empty.ts';
import { biosDisabled } from './bios-disabled.ts';
import { kvmWorks } from './kvm-works.ts';
import { moduleNotLoaded } from './module-not-loaded.ts';
import { nestedOff } from './nested-off.ts';
import { noVmx } from './no-vmx.ts';
import { otherVendor } from './other-vendor.ts';
import { vtBusy } from './vt-busy.ts';

export const scenarios: Readonly<Record<string, Scenario>> = {
  'kvm-works': kvmWorks,
  'acl-group-empty': aclGroupEmpty,
  'module-not-loaded': moduleNotLoaded,
  'bios-disabled': biosDisabled,
  'no-vmx': noVmx,
  'nested-off': nestedOff,
  'other-vendor': otherVendor,
  'vt-busy': vtBusy,
};
