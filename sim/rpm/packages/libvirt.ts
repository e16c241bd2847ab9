/**
 * libvirt 5.0.0 in one package: daemon, QEMU driver, client.
 *
 * Models: libvirt.spec 5.0.0 %pre daemon-driver-qemu, %files, %post daemon
 * Leaves out: the split into some twenty packages, networks, storage, nwfilter, firewall.
 *
 * %post enables the service (RHEL's presets do) and starts nothing: libvirtd first runs when somebody
 * starts it, or at the next boot.
 */
import { executable } from '../../kernel/executable.ts';
import type { Package, PackageFile } from '../package.ts';

const directory = (path: string, mode: number, owner = 'root'): PackageFile => ({
  path: `${path}/`,
  mode,
  owner,
  group: owner,
});

const unit = `[Unit]
Description=Virtualization daemon

[Service]
Type=notify
EnvironmentFile=-/etc/sysconfig/libvirtd
ExecStart=/usr/sbin/libvirtd $LIBVIRTD_ARGS
Restart=on-failure

[Install]
WantedBy=multi-user.target
`;

const libvirtdConf = `# Master libvirt daemon configuration file
#
# Logging levels: 4 errors, 3 warnings, 2 information, 1 debug
#log_level = 3
#log_filters="1:qemu 1:libvirt 4:object 4:json 4:event 1:util"
#log_outputs="3:syslog:libvirtd"
`;

const qemuConf = `# Master configuration file for the QEMU driver.
#
# The user for QEMU processes run by the system instance.
#user = "root"
# The group for QEMU processes run by the system instance.
#group = "root"
`;

export const libvirt: Package = {
  name: 'libvirt',
  epoch: 0,
  version: '5.0.0',
  release: '1.el7',
  summary: 'Library providing a simple virtualization API',
  requires: ['qemu-kvm-ev'],
  files: [
    { path: '/usr/sbin/libvirtd', mode: 0o755, content: executable('libvirtd') },
    {
      path: '/usr/libexec/libvirt-access-check',
      mode: 0o755,
      content: executable('libvirt-access-check'),
    },
    { path: '/usr/bin/virsh', mode: 0o755, content: executable('virsh') },
    { path: '/usr/bin/virt-host-validate', mode: 0o755, content: executable('virt-host-validate') },
    { path: '/usr/lib/systemd/system/libvirtd.service', content: unit },
    { path: '/etc/libvirt/libvirtd.conf', content: libvirtdConf, config: true },
    { path: '/etc/libvirt/qemu.conf', mode: 0o600, content: qemuConf, config: true },
    directory('/etc/libvirt/qemu', 0o700),
    directory('/var/lib/libvirt', 0o755),
    directory('/var/lib/libvirt/qemu', 0o751, 'qemu'),
    directory('/var/cache/libvirt', 0o711),
    directory('/var/cache/libvirt/qemu', 0o750, 'qemu'),
    directory('/var/log/libvirt', 0o700),
    directory('/var/log/libvirt/qemu', 0o700),
  ],
  pre: [],
  post: [
    {
      argv: ['systemctl', 'enable', 'libvirtd.service'],
      text: 'systemctl preset libvirtd.service >/dev/null 2>&1 || :',
    },
  ],
  postun: [],
};
