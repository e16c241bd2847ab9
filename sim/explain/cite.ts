/**
 * Where in the real source something happens, for the versions that are played.
 *
 * Models: the files and functions of Linux, systemd, QEMU and libvirt that the links of a chain name
 *
 * A program names the source of a call as it stands in the version it was written after; a host of another version is
 * told that one's file. Functions, never lines: lines move.
 */
import type { Components } from '../host/components.ts';

const newer = (version: string, than: string): boolean => {
  const parts = (text: string) => text.split(/[.+-]/).map(Number);
  const [a, b] = [parts(version), parts(than)];
  for (const i of [0, 1, 2]) {
    const difference = (a[i] ?? 0) - (b[i] ?? 0);
    if (difference !== 0) return difference > 0;
  }
  return true;
};

type Place = (c: Components) => string;

const kernel =
  (place: string, from6 = place): Place =>
  ({ kernel: version }) =>
    `linux ${version} ${newer(version, '6.0') ? from6 : place}`;

const qemu =
  (place: string, from5 = place): Place =>
  ({ qemu: version }) =>
    `QEMU ${version} ${newer(version, '5.0') ? from5 : place}`;

const libvirt =
  (place: string, since: Readonly<Record<string, string>> = {}): Place =>
  ({ libvirt: version }) => {
    const [plain = version] = version.split('+');
    const later = Object.entries(since).findLast(([from]) => newer(plain, from));
    return `libvirt ${plain} ${later?.[1] ?? place}`;
  };

const CAPS = 'src/qemu/qemu_capabilities.c';

export const places = {
  lookup: libvirt('src/conf/capabilities.c virCapabilitiesDomainDataLookupInternal'),
  virtType: libvirt('src/qemu/qemu_domain.c qemuDomainDefValidate', {
    '9.0.0': 'src/qemu/qemu_validate.c qemuValidateDomainDef',
  }),
  requiresKvm: libvirt('src/qemu/qemu_process.c qemuProcessStartValidate'),
  guestDied: libvirt('src/qemu/qemu_process.c qemuProcessReportLogError'),
  driverCaps: libvirt(`${CAPS} virQEMUCapsInitGuestFromBinary`),
  isValid: libvirt(`${CAPS} virQEMUCapsIsValid`),
  usable: libvirt(`${CAPS} virQEMUCapsKVMUsable`),
  probe: libvirt(`${CAPS} virQEMUCapsInitQMPCommandRun`, {
    '5.1.0': 'src/qemu/qemu_process.c qemuProcessQMPLaunch',
  }),
  newForBinary: libvirt(`${CAPS} virQEMUCapsNewForBinaryInternal`),
  queryKvm: qemu('qmp.c qmp_query_kvm', 'monitor/qmp-cmds.c qmp_query_kvm'),
  accelerator: qemu('accel/accel.c configure_accelerator', 'softmmu/vl.c do_configure_accelerator'),
  kvmInit: qemu('accel/kvm/kvm-all.c kvm_init'),
  mayOpen: kernel('fs/namei.c may_open'),
  walk: kernel('fs/namei.c link_path_walk'),
  permission: kernel('fs/namei.c acl_permission_check'),
  aclPermission: kernel('fs/posix_acl.c posix_acl_permission'),
  chmodMasq: kernel('fs/posix_acl.c posix_acl_chmod_masq', 'fs/posix_acl.c __posix_acl_chmod_masq'),
  chmod: kernel('fs/open.c chmod_common'),
  chown: kernel('fs/open.c chown_common'),
  setAcl: kernel('fs/generic_acl.c generic_acl_set', 'fs/posix_acl.c simple_set_acl'),
  create: kernel('drivers/base/devtmpfs.c handle_create'),
  remove: kernel('drivers/base/devtmpfs.c handle_remove'),
  unlink: kernel('fs/namei.c vfs_unlink'),
  mknod: kernel('fs/namei.c vfs_mknod'),
  cgroup: kernel(
    'security/device_cgroup.c __devcgroup_inode_permission',
    'security/device_cgroup.c devcgroup_legacy_check_permission',
  ),
  lsm: kernel('security/security.c security_inode_permission'),
  miscOpen: kernel('drivers/char/misc.c misc_open'),
  archInit: kernel('arch/x86/kvm/x86.c kvm_arch_init'),
  initModule: kernel('kernel/module.c load_module', 'kernel/module/main.c load_module'),
  createVm: kernel('virt/kvm/kvm_main.c kvm_create_vm'),
  getgroups: () => 'glibc getgrouplist',
} as const satisfies Record<string, Place>;

/** Functions that have moved to another file since the version that a program cites. */
const moved: Readonly<Record<string, string>> = {
  '252 src/login/logind-acl.c devnode_acl': 'src/shared/devnode-acl.c devnode_acl',
};

/** A program's own citation, for the version that is played. */
export function cited(source: string, components: Components): string {
  const { systemd, libvirt: daemon } = components;
  const [, project = '', place = ''] = /^([\w-]+) v\S+ (.*)$/.exec(source) ?? [];
  if (project === 'qemu-kvm') return `QEMU ${components.qemu} ${place}`;
  if (project === 'systemd') return `systemd ${systemd} ${moved[`${systemd} ${place}`] ?? place}`;
  if (project === 'libvirt') return `libvirt ${daemon.split('+')[0]} ${place}`;
  return source;
}
