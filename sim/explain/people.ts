/**
 * Who the names of a pasted text are on the simulated host.
 */

import { shortText } from '../acl/text.ts';
import { textOf } from '../host/ask.ts';
import { newHost } from '../host/machine.ts';
import { profileNamed } from '../host/profiles.ts';
import type { World } from '../host/world.ts';
import { memo } from '../kernel/memo.ts';
import { parseGroup, parsePasswd } from '../libc/nss.ts';
import type { GetfaclText, Ids } from './evidence.ts';
import { historyOf } from './history.ts';
import { alphabetOf, rootLogin } from './models/events.ts';
import { aclOf, inodeOf, namesOf } from './node.ts';

const CONSOLE_USER = 'operator';

/** The users and groups of a profile's host once its packages are installed: a pasted text may name any of them. */
export const idsOf = memo((profile): Ids => {
  const { world } = newHost(profileNamed(profile));
  const choices = [rootLogin, ...(alphabetOf(world)['install']?.choices ?? [])];
  const installed = historyOf({ profile, setup: {}, choices }).worlds.at(-1) as World;
  const users = parsePasswd(textOf(installed, '/etc/passwd') ?? '');
  const groups = parseGroup(textOf(installed, '/etc/group') ?? '');
  const isSystem = (uid: number) =>
    uid === 0 || users.some((u) => u.uid === uid && !u.shell.endsWith('/bash'));
  return {
    user: (name) => users.find((u) => u.name === name)?.uid ?? null,
    group: (name) => groups.find((g) => g.name === name)?.gid ?? null,
    isPerson: (uid) => !isSystem(uid),
    person: users.find((u) => u.name === CONSOLE_USER)?.uid ?? -1,
  };
}, 8);

/** Is this world's node the one that the text shows? Owners go by name or number, whichever the text has. */
export function shows(world: World, target: GetfaclText): boolean {
  const inode = inodeOf(world);
  if (inode === null || shortText(aclOf(inode)) !== shortText(target.acl)) return false;
  const names = namesOf(world);
  const is = (said: string | null, name: string, id: number) =>
    said === null || said === name || said === String(id);
  return (
    is(target.owner, names.user(inode.uid), inode.uid) &&
    is(target.group, names.group(inode.gid), inode.gid)
  );
}
