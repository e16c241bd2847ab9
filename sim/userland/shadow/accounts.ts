/**
 * Writing /etc/passwd and /etc/group: a new file beside the old one, renamed into its place.
 *
 * Models: shadow-utils 4.6 lib/commonio.c commonio_close, lib/pwio.c, lib/groupio.c
 * Leaves out: /etc/shadow, /etc/gshadow, locks, subordinate ids.
 */
import { failed } from '../../kernel/errno.ts';
import { type Group, parseGroup, parsePasswd, type User } from '../../libc/nss.ts';
import { readFile, rename, type Sys, writeFile } from '../../libc/sys.ts';

export type Accounts = Readonly<{ users: readonly User[]; groups: readonly Group[] }>;

export function* readAccounts(): Sys<Accounts> {
  const passwd = yield* readFile('/etc/passwd');
  const group = yield* readFile('/etc/group');
  return {
    users: failed(passwd) ? [] : parsePasswd(passwd),
    groups: failed(group) ? [] : parseGroup(group),
  };
}

const userLine = (u: User) => `${u.name}:x:${u.uid}:${u.gid}:${u.gecos}:${u.home}:${u.shell}\n`;
const groupLine = (g: Group) => `${g.name}:x:${g.gid}:${g.members.join(',')}\n`;

function* replace(path: string, text: string): Sys<boolean> {
  const written = yield* writeFile(`${path}+`, text, 0o644);
  return !failed(written) && !failed(yield* rename(`${path}+`, path));
}

/** false when the files cannot be written. */
export function* writeUsers(users: readonly User[]): Sys<boolean> {
  return yield* replace('/etc/passwd', users.map(userLine).join(''));
}

export function* writeGroups(groups: readonly Group[]): Sys<boolean> {
  return yield* replace('/etc/group', groups.map(groupLine).join(''));
}

/** The highest free id below 1000 for system accounts (201..999), the lowest free one above for people. */
export function freeId(taken: readonly number[], system: boolean): number {
  let id = system ? 999 : 1000;
  while (taken.includes(id)) id += system ? -1 : 1;
  return id;
}
