/**
 * setpriv and sudo: a command with other ids, groups or capabilities.
 *
 * Models: util-linux 2.23, 2.38 sys-utils/setpriv.c; sudo 1.8.23 as far as `sudo [-u USER] COMMAND`
 * Leaves out: securebits, labels, --dump, ids that differ (the effective one counts); sudoers other than the group wheel, passwords.
 */
import { type Capability, type Credentials, capable } from '../../kernel/credentials.ts';
import { command, type Sys } from '../../kernel/program.ts';
import { getopt } from '../../libc/getopt.ts';
import { getgrnam, getgrouplist, getpwnam, getpwuid } from '../../libc/nss.ts';
import { err, getcred, out } from '../../libc/sys.ts';
import { unmodelled } from '../given.ts';
import { isModern } from '../switches.ts';
import { identityOf, runAs } from './become.ts';

const long = {
  reuid: 'required',
  regid: 'required',
  ruid: 'required',
  euid: 'required',
  rgid: 'required',
  egid: 'required',
  'clear-groups': 'none',
  'keep-groups': 'none',
  'init-groups': 'none',
  groups: 'required',
  'ambient-caps': 'required',
  'inh-caps': 'required',
  'bounding-set': 'required',
  nnp: 'none',
  'no-new-privs': 'none',
  'reset-env': 'none',
  dump: 'none',
  'list-caps': 'none',
  securebits: 'required',
  pdeathsig: 'required',
  'selinux-label': 'required',
  'apparmor-profile': 'required',
  help: 'none',
  version: 'none',
} as const;

/** What would have to be remembered of a task, and is not. */
const beyond = [
  'dump',
  'd',
  'securebits',
  'pdeathsig',
  'selinux-label',
  'apparmor-profile',
  'help',
  'h',
];

function* refuse(text: string, code = 1): Sys<number> {
  yield* err(`${text}\n`);
  return code;
}

/** A uid or gid given as a number or a name; null when there is no such. */
function* idOf(kind: 'user' | 'group', given: string): Sys<number | null> {
  if (/^-?\d+$/.test(given)) return Number(given);
  const found = kind === 'user' ? yield* getpwnam(given) : yield* getgrnam(given);
  if (found === null) return null;
  return 'uid' in found ? found.uid : found.gid;
}

/** `-all,+chown` applied to a set. */
function adjusted(
  from: readonly Capability[],
  changes: string | null,
  all: readonly Capability[],
): readonly Capability[] {
  let set = from;
  for (const word of (changes ?? '').split(',').filter(Boolean)) {
    const name = `CAP_${word.slice(1).toUpperCase()}`;
    const named = word.slice(1) === 'all' ? all : all.filter((cap) => cap === name);
    const others = set.filter((cap) => !named.includes(cap));
    set = word.startsWith('+') ? [...others, ...named] : others;
  }
  return set;
}

/** What execve leaves: root has what the bounding set or the inheritable one allow, others what is ambient. */
function capabilities(me: Credentials, uid: number, value: Words['value']): readonly Capability[] {
  const inheritable = adjusted([], value('inh-caps'), me.caps);
  const ambient = adjusted([], value('ambient-caps'), me.caps).filter((cap) =>
    inheritable.includes(cap),
  );
  if (uid !== 0)
    return uid === me.uid && me.uid !== 0 && value('ambient-caps') === null ? me.caps : ambient;
  const bound = adjusted(me.caps, value('bounding-set'), me.caps);
  return me.caps.filter((cap) => bound.includes(cap) || inheritable.includes(cap));
}

/** Every capability of Linux 6.1 by number. */
const capabilityNames =
  'chown dac_override dac_read_search fowner fsetid kill setgid setuid setpcap linux_immutable net_bind_service net_broadcast net_admin net_raw ipc_lock ipc_owner sys_module sys_rawio sys_chroot sys_ptrace sys_pacct sys_admin sys_boot sys_nice sys_resource sys_time sys_tty_config mknod lease audit_write audit_control setfcap mac_override mac_admin syslog wake_alarm block_suspend audit_read perfmon bpf checkpoint_restore'.split(
    ' ',
  );

type Words = Readonly<{
  value: (name: string) => string | null;
  has: (name: string) => boolean;
  modern: boolean;
}>;

/** The uid or gid that an option names; the complaint if it names none. */
function* wantedId(words: Words, kind: 'user' | 'group', now: number): Sys<number | string> {
  const letter = kind === 'user' ? 'u' : 'g';
  for (const option of [`re${letter}id`, `e${letter}id`, `r${letter}id`]) {
    const given = words.value(option);
    if (given === null) continue;
    const id = yield* idOf(kind, given);
    if (id === null) {
      const which = words.modern ? `${option}: '${given}'` : option;
      return `setpriv: failed to parse ${which}`;
    }
    // -1 leaves an id as it is.
    if (!option.startsWith('r') || option.startsWith('re'))
      return id === -1 || id === 2 ** 32 - 1 ? now : id;
  }
  return now;
}

function* listedGroups(words: Words): Sys<number[] | string> {
  const gids: number[] = [];
  for (const word of (words.value('groups') ?? '').split(',')) {
    const gid = yield* idOf('group', word);
    if (gid === null)
      return words.modern
        ? `setpriv: Invalid supplementary group id: '${word}'`
        : 'setpriv: Invalid supplementary group id';
    gids.push(gid);
  }
  return gids;
}

/** The supplementary groups that the options ask for; a complaint as text. */
function* wantedGroups(
  words: Words,
  me: Credentials,
  uid: number,
  gid: number,
): Sys<readonly number[] | string> {
  if (words.has('init-groups')) {
    const user = yield* getpwuid(uid);
    // initgroups(ruid_passwd->pw_name, ruid_passwd->pw_gid): the group of /etc/passwd, not --regid.
    return user === null ? [gid] : yield* getgrouplist(user.name, user.gid);
  }
  if (words.has('groups')) return yield* listedGroups(words);
  return words.has('clear-groups') ? [] : me.groups;
}

function unknownCapability(words: Words): string | null {
  for (const option of ['inh-caps', 'ambient-caps', 'bounding-set'])
    for (const word of (words.value(option) ?? '').split(',').filter(Boolean)) {
      if (!/^[+-]/.test(word)) return 'setpriv: bad capability string';
      const name = word.slice(1);
      if (name !== 'all' && !capabilityNames.includes(name) && !/^cap_\d+$/.test(name))
        return `setpriv: unknown capability "${name}"`;
    }
  return null;
}

/** The complaint about an option's value, or about two that do not go together. */
function conflict(words: Words): string | null {
  const ways = ['clear-groups', 'keep-groups', 'init-groups', 'groups'].filter(words.has);
  if (ways.length > 1)
    return words.modern
      ? 'setpriv: mutually exclusive arguments: --clear-groups --keep-groups --init-groups --groups'
      : 'setpriv: --clear-groups, --keep-groups, --init-groups and --groups are mutually exclusive';
  if (words.has('init-groups') && !words.has('reuid') && !words.has('ruid'))
    return 'setpriv: --init-groups requires --ruid or --reuid';
  const changesGroup = ['regid', 'rgid', 'egid'].some(words.has);
  return changesGroup && ways.length === 0
    ? 'setpriv: --[re]gid requires --keep-groups, --clear-groups, --init-groups, or --groups'
    : null;
}

/** SETPRIV_EXIT_PRIVERR. */
const PRIVILEGES = 127;

/** do_reset_environ. */
function* freshEnvironment(
  uid: number,
  env: Readonly<Record<string, string>>,
): Sys<Record<string, string>> {
  const user = yield* getpwuid(uid);
  const term = env['TERM'];
  const path =
    uid === 0
      ? '/usr/local/sbin:/usr/local/bin:/sbin:/bin:/usr/sbin:/usr/bin'
      : '/usr/local/bin:/bin:/usr/bin';
  return {
    ...(term === undefined ? {} : { TERM: term }),
    PATH: path,
    ...(user === null
      ? {}
      : { HOME: user.home, SHELL: user.shell || '/bin/sh', USER: user.name, LOGNAME: user.name }),
  };
}

export const setpriv = command(function* ({ argv, env }) {
  const parsed = getopt({ short: '+dh', long }, ['setpriv', ...argv.slice(1)]);
  const value = (name: string) => parsed.options.find(([option]) => option === name)?.[1] ?? null;
  const has = (name: string) => parsed.options.some(([option]) => option === name);
  const words: Words = { value, has, modern: yield* isModern() };
  const odd = beyond.find(has);
  if (odd !== undefined)
    return yield* unmodelled('setpriv', odd.length > 1 ? `--${odd}` : `-${odd}`);
  if (has('version')) {
    yield* out(`setpriv from util-linux ${words.modern ? '2.38.1' : '2.23.2'}\n`);
    return 0;
  }
  if (has('list-caps')) {
    yield* out(capabilityNames.map((name) => `${name}\n`).join(''));
    return 0;
  }
  if (parsed.error !== null)
    return yield* refuse(`${parsed.error}\nTry 'setpriv --help' for more information.`);
  const me = yield* getcred();
  const uid = yield* wantedId(words, 'user', me.uid);
  if (typeof uid === 'string') return yield* refuse(uid);
  const gid = yield* wantedId(words, 'group', me.gid);
  if (typeof gid === 'string') return yield* refuse(gid);
  const groups = yield* wantedGroups(words, me, uid, gid);
  if (typeof groups === 'string') return yield* refuse(groups);
  if (parsed.operands.length === 0) return yield* refuse('setpriv: No program specified');
  const wrong = conflict(words) ?? unknownCapability(words);
  if (wrong !== null) return yield* refuse(wrong);
  const caps = capabilities(me, uid, value);
  if (uid !== me.uid && !capable(me, 'CAP_SETUID'))
    return yield* refuse('setpriv: setresuid failed: Operation not permitted', PRIVILEGES);
  if (!capable(me, 'CAP_SETGID')) {
    const call =
      gid !== me.gid
        ? 'setresgid'
        : words.has('init-groups')
          ? 'initgroups'
          : words.has('clear-groups') || words.has('groups')
            ? 'setgroups'
            : null;
    if (call !== null)
      return yield* refuse(`setpriv: ${call} failed: Operation not permitted`, PRIVILEGES);
  }
  const next = words.has('reset-env') ? yield* freshEnvironment(uid, env) : env;
  return yield* runAs('setpriv', parsed.operands, { uid, gid, groups, caps }, next, {
    keepsCaps: true,
  });
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
