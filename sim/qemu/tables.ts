/**
 * Which tables a build goes by.
 */
import { debian72 } from './data/debian72.ts';
import { el7 } from './data/el7.ts';
import type { Tables } from './data/tables.ts';
import { upstream40, upstream212 } from './data/upstream.ts';
import type { QemuSwitches } from './switches.ts';

const builds: Readonly<Record<QemuSwitches['data'], Tables>> = {
  el7,
  upstream212,
  upstream40,
  debian72,
};

export const tablesOf = (switches: QemuSwitches): Tables => builds[switches.data];
