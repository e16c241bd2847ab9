/**
 * chown and chgrp: give a file to another owner or group.
 *
 * Models: coreutils 8.22 src/chown.c, src/chgrp.c, src/chown-core.c change_file_owner, describe_change;
 *   gnulib userspec.c parse_user_spec
 *
 * Taking /dev/kvm out of group kvm lets the group's members in on the broken node: they become strangers.
 */
import { failed, strerror } from '../../kernel/errno.ts';
import { command, type Sys } from '../../kernel/program.ts';
import { groups, type User, users } from '../../libc/nss.ts';
import { chown as chownCall, err, lchown, lstat, out, readDir, stat } from '../../libc/sys.ts';
import { complain, ended, type Given, given, misuse } from '../given.ts';
import { isModern } from '../switches.ts';
import { quoted } from './quote.ts';

type Owner = Readonly<{
  uid: number;
  gid: number;
  userName: string | null;
  groupName: string | null;
}>;

const nobody: Owner = { uid: -1, gid: -1, userName: null, groupName: null };

/** A number that can be an id. */
const idNumber = (word: string): number | null =>
  /^\+?\d+$/.test(word) && Number(word) < 2 ** 32 - 1 ? Number(word) : null;

function* groupId(word: string): Sys<number | null> {
  const found = (yield* groups()).find((g) => g.name === word);
  return found?.gid ?? idNumber(word);
}

/** The old `user.group`, which is no user's name. */
const dotted = (text: string, passwd: readonly User[]) =>
  /^[^:.]*\.[^:]*$/.test(text) && !passwd.some((u) => u.name === text);

/** `user`, `user:group`, `user:` (the login group), `:group`, with a dot instead of the colon for compatibility. */
function* parseOwner(text: string): Sys<Owner | 'invalid user' | 'invalid group' | 'invalid spec'> {
  const passwd = yield* users();
  const at = dotted(text, passwd) ? text.indexOf('.') : text.indexOf(':');
  const who = at < 0 ? text : text.slice(0, at);
  const group = at < 0 ? null : text.slice(at + 1);
  const user = passwd.find((u) => u.name === who);
  const uid = who === '' ? -1 : (user?.uid ?? idNumber(who));
  // A login group needs a login: whether the word is a number is not asked.
  if (group === '' && who !== '' && user === undefined) return 'invalid spec';
  if (uid === null) return 'invalid user';
  const byNumber = user === undefined && who !== '';
  if (group === null) return { ...nobody, uid, userName: byNumber ? String(uid) : who };
  if (group === '') {
    if (user === undefined) return nobody;
    const login = (yield* groups()).find((g) => g.gid === user.gid)?.name ?? String(user.gid);
    return { uid, gid: user.gid, userName: who, groupName: login };
  }
  const gid = yield* groupId(group);
  if (gid === null) return 'invalid group';
  const named = (yield* groups()).some((g) => g.name === group);
  // main: beside a group's name a user who was given by number is called nothing.
  const userName = who === '' ? null : byNumber ? (named ? '' : String(uid)) : who;
  return { uid, gid, userName, groupName: named ? group : String(gid) };
}

/** `from`: only files that belong so are changed. */
type Job = Readonly<{
  line: Given;
  owner: Owner;
  from: Owner;
  isChgrp: boolean;
  /** With -R, which links to directories are entered: all, those that were named, none. */
  walk: 'L' | 'H' | 'P' | null;
  /** Links are changed, not what they lead to. */
  linksThemselves: boolean;
}>;

/** The last of -H, -L and -P; -R without them is -P, and then links are changed themselves. */
function walkOf({ options, order }: Given): Pick<Job, 'walk' | 'linksThemselves'> {
  const last = order.findLast(([o]) => o === 'H' || o === 'L' || o === 'P')?.[0] ?? 'P';
  const walk = options.has('R') ? (last as 'L' | 'H' | 'P') : null;
  const said = order.findLast(([o]) => o === 'h' || o === 'dereference')?.[0];
  return { walk, linksThemselves: said === 'h' || walk === 'P' };
}

/** A group by number and no user: then the change is of the group alone. By name it is still of the ownership. */
const namesOnlyAGroup = ({ userName, groupName }: Owner) =>
  userName === null && /^\d+$/.test(groupName ?? '');

type Done = 'changed' | 'retained' | 'failed';

function* report({ line, owner, isChgrp }: Job, path: string, old: Owner, done: Done): Sys<void> {
  const verbose = line.options.has('v');
  if (!verbose && !(line.options.has('c') && done === 'changed')) return;
  const onlyGroup = isChgrp || namesOnlyAGroup(owner);
  const spec = (o: Owner) => {
    const group = o.groupName === null ? [] : [o.groupName];
    return onlyGroup ? group.join('') : [o.userName ?? '', ...group].join(':');
  };
  const kind = onlyGroup ? 'group' : 'ownership';
  const was = spec({ ...old, groupName: owner.groupName === null ? null : old.groupName });
  const nobodyNamed = owner.userName === null && owner.groupName === null;
  const asBefore = nobodyNamed ? '' : ` as ${was}`;
  const fromTo = nobodyNamed ? '' : ` from ${was} to ${spec(owner)}`;
  const text =
    done === 'retained'
      ? `${kind} of ${quoted(path)} retained${asBefore}`
      : `${done === 'failed' ? 'failed to change' : done} ${kind} of ${quoted(path)}${fromTo}`;
  yield* out(`${text}\n`);
}

/** describe_change of a file that could not be looked at. */
function notChanged({ owner, isChgrp }: Job, path: string): string {
  const group = owner.groupName ?? '';
  const onlyGroup = isChgrp || namesOnlyAGroup(owner);
  const spec = isChgrp ? group : [owner.userName ?? '', ...(group === '' ? [] : [group])].join(':');
  const to = onlyGroup ? group : spec;
  const what = `failed to change ${onlyGroup ? 'group' : 'ownership'} of ${quoted(path)}`;
  return to === '' ? `${what}\n` : `${what} to ${to}\n`;
}

function* changeOne(job: Job, path: string, isNamed: boolean): Sys<boolean> {
  const { line, owner, isChgrp, walk } = job;
  const quiet = line.options.has('f');
  const plain = job.linksThemselves;
  const itself = yield* lstat(path);
  const st = failed(itself) || plain || itself.type !== 'symlink' ? itself : yield* stat(path);
  if (failed(st)) {
    const what = failed(itself) ? 'cannot access' : 'cannot dereference';
    if (!quiet) yield* err(`${line.name}: ${what} ${quoted(path)}: ${strerror(st.errno)}\n`);
    // What fstatat has left of the buffer: nobody has written to it.
    if (!failed(itself)) yield* report(job, path, yield* named(0, 0), 'failed');
    else if (line.options.has('v') && (yield* isModern())) yield* out(notChanged(job, path));
    return false;
  }
  let ok = true;
  const enters = walk === 'L' || (walk === 'H' && isNamed);
  const within = enters ? yield* stat(path) : itself;
  if (walk !== null && !failed(within) && within.type === 'dir') {
    const names = yield* readDir(path);
    if (failed(names)) {
      yield* err(`${line.name}: cannot read directory ${quoted(path)}: ${strerror(names.errno)}\n`);
      ok = false;
    } else for (const name of names) ok = (yield* changeOne(job, `${path}/${name}`, false)) && ok;
  }
  const { from } = job;
  const concerned =
    (from.uid === -1 || from.uid === st.uid) && (from.gid === -1 || from.gid === st.gid);
  if (!concerned) {
    yield* report(job, path, yield* named(st.uid, st.gid), 'retained');
    return ok;
  }
  const change = plain ? lchown : chownCall;
  const source = 'coreutils 8.22 src/chown-core.c change_file_owner';
  const done = yield* change(path, owner.uid, owner.gid, source);
  if (failed(done)) {
    const kind = isChgrp || owner.uid === -1 ? 'group' : 'ownership';
    if (!quiet)
      yield* err(`${line.name}: changing ${kind} of ${quoted(path)}: ${strerror(done.errno)}\n`);
    yield* report(job, path, yield* named(st.uid, st.gid), 'failed');
    return false;
  }
  const changed =
    (owner.uid !== -1 && owner.uid !== st.uid) || (owner.gid !== -1 && owner.gid !== st.gid);
  yield* report(job, path, yield* named(st.uid, st.gid), changed ? 'changed' : 'retained');
  return ok;
}

function* named(uid: number, gid: number): Sys<Owner> {
  const userName = (yield* users()).find((u) => u.uid === uid)?.name ?? String(uid);
  const groupName = (yield* groups()).find((g) => g.gid === gid)?.name ?? String(gid);
  return { uid, gid, userName, groupName };
}

const words = {
  changes: 'c',
  recursive: 'R',
  'no-dereference': 'h',
  dereference: '',
  silent: 'f',
  quiet: 'f',
  verbose: 'v',
  'reference:': '',
  'from:': '',
} as const;

const owning = (isChgrp: boolean) =>
  command(function* ({ argv }) {
    const line = yield* given(argv, 'RcfhvHLP', words);
    if (ended(line)) return line;
    const { name, options, operands } = line;
    const reference = options.get('reference') ?? null;
    const [first] = operands;
    const files = reference === null ? operands.slice(1) : operands;
    if (first === undefined) return yield* misuse(name, 'missing operand');
    if (files.length === 0) return yield* misuse(name, `missing operand after ${quoted(first)}`);
    let owner: Owner | string;
    if (reference !== null) {
      const st = yield* stat(reference);
      if (failed(st))
        return yield* complain(
          name,
          `failed to get attributes of ${quoted(reference)}: ${strerror(st.errno)}`,
        );
      const both = yield* named(st.uid, st.gid);
      owner = isChgrp ? { ...both, uid: -1, userName: null } : both;
    } else if (isChgrp) {
      const gid = first === '' ? -1 : yield* groupId(first);
      owner = gid === null ? 'invalid group' : { ...nobody, gid, groupName: first };
    } else owner = yield* parseOwner(first);
    if (typeof owner === 'string') return yield* complain(name, `${owner}: ${quoted(first)}`);
    const condition = options.get('from') ?? null;
    const from = condition === null ? nobody : yield* parseOwner(condition);
    if (typeof from === 'string')
      return yield* complain(name, `${from}: ${quoted(condition ?? '')}`);
    if (!isChgrp && reference === null && dotted(first, yield* users()) && (yield* isModern()))
      yield* err(`${name}: warning: '.' should be ':': ${quoted(first)}\n`);
    const job: Job = { line, owner, from, isChgrp, ...walkOf(line) };
    if (job.walk === 'P' && options.has('dereference'))
      return yield* complain(name, '-R --dereference requires either -H or -L');
    let status = 0;
    for (const path of files) if (!(yield* changeOne(job, path, true))) status = 1;
    return status;
  });

export const chown = owning(false);
export const chgrp = owning(true);
