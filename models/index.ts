/** Every model, in teaching order. The key is the command-line argument. */
import type { HostModel } from '../sim/explain/models/model.ts';
import { busyHost } from './busy-host.ts';
import { firstLogin } from './first-login.ts';
import { incident } from './incident.ts';
import { logindFails } from './logind-fails.ts';
import { logout } from './logout.ts';
import { moduleReload } from './module-reload.ts';
import { ruleFromBoot } from './rule-from-boot.ts';
import { sameSecond } from './same-second.ts';
import { secondLogin } from './second-login.ts';

export const models: Readonly<Record<string, HostModel>> = {
  incident,
  'first-login': firstLogin,
  logout,
  'second-login': secondLogin,
  'rule-from-boot': ruleFromBoot,
  'module-reload': moduleReload,
  'same-second': sameSecond,
  'logind-fails': logindFails,
  'busy-host': busyHost,
};
