/** The programs of the userland room. */
import type { Programs } from '../kernel/program.ts';
import { chacl } from './acl/chacl.ts';
import { getfacl } from './acl/getfacl.ts';
import { setfacl } from './acl/setfacl.ts';
import { getfattr, setfattr } from './attr/getfattr.ts';
import { bash } from './bash.ts';
import { basename, dirname, pwd } from './coreutils/basename.ts';
import { cat, falseProgram, sync, tee, trueProgram, yes } from './coreutils/cat.ts';
import { chmod } from './coreutils/chmod.ts';
import { chgrp, chown } from './coreutils/chown.ts';
import { cp } from './coreutils/cp.ts';
import { date, sleep, uptime } from './coreutils/date.ts';
import { expr } from './coreutils/expr.ts';
import { groups, id, logname, whoami } from './coreutils/id.ts';
import { install } from './coreutils/install.ts';
import { link, unlink } from './coreutils/link.ts';
import { ln } from './coreutils/ln.ts';
import { ls } from './coreutils/ls.ts';
import { mkdir, mkfifo, mknod } from './coreutils/mkdir.ts';
import { mktemp } from './coreutils/mktemp.ts';
import { mv } from './coreutils/mv.ts';
import { echo, printf, seq } from './coreutils/printf.ts';
import { readlink, realpath } from './coreutils/readlink.ts';
import { rm, rmdir } from './coreutils/rm.ts';
import { stat } from './coreutils/stat.ts';
import { arch, env, hostname, nproc, printenv, tty, uname } from './coreutils/system.ts';
import { bracket, test } from './coreutils/test.ts';
import { timeout } from './coreutils/timeout.ts';
import { touch } from './coreutils/touch.ts';
import { truncate } from './coreutils/truncate.ts';
import { which } from './coreutils/which.ts';
import { runuser, su } from './identity/runuser.ts';
import { setpriv, sudo } from './identity/setpriv.ts';
import { lsmod, rmmod } from './kmod/lsmod.ts';
import { insmod, modinfo } from './kmod/modinfo.ts';
import { modprobe } from './kmod/modprobe.ts';
import { mount } from './mount.ts';
import { nc, socat } from './net/nc.ts';
import { dmesg } from './procps/dmesg.ts';
import { kill, pgrep, pidof, pkill } from './procps/kill.ts';
import { ps } from './procps/ps.ts';
import { reboot } from './procps/reboot.ts';
import { newgrp, passwd, poweroff, telnet, toldOf } from './refused.ts';
import { getent } from './shadow/getent.ts';
import { gpasswd, groupadd, groupdel, groupmod } from './shadow/groups.ts';
import { useradd, userdel, usermod } from './shadow/users.ts';
import { text } from './text/programs.ts';
import { who } from './who.ts';

const coreutils: Programs = {
  arch,
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
  expr,
  false: falseProgram,
  groups,
  id,
  install,
  link,
  ln,
  logname,
  ls,
  mkdir,
  mkfifo,
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
  timeout,
  touch,
  true: trueProgram,
  truncate,
  tty,
  uname,
  unlink,
  uptime,
  which,
  who,
  whoami,
  yes,
};

const acl: Programs = { chacl, getfacl, getfattr, setfacl, setfattr };

const kmod: Programs = { insmod, lsmod, modinfo, modprobe, rmmod };

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
  mount,
  nc,
  newgrp,
  passwd,
  poweroff,
  socat,
  telnet,
  'told-of': toldOf,
};
