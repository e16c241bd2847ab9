#!/bin/sh
# collect.sh: what a host on which KVM does not work has to say for itself, for `kvmlab why REPORT`.
#
#   sh collect.sh > report.txt        on the host
#   kvmlab why report.txt             wherever kvmlab is; also: kvmlab fixes report.txt
#
# It reads, and changes nothing; it needs nothing installed and asks for no password. Run it as root if you can: most of it
# works without, and what does not says so. Each command is printed behind a `$`, then what it says. Every command gets ten
# seconds and 200 lines. The names of people and of this host, UUIDs and addresses are masked; read the file before you
# give it away.

LC_ALL=C
PATH=/usr/sbin:/usr/bin:/sbin:/bin
export LC_ALL PATH

node=/dev/kvm
caches=/var/cache/libvirt/qemu/capabilities
telling='KVM kernel module|KVM_CREATE_VM|initialize (KVM|kvm)|to tcg|kvm has changed|KVM (was|is not)|could not find capabilities|virt type|Cannot check QEMU|No emulator found|does not support|Outdated| changed |no longer valid|Failed to (load|start|probe|create)'

# Nothing here needs /dev/null: where /dev is mounted nodev, it cannot be opened.
have() { [ -n "$(command -v "$1")" ]; }

if have timeout; then bounded() { timeout 10 "$@"; }; else bounded() { "$@"; }; fi

# show COMMAND: as one would type it, and what it says.
show() {
  printf '$ %s\n' "$1"
  { : | bounded sh -c "$1" 2>&1 || [ $? -ne 124 ] || echo '# no answer within ten seconds'; } | head -n 200
}

# Words of which the report itself consists: somebody, or a host, that is called so stays what he is, for no secret is in it.
words='user|group|mask|other|default|owner|root|kvm|qemu|libvirt|libvirtd|udev|systemd|test|true|date|stat|system|device|who|programs|end|linux|localhost|domain|flag'

# People are those with uids from 1000 on: user1000, user1001, ...
people=$(awk -F: -v words="^($words)$" '$3 >= 1000 && $3 < 60000 && $1 !~ words { printf "s/\\b%s\\b/user%s/g;", $1, $3 }' /etc/passwd)
full=$(uname -n)
short=${full%%.*}
host=
for name in "$full" "$short"; do
  [ -n "$(echo "$name" | grep -vxE "$words")" ] && host="${host}s/\\b$name\\b/HOST/g;"
done

mask() {
  sed -e "$people" -e "$host" \
    -e 's/[0-9a-fA-F]\{8\}-[0-9a-fA-F]\{4\}-[0-9a-fA-F]\{4\}-[0-9a-fA-F]\{4\}-[0-9a-fA-F]\{12\}/UUID/g' \
    -e 's/\b\([0-9a-fA-F][0-9a-fA-F]:\)\{5\}[0-9a-fA-F][0-9a-fA-F]\b/MAC/g' \
    -e 's/\b[0-9]\{1,3\}\.[0-9]\{1,3\}\.[0-9]\{1,3\}\.[0-9]\{1,3\}\b/ADDRESS/g'
}

system() {
  show 'id -u'
  show 'id -G'
  show 'id -G "$(id -un)"'
  show 'date +%s'
  show 'uname -sr'
  show 'grep ^PRETTY_NAME= /etc/os-release'
  show 'grep ^btime /proc/stat'
}

# The processor and the modules.
kvm() {
  show 'grep -m1 ^vendor_id /proc/cpuinfo'
  show 'grep -m1 ^flags /proc/cpuinfo | tr " " "\n" | grep -xE "vmx|svm|hypervisor"'
  show 'grep -m1 ^microcode /proc/cpuinfo'
  show 'grep -E "^(kvm|vbox|vmmon|vmw)" /proc/modules'
  show 'grep -E " (kvm|misc)$" /proc/misc /proc/devices'
  show 'cat /sys/module/kvm_intel/parameters/nested /sys/module/kvm_amd/parameters/nested'
  show 'grep -rhE "kvm" /etc/modprobe.d /etc/modules-load.d /etc/modules'
  show 'dmesg | grep -iE "kvm|vmx|svm|vbox" | tail -n 20'
}

# The device node: its rights, its time, what it is mounted on, what udev would make of it. It is opened and closed, which
# does nothing to it: only a VM that is made would.
device() {
  show "ls -l $node"
  show "stat -c '%F %a %u:%g %t:%T %Z %Y' $node"
  show "getfacl -nc $node"
  have getfacl || show "getfattr -e hex -n system.posix_acl_access $node"
  show 'getfacl -nc /dev'
  show "true <$node; echo \$?"
  show "grep ' /dev ' /proc/mounts"
  show 'ls -l /etc/udev/rules.d /run/udev/rules.d'
  show 'grep -rsE "kvm" /etc/udev/rules.d /run/udev/rules.d /usr/lib/udev/rules.d'
  show 'stat -c "%Z %n" /etc/udev/rules.d /usr/lib/udev/rules.d /etc/udev/rules.d/*.rules'
  show "udevadm info --query=all --name=$node"
  show "journalctl -b --no-pager | grep -E '(specified|resolve|Unknown) group' | tail -n 5 | cut -c1-300"
  show 'cat /run/systemd/seats/seat0'
}

# The user that qemu.conf names, unless it is one of those that are looked at anyway.
configured() {
  [ -r /etc/libvirt/qemu.conf ] || return
  sed -n 's/^ *user *= *"+\{0,1\}\([^"]*\)".*/\1/p' /etc/libvirt/qemu.conf | grep -vxE 'qemu|libvirt-qemu'
}

# Who runs QEMU, and what that user may.
who() {
  show 'grep -E "^ *(user|group|cgroup_device_acl|clear_emulator_capabilities) *=" /etc/libvirt/qemu.conf'
  show 'getent passwd qemu libvirt-qemu'
  show 'getent group kvm qemu libvirt-qemu'
  show 'stat -c "%Y %n" /etc/group /etc/passwd /etc/libvirt/qemu.conf'
  for user in qemu libvirt-qemu $(configured); do
    show "id $user"
    case $(id -u "$user" 2>&1) in *[!0-9]*) continue ;; esac
    as="setpriv --reuid=$user --regid=$(id -g "$user") --init-groups"
    show "$as test -r $node; echo \$?"
    show "$as test -w $node; echo \$?"
    show "$as sh -c 'true <$node'; echo \$?"
  done
  show 'getenforce'
  show 'cat /sys/kernel/security/lsm'
  show 'dmesg | grep -E "avc: .*denied|apparmor=.DENIED" | tail -n 5'
}

programs() {
  show 'rpm -q kernel systemd acl qemu-kvm-ev qemu-kvm libvirt libvirt-daemon'
  show 'dpkg-query -W systemd acl qemu-system-x86 libvirt-daemon'
  for binary in /usr/libexec/qemu-kvm /usr/bin/qemu-kvm /usr/bin/qemu-system-x86_64 /usr/bin/qemu-system-i386 \
    /usr/local/bin/qemu-kvm /usr/local/bin/qemu-system-x86_64; do
    [ -e "$binary" ] || continue
    show "$binary --version | head -n 1"
    show "$binary -accel help"
    show "stat -c '%Y %Z %n' $binary"
  done
  show 'stat -c "%Y %Z %n" /usr/sbin/libvirtd'
  show 'stat -c "%Y %n" /run/libvirtd.pid'
  show 'ps -ef | grep -E "[l]ibvirtd|[q]emu-(kvm|system)" | cut -c1-120'
}

# When libvirtd wrote down what an emulator can do. After it was asked, a newer time says that it has run the emulator again.
written() {
  for file in "$caches"/*.xml; do
    [ -e "$file" ] || continue
    show "stat -c '%Y' $file"
  done
}

# What libvirtd has written down, and what it says. Asking it comes last: it may look at the node again, and a look is a
# probe that can change what it remembers. What stands above is as it was before.
libvirt() {
  show 'systemctl is-active libvirtd'
  show 'grep -HE "<domain type|<type |<emulator>" /etc/libvirt/qemu/*.xml'
  show "ls -l $caches"
  written
  for file in "$caches"/*.xml; do
    [ -e "$file" ] || continue
    show "grep -E '<(emulator|qemuctime|selfctime|selfvers|microcodeVersion|kernelVersion|version|arch)>|flag name=.(enable-)?kvm.|hostCPU type' $file"
  done
  show 'grep -E "^ *(log_level|log_outputs|log_filters) *=" /etc/libvirt/libvirtd.conf'
  show "grep -hE '$telling' /var/log/libvirt/libvirtd.log | tail -n 30 | cut -c1-300"
  show "grep -hE '$telling' /var/log/libvirt/qemu/*.log | tail -n 20 | cut -c1-300"
  show 'grep -hoE "accel[= ](kvm|tcg)" /var/log/libvirt/qemu/*.log | tail -n 5'
  show "journalctl -u libvirtd --no-pager | grep -E '$telling' | tail -n 30 | cut -c1-300"
  show 'virsh --version'
  show 'virsh -r version'
  show 'virsh -r capabilities | grep -E "<arch name|<emulator>|<domain type"'
  written
}

report() {
  echo '# kvmlab report 1'
  for part in system kvm device who programs libvirt; do
    echo "# $part"
    "$part"
  done
  echo '# end'
}

report | mask
