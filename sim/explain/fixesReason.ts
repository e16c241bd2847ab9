/**
 * Why a command that looks right does not help: told from what it did on the broken host, call by call.
 *
 * Models: linux 3.10 fs/posix_acl.c posix_acl_chmod_masq (chmod writes the mask); systemd v219 src/udev/udev-node.c
 *   node_permissions_apply (compares st_mode, whose group bits are the mask); acl tools/do_set.c
 */
import { type Acl, find } from '../acl/entry.ts';
import { entryText, permText } from '../acl/text.ts';
import type { World } from '../host/world.ts';
import { failed } from '../kernel/errno.ts';
import { dacVerdict } from '../kernel/judge.ts';
import { knownError } from './errorText.ts';
import type { Command } from './fixesAlphabet.ts';
import { allTyped, type Desk, typed } from './fixesDesk.ts';
import { tellings } from './fixesGoal.ts';
import type { Move, Place, Search } from './fixesSearch.ts';
import { continued, type History, type NodeAct } from './history.ts';
import { did } from './link.ts';
import { inodeOf, lsText, NODE, namesOf, octal, qemuOf, qemuOpens } from './node.ts';
import type { Words } from './words.ts';

export type Useless = Readonly<{ commands: readonly Command[]; says: Words }>;

const READ_WRITE = 6;

/** Which entry or class of bits refuses QEMU: `group::---`. */
function decider(world: World): string | null {
  const inode = inodeOf(world);
  const qemu = qemuOf(world);
  if (inode === null || qemu === null) return null;
  const { by, granted } = dacVerdict(qemu.cred, inode, READ_WRITE);
  if (granted) return null;
  if (typeof by === 'object') return entryText(by, namesOf(world));
  const shift = by === 'owner' ? 6 : by === 'group' ? 3 : 0;
  const name = by === 'owner' ? 'user' : by;
  const bits = permText((inode.mode >> shift) & 7);
  return by === 'group' && inode.acl !== null ? `mask::${bits}` : `${name}::${bits}`;
}

const maskOf = (acl: Acl | null | undefined) => (acl ? find(acl, 'mask') : undefined);

/** What a command did to the node, on a watched copy. */
function actsOf(history: History, desk: Desk, lines: readonly (readonly string[])[]): readonly NodeAct[] {
  const known = history.choices.length + desk.choices.length;
  const after = allTyped(desk, lines);
  return continued(history, after.choices).node.filter(({ moment }) => moment >= known);
}

/** The last call that takes from QEMU what it had. */
const takenBack = (acts: readonly NodeAct[]): NodeAct | undefined =>
  acts.findLast(({ before, from, to }) => {
    const qemu = qemuOf(before);
    if (qemu === null || from === null || to === null) return false;
    const may = (inode: typeof from) => dacVerdict(qemu.cred, inode, READ_WRITE).granted;
    return may(from) && !may(to);
  });

function openedInVain({ history, desk }: Scene, command: Command, place: Place): Words {
  const acts = actsOf(history, desk, [command.argv, ...tellings.capabilities]);
  const act = takenBack(acts);
  if (act !== undefined) {
    return {
      en: `lets QEMU in until a VM starts (libvirtd's own probe is one): its change event makes ${did(act)}`,
      zh: `只放行到有虚拟机启动为止（libvirtd 的探测就是一次）：其 change 事件引发 ${did(act)}`,
    };
  }
  const error = knownError(place.works.error)?.line ?? place.works.error.split('\n')[0] ?? '';
  return { en: `QEMU may open the node, but: ${error}`, zh: `QEMU 能打开节点，但：${error}` };
}

/** Rights as they were: who looked, and why did he leave them? */
function unchanged(world: World, after: World, acts: readonly NodeAct[]): Words {
  const chmod = acts.find(({ request, answer }) => request.call === 'chmod' && !failed(answer));
  const still = decider(after) ?? '';
  const inode = inodeOf(world);
  if (chmod !== undefined && chmod.request.call === 'chmod' && maskOf(chmod.from?.acl)) {
    const mode = octal(chmod.request.mode);
    return {
      en: `${did(chmod)} writes mask:: and other::, never group::; ${still} stays (${mode} is what ls showed before)`,
      zh: `${did(chmod)} 只写 mask:: 与 other::，写不到 group::；${still} 依旧（ls 先前显示的就是 ${mode}）`,
    };
  }
  const looked = inode !== null && inodeOf(after)?.ctime !== inode.ctime;
  if (looked) {
    return {
      en: `udevd finds the mode that its rule asks for (ls shows the mask in the group's place) and leaves the ACL alone`,
      zh: `udevd 看到的 mode 与规则相同（ls 把 mask 显示在组的位置），不动 ACL`,
    };
  }
  return { en: `changes nothing about ${NODE}`, zh: `对 ${NODE} 没有任何改变` };
}

function refusedStill({ history, desk }: Scene, command: Command, place: Place): Words {
  const { world } = place;
  const errno = qemuOpens(world);
  if (inodeOf(world) === null) {
    return inodeOf(desk.world) === null
      ? { en: `there is still no ${NODE}`, zh: `仍然没有 ${NODE}` }
      : { en: `there is no ${NODE} any more`, zh: `${NODE} 不复存在` };
  }
  const still = decider(world);
  if (still === null) return { en: `open still fails: ${errno}`, zh: `打开仍然失败：${errno}` };
  const acts = actsOf(history, desk, [command.argv]);
  const changed = acts.filter(({ from, to }) => JSON.stringify(from) !== JSON.stringify(to));
  const written = changed.some(
    ({ from, to }) => from?.mode !== to?.mode || JSON.stringify(from?.acl) !== JSON.stringify(to?.acl) || from?.gid !== to?.gid || from?.uid !== to?.uid,
  );
  if (!written) return unchanged(desk.world, world, acts);
  const ls = lsText(inodeOf(world) as NonNullable<ReturnType<typeof inodeOf>>);
  const chmod = acts.find(({ request }) => request.call === 'chmod');
  if (chmod !== undefined && maskOf(chmod.from?.acl)) {
    return {
      en: `${did(chmod)} writes mask:: and other::, never group::; ${still} stays`,
      zh: `${did(chmod)} 只写 mask:: 与 other::，写不到 group::；${still} 依旧`,
    };
  }
  return {
    en: `leaves ${ls}, and ${still} still decides for QEMU`,
    zh: `之后是 ${ls}，对 QEMU 起作用的仍是 ${still}`,
  };
}

type Scene = Readonly<{ history: History; desk: Desk }>;

function reasonOf(scene: Scene, command: Command, move: Move, place: Place): Words {
  const said = move.stderr.split('\n')[0] ?? '';
  if (move.status !== 0 && said !== '') return { en: `fails: ${said}`, zh: `失败：${said}` };
  if (place.works.told !== null) {
    return { en: 'libvirtd still believes what it knew', zh: 'libvirtd 仍相信旧的记忆' };
  }
  return place.works.opens === 'opens'
    ? openedInVain(scene, command, place)
    : refusedStill(scene, command, place);
}

/** Single commands that give something and do not mend, those with the same reason together. */
export function uselessOf(scene: Scene, found: Search): Useless[] {
  const groups = new Map<string, { commands: Command[]; says: Words }>();
  for (const [command, move] of found.moves.get(found.start.state) ?? []) {
    const place = found.places.get(move.to);
    if (place === undefined || command.restricts || found.isFix(place)) continue;
    const says = reasonOf(scene, command, move, place);
    const group = groups.get(says.en) ?? { commands: [], says };
    group.commands.push(command);
    groups.set(says.en, group);
  }
  return [...groups.values()];
}

/** A look of libvirtd, the repair, and the next look, all within one second: does it notice? */
export function noticedAtOnce(desk: Desk, commands: readonly Command[]): boolean {
  const seat = 'root@pts/8' as const;
  const hasty = commands.map(({ argv }) => ({ run: argv, as: seat, pace: 0 as const }));
  const looked = allTyped(desk, tellings.capabilities);
  const mended = allTyped(looked, [...hasty, { run: ['virsh', 'capabilities'], as: seat, pace: 0 }]);
  const offers = typed(mended, ['virsh', 'capabilities']).stdout.includes("<domain type='kvm'/>");
  return offers;
}
