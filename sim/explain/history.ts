/**
 * What happened on a host, call by call: a replay under observation.
 *
 * The world itself never holds how it came about. Whoever wants to know plays the trace again and watches the
 * calls; what is kept of them is a table beside the worlds, and each row names the choice that it belongs to.
 */
import type { Choice } from '../host/choice.ts';
import { newHost, type Setup } from '../host/machine.ts';
import { profileNamed } from '../host/profiles.ts';
import type { Machinery, Observed } from '../host/route.ts';
import { pickName, step } from '../host/step.ts';
import { shellOn } from '../host/terminal.ts';
import type { World } from '../host/world.ts';
import type { Credentials } from '../kernel/credentials.ts';
import { failed } from '../kernel/errno.ts';
import type { Inode } from '../kernel/inode.ts';
import { memo } from '../kernel/memo.ts';
import type { Request } from '../kernel/request.ts';
import { devOf, inodeOf, NODE } from './node.ts';

/** Where in a trace: -1 while the host was being made and booted, otherwise the number of the choice. */
export type Moment = number;

/** One system call, who made it, and the world just before it. */
export type Act = Readonly<{
  moment: Moment;
  pid: number;
  /** The program's name in the host's table: `systemd-udevd-worker`. */
  program: string;
  exe: string;
  argv: readonly string[];
  cred: Credentials;
  request: Request;
  answer: unknown;
  before: World;
}>;

/** A call that changed what the node allows: a new one, one gone, or other rights on the same. */
export type NodeAct = Act & Readonly<{ from: Inode | null; to: Inode | null }>;

export type History = Readonly<{
  profile: string;
  setup: Setup;
  choices: readonly Choice[];
  /** worlds[0] is the booted host, worlds[n] the host after choice n-1. */
  worlds: readonly World[];
  machinery: Machinery;
  node: readonly NodeAct[];
  /** Calls that changed /dev's default ACL. */
  dev: readonly NodeAct[];
  /** open and access of the node, KVM's ioctls. */
  uses: readonly Act[];
  /** Modules that came, went, or refused to. */
  modules: readonly Act[];
  /** Writes and renames of /etc/group and /etc/passwd. */
  accounts: readonly Act[];
  /** What QEMU wrote: its complaints and its answers on the monitor. */
  said: readonly Act[];
  /** libvirt's cache files, written. */
  cached: readonly Act[];
}>;

type Rows = {
  -readonly [K in
    | 'node'
    | 'dev'
    | 'uses'
    | 'modules'
    | 'accounts'
    | 'said'
    | 'cached']: History[K][number][];
};

const emptyRows = (): Rows => ({
  node: [],
  dev: [],
  uses: [],
  modules: [],
  accounts: [],
  said: [],
  cached: [],
});

const sameRights = (a: Inode | null, b: Inode | null): boolean =>
  a === b ||
  (a !== null &&
    b !== null &&
    a.ino === b.ino &&
    a.mode === b.mode &&
    a.uid === b.uid &&
    a.gid === b.gid &&
    JSON.stringify([a.acl, a.defaultAcl]) === JSON.stringify([b.acl, b.defaultAcl]));

const accountFiles: ReadonlySet<string> = new Set(['/etc/group', '/etc/passwd']);

const isChmod = ({ call }: Request) => call === 'chmod' || call === 'setxattr';

function actOf({ pid, request, answer, before }: Observed, moment: Moment): Act | null {
  const task = before.kernel.tasks[pid];
  const process = before.processes[pid];
  if (task === undefined || process === undefined) return null;
  const { exe, argv, cred } = task;
  return { moment, pid, program: process.program, exe, argv, cred, request, answer, before };
}

function note(rows: Rows, seen: Observed, moment: Moment): void {
  const act = actOf(seen, moment);
  if (act === null) return;
  const { request, after, before, answer } = seen;
  const from = inodeOf(before);
  const to = inodeOf(after);
  const hit = 'path' in request && request.path === NODE;
  // A chmod that leaves everything as it was is kept as well: it may be the one that missed.
  const tried = hit && isChmod(request) && !failed(answer);
  if (!sameRights(from, to) || tried) rows.node.push({ ...act, from, to });
  const devBefore = devOf(before);
  const devAfter = devOf(after);
  if (
    devBefore !== devAfter &&
    devBefore?.ino === devAfter?.ino &&
    !sameRights(devBefore, devAfter)
  )
    rows.dev.push({ ...act, from: devBefore, to: devAfter });
  if (hit && (request.call === 'open' || request.call === 'access')) rows.uses.push(act);
  if (request.call === 'ioctl' && request.request.name.startsWith('KVM_')) rows.uses.push(act);
  if (request.call === 'init_module' || request.call === 'delete_module') rows.modules.push(act);
  if (act.program === 'qemu-kvm' && request.call === 'write') rows.said.push(act);
  if (!('path' in request)) return;
  const writes =
    request.call === 'rename' || (request.call === 'open' && request.flags.includes('write'));
  if (writes && accountFiles.has(request.path)) rows.accounts.push(act);
  if (writes && act.program === 'libvirtd' && request.path.endsWith('.xml')) rows.cached.push(act);
}

export type Told = Readonly<{ profile: string; setup: Setup; choices: readonly Choice[] }>;

/** The boot of a profile's host, watched once however many histories begin with it. */
const booted = memo((text): History => {
  const { profile, setup } = JSON.parse(text) as Omit<Told, 'choices'>;
  const rows = emptyRows();
  const { machinery, world } = newHost(profileNamed(profile), setup, (seen) =>
    note(rows, seen, -1),
  );
  const { programs, reboot } = machinery;
  const quiet: Machinery = { programs, reboot };
  return { profile, setup, choices: [], worlds: [world], machinery: quiet, ...rows };
}, 64);

/** Play it and watch. */
export const historyOf = ({ profile, setup, choices }: Told): History =>
  continued(booted(JSON.stringify({ profile, setup })), choices);

/** Can this be done here: is whoever types logged in, and is the terminal free for whoever comes? */
function isPossible(world: World, choice: Choice): boolean {
  if ('run' in choice) return shellOn(world, choice.as.slice(choice.as.indexOf('@') + 1)) !== null;
  if ('login' in choice) return shellOn(world, choice.on) === null;
  if ('pick' in choice) {
    const [, pid = ''] = /:(\d+)\//.exec(choice.pick) ?? [];
    return pickName(world, Number(pid)) === choice.pick;
  }
  return 'logout' in choice ? shellOn(world, choice.logout) !== null : true;
}

/** The same for a story that may not hold together; null where somebody would have to act who is not there. */
export function playedOf({ profile, setup, choices }: Told): History | null {
  let history = historyOf({ profile, setup, choices: [] });
  for (const choice of choices) {
    if (!isPossible(history.worlds.at(-1) as World, choice)) return null;
    history = continued(history, [choice]);
  }
  return history;
}

export const worldAt = (history: History, moment: Moment): World =>
  history.worlds[moment + 1] as World;

/** The same history, told up to a moment. */
export function until(history: History, moment: Moment): History {
  const early = <T extends Act>(acts: readonly T[]) => acts.filter((act) => act.moment <= moment);
  return {
    ...history,
    choices: history.choices.slice(0, moment + 1),
    worlds: history.worlds.slice(0, moment + 2),
    node: early(history.node),
    dev: early(history.dev),
    uses: early(history.uses),
    modules: early(history.modules),
    accounts: early(history.accounts),
    said: early(history.said),
    cached: early(history.cached),
  };
}

/** Go on from the end of a history by choices that are somebody's question: what then happens is told too. */
export function continued(history: History, more: readonly Choice[]): History {
  const rows = emptyRows();
  let moment = history.choices.length - 1;
  const machinery: Machinery = { ...history.machinery, watch: (seen) => note(rows, seen, moment) };
  const worlds = [...history.worlds];
  for (const choice of more) {
    moment++;
    worlds.push(step(machinery, worlds.at(-1) as World, choice));
  }
  return {
    ...history,
    choices: [...history.choices, ...more],
    worlds,
    node: [...history.node, ...rows.node],
    dev: [...history.dev, ...rows.dev],
    uses: [...history.uses, ...rows.uses],
    modules: [...history.modules, ...rows.modules],
    accounts: [...history.accounts, ...rows.accounts],
    said: [...history.said, ...rows.said],
    cached: [...history.cached, ...rows.cached],
  };
}
