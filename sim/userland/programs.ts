/** The programs of the userland room. */
import type { Programs } from '../kernel/program.ts';
import { getfacl } from './acl/getfacl.ts';
import { setfacl } from './acl/setfacl.ts';
import { bash } from './bash.ts';
import { cat, falseProgram, sync, tee, trueProgram, yes } from './coreutils/cat.ts';
import { chmod } from './coreutils/chmod.ts';
import { chgrp, chown } from './coreutils/chown.ts';
import { cp, install, ln, mv } from './coreutils/cp.ts';
import { date, sleep, uptime } from './coreutils/date.ts';
import { groups, id, whoami } from './coreutils/id.ts';
import { ls } from './coreutils/ls.ts';
import { mkdir, mknod } from './coreutils/mkdir.ts';
import { basename, dirname, mktemp, pwd, readlink, realpath, which } from './coreutils/paths.ts';
import { echo, printf, seq } from './coreutils/printf.ts';
import { rm, rmdir } from './coreutils/rm.ts';
import { stat } from './coreutils/stat.ts';
import { env, hostname, nproc, printenv, uname } from './coreutils/system.ts';
import { bracket, test } from './coreutils/test.ts';
import { touch } from './coreutils/touch.ts';
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
import { text } from './text/programs.ts';
import { who } from './who.ts';

const coreutils: Programs = {
  basename,
  cat,
  chgrp,
  chmod,
  chown,
  cp,
  date,
  dirname,
  echo,
  env,
  false: falseProgram,
  groups,
  id,
  install,
  ln,
  ls,
  mkdir,
  mknod,
  mktemp,
  mv,
  nproc,
  printenv,
  printf,
  pwd,
  readlink,
  realpath,
  rm,
  rmdir,
  seq,
  sleep,
  stat,
  sync,
  tee,
  test,
  '[': bracket,
  touch,
  true: trueProgram,
  uname,
  uptime,
  which,
  who,
  whoami,
  yes,
};

const acl: Programs = { getfacl, setfacl };

const kmod: Programs = { lsmod, modprobe, rmmod };

const shadow: Programs = {
  gpasswd,
  groupadd,
  groupdel,
  groupmod,
  useradd,
  userdel,
  usermod,
};

const identity: Programs = { runuser, setpriv, su, sudo };

const procps: Programs = { dmesg, kill, pgrep, pidof, pkill, ps, reboot };

export const programs: Programs = {
  bash,
  ...coreutils,
  ...acl,
  ...kmod,
  ...shadow,
  ...identity,
  ...procps,
  ...text,
  getent,
  hostname,
  nc,
  socat,
};
