/**
 * groupadd, groupmod, groupdel, gpasswd.
 *
 * Models: shadow-utils 4.6 src/groupadd.c, groupmod.c, groupdel.c, gpasswd.c
 * Leaves out: group passwords and administrators.
 */
import { command } from '../../kernel/program.ts';
import { getopt } from '../../libc/getopt.ts';
import type { Group } from '../../libc/nss.ts';
import { err, out, type Sys } from '../../libc/sys.ts';
import { freeId, readAccounts, writeGroups } from './accounts.ts';

function* refuse(text: string, code: number): Sys<number> {
  yield* err(`${text}\n`);
  return code;
}

function* save(tool: string, groups: readonly Group[]): Sys<number> {
  if (yield* writeGroups(groups)) return 0;
  return yield* refuse(`${tool}: cannot lock /etc/group; try again later.`, 10);
}

export const groupadd = command(function* ({ argv }) {
  const parsed = getopt(
    {
      short: 'g:rfo',
      long: { gid: 'required', system: 'none', force: 'none', 'non-unique': 'none' },
    },
    argv,
  );
  const value = (...names: string[]) => parsed.options.find(([name]) => names.includes(name));
  const [name] = parsed.operands;
  if (parsed.error !== null || name === undefined)
    return yield* refuse(parsed.error ?? 'Usage: groupadd [options] GROUP', 2);
  const { groups } = yield* readAccounts();
  if (groups.some((g) => g.name === name)) {
    return value('f', 'force') ? 0 : yield* refuse(`groupadd: group '${name}' already exists`, 9);
  }
  const given = value('g', 'gid')?.[1];
  const gid = given
    ? Number(given)
    : freeId(
        groups.map((g) => g.gid),
        value('r', 'system') !== undefined,
      );
  if (groups.some((g) => g.gid === gid) && !value('o', 'non-unique'))
    return yield* refuse(`groupadd: GID '${gid}' already exists`, 4);
  return yield* save('groupadd', [...groups, { name, gid, members: [] }]);
});

export const groupmod = command(function* ({ argv }) {
  const parsed = getopt(
    { short: 'g:n:o', long: { gid: 'required', 'new-name': 'required', 'non-unique': 'none' } },
    argv,
  );
  const value = (...names: string[]) => parsed.options.find(([name]) => names.includes(name))?.[1];
  const [name] = parsed.operands;
  if (parsed.error !== null || name === undefined)
    return yield* refuse(parsed.error ?? 'Usage: groupmod [options] GROUP', 2);
  const { groups } = yield* readAccounts();
  if (!groups.some((g) => g.name === name))
    return yield* refuse(`groupmod: group '${name}' does not exist`, 6);
  const gid = value('g', 'gid');
  const renamed = value('n', 'new-name');
  const changed = groups.map((g) =>
    g.name === name ? { ...g, name: renamed ?? g.name, gid: gid ? Number(gid) : g.gid } : g,
  );
  return yield* save('groupmod', changed);
});

export const groupdel = command(function* ({ argv: [, name = ''] }) {
  const { users, groups } = yield* readAccounts();
  const group = groups.find((g) => g.name === name);
  if (group === undefined) return yield* refuse(`groupdel: group '${name}' does not exist`, 6);
  const primary = users.find((u) => u.gid === group.gid);
  if (primary)
    return yield* refuse(`groupdel: cannot remove the primary group of user '${primary.name}'`, 8);
  return yield* save(
    'groupdel',
    groups.filter((g) => g !== group),
  );
});

export const gpasswd = command(function* ({ argv }) {
  const parsed = getopt({ short: 'a:d:', long: { add: 'required', delete: 'required' } }, argv);
  const [name] = parsed.operands;
  const [option] = parsed.options;
  if (parsed.error !== null || name === undefined || option === undefined)
    return yield* refuse(parsed.error ?? 'Usage: gpasswd [option] GROUP', 2);
  const [verb, user] = option;
  const { users, groups } = yield* readAccounts();
  if (!users.some((u) => u.name === user))
    return yield* refuse(`gpasswd: user '${user}' does not exist`, 3);
  if (!groups.some((g) => g.name === name))
    return yield* refuse(`gpasswd: group '${name}' does not exist in /etc/group`, 3);
  const adds = verb === 'a' || verb === 'add';
  yield* out(
    adds ? `Adding user ${user} to group ${name}\n` : `Removing user ${user} from group ${name}\n`,
  );
  const others = (g: Group) => g.members.filter((m) => m !== user);
  const changed = groups.map((g) =>
    g.name === name ? { ...g, members: adds ? [...others(g), user ?? ''] : others(g) } : g,
  );
  return yield* save('gpasswd', changed);
});
