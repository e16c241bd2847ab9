/**
 * useradd, usermod, userdel.
 *
 * Models: shadow-utils 4.6 src/useradd.c, usermod.c, userdel.c
 * Leaves out: passwords, skeleton homes, mail spools, expiry.
 */
import { failed } from '../../kernel/errno.ts';
import { command } from '../../kernel/program.ts';
import { getopt } from '../../libc/getopt.ts';
import type { Group } from '../../libc/nss.ts';
import { chown, err, mkdir, type Sys } from '../../libc/sys.ts';
import { freeId, readAccounts, writeGroups, writeUsers } from './accounts.ts';

function* refuse(text: string, code: number): Sys<number> {
  yield* err(`${text}\n`);
  return code;
}

const long = {
  uid: 'required',
  gid: 'required',
  groups: 'required',
  home: 'required',
  'home-dir': 'required',
  shell: 'required',
  comment: 'required',
  system: 'none',
  append: 'none',
  'create-home': 'none',
  'no-create-home': 'none',
  'user-group': 'none',
} as const;

const findGroup = (groups: readonly Group[], given: string) =>
  groups.find((g) => g.name === given || String(g.gid) === given);

export const useradd = command(function* ({ argv }) {
  const parsed = getopt({ short: 'u:g:G:d:s:c:rmMUN', long }, argv);
  const value = (...names: string[]) =>
    parsed.options.find(([name]) => names.includes(name))?.[1] ?? null;
  const has = (...names: string[]) => parsed.options.some(([name]) => names.includes(name));
  const [name] = parsed.operands;
  if (parsed.error !== null || name === undefined)
    return yield* refuse(parsed.error ?? 'Usage: useradd [options] LOGIN', 2);
  const { users, groups } = yield* readAccounts();
  if (users.some((u) => u.name === name))
    return yield* refuse(`useradd: user '${name}' already exists`, 9);
  const system = has('r', 'system');
  const uid =
    value('u', 'uid') !== null
      ? Number(value('u', 'uid'))
      : freeId(
          users.map((u) => u.uid),
          system,
        );
  if (users.some((u) => u.uid === uid))
    return yield* refuse(`useradd: UID ${uid} is not unique`, 4);
  const primary = value('g', 'gid');
  const extra = value('G', 'groups')?.split(',') ?? [];
  const missing = [...(primary ? [primary] : []), ...extra].find((g) => !findGroup(groups, g));
  if (missing !== undefined) return yield* refuse(`useradd: group '${missing}' does not exist`, 6);
  const own =
    primary === null
      ? [{ name, gid: freeId([...groups.map((g) => g.gid)], system), members: [] }]
      : [];
  const gid = primary === null ? (own[0]?.gid ?? 100) : (findGroup(groups, primary)?.gid ?? 100);
  const home = value('d', 'home', 'home-dir') ?? `/home/${name}`;
  const user = {
    name,
    uid,
    gid,
    gecos: value('c', 'comment') ?? '',
    home,
    shell: value('s', 'shell') ?? '/bin/bash',
  };
  const joined = groups.map((g) =>
    extra.some((e) => findGroup(groups, e) === g) ? { ...g, members: [...g.members, name] } : g,
  );
  if (!(yield* writeUsers([...users, user])) || !(yield* writeGroups([...joined, ...own]))) {
    return yield* refuse('useradd: cannot lock /etc/passwd; try again later.', 1);
  }
  if (!system && !has('M', 'no-create-home') && !failed(yield* mkdir(home, 0o700)))
    yield* chown(home, uid, gid);
  return 0;
});

export const usermod = command(function* ({ argv }) {
  const parsed = getopt({ short: 'u:g:G:d:s:c:a', long }, argv);
  const value = (...names: string[]) =>
    parsed.options.find(([name]) => names.includes(name))?.[1] ?? null;
  const [name] = parsed.operands;
  if (parsed.error !== null || name === undefined)
    return yield* refuse(parsed.error ?? 'Usage: usermod [options] LOGIN', 2);
  const { users, groups } = yield* readAccounts();
  const user = users.find((u) => u.name === name);
  if (user === undefined) return yield* refuse(`usermod: user '${name}' does not exist`, 6);
  const wanted = value('G', 'groups')?.split(',').filter(Boolean) ?? null;
  const primary = value('g', 'gid');
  const missing = [...(wanted ?? []), ...(primary ? [primary] : [])].find(
    (g) => !findGroup(groups, g),
  );
  if (missing !== undefined) return yield* refuse(`usermod: group '${missing}' does not exist`, 6);
  const appends = parsed.options.some(([option]) => option === 'a' || option === 'append');
  const changed = {
    ...user,
    uid: value('u', 'uid') === null ? user.uid : Number(value('u', 'uid')),
    gid: primary === null ? user.gid : (findGroup(groups, primary)?.gid ?? user.gid),
    home: value('d', 'home', 'home-dir') ?? user.home,
    shell: value('s', 'shell') ?? user.shell,
    gecos: value('c', 'comment') ?? user.gecos,
  };
  const member = (g: Group) => {
    const chosen = wanted?.some((w) => findGroup(groups, w) === g) ?? false;
    return chosen || ((appends || wanted === null) && g.members.includes(name));
  };
  const regrouped = groups.map((g) => {
    if (member(g) === g.members.includes(name)) return g;
    return {
      ...g,
      members: member(g) ? [...g.members, name] : g.members.filter((m) => m !== name),
    };
  });
  const usersDone =
    changed === user || (yield* writeUsers(users.map((u) => (u === user ? changed : u))));
  if (!usersDone || !(yield* writeGroups(regrouped))) {
    return yield* refuse('usermod: cannot lock /etc/passwd; try again later.', 1);
  }
  return 0;
});

export const userdel = command(function* ({ argv }) {
  const parsed = getopt({ short: 'rf', long: { remove: 'none', force: 'none' } }, argv);
  const [name] = parsed.operands;
  if (parsed.error !== null || name === undefined)
    return yield* refuse(parsed.error ?? 'Usage: userdel [options] LOGIN', 2);
  const { users, groups } = yield* readAccounts();
  if (!users.some((u) => u.name === name))
    return yield* refuse(`userdel: user '${name}' does not exist`, 6);
  yield* writeUsers(users.filter((u) => u.name !== name));
  yield* writeGroups(groups.map((g) => ({ ...g, members: g.members.filter((m) => m !== name) })));
  return 0;
});
