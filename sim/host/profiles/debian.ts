/**
 * Debian 12's users, groups and the files of its libvirt packages.
 *
 * Models: Debian 12 base-passwd 3.6.1 passwd.master, group.master; udev 252, qemu-system-common 7.2,
 *   libvirt-daemon-system 9.0.0 postinst (addgroup --system, adduser --uid 64055)
 *
 * libvirt-qemu's primary group is kvm itself, and its own group only comes on top: so on Debian a mode of 0660
 * root:kvm lets QEMU in without any line in /etc/group. Numbers below 1000 that packages draw are as recorded.
 * Leaves out: base-passwd's group operator (37), whose name our own user's group has.
 */
import { executable } from '../../kernel/executable.ts';
import type { DiskFile } from '../disk.ts';

const passwd = `root:x:0:0:root:/root:/bin/bash
daemon:x:1:1:daemon:/usr/sbin:/usr/sbin/nologin
bin:x:2:2:bin:/bin:/usr/sbin/nologin
sys:x:3:3:sys:/dev:/usr/sbin/nologin
sync:x:4:65534:sync:/bin:/bin/sync
games:x:5:60:games:/usr/games:/usr/sbin/nologin
man:x:6:12:man:/var/cache/man:/usr/sbin/nologin
lp:x:7:7:lp:/var/spool/lpd:/usr/sbin/nologin
mail:x:8:8:mail:/var/mail:/usr/sbin/nologin
news:x:9:9:news:/var/spool/news:/usr/sbin/nologin
uucp:x:10:10:uucp:/var/spool/uucp:/usr/sbin/nologin
proxy:x:13:13:proxy:/bin:/usr/sbin/nologin
www-data:x:33:33:www-data:/var/www:/usr/sbin/nologin
backup:x:34:34:backup:/var/backups:/usr/sbin/nologin
list:x:38:38:Mailing List Manager:/var/list:/usr/sbin/nologin
irc:x:39:39:ircd:/run/ircd:/usr/sbin/nologin
_apt:x:42:65534::/nonexistent:/usr/sbin/nologin
nobody:x:65534:65534:nobody:/nonexistent:/usr/sbin/nologin
systemd-network:x:998:998:systemd Network Management:/:/usr/sbin/nologin
messagebus:x:100:102::/nonexistent:/usr/sbin/nologin
sshd:x:101:65534::/run/sshd:/usr/sbin/nologin
Debian-gdm:x:102:109:Gnome Display Manager:/var/lib/gdm3:/bin/false
libvirt-qemu:x:64055:107:Libvirt Qemu,,,:/var/lib/libvirt:/usr/sbin/nologin
operator:x:1000:1000:operator:/home/operator:/bin/bash
`;

const group = `root:x:0:
daemon:x:1:
bin:x:2:
sys:x:3:
adm:x:4:
tty:x:5:
disk:x:6:
lp:x:7:
mail:x:8:
news:x:9:
uucp:x:10:
man:x:12:
proxy:x:13:
kmem:x:15:
dialout:x:20:
fax:x:21:
voice:x:22:
cdrom:x:24:
floppy:x:25:
tape:x:26:
sudo:x:27:operator
audio:x:29:
dip:x:30:
www-data:x:33:
backup:x:34:
list:x:38:
irc:x:39:
src:x:40:
shadow:x:42:
utmp:x:43:
video:x:44:
sasl:x:45:
plugdev:x:46:
staff:x:50:
games:x:60:
users:x:100:
nogroup:x:65534:
messagebus:x:102:
input:x:104:
render:x:105:
libvirt:x:106:
kvm:x:107:
Debian-gdm:x:109:
systemd-network:x:998:
libvirt-qemu:x:64055:libvirt-qemu
operator:x:1000:
`;

const hosts = (hostname: string): string => `127.0.0.1\tlocalhost\n127.0.1.1\t${hostname}\n`;

/** base-files 12.4. */
const osRelease = `PRETTY_NAME="Debian GNU/Linux 12 (bookworm)"
NAME="Debian GNU/Linux"
VERSION_ID="12"
VERSION="12 (bookworm)"
VERSION_CODENAME=bookworm
ID=debian
`;

/** What base-files, base-passwd and the installer leave. */
export const debianBase = (hostname: string): DiskFile[] => [
  { path: '/etc/passwd', content: passwd },
  { path: '/etc/group', content: group },
  { path: '/etc/hosts', content: hosts(hostname) },
  { path: '/etc/hostname', content: `${hostname}\n` },
  { path: '/etc/debian_version', content: '12.12\n' },
  { path: '/etc/os-release', content: osRelease },
  { path: '/etc/modprobe.d/' },
  { path: '/etc/udev/rules.d/' },
  { path: '/root/', mode: 0o700 },
  { path: '/home/operator/', mode: 0o700, uid: 1000, gid: 1000 },
  { path: '/tmp/', mode: 0o1777 },
  { path: '/var/tmp/', mode: 0o1777 },
  { path: '/var/log/', mode: 0o755 },
  { path: '/var/cache/' },
  { path: '/opt/', mode: 0o755 },
];

const unit = `[Unit]
Description=Virtualization daemon

[Service]
Type=notify
EnvironmentFile=-/etc/default/libvirtd
ExecStart=/usr/sbin/libvirtd $LIBVIRTD_ARGS
Restart=on-failure

[Install]
WantedBy=multi-user.target
`;

const libvirtdConf = `# Master libvirt daemon configuration file
#
#log_level = 3
#log_outputs="3:syslog:libvirtd"
`;

export const QEMU_USER = 64055;

const program = (path: string, name: string): DiskFile => ({
  path,
  mode: 0o755,
  content: executable(name),
});

/** libvirt-daemon-system and libvirt-clients. The daemon belongs to multi-user.target only where it is enabled. */
export const libvirtFiles = (qemuConf: string): DiskFile[] => [
  program('/usr/sbin/libvirtd', 'libvirtd'),
  program('/usr/libexec/libvirt-access-check', 'libvirt-access-check'),
  program('/usr/bin/virsh', 'virsh'),
  program('/usr/bin/virt-host-validate', 'virt-host-validate'),
  { path: '/usr/lib/systemd/system/libvirtd.service', content: unit },
  { path: '/etc/libvirt/libvirtd.conf', content: libvirtdConf },
  { path: '/etc/libvirt/qemu.conf', mode: 0o600, content: qemuConf },
  { path: '/etc/libvirt/qemu/', mode: 0o755 },
  { path: '/var/lib/libvirt/', mode: 0o755 },
  { path: '/var/lib/libvirt/qemu/', mode: 0o750, uid: QEMU_USER, gid: QEMU_USER },
  { path: '/var/cache/libvirt/', mode: 0o755 },
  { path: '/var/cache/libvirt/qemu/', mode: 0o750, uid: QEMU_USER, gid: QEMU_USER },
  { path: '/var/log/libvirt/', mode: 0o755 },
  { path: '/var/log/libvirt/qemu/', mode: 0o755 },
];

/** The base system without rpm and yum; apt is not modelled. */
export const withoutRpm = (
  paths: Readonly<Record<string, string>>,
): Readonly<Record<string, string>> =>
  Object.fromEntries(Object.entries(paths).filter(([, name]) => name !== 'rpm' && name !== 'yum'));

const UDEVD = ['/usr/lib/systemd/systemd-udevd', '/usr/lib/systemd/systemd-udevd-worker'];

export const withoutUdevd = (
  paths: Readonly<Record<string, string>>,
): Readonly<Record<string, string>> =>
  Object.fromEntries(Object.entries(paths).filter(([path]) => !UDEVD.includes(path)));

/** A /dev/kvm that the administrator made before the module is loaded, as the recorders did in their own /dev. */
export const preparedNode: readonly DiskFile[] = [
  { path: '/etc/tmpfiles.d/kvm.conf', content: 'c /dev/kvm 0666 root kvm - 10:232\n' },
  { path: '/etc/modules-load.d/kvm.conf', content: 'kvm_amd\n' },
  { path: '/etc/modprobe.d/kvm.conf', content: 'options kvm_amd nested=0\n' },
];
