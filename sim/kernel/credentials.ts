/**
 * Who a task is, as far as the models ask.
 *
 * Models: Linux 3.10 include/linux/cred.h struct cred
 * Leaves out: separate real, effective, saved and filesystem ids (all four move together here),
 *   user namespaces, keyrings, every capability that no modelled check asks for.
 */
export type Capability =
  | 'CAP_CHOWN'
  | 'CAP_DAC_OVERRIDE'
  | 'CAP_DAC_READ_SEARCH'
  | 'CAP_FOWNER'
  | 'CAP_KILL'
  | 'CAP_MKNOD'
  | 'CAP_SETGID'
  | 'CAP_SETUID'
  | 'CAP_SYS_ADMIN'
  | 'CAP_SYS_BOOT'
  | 'CAP_SYS_MODULE';

export const allCapabilities: readonly Capability[] = [
  'CAP_CHOWN',
  'CAP_DAC_OVERRIDE',
  'CAP_DAC_READ_SEARCH',
  'CAP_FOWNER',
  'CAP_KILL',
  'CAP_MKNOD',
  'CAP_SETGID',
  'CAP_SETUID',
  'CAP_SYS_ADMIN',
  'CAP_SYS_BOOT',
  'CAP_SYS_MODULE',
];

export type Credentials = Readonly<{
  uid: number;
  gid: number;
  /** Supplementary groups; the primary gid need not be among them. */
  groups: readonly number[];
  caps: readonly Capability[];
}>;

export const root: Credentials = { uid: 0, gid: 0, groups: [0], caps: allCapabilities };

/** Credentials without any capability. */
export const unprivileged = (uid: number, gid: number, groups: readonly number[]): Credentials => ({
  uid,
  gid,
  groups,
  caps: [],
});

export const capable = (who: Credentials, cap: Capability): boolean => who.caps.includes(cap);

export const inGroup = (who: Credentials, gid: number): boolean =>
  who.gid === gid || who.groups.includes(gid);
