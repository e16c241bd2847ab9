/**
 * Why a command that looks right does not help: told from what it did on the broken host, call by call.
 *
 * Models: linux 3.10 fs/posix_acl.c posix_acl_chmod_masq (chmod writes the mask); systemd v219 src/udev/udev-node.c
 *   node_permissions_apply (compares st_mode, whose group bits are the mask); acl tools/do_set.c
 */
import { type Acl, find } from '../../acl/entry.ts';
import { entryText, permText } from '../../acl/text.ts';
import type { World } from '../../host/world.ts';
import { failed } from '../../kernel/errno.ts';
import { dacVerdict } from '../../kernel/judge.ts';
import { did } from '../chain/link.ts';
import { knownError } from '../errorText.ts';
import { continued, type History, type NodeAct } from '../history.ts';
import { aclOf, inodeOf, lsText, NODE, namesOf, qemuOf, qemuOpens } from '../node.ts';
import type { Words } from '../words.ts';
import type { Command } from './alphabet.ts';
import { allTyped, atOnce, type Desk, typed } from './desk.ts';
import { tellings } from './goal.ts';
import type { Move, Place, Search } from './search.ts';

/** From what teaches most to what anybody sees at once. */
const kinds = ['mask', 'udev', 'entry', 'vain', 'memory', 'nothing', 'fails'] as const;

type Reason = Readonly<{ kind: (typeof kinds)[number]; says: Words }>;

export type Useless = Reason & Readonly<{ commands: readonly Command[] }>;

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
function actsOf(
  history: History,
  desk: Desk,
  lines: readonly (readonly string[])[],
): readonly NodeAct[] {
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

type Scene = Readonly<{ history: History; desk: Desk }>;

const reason = (kind: Reason['kind'], en: string, zh: string): Reason => ({
  kind,
  says: { en, zh },
});

function openedInVain({ history, desk }: Scene, command: Command, place: Place): Reason {
  const acts = actsOf(history, desk, [command.argv, ...tellings.capabilities]);
  const act = takenBack(acts);
  if (act !== undefined) {
    return reason(
      'vain',
      `lets QEMU in until a VM starts, if only libvirtd's probe: its change event brings ${did(act)}`,
      `只放行到有虚拟机启动为止（libvirtd 的探测也算）：其 change 事件引发 ${did(act)}`,
    );
  }
  const error = knownError(place.works.error)?.line ?? place.works.error.split('\n')[0] ?? '';
  return reason('vain', `QEMU may open the node, but: ${error}`, `QEMU 能打开节点，但：${error}`);
}

/** Somebody has looked at the node, or set what was set already. */
function leftAlone({ world }: Desk, place: Place, command: Command): Reason {
  const [before, after] = [inodeOf(world), inodeOf(place.world)];
  if (before === null || after === null || before.ctime === after.ctime)
    return reason('nothing', `changes nothing about ${NODE}`, `对 ${NODE} 没有任何改变`);
  if (settings.has(command.argv[0] ?? ''))
    return reason('nothing', 'sets what is set already', '所设与现状相同');
  if (maskOf(before.acl) === undefined)
    return reason(
      'udev',
      'udevd handles the event and leaves the rights',
      'udevd 处理了事件，未动权限',
    );
  return reason(
    'udev',
    "udevd finds the mode its rule asks for (the mask stands in the group's place) and leaves the ACL",
    'udevd 看到的 mode 与规则相同（mask 显示在组的位置），不动 ACL',
  );
}

const settings: ReadonlySet<string> = new Set(['chown', 'chgrp', 'chmod', 'setfacl']);

const sameRights = ({ from, to }: NodeAct): boolean =>
  JSON.stringify([from?.mode, from?.acl, from?.uid, from?.gid]) ===
  JSON.stringify([to?.mode, to?.acl, to?.uid, to?.gid]);

function refusedStill({ history, desk }: Scene, command: Command, place: Place): Reason {
  const { world } = place;
  const inode = inodeOf(world);
  if (inode === null) return reason('nothing', `there is still no ${NODE}`, `仍然没有 ${NODE}`);
  const still = decider(world);
  const errno = qemuOpens(world);
  if (still === null)
    return reason('nothing', `open still fails: ${errno}`, `打开仍然失败：${errno}`);
  const acts = actsOf(history, desk, [command.argv]);
  const missed = acts.find(
    ({ request, answer, from }) =>
      request.call === 'chmod' && !failed(answer) && maskOf(from?.acl) !== undefined,
  );
  if (missed !== undefined) {
    const groupObj = entryText(
      find(aclOf(inode), 'group_obj') ?? { tag: 'group_obj', perm: 0, id: null },
    );
    return reason(
      'mask',
      `chmod writes mask:: and other::, never the group's entry: ${groupObj} stays`,
      `chmod 只写 mask:: 与 other::，写不到组条目：${groupObj} 依旧`,
    );
  }
  if (acts.every(sameRights)) return leftAlone(desk, place, command);
  return reason(
    'entry',
    `leaves ${lsText(inode)}, where ${still} decides`,
    `之后是 ${lsText(inode)}，裁决的是 ${still}`,
  );
}

function reasonOf(scene: Scene, command: Command, move: Move, place: Place): Reason {
  const said = move.stderr.split('\n')[0] ?? '';
  if (move.status !== 0 && said !== '') return reason('fails', `fails: ${said}`, `失败：${said}`);
  if (place.works.told !== null)
    return reason('memory', 'libvirtd still believes what it knew', 'libvirtd 仍相信旧的记忆');
  return place.works.opens === 'opens'
    ? openedInVain(scene, command, place)
    : refusedStill(scene, command, place);
}

/** Single commands that give something and do not mend, those with the same reason together. */
export function uselessOf(scene: Scene, found: Search): Useless[] {
  const groups = new Map<string, Reason & { commands: Command[] }>();
  for (const [command, move] of found.moves.get(found.start.state) ?? []) {
    const place = found.places.get(move.to);
    if (place === undefined || command.restricts || found.isFix(place)) continue;
    // What shuts QEMU out who was in looks wrong to anybody.
    if (found.start.works.opens === 'opens' && place.works.opens !== 'opens') continue;
    const because = reasonOf(scene, command, move, place);
    const group = groups.get(because.says.en) ?? { ...because, commands: [] };
    group.commands.push(command);
    groups.set(because.says.en, group);
  }
  return [...groups.values()].sort((a, b) => kinds.indexOf(a.kind) - kinds.indexOf(b.kind));
}

/**
 * A script that runs within one second: the node changes, libvirtd looks, the repair. Its memory is of whole seconds:
 * does it notice?
 */
export function noticedAtOnce(desk: Desk, commands: readonly Command[]): boolean {
  if (inodeOf(desk.world) === null) return true;
  const look = ['virsh', 'domcapabilities', '--virttype', 'qemu'];
  const hasty = [look, ...commands.map(({ argv }) => argv)].map(atOnce);
  const mended = allTyped(desk, [['touch', '-c', NODE], ...hasty]);
  return typed(mended, ['virsh', 'capabilities']).stdout.includes("<domain type='kvm'/>");
}
