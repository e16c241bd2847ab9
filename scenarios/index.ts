/** Every scenario, in teaching order. The key is the command-line argument. */
import type { Scenario } from '../sim/play/scenario.ts';
import { aclGroupEmpty } from './acl-group-empty.ts';
import { kvmWorks } from './kvm-works.ts';

export const scenarios: Readonly<Record<string, Scenario>> = {
  'kvm-works': kvmWorks,
  'acl-group-empty': aclGroupEmpty,
};
