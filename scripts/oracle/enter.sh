#!/bin/bash
# Read a shell script from standard input with the real bash, as root, where it can hurt nothing.
#
# usage: enter.sh PASSWD GROUP DISK    the accounts the script finds, and an empty directory that it sees as /tmp
#
# Own mount, network, host name and process namespaces; own /dev, /run, /tmp, /root, /etc/udev; no rules but
# those the script writes. Nothing outside is seen to change, and all of it is gone when the script has ended.
exec unshare -m -n -u -p -f --mount-proc --kill-child --propagation private /bin/bash -ec '
mount --bind "$1" /etc/passwd; mount --bind "$2" /etc/group; mount --bind "$3" /tmp
mount -t tmpfs -o mode=755 none /mnt; cd /mnt
mknod -m 666 null c 1 3; mknod -m 666 zero c 1 5; mknod -m 666 full c 1 7; mknod -m 666 random c 1 8
mknod -m 666 urandom c 1 9; mknod -m 666 tty c 5 0; mknod -m 660 kvm c 10 232; chown 0:107 kvm
ln -s /proc/self/fd fd; ln -s /proc/self/fd/0 stdin; ln -s /proc/self/fd/1 stdout; ln -s /proc/self/fd/2 stderr
mkdir pts; mount -t devpts -o newinstance,ptmxmode=0666 none pts; ln -s pts/ptmx ptmx
cd /; umount -R -l /dev; mount --move /mnt /dev
mount -t tmpfs -o mode=755,nodev,nosuid none /run; mkdir /run/lock /run/systemd /run/udev
mount -t tmpfs -o mode=755 none /etc/udev; mkdir /etc/udev/rules.d; : >/etc/udev/udev.conf
mount -t tmpfs -o mode=755 none /usr/lib/udev/rules.d
mount -t tmpfs -o mode=700 none /root
hostname debian; umask 022; cd /root
exec env -i HOME=/root USER=root LOGNAME=root SHELL=/bin/bash LANG=C PATH="$4" bash
' enter "$1" "$2" "$3" "$4"
