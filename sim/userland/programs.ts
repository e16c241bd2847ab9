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
import { getent, who } from './who.ts';

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

export const programs: Programs = { bash, ...coreutils, getent, getfacl, hostname, setfacl };
