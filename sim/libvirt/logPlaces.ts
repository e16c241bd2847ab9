/**
 * Where libvirt 9.0 writes the log lines that 5.0.0 writes elsewhere.
 *
 * Models: libvirt v9.0.0 src/qemu/qemu_capabilities.c, src/qemu/qemu_process.c, src/util/virfilecache.c, as the
 *   places stand in a recorded debug log, and in the source where no recording shows them
 *
 * Our lines name their place in 5.0.0. A place of the monitor, of domains and of virsh's errors keeps that name.
 */
export type LogPlaces = '5.0.0' | '9.0.0';

const places: Readonly<Record<string, string>> = {
  'qemuMonitorJSONIOProcessLine:196': 'qemuMonitorJSONIOProcessLine:189',
  'virFileCacheGetFileName:110': 'virFileCacheGetFileName:108',
  'virFileCacheLoad:144': 'virFileCacheLoad:140',
  'virFileCacheLoad:148': 'virFileCacheLoad:144',
  'virFileCacheLoad:155': 'virFileCacheLoad:152',
  'virFileCacheLoad:163': 'virFileCacheLoad:161',
  'virFileCacheLoad:169': 'virFileCacheLoad:167',
  'virFileCacheValidate:270': 'virFileCacheValidate:260',
  'virFileCacheValidate:278': 'virFileCacheValidate:268',
  'virFileCacheValidate:281': 'virFileCacheValidate:271',
  'virQEMUCapsCacheLookup:4856': 'virQEMUCapsCacheLookup:6057',
  'virQEMUCapsCacheLookupDefault:5041': 'virQEMUCapsCacheLookupDefault:6170',
  'virQEMUCapsFillDomainLoaderCaps:5117': 'virQEMUCapsFillDomainLoaderCaps:6249',
  'virQEMUCapsInitHostCPUModel:2969': 'virQEMUCapsInitHostCPUModel:3854',
  'virQEMUCapsInitHostCPUModel:3006': 'virQEMUCapsInitHostCPUModel:3892',
  'virQEMUCapsInitQMPArch:4091': 'virQEMUCapsInitQMPArch:5450',
  'virQEMUCapsInitQMPCommandAbort:4404': 'qemuProcessQMPStop:9299',
  'virQEMUCapsInitQMPCommandRun:4502': 'qemuProcessQMPLaunch:9462',
  'virQEMUCapsInitQMPCommandRun:4534': 'qemuProcessQMPLaunch:9475',
  'virQEMUCapsInitQMPMonitor:4182': 'virQEMUCapsInitQMPMonitor:5672',
  'virQEMUCapsInitQMPMonitor:4187': 'virQEMUCapsInitQMPMonitor:5677',
  'virQEMUCapsIsValid:3975': 'virQEMUCapsIsValid:5323',
  'virQEMUCapsIsValid:3987': 'virQEMUCapsIsValid:5334',
  'virQEMUCapsIsValid:3994': 'virQEMUCapsIsValid:5341',
  'virQEMUCapsIsValid:4002': 'virQEMUCapsIsValid:5349',
  'virQEMUCapsIsValid:4013': 'virQEMUCapsIsValid:5360',
  'virQEMUCapsIsValid:4021': 'virQEMUCapsIsValid:5368',
  'virQEMUCapsIsValid:4029': 'virQEMUCapsIsValid:5385',
  'virQEMUCapsIsValid:4038': 'virQEMUCapsIsValid:5394',
  'virQEMUCapsIsValid:4048': 'virQEMUCapsIsValid:5413',
  'virQEMUCapsKVMUsable:3927': 'virQEMUCapsKVMUsable:5253',
  'virQEMUCapsKVMUsable:3933': 'virQEMUCapsKVMUsable:5261',
  'virQEMUCapsLoadCache:3429': 'virQEMUCapsParseFlags:4483',
  'virQEMUCapsLogProbeFailure:4626': 'virQEMUCapsLogProbeFailure:5779',
  'virQEMUCapsNewForBinaryInternal:4657': 'virQEMUCapsNewForBinaryInternal:5859',
  'virQEMUCapsNewForBinaryInternal:4668': 'virQEMUCapsNewForBinaryInternal:5870',
  'virQEMUCapsSaveFile:3859': 'virQEMUCapsSaveFile:5122',
  'virQEMUCapsSaveFile:3865': 'virQEMUCapsSaveFile:5128',
  'virQEMUDriverCreateCapabilities:1135': 'virQEMUDriverCreateCapabilities:1399',
  'virQEMUDriverGetCapabilities:1179': 'virQEMUDriverGetCapabilities:1440',
};

export const place900 = (where: string): string => places[where] ?? where;
