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
  /** coreutils; with 9.1 come bash 5.2, findutils 4.9, util-linux 2.38. */
  coreutils: '8.22' | '9.1';
  /** The shell; it has its words from here as well. */
  bash: '4.2' | '5.2';
}>;

export const centos7Userland: UserlandSwitches = {
  acl: '2.2.51',
  oneFileSystem: false,
  coreutils: '8.22',
  bash: '4.2',
};

export const debian12Userland: UserlandSwitches = {
  acl: '2.3.1',
  oneFileSystem: true,
  coreutils: '9.1',
  bash: '5.2',
};

export const SWITCHES = '/usr/lib/kvmlab/userland.json';

export function* userlandSwitches(): Sys<UserlandSwitches> {
  const text = yield* readFile(SWITCHES);
  return failed(text) ? centos7Userland : (JSON.parse(text) as UserlandSwitches);
}

/** Do the GNU tools speak as in Debian 12, rather than as in CentOS 7? */
export function* isModern(): Sys<boolean> {
  return (yield* userlandSwitches()).coreutils === '9.1';
}
