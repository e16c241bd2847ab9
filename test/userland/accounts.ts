/** The users and groups of the machine that the fixtures were recorded on, and its switches as disk files. */
import type { DiskFile } from '../../sim/host/disk.ts';
import { debian12Userland } from '../../sim/userland/switches.ts';

const passwd = `root:x:0:0:root:/root:/bin/bash
daemon:x:1:1:daemon:/usr/sbin:/usr/sbin/nologin
games:x:5:60:games:/usr/games:/usr/sbin/nologin
user1000:x:1000:1000::/home/user1000:/bin/bash
nobody:x:65534:65534:nobody:/nonexistent:/usr/sbin/nologin
libvirt-qemu:x:64055:107:Libvirt Qemu:/var/lib/libvirt:/usr/sbin/nologin
`;

const group = `root:x:0:
daemon:x:1:
sudo:x:27:
games:x:60:
kvm:x:107:
user1000:x:1000:
libvirt-qemu:x:64055:libvirt-qemu
nogroup:x:65534:
`;

export const recordingMachine: readonly DiskFile[] = [
  { path: '/etc/passwd', content: passwd },
  { path: '/etc/group', content: group },
  { path: '/usr/lib/kvmlab/userland.json', content: JSON.stringify(debian12Userland) },
];
