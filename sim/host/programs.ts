/**
 * Every program of the host, by name, and where a base system keeps each.
 */
import type { Programs } from '../kernel/program.ts';
import { programs as libvirt } from '../libvirt/programs.ts';
import { programs as logind } from '../logind/programs.ts';
import { programs as qemu } from '../qemu/programs.ts';
import { programs as rpm } from '../rpm/programs.ts';
import { programs as systemd } from '../systemd/programs.ts';
import { programs as udev } from '../udev/programs.ts';
import { programs as userland } from '../userland/programs.ts';

export const programs: Programs = {
  ...systemd,
  ...udev,
  ...logind,
  ...rpm,
  ...qemu,
  ...libvirt,
  ...userland,
};

/** Small tools that are called what their program is called. */
const usrBin: readonly string[] =
  '[ arch basename cat chacl chgrp chmod chown cp date dirname dmesg echo env expr false getent getfacl getfattr gpasswd groups hostname id install kill link ln logname ls mkdir mkfifo mknod mktemp mount mv nc newgrp nproc passwd pgrep pkill printenv printf ps pwd readlink realpath rm rmdir seq setfacl setfattr setpriv sleep socat stat su sudo sync tee test telnet timeout touch true truncate tty uname unlink uptime which who whoami yes'.split(
    ' ',
  );
/** Filters of coreutils, findutils, grep, sed, gawk, diffutils, util-linux. */
const filters: readonly string[] =
  'awk cmp comm cut diff egrep fgrep find gawk grep head nl od paste rev sed sort tac tail tr uniq wc xargs'.split(
    ' ',
  );
const usrSbin: readonly string[] =
  'insmod lsmod modinfo modprobe rmmod groupadd groupdel groupmod useradd userdel usermod runuser pidof poweroff reboot'.split(
    ' ',
  );

/** Tools that every Debian has and nobody has modelled: each says so by its name. */
const toldOf: readonly string[] =
  'b2sum base32 base64 basenc capsh chattr chroot chrt cksum col column csplit dash dd df diff3 dir dircolors du expand factor file findmnt flock fmt fold free fuser getcap getconf getopt getpcaps gunzip gzip hardlink hd hexdump hostid iconv ionice ipcs join killall last lastlog locale logger look lsattr lsblk lscpu lsns md5sum more mountpoint namei nice nohup nsenter numfmt pathchk perl pinky pr prlimit pstree ptx python3 renice run-parts savelog script sdiff setcap setsid sg sha1sum sha224sum sha256sum sha384sum sha512sum shred shuf split stdbuf strace stty sum sysctl tar taskset tempfile top tsort ul umount unexpand unshare users vdir vmstat w wall watch whereis zcat xxd'.split(
    ' ',
  );

const named = (directory: string, names: readonly string[]): Record<string, string> =>
  Object.fromEntries(names.map((name) => [`${directory}/${name}`, name]));

/** Path -> program, for binaries that every installation has. */
export const basePaths: Readonly<Record<string, string>> = {
  '/usr/lib/systemd/systemd': 'systemd',
  '/usr/lib/systemd/systemd-logind': 'systemd-logind',
  '/usr/lib/systemd/systemd-udevd': 'systemd-udevd',
  '/usr/lib/systemd/systemd-udevd-worker': 'systemd-udevd-worker',
  '/usr/lib/systemd/systemd-modules-load': 'systemd-modules-load',
  '/usr/bin/systemd-tmpfiles': 'systemd-tmpfiles',
  '/usr/bin/udevadm': 'udevadm',
  '/usr/bin/systemctl': 'systemctl',
  '/usr/bin/journalctl': 'journalctl',
  '/usr/bin/loginctl': 'loginctl',
  '/usr/bin/login': 'login',
  '/usr/sbin/agetty': 'agetty',
  '/usr/sbin/sshd': 'sshd',
  '/usr/sbin/gdm': 'gdm',
  '/usr/bin/chvt': 'chvt',
  '/usr/bin/bash': 'bash',
  '/usr/bin/sh': 'bash',
  ...named('/usr/bin', usrBin),
  ...named('/usr/bin', filters),
  ...named('/usr/sbin', usrSbin),
  ...Object.fromEntries(toldOf.map((name) => [`/usr/bin/${name}`, 'told-of'])),
  '/usr/bin/ncat': 'nc',
  '/usr/sbin/shutdown': 'reboot',
  '/usr/sbin/halt': 'poweroff',
  '/usr/bin/rpm': 'rpm',
  '/usr/bin/yum': 'yum',
};
