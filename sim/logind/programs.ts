/** The programs of the logind room. */
import type { Programs } from '../kernel/program.ts';
import { chvt } from './chvt.ts';
import { agetty, gdm, sshd } from './doors.ts';
import { login } from './login.ts';
import { loginctl } from './loginctl.ts';
import { logind } from './logind.ts';

export const programs: Programs = {
  'systemd-logind': logind,
  loginctl,
  login,
  agetty,
  sshd,
  gdm,
  chvt,
};
