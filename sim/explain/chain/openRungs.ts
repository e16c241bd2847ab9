/**
 * Why a use of /dev/kvm failed: the errno, and which of the kernel's checks gave it.
 *
 * Models: Linux 3.10 fs/namei.c link_path_walk, may_open, inode_permission; drivers/char/misc.c misc_open;
 *   virt/kvm/kvm_main.c kvm_create_vm: the order of their checks tells the errors apart
 */
import type { Components } from '../../host/components.ts';
import type { World } from '../../host/world.ts';
import { failed } from '../../kernel/errno.ts';
import { dacVerdict } from '../../kernel/judge.ts';
import { places } from '../cite.ts';
import type { Act, History } from '../history.ts';
import { devOf, inodeOf, NODE, namesOf } from '../node.ts';
import { callText, momentWords, whoText } from '../tell.ts';
import type { Words } from '../words.ts';
import { actLink, did, type Link, link } from './link.ts';
import { rightsLinks } from './rightsRungs.ts';

const WANT = 6;

type Asked = Readonly<{ history: History; components: Components; act: Act }>;

const says = (en: string, zh: string): Words => ({ en, zh });

/** The use itself: who, with which groups, and the answer. */
function useLink({ history, components, act }: Asked, errno: string): Link {
  const names = namesOf(act.before);
  const caps =
    act.cred.caps.length > 0 && act.cred.uid !== 0 ? `, ${act.cred.caps.join(', ')}` : '';
  const who = `${whoText(act)} (${names.user(act.cred.uid)}${caps})`;
  const text = `${who}: ${callText(act)} = ${errno}`;
  return actLink('open', history, act, components, { en: text, zh: text });
}

/** The module that should have made the node: did it refuse, was it taken away, or did nobody load it? */
function moduleLinks({ history, components, act }: Asked): Link[] {
  const mine = history.modules.filter(
    ({ moment, request }) =>
      moment <= act.moment && 'name' in request && /^kvm_(intel|amd)$/.test(request.name),
  );
  const last = mine.at(-1);
  const live = Object.entries(act.before.kernel.modules).find(
    ([name, { value }]) => /^kvm_(intel|amd)$/.test(name) && value === 'live',
  );
  if (live !== undefined) return removedLinks({ history, components, act });
  const { flags } = act.before.kernel.hardware;
  if (last === undefined && !flags.includes('vmx') && !flags.includes('svm')) {
    const text = says(
      'the processor has neither vmx nor svm, so no KVM module is loaded for it',
      '处理器既没有 vmx 也没有 svm，因此不会加载 KVM 模块',
    );
    return [link('module', text, places.archInit(components))];
  }
  if (last === undefined) {
    const text = says(
      'nobody has loaded kvm_intel or kvm_amd since the host booted',
      '主机启动以来没有加载过 kvm_intel 或 kvm_amd',
    );
    return [link('module', text, places.archInit(components))];
  }
  if (failed(last.answer)) {
    const dmesg = act.before.kernel.dmesg.findLast(({ text }) => text.startsWith('kvm'))?.text;
    const text = `${did(last)} = ${last.answer.errno}${dmesg === undefined ? '' : `, dmesg: ${dmesg}`}`;
    const found = actLink('module', history, last, components, { en: text, zh: text });
    return [{ ...found, source: places.archInit(components) }];
  }
  return [
    actLink('module', history, last, components, {
      en: `${did(last)} takes the node away with the module`,
      zh: `${did(last)} 卸载模块，节点随之消失`,
    }),
  ];
}

/** The module is there and its node is not: somebody has removed it. */
function removedLinks({ history, components, act }: Asked): Link[] {
  const gone = history.node.findLast(({ to, moment }) => to === null && moment <= act.moment);
  if (gone === undefined) return [];
  return [
    actLink('module', history, gone, components, {
      en: `${did(gone)} removes the node; the module stays`,
      zh: `${did(gone)} 删除了节点，模块仍在`,
    }),
  ];
}

function absentLinks(asked: Asked): Link[] {
  const { components } = asked;
  const text = says(`there is no ${NODE}`, `没有 ${NODE}`);
  return [link('node', text, places.create(components)), ...moduleLinks(asked)];
}

/** ENODEV, ENXIO: a node without a driver behind it. */
function driverlessLinks(asked: Asked): Link[] {
  const { history, components, act } = asked;
  const inode = inodeOf(act.before);
  const rdev = inode?.rdev?.join(':') ?? '?';
  const text = says(
    `${NODE} (${rdev}) is there, and no driver behind it`,
    `${NODE}（${rdev}）存在，但背后没有驱动`,
  );
  const made = history.node.findLast(
    ({ to, from }) => to?.ino === inode?.ino && from?.ino !== to?.ino,
  );
  const by =
    made === undefined
      ? []
      : [
          actLink('written', history, made, components, {
            en: `${did(made)} made the node, so the kernel does not remove it with the module`,
            zh: `节点由 ${did(made)} 创建，卸载模块时内核不会删除它`,
          }),
        ];
  return [link('node', text, places.miscOpen(components)), ...by, ...moduleLinks(asked)];
}

/** A rule that refuses, and in the course of which event it began to; nothing is said of what has been so from boot. */
function sinceLink(
  { history, act }: Asked,
  text: Words,
  source: string,
  refuses: (world: World) => boolean,
): Link {
  const found = link('rule', text, source);
  const moment = history.worlds.slice(0, act.moment + 1).findLastIndex((at) => !refuses(at));
  return moment < 0 ? found : { ...found, event: momentWords(history, moment), step: moment + 1 };
}

/** Rights would have allowed it: somebody else refuses. */
function refusedLink(asked: Asked, by: 'lsm' | 'device-cgroup'): Link {
  const place = by === 'lsm' ? places.lsm : places.cgroup;
  const text =
    by === 'lsm'
      ? says(
          'mode and ACL allow it; the security module refuses',
          '权限与 ACL 允许，被安全模块拒绝',
        )
      : says(
          'mode and ACL allow it; the device control group refuses',
          '权限与 ACL 允许，被设备控制组拒绝',
        );
  return sinceLink(asked, text, place(asked.components), (world) =>
    world.kernel.refusals.some((refusal) => refusal.by === by),
  );
}

const isNodev = ({ kernel }: World): boolean =>
  kernel.mounts.some(({ type, nodev }) => type === 'devtmpfs' && nodev);

function deniedLinks(asked: Asked): Link[] {
  const { components, act } = asked;
  const inode = inodeOf(act.before);
  if (inode === null) return [];
  const isShut = (world: World) => {
    const directory = devOf(world);
    return directory !== null && !dacVerdict(act.cred, directory, 1).granted;
  };
  if (isShut(act.before)) {
    const text = says('/dev itself may not be searched', '/dev 目录本身不可搜索');
    return [sinceLink(asked, text, places.walk(components), isShut)];
  }
  const verdict = dacVerdict(act.cred, inode, WANT);
  if (!verdict.granted) return rightsLinks({ ...asked, inode, verdict });
  if (isNodev(act.before)) {
    const text = says('/dev is mounted nodev', '/dev 以 nodev 挂载');
    return [sinceLink(asked, text, places.mayOpen(components), isNodev)];
  }
  return [refusedLink(asked, 'lsm')];
}

function busyLinks({ history, components, act }: Asked): Link[] {
  const other = history.modules.findLast(
    ({ request, answer, moment }) =>
      'name' in request && request.name === 'vboxdrv' && !failed(answer) && moment <= act.moment,
  );
  const text = says(
    'another hypervisor has switched VMX on and keeps it',
    '另一个虚拟机管理程序已启用并占用 VMX',
  );
  const by =
    other === undefined
      ? []
      : [
          {
            ...actLink('module', history, other, components, { en: did(other), zh: did(other) }),
            source: places.initModule(components),
          },
        ];
  return [link('module', text, places.createVm(components)), ...by];
}

/** From a failed use of the device to its cause. */
const inBrief = (found: Link): Link =>
  found.brief === undefined ? { ...found, brief: found.says } : found;

export function useLinks(asked: Asked): Link[] {
  return usedLinks(asked).map(inBrief);
}

function usedLinks(asked: Asked): Link[] {
  const { act } = asked;
  if (!failed(act.answer)) return [];
  const { errno } = act.answer;
  const first = useLink(asked, errno);
  if (errno === 'ENOENT') return [first, ...absentLinks(asked)];
  if (errno === 'EACCES') return [first, ...deniedLinks(asked)];
  if (errno === 'ENODEV' || errno === 'ENXIO') return [first, ...driverlessLinks(asked)];
  if (errno === 'EBUSY') return [first, ...busyLinks(asked)];
  if (errno === 'EPERM') {
    return [first, refusedLink(asked, 'device-cgroup')];
  }
  return [first];
}
