/** Every scenario, in teaching order. The key is the command-line argument. */
import type { Scenario } from '../sim/play/scenario.ts';
import { aclFromGreeter } from './acl-from-greeter.ts';
import { aclGroupEmpty } from './acl-group-empty.ts';
import { aclNearMisses } from './acl-near-misses.ts';
import { biosDisabled } from './bios-disabled.ts';
import { bootRace } from './boot-race.ts';
import { cacheFileCorrupt } from './cache-file-corrupt.ts';
import { cacheFromOtherVersion } from './cache-from-other-version.ts';
import { cacheThrash } from './cache-thrash.ts';
import { defaultAclOnDev } from './default-acl-on-dev.ts';
import { deviceCgroupEperm } from './device-cgroup-eperm.ts';
import { driverCapsStale } from './driver-caps-stale.ts';
import { foreignArch } from './foreign-arch.ts';
import { gidMismatchContainer } from './gid-mismatch-container.ts';
import { groupAddedCacheStale } from './group-added-cache-stale.ts';
import { hardcodedKvmClient } from './hardcoded-kvm-client.ts';
import { hardeningChmod } from './hardening-chmod.ts';
import { kernelUpdate } from './kernel-update.ts';
import { kvmWorks } from './kvm-works.ts';
import { libvirt51Capability } from './libvirt-5.1-capability.ts';
import { lsmDeny } from './lsm-deny.ts';
import { maskedRule } from './masked-rule.ts';
import { microcodeUpdate } from './microcode-update.ts';
import { moduleNotLoaded } from './module-not-loaded.ts';
import { moduleReloadRace } from './module-reload-race.ts';
import { negativeCacheHysteresis } from './negative-cache-hysteresis.ts';
import { nestedOff } from './nested-off.ts';
import { noVmx } from './no-vmx.ts';
import { nodeWithoutDriver } from './node-without-driver.ts';
import { nodevMount } from './nodev-mount.ts';
import { otherVendor } from './other-vendor.ts';
import { qemuConfUser } from './qemu-conf-user.ts';
import { qemuNotInGroup } from './qemu-not-in-group.ts';
import { qemuUpgradedInPlace } from './qemu-upgraded-in-place.ts';
import { qemuWithoutKvm } from './qemu-without-kvm.ts';
import { ruleMissing } from './rule-missing.ts';
import { rulesNotReloaded } from './rules-not-reloaded.ts';
import { sameSecondBreakMissed } from './same-second-break-missed.ts';
import { sameSecondFixMissed } from './same-second-fix-missed.ts';
import { sessionVsSystem } from './session-vs-system.ts';
import { staleSessionGroups } from './stale-session-groups.ts';
import { tcgRequested } from './tcg-requested.ts';
import { triggerWithoutSettle } from './trigger-without-settle.ts';
import { twoRulesFight } from './two-rules-fight.ts';
import { unknownGroupKvm } from './unknown-group-kvm.ts';
import { vtBusy } from './vt-busy.ts';
import { wrongBinary } from './wrong-binary.ts';

export const scenarios: Readonly<Record<string, Scenario>> = {
  'kvm-works': kvmWorks,
  'acl-group-empty': aclGroupEmpty,
  'acl-from-greeter': aclFromGreeter,
  'acl-near-misses': aclNearMisses,
  'default-acl-on-dev': defaultAclOnDev,
  'module-not-loaded': moduleNotLoaded,
  'bios-disabled': biosDisabled,
  'no-vmx': noVmx,
  'nested-off': nestedOff,
  'other-vendor': otherVendor,
  'rule-missing': ruleMissing,
  'masked-rule': maskedRule,
  'two-rules-fight': twoRulesFight,
  'rules-not-reloaded': rulesNotReloaded,
  'unknown-group-kvm': unknownGroupKvm,
  'qemu-not-in-group': qemuNotInGroup,
  'qemu-conf-user': qemuConfUser,
  'stale-session-groups': staleSessionGroups,
  'session-vs-system': sessionVsSystem,
  'hardening-chmod': hardeningChmod,
  'gid-mismatch-container': gidMismatchContainer,
  'node-without-driver': nodeWithoutDriver,
  'vt-busy': vtBusy,
  'device-cgroup-eperm': deviceCgroupEperm,
  'lsm-deny': lsmDeny,
  'nodev-mount': nodevMount,
  'driver-caps-stale': driverCapsStale,
  'boot-race': bootRace,
  'trigger-without-settle': triggerWithoutSettle,
  'same-second-fix-missed': sameSecondFixMissed,
  'module-reload-race': moduleReloadRace,
  'group-added-cache-stale': groupAddedCacheStale,
  'qemu-without-kvm': qemuWithoutKvm,
  'wrong-binary': wrongBinary,
  'foreign-arch': foreignArch,
  'hardcoded-kvm-client': hardcodedKvmClient,
  'tcg-requested': tcgRequested,
  'same-second-break-missed': sameSecondBreakMissed,
  'libvirt-5.1-capability': libvirt51Capability,
  'negative-cache-hysteresis': negativeCacheHysteresis,
  'cache-thrash': cacheThrash,
  'cache-file-corrupt': cacheFileCorrupt,
  'cache-from-other-version': cacheFromOtherVersion,
  'qemu-upgraded-in-place': qemuUpgradedInPlace,
  'microcode-update': microcodeUpdate,
  'kernel-update': kernelUpdate,
};
