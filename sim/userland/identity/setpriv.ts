/**
 * setpriv and sudo: a command with other ids, groups or capabilities.
 *
 * Models: util-linux 2.23 sys-utils/setpriv.c; sudo 1.8.23 as far as `sudo [-u USER] COMMAND`
 * Leaves out: securebits, labels, --dump; sudoers other than the group wheel, passwords.
 */
import type { Capability, Credentials } from '../../kernel/credentials.ts';
import { command, type Sys } from '../../kernel/program.ts';
import { getopt } from '../../libc/getopt.ts';
import { getgrnam, getgrouplist, getpwnam, getpwuid } from '../../libc/nss.ts';
import { err, getcred } from '../../libc/sys.ts';
import { identityOf, runAs } from './become.ts';

const long = {
  reuid: 'required',
  regid: 'required',
  ruid: 'required',
  euid: 'required',
  'clear-groups': 'none',
  'keep-groups': 'none',
  'init-groups': 'none',
  groups: 'required',
  'ambient-caps': 'required',
  'inh-caps': 'required',
  'bounding-set': 'required',
  nnp: 'none',
  'no-new-privs': 'none',
} as const;

function* refuse(text: string, code = 1): Sys<number> {
  yield* err(`${text}\n`);
  return code;
}

/** A uid or gid given as a number or a name; null when there is no such. */
function* idOf(kind: 'user' | 'group', given: string): Sys<number | null> {
  if (/^\d+$/.test(given)) return Number(given);
  const found = kind === 'user' ? yield* getpwnam(given) : yield* getgrnam(given);
  if (found === null) return null;
  return 'uid' in found ? found.uid : found.gid;
}

function capabilities(me: Credentials, uid: number, changes: string | null): readonly Capability[] {
  const kept = uid === 0 || uid === me.uid ? me.caps : [];
  const raised = (changes ?? '').split(',').filter((word) => word.startsWith('+'));
  const names = raised.map((word) => `CAP_${word.slice(1).toUpperCase()}`);
  return [...new Set([...kept, ...me.caps.filter((cap) => names.includes(cap))])];
}

export const setpriv = command(function* ({ argv, env }) {
  const parsed = getopt({ short: '+', long }, ['setpriv', ...argv.slice(1)]);
  if (parsed.error !== null)
    return yield* refuse(`${parsed.error}\nTry 'setpriv --help' for more information.`);
  const value = (name: string) => parsed.options.find(([option]) => option === name)?.[1] ?? null;
  const has = (name: string) => parsed.options.some(([option]) => option === name);
  if (parsed.operands.length === 0) return yield* refuse('setpriv: No program specified');
  const me = yield* getcred();
  const wantedUser = value('reuid') ?? value('euid');
  const wantedGroup = value('regid');
  const uid = wantedUser === null ? me.uid : yield* idOf('user', wantedUser);
  const gid = wantedGroup === null ? me.gid : yield* idOf('group', wantedGroup);
  if (uid === null) return yield* refuse('setpriv: failed to parse reuid');
  if (gid === null) return yield* refuse('setpriv: failed to parse regid');
  const keeps = ['clear-groups', 'keep-groups', 'init-groups', 'groups'].some(has);
  if (wantedGroup !== null && !keeps)
    return yield* refuse(
      'setpriv: --[re]gid requires --keep-groups, --clear-groups, --init-groups, or --groups',
    );
  let groups = me.groups;
  if (has('clear-groups')) groups = [];
  if (has('groups')) groups = (value('groups') ?? '').split(',').map(Number);
  if (has('init-groups')) {
    const user = yield* getpwuid(uid);
    // initgroups(ruid_passwd->pw_name, ruid_passwd->pw_gid): the group of /etc/passwd, not --regid.
    groups = user === null ? [gid] : yield* getgrouplist(user.name, user.gid);
  }
  const caps = capabilities(me, uid, value('ambient-caps'));
  return yield* runAs('setpriv', parsed.operands, { uid, gid, groups, caps }, env);
});

export const sudo = command(function* ({ argv, env }) {
  const parsed = getopt({ short: '+u:nEHi', long: { user: 'required' } }, [
    'sudo',
    ...argv.slice(1),
  ]);
  const name =
    parsed.options.find(([option]) => option === 'u' || option === 'user')?.[1] ?? 'root';
  if (parsed.error !== null || parsed.operands.length === 0)
    return yield* refuse(parsed.error ?? 'usage: sudo [-u user] command');
  const me = yield* getcred();
  const caller = yield* getpwuid(me.uid);
  const wheel = yield* getgrnam('wheel');
  const mayDo = me.uid === 0 || (wheel?.members.includes(caller?.name ?? '') ?? false);
  if (!mayDo)
    return yield* refuse(
      `${caller?.name ?? me.uid} is not in the sudoers file.  This incident will be reported.`,
    );
  const user = yield* getpwnam(name);
  if (user === null)
    return yield* refuse(`sudo: unknown user: ${name}\nsudo: unable to initialize policy plugin`);
  return yield* runAs('sudo', parsed.operands, yield* identityOf(user), {
    ...env,
    USER: user.name,
    HOME: user.home,
    LOGNAME: user.name,
  });
});
