/**
 * CentOS 7.7 as installed with the Minimal set, before any virtualization package.
 *
 * Models: CentOS 7.7.1908 packages setup-2.8.71, systemd-219-67.el7, kernel-3.10.0-1062.el7
 */
import { server2019 } from '../../kernel/hardware.ts';
import { fromCivil } from '../../libc/time.ts';
import { rulesEl7 } from '../../udev/rules/el7.ts';
import type { DiskFile } from '../disk.ts';
import type { Profile } from '../profile.ts';
import { basePaths } from '../programs.ts';
import { binaries, tree, units } from './base.ts';

const passwd = `root:x:0:0:root:/root:/bin/bash
bin:x:1:1:bin:/bin:/sbin/nologin
daemon:x:2:2:daemon:/sbin:/sbin/nologin
adm:x:3:4:adm:/var/adm:/sbin/nologin
shutdown:x:6:0:shutdown:/sbin:/sbin/shutdown
nobody:x:99:99:Nobody:/:/sbin/nologin
systemd-network:x:192:192:systemd Network Management:/:/sbin/nologin
dbus:x:81:81:System message bus:/:/sbin/nologin
gdm:x:42:42::/var/lib/gdm:/sbin/nologin
sshd:x:74:74:Privilege-separated SSH:/var/empty/sshd:/sbin/nologin
operator:x:1000:1000:operator:/home/operator:/bin/bash
`;

const group = `root:x:0:
bin:x:1:
daemon:x:2:
sys:x:3:
adm:x:4:
tty:x:5:
disk:x:6:
wheel:x:10:operator
users:x:100:
nobody:x:99:
dialout:x:18:
utmp:x:22:
input:x:999:
systemd-journal:x:190:
systemd-network:x:192:
dbus:x:81:
gdm:x:42:
sshd:x:74:
operator:x:1000:
`;

const hosts = `127.0.0.1   localhost localhost.localdomain localhost4 localhost4.localdomain4
::1         localhost localhost.localdomain localhost6 localhost6.localdomain6
`;

/** centos-release-7-7.1908.0.el7.centos, its first lines. */
const osRelease = `NAME="CentOS Linux"
VERSION="7 (Core)"
ID="centos"
ID_LIKE="rhel fedora"
VERSION_ID="7"
PRETTY_NAME="CentOS Linux 7 (Core)"
`;

const disk: readonly DiskFile[] = [
  ...tree,
  ...binaries(basePaths),
  ...units(['sshd', 'getty@tty1', 'getty@tty2']),
  ...rulesEl7,
  { path: '/etc/modprobe.d/' },
  { path: '/etc/hosts', content: hosts },
  { path: '/etc/passwd', content: passwd },
  { path: '/etc/group', content: group },
  { path: '/etc/centos-release', content: 'CentOS Linux release 7.7.1908 (Core)\n' },
  { path: '/etc/redhat-release', target: 'centos-release' },
  { path: '/etc/os-release', content: osRelease },
  { path: '/etc/hostname', content: 'node1.example.org\n' },
  { path: '/etc/udev/rules.d/' },
  { path: '/var/lib/rpm/' },
  { path: '/var/cache/' },
  { path: '/root/', mode: 0o550 },
  { path: '/home/operator/', mode: 0o700, uid: 1000, gid: 1000 },
  { path: '/tmp/', mode: 0o1777 },
  { path: '/var/tmp/', mode: 0o1777 },
  { path: '/var/log/', mode: 0o755 },
  { path: '/opt/', mode: 0o755 },
];

export const centos7: Profile = {
  name: 'centos7',
  system: 'CentOS 7.7',
  components: {
    kernel: '3.10.0-1062',
    systemd: '219',
    acl: '2.2.51',
    qemu: '2.12.0',
    libvirt: '5.0.0',
  },
  hostname: 'node1.example.org',
  hardware: server2019,
  disk,
  epoch: fromCivil(2019, 7, 14, 0, 32, 0),
};
