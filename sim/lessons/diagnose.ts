/**
 * "Where is it wrong?" Four questions about a host, each answered by the host.
 */

import { fromMode } from '../acl/entry.ts';
import { permission } from '../acl/permission.ts';
import { entryText } from '../acl/text.ts';
import { fromXattr } from '../acl/xattr.ts';
import { eventWords } from '../explain/models/eventWords.ts';
import type { Dice } from '../explore/random.ts';
import { ask, credentialsOf, opens, statOf, textOf } from '../host/ask.ts';
import type { World } from '../host/world.ts';
import { root } from '../kernel/credentials.ts';
import { failed } from '../kernel/errno.ts';
import { subject } from '../kernel/judge.ts';
import { parseGroup, parsePasswd } from '../libc/nss.ts';
import { memories } from '../play/layers.ts';
import { nodeRow } from '../play/node.ts';
import type { Words } from '../play/scenario.ts';
import type { Diagnose } from './lesson.ts';
import { type Moment, type Stage, shuffled, stirred } from './stage.ts';
import type { ChoiceTask } from './task.ts';

const KVM = '/dev/kvm';
const same = (text: string): Words => ({ en: text, zh: text });

type Options = Readonly<{ options: ChoiceTask['options']; correct: number; ask: Words }>;

const layers = {
  module: { en: 'the kernel: no module, no device', zh: '内核：没有模块，就没有设备' },
  node: { en: 'the node: it is missing', zh: '节点：它不存在' },
  rights: {
    en: 'the rights: QEMU’s user may not open the node',
    zh: '权限：QEMU 的用户打不开节点',
  },
  memory: {
    en: 'libvirt’s memory: QEMU could use KVM, and libvirtd believes it cannot',
    zh: 'libvirt 的记忆：QEMU 其实能用 KVM，libvirtd 却以为不能',
  },
  nothing: { en: 'nothing is wrong', zh: '一切正常' },
} as const satisfies Record<string, Words>;

/** The lowest layer at which it is wrong. */
function wrongLayer(world: World): keyof typeof layers {
  const live = ['kvm_intel', 'kvm_amd'].some(
    (name) => world.kernel.modules[name]?.value === 'live',
  );
  if (!live) return 'module';
  const { mode, qemu } = nodeRow(world);
  if (mode === null) return 'node';
  if (qemu !== 'opens' && qemu !== '-') return 'rights';
  const believes = memories(world).slice(0, 2);
  return believes.some((text) => text.includes('no kvm')) ? 'memory' : 'nothing';
}

function layerQuestion(world: World): Options {
  const names = Object.keys(layers) as (keyof typeof layers)[];
  return {
    ask: { en: 'What is the lowest layer at which it is wrong?', zh: '最底层的问题出在哪里？' },
    options: names.map((name) => ({ text: layers[name], verbatim: false })),
    correct: names.indexOf(wrongLayer(world)),
  };
}

function entryQuestion(world: World, user: string): Options {
  const st = statOf(world, KVM);
  const who = credentialsOf(world, user) ?? root;
  const value = ask(world, root, { call: 'getxattr', path: KVM, name: 'system.posix_acl_access' });
  const extended = typeof value === 'string' ? fromXattr(value) : null;
  const mode = failed(st) ? 0 : st.mode & 0o777;
  const acl = extended ?? fromMode(mode);
  const users = parsePasswd(textOf(world, '/etc/passwd') ?? '');
  const groups = parseGroup(textOf(world, '/etc/group') ?? '');
  const names = {
    user: (uid: number) => users.find((u) => u.uid === uid)?.name ?? String(uid),
    group: (gid: number) => groups.find((g) => g.gid === gid)?.name ?? String(gid),
  };
  const file = { uid: failed(st) ? 0 : st.uid, gid: failed(st) ? 0 : st.gid, mode, acl: extended };
  const { by } = permission(subject(who), file, 6);
  const texts = [...acl.map((e) => entryText(e, names)), 'CAP_DAC_OVERRIDE'];
  const tags = { owner: 'user_obj', group: 'group_obj', other: 'other' } as const;
  const row =
    typeof by === 'object'
      ? acl.indexOf(by)
      : by in tags
        ? acl.findIndex((e) => e.tag === tags[by as keyof typeof tags])
        : texts.length - 1;
  return {
    ask: {
      en: `Which entry decides whether ${user} may open the node?`,
      zh: `哪一项决定 ${user} 能否打开节点？`,
    },
    options: texts.map((text) => ({ text: same(text), verbatim: true })),
    correct: row,
  };
}

function whoQuestion(world: World, dice: Dice): Options {
  const users = ['qemu', 'libvirt-qemu', 'operator', 'nobody'].filter(
    (name) => credentialsOf(world, name) !== null,
  );
  const opening = users.filter((name) => {
    const who = credentialsOf(world, name);
    return who !== null && opens(world, who, KVM) === null;
  });
  const names = (list: readonly string[]): Words =>
    list.length === 0 ? { en: 'none of them', zh: '都不能' } : same(list.join(', '));
  const subsets = Array.from({ length: 2 ** users.length }, (_, bits) =>
    users.filter((_user, i) => bits & (1 << i)),
  );
  const text = opening.join();
  const wrong = shuffled(
    dice,
    subsets.filter((set) => set.join() !== text),
  ).slice(0, 3);
  const sets = shuffled(dice, [opening, ...wrong]);
  return {
    ask: {
      en: `Of ${users.join(', ')}: who may open the node for reading and writing?`,
      zh: `${users.join('、')} 之中，谁能以读写方式打开节点？`,
    },
    options: sets.map((set) => ({ text: names(set), verbatim: false })),
    correct: sets.findIndex((set) => set.join() === text),
  };
}

const nodeKey = (world: World) => JSON.stringify({ ...nodeRow(world), qemu: '' });

function writerQuestion(stage: Stage, at: number, dice: Dice): Options {
  const wrote = stage.moments.filter(
    ({ world, number }) =>
      number > 0 && nodeKey(world) !== nodeKey(stage.moments[number - 1]?.world ?? world),
  );
  const last = wrote.findLast(({ number }) => number <= at) ?? stage.moments[0];
  const early = stage.moments.filter(
    ({ number }) => number > 0 && number <= at && number !== last?.number,
  );
  const shown = shuffled(dice, [...(last ? [last] : []), ...shuffled(dice, early).slice(0, 3)]);
  return {
    ask: { en: 'Which step changed the node last?', zh: '哪一步最后改动了节点？' },
    options: shown.map(({ says }) => ({ text: says, verbatim: false })),
    correct: shown.findIndex(({ number }) => number === last?.number),
  };
}

export function diagnoseTask(
  stage: Stage,
  moment: Moment,
  exercise: Diagnose,
  dice: Dice,
): ChoiceTask {
  const { question, user, stir } = exercise;
  const here = stir > 0 ? stirred(moment, stir, dice) : { ...moment, happened: [] };
  const made = {
    layer: () => layerQuestion(here.world),
    entry: () => entryQuestion(here.world, user),
    who: () => whoQuestion(here.world, dice),
    writer: () => writerQuestion(stage, moment.number, dice),
  }[question]();
  return {
    kind: 'choice',
    mode: 'diagnose',
    ...made,
    ask: exercise.ask === null ? made.ask : same(exercise.ask),
    happened: [moment.says, ...here.happened.map(eventWords)],
    step: moment.number,
    here,
  };
}
