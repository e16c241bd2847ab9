/**
 * Real broken hosts: a mount namespace with its own /dev, accounts, rules and hostname, in which the real collect.sh runs.
 *
 * Needs root and unshare. The kernel, its ACLs, setpriv and the tools are the machine's own; libvirt and QEMU are not
 * there, so these hosts are broken below libvirt.
 */
import { execFileSync, spawnSync } from 'node:child_process';
import { readFileSync } from 'node:fs';

/** What is done to a healthy host, as lines of shell. `as`: who collects, if not root. */
export type RealHost = Readonly<{ breaks: string; as?: string }>;

const ACCOUNTS = `mkdir /dev/etc
grep -vE '^(qemu|libvirt-qemu|operator):|:1000:' /etc/passwd > /dev/etc/passwd
grep -vE '^(kvm|qemu|operator):|:1000:' /etc/group > /dev/etc/group
echo 'qemu:x:112:112:qemu user:/:/usr/sbin/nologin' >> /dev/etc/passwd
echo 'operator:x:1000:1000::/home/operator:/bin/sh' >> /dev/etc/passwd
printf 'kvm:x:36:qemu\\nqemu:x:112:\\noperator:x:1000:\\n' >> /dev/etc/group
mount --bind /dev/etc/passwd /etc/passwd
mount --bind /dev/etc/group /etc/group`;

const RULES = `mkdir -p /dev/lib /dev/site /dev/conf /etc/udev/rules.d /etc/libvirt
echo 'KERNEL=="kvm", GROUP="kvm", MODE="0660"' > /dev/lib/80-kvm.rules
echo 'SUBSYSTEM=="misc", KERNEL=="kvm", TAG+="uaccess"' > /dev/lib/70-uaccess.rules
mount --bind /dev/lib /usr/lib/udev/rules.d
mount --bind /dev/site /etc/udev/rules.d
mount --bind /dev/conf /etc/libvirt`;

/** A healthy host; what a namespace inherits of the machine's is covered. */
const HEALTHY = `set -e
mount --make-rprivate /
hostname virt01.example.org
mount -t tmpfs -o mode=755 tmpfs /dev
mknod -m 666 /dev/null c 1 3
mknod -m 666 /dev/tty c 5 0
${ACCOUNTS}
${RULES}
mknod -m 660 /dev/kvm c 10 232
chown root:36 /dev/kvm`;

export const realHosts: Readonly<Record<string, RealHost>> = {
  'acl-group-empty': {
    breaks:
      'chmod 600 /dev/kvm; setfacl -m u:1000:rw /dev/kvm; setfacl -x u:1000 /dev/kvm; chmod 666 /dev/kvm',
  },
  'default-acl-on-dev': {
    breaks: `setfacl -d -m g::---,m::rw,o::--- /dev; rm /dev/kvm
mknod -m 666 /dev/kvm c 10 232; chown root:36 /dev/kvm; chmod 666 /dev/kvm`,
  },
  'rule-missing': {
    breaks: 'rm /usr/lib/udev/rules.d/80-kvm.rules; chown root:root /dev/kvm; chmod 600 /dev/kvm',
  },
  'masked-rule': {
    breaks:
      'ln -s /dev/null /etc/udev/rules.d/80-kvm.rules; chown root:root /dev/kvm; chmod 600 /dev/kvm',
  },
  'two-rules-fight': {
    breaks: `echo 'KERNEL=="kvm", GROUP="kvm", MODE="0600"' > /etc/udev/rules.d/99-hardening.rules; chmod 600 /dev/kvm`,
  },
  'qemu-not-in-group': {
    breaks: "sed 's/^kvm:x:36:qemu/kvm:x:36:/' -i /dev/etc/group; cat /dev/etc/group > /etc/group",
  },
  'qemu-conf-user': {
    breaks: `printf 'user = "operator"\\ngroup = "operator"\\n' > /etc/libvirt/qemu.conf`,
  },
  'session-vs-system': {
    breaks:
      'ln -s /dev/null /etc/udev/rules.d/80-kvm.rules; chown root:root /dev/kvm; chmod 600 /dev/kvm; setfacl -m u:1000:rw /dev/kvm',
  },
  'gid-mismatch-container': { breaks: 'chown root:78 /dev/kvm' },
  'nodev-mount': { breaks: 'mount -o remount,nodev /dev' },
  'stale-session-groups': {
    breaks:
      "sed 's/^kvm:x:36:qemu/kvm:x:36:qemu,operator/' /dev/etc/group > /dev/etc/new; cat /dev/etc/new > /etc/group",
    as: 'setpriv --reuid=1000 --regid=1000 --clear-groups',
  },
};

/** Why no host can be made here; null if one can. */
export function cannotMake(): string | null {
  if (process.getuid?.() !== 0) return 'only root may make namespaces and device nodes';
  const tried = spawnSync('unshare', [
    '--mount',
    '--uts',
    'sh',
    '-c',
    'mount --make-rprivate / && mount -t tmpfs tmpfs /dev && mknod /dev/kvm c 10 232 && : </dev/kvm && command -v setfacl setpriv dash',
  ]);
  if (tried.error) return 'there is no unshare';
  return tried.status === 0
    ? null
    : `a namespace with a /dev/kvm, dash, setfacl and setpriv cannot be had: ${tried.stderr}`;
}

/** The report of a host that was made, broken, and is gone again. */
export function reportOf({ breaks, as = '' }: RealHost): string {
  const collect = readFileSync('collect.sh', 'utf8');
  const script = `${HEALTHY}\n${breaks}\nset +e\nexec ${as} dash -s`;
  return execFileSync('unshare', ['--mount', '--uts', 'sh', '-c', script], {
    input: collect,
    encoding: 'utf8',
  });
}
