/**
 * id, groups, whoami: who one is, and in which groups.
 *
 * Models: coreutils 8.22 src/id.c main, print_full_info; src/groups.c; src/whoami.c; src/group-list.c
 *
 * Without a name the answer is about the running process: groups as of its login. With a name it is
 * what /etc/group says now. After `usermod -aG` the two differ until the next login.
 */
import { command, type Sys } from '../../kernel/program.ts';
import {
  groups as allGroups,
  type Group,
  getgrouplist,
  getpwnam,
  type User,
  users,
} from '../../libc/nss.ts';
import { err, getcred, out } from '../../libc/sys.ts';
import { complain, ended, type Given, given, misuse } from '../given.ts';
import { isModern } from '../switches.ts';
import { quoted } from './quote.ts';

type Identity = Readonly<{ uid: number; gid: number; groups: readonly number[] }>;

function* current(): Sys<Identity> {
  const { uid, gid, groups } = yield* getcred();
  return { uid, gid, groups: [...new Set([gid, ...groups])] };
}

function* ofUser(user: User): Sys<Identity> {
  return { uid: user.uid, gid: user.gid, groups: yield* getgrouplist(user.name, user.gid) };
}

const nameOf = (group: readonly Group[], gid: number) => group.find((g) => g.gid === gid)?.name;

/** Group names; a gid without one is printed as it is, with a complaint. */
function* groupNames(name: string, gids: readonly number[]): Sys<{ names: string[]; ok: boolean }> {
  const group = yield* allGroups();
  let ok = true;
  const names: string[] = [];
  for (const gid of gids) {
    const found = nameOf(group, gid);
    if (found === undefined) {
      ok = false;
      yield* err(`${name}: cannot find name for group ID ${gid}\n`);
    }
    names.push(found ?? String(gid));
  }
  return { names, ok };
}

function* fullInfo(who: Identity): Sys<string> {
  const group = yield* allGroups();
  const user = (yield* users()).find((u) => u.uid === who.uid)?.name;
  const shown = (id: number, name: string | undefined) =>
    name === undefined ? `${id}` : `${id}(${name})`;
  const list = who.groups.map((gid) => shown(gid, nameOf(group, gid))).join(',');
  return `uid=${shown(who.uid, user)} gid=${shown(who.gid, nameOf(group, who.gid))} groups=${list}\n`;
}

const noSuchUser = (name: string, modern: boolean) =>
  `${modern ? quoted(name) : name}: no such user`;

/** A user by name; since 8.31 by number too. */
function* userNamed(word: string, modern: boolean): Sys<User | null> {
  const found = yield* getpwnam(word);
  if (found !== null || !modern || !/^\+?\d+$/.test(word)) return found;
  return (yield* users()).find((u) => u.uid === Number(word)) ?? null;
}

/** One user's line, or the part of it that was asked for. */
function* show({ name, options }: Given, who: Identity, end: string): Sys<number> {
  const [choice] = ['u', 'g', 'G'].filter((o) => options.has(o));
  if (choice === undefined) {
    yield* out(yield* fullInfo(who));
    return 0;
  }
  if (choice === 'u') {
    const found = (yield* users()).find((u) => u.uid === who.uid)?.name;
    if (options.has('n') && found === undefined)
      yield* err(`${name}: cannot find name for user ID ${who.uid}\n`);
    yield* out(`${options.has('n') ? (found ?? who.uid) : who.uid}${end}`);
    return options.has('n') && found === undefined ? 1 : 0;
  }
  const gids = choice === 'g' ? [who.gid] : who.groups;
  const { names, ok } = options.has('n')
    ? yield* groupNames(name, gids)
    : { names: gids.map(String), ok: true };
  yield* out(`${names.join(options.has('z') ? '\0' : ' ')}${end}`);
  return ok ? 0 : 1;
}

const words = {
  user: 'u',
  group: 'g',
  groups: 'G',
  name: 'n',
  real: 'r',
  zero: 'z',
  context: 'Z',
} as const;

export const id = command(function* ({ argv }) {
  const line = yield* given(argv, 'agnruGZz', words);
  if (ended(line)) return line;
  const { name, options, operands } = line;
  const modern = yield* isModern();
  const [, extra] = operands;
  if (extra !== undefined && !modern) return yield* misuse(name, `extra operand ${quoted(extra)}`);
  if (options.has('Z'))
    return yield* complain(name, '--context (-Z) works only on an SELinux-enabled kernel');
  const choices = ['u', 'g', 'G'].filter((o) => options.has(o));
  if (choices.length > 1)
    return yield* complain(name, 'cannot print "only" of more than one choice');
  if (choices.length === 0 && (options.has('n') || options.has('r')))
    return yield* complain(name, 'cannot print only names or real IDs in default format');
  if (choices.length === 0 && options.has('z'))
    return yield* complain(name, 'option --zero not permitted in default format');
  const end = options.has('z') ? '\0' : '\n';
  if (operands.length === 0) return yield* show(line, yield* current(), end);
  let status = 0;
  for (const asked of operands) {
    const user = yield* userNamed(asked, modern);
    if (user === null) status = yield* complain(name, noSuchUser(asked, modern));
    else status = Math.max(status, yield* show(line, yield* ofUser(user), end));
  }
  return status;
});

export const groups = command(function* ({ argv }) {
  const line = yield* given(argv, '');
  if (ended(line)) return line;
  const { name, operands } = line;
  if (operands.length === 0) {
    const { names, ok } = yield* groupNames(name, (yield* current()).groups);
    yield* out(`${names.join(' ')}\n`);
    return ok ? 0 : 1;
  }
  let status = 0;
  for (const asked of operands) {
    const user = yield* getpwnam(asked);
    if (user === null) {
      status = yield* complain(name, noSuchUser(asked, yield* isModern()));
      continue;
    }
    const { names, ok } = yield* groupNames(name, (yield* ofUser(user)).groups);
    yield* out(`${asked} : ${names.join(' ')}\n`);
    if (!ok) status = 1;
  }
  return status;
});

export const whoami = command(function* ({ argv }) {
  const line = yield* given(argv, '');
  if (ended(line)) return line;
  const [extra] = line.operands;
  if (extra !== undefined) return yield* misuse(line.name, `extra operand ${quoted(extra)}`);
  const { uid } = yield* getcred();
  const user = (yield* users()).find((u) => u.uid === uid);
  if (user === undefined) return yield* complain(line.name, `cannot find name for user ID ${uid}`);
  yield* out(`${user.name}\n`);
  return 0;
});

/** Nobody has logged in where there is no terminal, and a tool here never has one. */
export const logname = command(function* ({ argv }) {
  const line = yield* given(argv, '');
  if (ended(line)) return line;
  return yield* complain(line.name, 'no login name');
});
