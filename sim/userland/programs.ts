/** The programs of the userland room. */
import type { Programs } from '../kernel/program.ts';
import { getfacl } from './acl/getfacl.ts';
import { setfacl } from './acl/setfacl.ts';
import { bash } from './bash.ts';
import { chmod } from './coreutils/chmod.ts';
import { runuser, su } from './identity/runuser.ts';
import { setpriv, sudo } from './identity/setpriv.ts';
import { lsmod, rmmod } from './kmod/lsmod.ts';
import { modprobe } from './kmod/modprobe.ts';
import { nc, socat } from './net/nc.ts';
import { dmesg } from './procps/dmesg.ts';
import { kill, pgrep, pidof, pkill } from './procps/kill.ts';
import { ps } from './procps/ps.ts';
import { reboot } from './procps/reboot.ts';
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
  runuser,
  su,
  setpriv,
  sudo,
  nc,
  socat,
  dmesg,
  kill,
  pgrep,
  pidof,
  pkill,
  ps,
  reboot,
};
