/**
 * What differs between the versions of the small tools, each difference under a name.
 *
 * A host's profile places the object as JSON in /usr/lib/kvmlab/userland.json; without that file a tool
 * behaves as on CentOS 7.
 */
import { failed } from '../kernel/errno.ts';
import type { Sys } from '../kernel/program.ts';
import { readFile } from '../libc/sys.ts';

export type UserlandSwitches = Readonly<{
  /** What `getfacl --version` says. */
  acl: '2.2.51' | '2.3.1';
  /** acl 2.3.0: getfacl --one-file-system. */
  oneFileSystem: boolean;
  /** coreutils 8.25: ls quotes a name in a complaint: cannot access 'x'. */
  lsQuotes: boolean;
  /** coreutils 9.0 stat: device numbers in decimal (0,5 and 10,232); before, in hex (5h/5d and a,e8). */
  decimalDevices: boolean;
}>;

export const centos7Userland: UserlandSwitches = {
  acl: '2.2.51',
  oneFileSystem: false,
  lsQuotes: false,
  decimalDevices: false,
};

export const debian12Userland: UserlandSwitches = {
  acl: '2.3.1',
  oneFileSystem: true,
  lsQuotes: true,
  decimalDevices: true,
};

const SWITCHES = '/usr/lib/kvmlab/userland.json';

export function* userlandSwitches(): Sys<UserlandSwitches> {
  const text = yield* readFile(SWITCHES);
  return failed(text) ? centos7Userland : (JSON.parse(text) as UserlandSwitches);
}
