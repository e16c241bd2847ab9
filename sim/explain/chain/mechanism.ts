/**
 * By what mechanism an order of events has made the node what it is: read from the calls, not from the events' names.
 *
 * Three questions: who first put a mask (or a named user) on the node, who took the last named user away again, and
 * whose chmod came last. Orders with the same three answers differ in nothing that matters to the node.
 */
import type { History, NodeAct } from '../history.ts';
import { inodeOf } from '../node.ts';
import type { Words } from '../words.ts';
import { emptiedBy, frozenBy, lifeOf, missedBy, writerOf } from './rights.ts';

/** Who put the ACL there. */
export type Origin = 'login' | 'administrator' | 'default ACL' | 'none';
/** Who took the last named user away; `still there`: nobody. */
export type Taker = 'logind' | 'udev' | 'administrator' | 'still there';
/** Whose chmod came last: an event of the device, udevd's start, `udevadm test`, somebody's own, the kernel's. */
export type Finisher = 'event' | 'udevd start' | 'udevadm test' | 'administrator' | 'kernel';

export type Mechanism = Readonly<{
  origin: Origin;
  taker: Taker;
  finisher: Finisher;
  /** Did the last chmod come with the installation that brought the rule? */
  withPackage: boolean;
  tag: 'atomic' | 'race' | 'fault';
}>;

const daemons: Readonly<Record<string, true>> = {
  'systemd-logind': true,
  'systemd-udevd-worker': true,
  udevadm: true,
};

function originOf(act: NodeAct | null): Origin {
  if (act === null) return 'none';
  if (act.request.call === 'init_module') return 'default ACL';
  return daemons[act.program] ? 'login' : 'administrator';
}

function takerOf(act: NodeAct | null): Taker {
  if (act === null) return 'still there';
  if (act.program === 'systemd-logind') return 'logind';
  return daemons[act.program] ? 'udev' : 'administrator';
}

function finisherOf(act: NodeAct | null): Finisher {
  if (act === null || act.request.call === 'init_module') return 'kernel';
  if (act.program === 'systemd-udevd-worker') return 'event';
  if (act.program === 'systemd-udevd') return 'udevd start';
  return act.program === 'udevadm' ? 'udevadm test' : 'administrator';
}

/** The package's files arrive by the very line whose event did the last chmod. */
const isInstall = (history: History, act: NodeAct | null): boolean => {
  const choice = act === null ? undefined : history.choices[act.moment];
  return (
    choice !== undefined && 'run' in choice && /^(yum|dnf|rpm|apt-get)$/.test(choice.run[0] ?? '')
  );
};

/** null where there is no node to speak of. */
export function mechanismOf(history: History, tag: Mechanism['tag']): Mechanism | null {
  const inode = inodeOf(history.worlds.at(-1) as History['worlds'][number]);
  if (inode === null) return null;
  const life = lifeOf(history.node, inode);
  const last =
    missedBy(life, writerOf(life, { tag: 'group_obj', id: null })) ??
    life.findLast(({ request }) => request.call === 'chmod') ??
    null;
  return {
    origin: originOf(frozenBy(life)),
    taker: takerOf(emptiedBy(life)),
    finisher: finisherOf(last),
    withPackage: isInstall(history, last),
    tag,
  };
}

/** Mechanisms that a reader would call one: where somebody's own hand or an absent daemon is in it, the end matters less. */
export function familyOf({ origin, taker, finisher, withPackage }: Mechanism): string {
  if (origin === 'administrator' || origin === 'default ACL') return origin;
  if (taker === 'udev' || taker === 'administrator') return `${origin}, ${taker}`;
  return [origin, taker, finisher, withPackage].join('|');
}

const origins: Readonly<Record<Origin, Words>> = {
  login: { en: 'an ACL frozen by a console login', zh: '控制台登录使 ACL 固化' },
  administrator: { en: "an administrator's own setfacl", zh: '管理员自己的 setfacl' },
  'default ACL': { en: 'a default ACL on /dev', zh: '/dev 上的默认 ACL' },
  none: { en: 'no ACL', zh: '没有 ACL' },
};

const finishers: Readonly<Record<Finisher, Words>> = {
  event: { en: 'finished by a later udev event', zh: '由之后的 udev 事件完成' },
  'udevd start': { en: "finished by udevd's restart", zh: '由 udevd 重启完成' },
  'udevadm test': { en: 'finished by udevadm test', zh: '由 udevadm test 完成' },
  administrator: { en: 'finished by a chmod by hand', zh: '由手工 chmod 完成' },
  kernel: { en: 'the mode as the kernel made it', zh: '权限仍为内核所建' },
};

const stillThere: Words = { en: "the user's entry still there", zh: '用户条目仍在' };

/** In the field's words. */
export function mechanismWords({ origin, taker, finisher, withPackage }: Mechanism): Words {
  const first = origins[origin];
  if (origin === 'administrator' || origin === 'default ACL') return first;
  if (taker === 'udev')
    return { en: 'logind away while somebody logs out', zh: '有人注销时 logind 不在' };
  if (taker === 'administrator')
    return {
      en: "a console login's ACL, emptied by an administrator's setfacl",
      zh: '控制台登录留下的 ACL，由管理员 setfacl 清空',
    };
  const end = withPackage
    ? origin === 'login' && taker === 'logind'
      ? { en: "before the package's rule", zh: '早于软件包的规则' }
      : { en: "with the package's rule", zh: '随软件包的规则' }
    : finishers[finisher];
  const comma = withPackage && taker === 'logind' ? ' ' : ', ';
  const there = origin === 'login' && taker === 'still there';
  return {
    en: `${first.en}${there ? `, ${stillThere.en}` : ''}${comma}${end.en}`,
    zh: `${first.zh}${there ? `，${stillThere.zh}` : ''}，${end.zh}`,
  };
}
