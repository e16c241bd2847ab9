/** Every model, in teaching order. The key is the command-line argument. */
import type { HostModel } from '../sim/explain/model.ts';
import { firstLogin } from './first-login.ts';
import { incident } from './incident.ts';
import { moduleReload } from './module-reload.ts';

export const models: Readonly<Record<string, HostModel>> = {
  incident,
  'first-login': firstLogin,
  'module-reload': moduleReload,
};
