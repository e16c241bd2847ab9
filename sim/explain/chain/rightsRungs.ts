/**
 * From the entry that refuses down to the calls that made it so.
 *
 * Models: Linux 3.10 fs/namei.c acl_permission_check, fs/posix_acl.c posix_acl_permission (whose verdict is told)
 */
import { type Entry, find } from '../../acl/entry.ts';
import type { Verdict } from '../../acl/permission.ts';
import { entryText, permText } from '../../acl/text.ts';
import type { Components } from '../../host/components.ts';
import { inGroup } from '../../kernel/credentials.ts';
import type { Inode } from '../../kernel/inode.ts';
import { places } from '../cite.ts';
import type { Act, History } from '../history.ts';
import { lsText, namesOf, octal } from '../node.ts';
import { actLink, did, type Link, link } from './link.ts';
import { type Bit, emptiedBy, frozenBy, lifeOf, missedBy, writerOf } from './rights.ts';

const WANT = 6;

type Scene = Readonly<{
  history: History;
  components: Components;
  /** The refused call. */
  act: Act;
  inode: Inode;
  verdict: Verdict;
}>;

const isEntry = (by: Verdict['by']): by is Entry => typeof by === 'object';

const within = (perm: number) => (perm & WANT) === WANT;

/** The bits that would have to be otherwise, the deciding one first. */
function fatalBits({ inode, verdict }: Scene): readonly Bit[] {
  const { by } = verdict;
  const groupObj: Bit = { tag: 'group_obj', id: null };
  if (isEntry(by)) {
    const bit: Bit = { tag: by.tag, id: by.id };
    return within(by.perm) ? [{ tag: 'mask', id: null }] : [bit];
  }
  if (by === 'owner') return [{ tag: 'user_obj', id: null }];
  if (by === 'other') return [{ tag: 'other', id: null }];
  const mask = inode.acl === null ? undefined : find(inode.acl, 'mask');
  if (mask === undefined) return [groupObj];
  const held = find(inode.acl ?? [], 'group_obj')?.perm ?? 0;
  return within(held) ? [{ tag: 'mask', id: null }] : [{ tag: 'mask', id: null }, groupObj];
}

const bitText = (bit: Bit, inode: Inode): string => {
  if (typeof bit === 'string') return bit;
  const shift = { user_obj: 6, group_obj: 3, other: 0 } as const;
  const held = inode.acl === null ? undefined : find(inode.acl, bit.tag, bit.id);
  const plain = bit.tag in shift ? (inode.mode >> shift[bit.tag as keyof typeof shift]) & 7 : 0;
  return entryText({ tag: bit.tag, perm: held?.perm ?? plain, id: bit.id });
};

/** Which of acl_permission_check's three branches was taken, and which entry decided in it. */
function ruleLink({ act, inode, verdict, components }: Scene): Link {
  const names = namesOf(act.before);
  const { by } = verdict;
  const ls = lsText(inode);
  const owners = `${names.user(inode.uid)}:${names.group(inode.gid)}`;
  const who = names.user(act.cred.uid);
  const groups = [...new Set([act.cred.gid, ...act.cred.groups])].map(names.group).join(', ');
  if (isEntry(by)) {
    const text = entryText(by, names);
    const mask = find(inode.acl ?? [], 'mask');
    const masked = within(by.perm) ? ` & mask::${permText(mask?.perm ?? 7)}` : '';
    const says = {
      en: `${ls} ${owners}: ${who} is in ${groups}; ${text}${masked} decides, and refuses rw`,
      zh: `${ls} ${owners}：${who} 属于 ${groups}；由 ${text}${masked} 裁决，拒绝 rw`,
    };
    const brief = {
      en: `${text}${masked} refuses it, though ls shows ${ls} ${owners}`,
      zh: `${text}${masked} 拒绝了它，尽管 ls 显示 ${ls} ${owners}`,
    };
    return { ...link('rule', says, places.aclPermission(components)), brief };
  }
  const unasked = inode.acl !== null && (inode.mode & 0o070) === 0;
  const bits = by === 'owner' ? inode.mode >> 6 : by === 'group' ? inode.mode >> 3 : inode.mode;
  const perm = permText(bits & 7);
  const en = unasked
    ? `${ls} ${owners}: mask::--- means the ACL is not even asked; ${who} is ${by}: ${perm}`
    : `${ls} ${owners}: ${who} (in ${groups}) is ${by}: ${perm}`;
  const zh = unasked
    ? `${ls} ${owners}：mask::--- 时根本不看 ACL；${who} 按 ${by} 处理：${perm}`
    : `${ls} ${owners}：${who}（属于 ${groups}）按 ${by} 处理：${perm}`;
  const brief = {
    en: `on ${ls} ${owners} it is ${by}, ${perm}`,
    zh: `${ls} ${owners} 上它按 ${by} 处理，${perm}`,
  };
  return { ...link('rule', { en, zh }, places.permission(components)), brief };
}

function writtenLink(scene: Scene, bit: Bit, writer: Act): Link {
  const { history, components, inode } = scene;
  const text = bitText(bit, inode);
  const made = writer.request.call === 'init_module';
  const says = made
    ? {
        en: `${text} since the kernel made the node, 0600 root:root`,
        zh: `${text}：内核创建节点时即为 0600 root:root`,
      }
    : { en: `${text} was written by ${did(writer)}`, zh: `${text} 由 ${did(writer)} 写入` };
  const found = actLink('written', history, writer, components, says);
  return made ? { ...found, source: places.create(components) } : found;
}

/** Nobody is refused as `other` who is in the node's group: so who owns it, and who is in that group? */
function otherLinks(scene: Scene, life: ReturnType<typeof lifeOf>): Link[] {
  const { history, components, act, inode } = scene;
  const names = namesOf(act.before);
  const group = names.group(inode.gid);
  const links: Link[] = [];
  const owner = writerOf(life, 'gid');
  if (inode.gid !== 0 && !inGroup(act.cred, inode.gid)) {
    const who = names.user(act.cred.uid);
    const changed = history.accounts.findLast(
      ({ request }) => 'path' in request && request.path === '/etc/group',
    );
    const says = {
      en: `${who} is not a member of ${group}, the node's group`,
      zh: `${who} 不是节点属组 ${group} 的成员`,
    };
    links.push(
      changed === undefined
        ? link('written', says, places.getgroups())
        : { ...actLink('written', history, changed, components, says), source: places.getgroups() },
    );
  } else if (owner !== null && owner.request.call !== 'init_module') {
    links.push(writtenLink(scene, 'gid', owner));
  } else {
    const says = {
      en: `no rule has given the node to a group or a wider mode than ${octal(inode.mode)}`,
      zh: `没有规则给节点设置属组或比 ${octal(inode.mode)} 更宽的权限`,
    };
    links.push(link('missed', says, places.create(components)));
  }
  return links;
}

/** What stands between a chmod and group::: the mask, who put it there, whom it was for, who missed. */
function frozenLinks(scene: Scene, life: ReturnType<typeof lifeOf>): Link[] {
  const { history, components } = scene;
  const frozen = frozenBy(life);
  if (frozen === null) return [];
  const written = writerOf(life, { tag: 'group_obj', id: null });
  const missed = missedBy(life, written);
  const emptied = emptiedBy(life);
  const links = [
    actLink('frozen', history, frozen, components, {
      en: `${did(frozen)} puts a mask in front: from now on chmod writes the mask, not group::`,
      zh: `${did(frozen)} 使 ACL 有了 mask：此后 chmod 只写 mask，不写 group::`,
    }),
  ];
  if (emptied !== null && emptied !== frozen) {
    links.push(
      actLink('emptied', history, emptied, components, {
        en: `${did(emptied)}: the user's entry goes, the mask stays`,
        zh: `${did(emptied)}：用户条目删除，mask 留下`,
      }),
    );
  }
  if (missed !== null) {
    const found = actLink('missed', history, missed, components, {
      en: `${did(missed)} writes mask:: and other::, and never reaches group::---`,
      zh: `${did(missed)} 只写 mask:: 与 other::，写不到 group::---`,
    });
    links.push({ ...found, source: `${found.source}; ${places.chmodMasq(components)}` });
  }
  return links.sort((a, b) => (a.step ?? 0) - (b.step ?? 0));
}

/** The whole of it: the rule that decided, the last writer of each fatal bit, and why a later chmod did not help. */
export function rightsLinks(scene: Scene): Link[] {
  const life = lifeOf(
    scene.history.node.filter(({ moment }) => moment <= scene.act.moment),
    scene.inode,
  );
  const links = [ruleLink(scene)];
  for (const bit of fatalBits(scene)) {
    const writer = writerOf(life, bit);
    if (writer !== null) links.push(writtenLink(scene, bit, writer));
    if (typeof bit === 'object' && bit.tag === 'group_obj') links.push(...frozenLinks(scene, life));
    if (typeof bit === 'object' && bit.tag === 'other') links.push(...otherLinks(scene, life));
  }
  return links;
}
