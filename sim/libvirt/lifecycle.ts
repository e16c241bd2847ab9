/**
 * What happened to the domains between two moments, as the events that clients have registered for.
 *
 * Models: libvirt v9.0.0 include/libvirt/libvirt-domain.h virDomainEventType and its details; src/qemu/qemu_driver.c
 *   qemuDomainCreateXML, qemuDomainDefineXMLFlags, qemuDomainUndefineFlags, qemuDomainDestroyFlags;
 *   src/qemu/qemu_process.c qemuProcessStartCPUs, qemuProcessHandleMonitorEOF
 * Leaves out: every other kind of event; nothing here would raise one.
 *
 * A guest's vCPUs are resumed before its start is told: "Resumed Unpaused" comes first, as with the real daemon.
 */
import { type Domain, isActive } from './domain.ts';
import { remote } from './domainList.ts';
import type { Driver } from './driver.ts';
import type { RemoteDomain } from './rpc.ts';

export type Lifecycle = Readonly<{ dom: RemoteDomain; event: number; detail: number }>;

const DEFINED = { event: 0, added: 0, updated: 1 } as const;
const UNDEFINED = { event: 1, removed: 0 } as const;
const STARTED = { event: 2, booted: 0 } as const;
const RESUMED = { event: 4, unpaused: 0 } as const;
const STOPPED = { event: 5, shutdown: 0, destroyed: 1 } as const;

type Domains = Driver['domains'];

function eventsOf(was: Domain | undefined, is: Domain | undefined, ended: Ending): Lifecycle[] {
  const shown = is ?? was;
  if (shown === undefined) return [];
  const dom = remote(shown);
  const events: Lifecycle[] = [];
  const ran = was !== undefined && isActive(was);
  const runs = is !== undefined && isActive(is);
  const kept = was?.context.persistent ?? false;
  const keeps = is?.context.persistent ?? false;
  if (keeps && (!kept || (!runs && was?.def !== is?.def))) {
    const detail = kept ? DEFINED.updated : DEFINED.added;
    events.push({ dom, event: DEFINED.event, detail });
  }
  if (runs && !ran) {
    events.push({ dom, event: RESUMED.event, detail: RESUMED.unpaused });
    events.push({ dom, event: STARTED.event, detail: STARTED.booted });
  }
  if (ran && !runs) {
    events.push({ dom: { ...dom, id: -1 }, event: STOPPED.event, detail: STOPPED[ended] });
  }
  if (kept && !keeps) events.push({ dom, event: UNDEFINED.event, detail: UNDEFINED.removed });
  return events;
}

/** How a guest that is gone has ended: by itself, or because somebody has asked libvirtd. */
export type Ending = 'shutdown' | 'destroyed';

export function lifecycle(before: Domains, after: Domains, ended: Ending): readonly Lifecycle[] {
  if (before === after) return [];
  const names = new Set([...Object.keys(before), ...Object.keys(after)]);
  return [...names].sort().flatMap((name) => eventsOf(before[name], after[name], ended));
}
