/**
 * A domain in the driver's list, and the list's own rules.
 *
 * Models: libvirt v5.0.0 src/conf/virdomainobjlist.c virDomainObjListAddLocked;
 *   src/qemu/qemu_domain.c struct _qemuDomainObjPrivate
 */

import { initialTransition } from 'xstate';
import { drive } from '../kernel/drive.ts';
import { own } from '../kernel/own.ts';
import {
  type DomainEvent,
  type DomainMemory,
  type DomainState,
  domainMachine,
} from './domain.machine.ts';
import type { DomainDef } from './domainDef.ts';
import type { Driver } from './driver.ts';

/** What is known of the process while there is one. */
export type Live = Readonly<{
  id: number;
  pid: number;
  monitorPath: string;
  /** The open monitor; events that arrive between two commands are read from it. */
  mon: Readonly<{ fd: number; buffer: string; serial: number }>;
}>;

export type Domain = Readonly<{
  def: DomainDef;
  value: DomainState;
  context: DomainMemory;
  autostart: boolean;
  live: Live | null;
}>;

export function newDomain(def: DomainDef, persistent: boolean): Domain {
  const [first] = initialTransition(domainMachine, { persistent, reason: 'unknown' });
  const value = first.value as DomainState;
  return { def, value, context: first.context, autostart: false, live: null };
}

/** One event to the domain's machine; a domain that is gone leaves the list. */
export function tell(driver: Driver, name: string, event: DomainEvent): void {
  const domain = own(driver.domains, name);
  if (domain === undefined) return;
  const { value, context } = drive(domainMachine, domain, event);
  const { [name]: _, ...others } = driver.domains;
  const live = value === 'starting' || value === 'running' ? domain.live : null;
  driver.domains =
    value === 'gone' ? others : { ...others, [name]: { ...domain, value, context, live } };
}

export function put(driver: Driver, domain: Domain): void {
  driver.domains = { ...driver.domains, [domain.def.name]: domain };
}

export const isActive = (domain: Domain): boolean => domain.value !== 'shut off';

export const byUuid = (driver: Driver, uuid: string): Domain | undefined =>
  Object.values(driver.domains).find((d) => d.def.uuid === uuid);

/** Why this definition may not enter the list; null when it may. */
export function refuseDuplicate(driver: Driver, def: DomainDef, live: boolean): string | null {
  const same = byUuid(driver, def.uuid);
  if (same !== undefined && same.def.name !== def.name) {
    return `domain '${same.def.name}' is already defined with uuid ${def.uuid}`;
  }
  if (same !== undefined)
    return live && isActive(same) ? `domain '${def.name}' is already active` : null;
  const named = driver.domains[def.name];
  if (named === undefined) return null;
  return `domain '${def.name}' already exists with uuid ${named.def.uuid}`;
}
