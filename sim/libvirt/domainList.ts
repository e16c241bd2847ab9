/**
 * The procedures that list domains, old and new.
 *
 * Models: libvirt v9.0.0 src/conf/virdomainobjlist.c virDomainObjListExport, virDomainObjMatchFilter;
 *   include/libvirt/libvirt-domain.h virConnectListAllDomainsFlags
 *
 * The flags come in groups; a domain is listed if each group that is asked about names it. Nothing here is ever
 * paused, saved, or has a snapshot or checkpoint.
 */
import { type Domain, isActive } from './domain.ts';
import type { Driver } from './driver.ts';
import * as rpc from './rpc.ts';

export const remote = ({ def, live }: Domain): rpc.RemoteDomain => ({
  name: def.name,
  uuid: def.uuid,
  id: live?.id ?? -1,
});

type Filter = readonly [flag: number, holds: (domain: Domain) => boolean];

const never = () => false;
const always = () => true;

const groups: readonly (readonly Filter[])[] = [
  [
    [rpc.LIST_ACTIVE, isActive],
    [rpc.LIST_INACTIVE, (d) => !isActive(d)],
  ],
  [
    [4, (d) => d.context.persistent],
    [8, (d) => !d.context.persistent],
  ],
  [
    [16, isActive],
    [32, never],
    [64, (d) => !isActive(d)],
    [128, never],
  ],
  [
    [256, never],
    [512, always],
  ],
  [
    [1024, (d) => d.autostart],
    [2048, (d) => !d.autostart],
  ],
  [
    [4096, never],
    [8192, always],
  ],
  [
    [16384, never],
    [32768, always],
  ],
];

const listed = (domain: Domain, flags: number): boolean =>
  groups.every((group) => {
    const asked = group.filter(([flag]) => (flags & flag) !== 0);
    return asked.length === 0 || asked.some(([, holds]) => holds(domain));
  });

export function listAll(
  driver: Driver,
  { need_results, flags }: rpc.Procedures['CONNECT_LIST_ALL_DOMAINS']['args'],
): rpc.Reply<'CONNECT_LIST_ALL_DOMAINS'> {
  const found = Object.values(driver.domains).filter((domain) => listed(domain, flags));
  return { domains: need_results === 0 ? [] : found.map(remote), ret: found.length };
}

export const activeIds = (driver: Driver): readonly number[] =>
  Object.values(driver.domains).flatMap(({ live }) => (live === null ? [] : [live.id]));

export const inactiveNames = (driver: Driver): readonly string[] =>
  Object.values(driver.domains).flatMap((d) => (isActive(d) ? [] : [d.def.name]));
