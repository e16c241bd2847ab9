/**
 * Where libvirt 9.0 writes the log lines that 5.0.0 writes elsewhere.
 *
 * Models: libvirt v9.0.0 src/qemu/qemu_capabilities.c, src/qemu/qemu_process.c, src/util/virfilecache.c, as the
 *   places stand in a recorded debug log
 *
 * Our lines name their place in 5.0.0. A place that no recording of 9.0 shows keeps that name.
 */
export type LogPlaces = '5.0.0' | '9.0.0';

const places: Readonly<Record<string, string>> = {
  'virFileCacheLoad:144': 'virFileCacheLoad:140',
  'virFileCacheLoad:155': 'virFileCacheLoad:152',
  'virFileCacheLoad:163': 'virFileCacheLoad:161',
  'virFileCacheLoad:169': 'virFileCacheLoad:167',
  'virFileCacheValidate:270': 'virFileCacheValidate:260',
  'virFileCacheValidate:278': 'virFileCacheValidate:268',
  'virFileCacheValidate:281': 'virFileCacheValidate:271',
  'virQEMUCapsCacheLookup:4856': 'virQEMUCapsCacheLookup:6057',
  'virQEMUCapsCacheLookupDefault:5041': 'virQEMUCapsCacheLookupDefault:6170',
  'virQEMUCapsInitQMPCommandAbort:4404': 'qemuProcessQMPStop:9299',
  'virQEMUCapsInitQMPCommandRun:4502': 'qemuProcessQMPLaunch:9462',
  'virQEMUCapsInitQMPMonitor:4182': 'virQEMUCapsInitQMPMonitor:5672',
  'virQEMUCapsIsValid:4013': 'virQEMUCapsIsValid:5360',
  'virQEMUCapsIsValid:4021': 'virQEMUCapsIsValid:5368',
  'virQEMUCapsKVMUsable:3933': 'virQEMUCapsKVMUsable:5261',
  'virQEMUCapsNewForBinaryInternal:4657': 'virQEMUCapsNewForBinaryInternal:5859',
  'virQEMUCapsSaveFile:3865': 'virQEMUCapsSaveFile:5128',
  'qemuMonitorJSONIOProcessLine:196': 'qemuMonitorJSONIOProcessLine:189',
};

export const place900 = (where: string): string => places[where] ?? where;
