/** The programs of the userland room. */
import type { Programs } from '../kernel/program.ts';
import { getfacl } from './acl/getfacl.ts';
import { setfacl } from './acl/setfacl.ts';
import { bash } from './bash.ts';
import { chmod } from './coreutils/chmod.ts';
import { lsmod, rmmod } from './kmod/lsmod.ts';
import { modprobe } from './kmod/modprobe.ts';
import { getent } from './shadow/getent.ts';
import { gpasswd, groupadd, groupdel, groupmod } from './shadow/groups.ts';
import { useradd, userdel, usermod } from './shadow/users.ts';

export const programs: Programs = {
  bash,
  chmod,
  getfacl,
  setfacl,
  lsmod,
  rmmod,
  modprobe,
  getent,
  gpasswd,
  groupadd,
  groupdel,
  groupmod,
  useradd,
  userdel,
  usermod,
};
