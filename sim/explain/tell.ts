/**
 * A choice, and a system call, in a line of words.
 */
import type { Acl, Entry } from '../acl/entry.ts';
import { entryText } from '../acl/text.ts';
import { fromXattr } from '../acl/xattr.ts';
import type { Choice, Fault } from '../host/choice.ts';
import { type Components, kernelOf } from '../host/components.ts';
import type { Request } from '../kernel/request.ts';
import { cited, places } from './cite.ts';
import type { Act, History, Moment } from './history.ts';
import { aclOf, inodeOf, type NodeNames, namesOf, octal } from './node.ts';
import { verbatim, type Words } from './words.ts';

const remote = (tty: string) => tty.startsWith('pts/');

function runWords({ run }: Extract<Choice, { run: unknown }>): Words {
  const line = run.filter((word, i) => word !== '-y' || i === 0).join(' ');
  const short = line.length > 60 ? `${line.slice(0, 57)}...` : line;
  return verbatim(`# ${short}`);
}

type FromOutside = Extract<
  Choice,
  { connect: string } | { send: string } | { receive: number } | { hangUp: number }
>;

const isFromOutside = (choice: Choice): choice is FromOutside =>
  'connect' in choice || 'send' in choice || 'receive' in choice || 'hangUp' in choice;

function outsideWords(choice: FromOutside): Words {
  if ('connect' in choice) {
    const { client, as, connect } = choice;
    return {
      en: `client ${client} connects to ${connect} as ${as}`,
      zh: `客户端 ${client} 以 ${as} 身份连接 ${connect}`,
    };
  }
  if ('send' in choice) {
    const [, what = choice.send.slice(0, 40).trimEnd()] = /"proc":"(\w+)"/.exec(choice.send) ?? [];
    return { en: `client ${choice.client}: ${what}`, zh: `客户端 ${choice.client}：${what}` };
  }
  if ('receive' in choice)
    return { en: `client ${choice.receive} reads`, zh: `客户端 ${choice.receive} 读取` };
  return { en: `client ${choice.hangUp} hangs up`, zh: `客户端 ${choice.hangUp} 断开连接` };
}

export function choiceWords(choice: Choice): Words {
  if (isFromOutside(choice)) return outsideWords(choice);
  if ('run' in choice) return runWords(choice);
  if ('login' in choice) {
    const { login, on } = choice;
    return remote(on)
      ? { en: `${login} comes in over ssh`, zh: `${login} 通过 ssh 登录` }
      : { en: `${login} logs in on ${on}`, zh: `${login} 登录 ${on}` };
  }
  if ('logout' in choice)
    return { en: `logout on ${choice.logout}`, zh: `${choice.logout} 上注销` };
  if ('pick' in choice) {
    const [who = '', call = ''] = choice.pick.split('/');
    const name = who.replace(/:\d+$/, '');
    return { en: `${name} makes its next call, ${call}`, zh: `${name} 执行下一个调用 ${call}` };
  }
  if ('tick' in choice) {
    const seconds = Math.round(choice.tick / 1000);
    return { en: `${seconds} seconds pass`, zh: `过去 ${seconds} 秒` };
  }
  if ('permit' in choice) {
    const device = choice.permit.join(':');
    return { en: `device ${device} is granted again`, zh: `重新允许设备 ${device}` };
  }
  if ('firmware' in choice)
    return { en: 'off, the firmware set, and on again', zh: '关机、改固件设置、再开机' };
  return faultWords(choice.fault);
}

function faultWords(fault: Fault['fault']): Words {
  if ('createVm' in fault)
    return {
      en: `KVM_CREATE_VM will fail: ${fault.createVm}`,
      zh: `KVM_CREATE_VM 将失败：${fault.createVm}`,
    };
  if ('fail' in fault) {
    const { comm, call, errno } = fault.fail;
    const text = `${comm}: ${call} = ${errno}`;
    return { en: `a call will fail: ${text}`, zh: `将有调用失败：${text}` };
  }
  if ('noSpace' in fault) return { en: 'the disk is full', zh: '磁盘已满' };
  return fault.refuse === 'lsm'
    ? { en: 'the security module begins to refuse', zh: '安全模块开始拒绝' }
    : { en: 'the device control group begins to refuse', zh: '设备控制组开始拒绝' };
}

/** When: the event that a moment of a history is. */
export function momentWords(history: History, moment: Moment): Words {
  const choice = history.choices[moment];
  if (choice === undefined) return { en: 'while the host booted', zh: '主机启动时' };
  return choiceWords(choice);
}

/** What a new ACL says that the old one did not: `+user:operator:rw-,mask::rw-`, `-user:operator`. */
function deltaText({ before }: Act, acl: Acl, names: NodeNames): string {
  const inode = inodeOf(before);
  const old = inode === null ? [] : aclOf(inode);
  const same = (a: Entry, b: Entry) => a.tag === b.tag && a.id === b.id;
  const gone = old.filter((e) => !acl.some((other) => same(e, other)));
  const fresh = acl.filter((e) => !old.some((other) => same(e, other) && e.perm === other.perm));
  return [
    ...gone.map((e) => `-${entryText(e, names).replace(/:[r-][w-][x-]$/, '')}`),
    ...fresh.map((e) => `${old.some((other) => same(e, other)) ? '' : '+'}${entryText(e, names)}`),
  ].join(',');
}

/** A call as strace would have it, shortened: `chmod("/dev/kvm", 0666)`. */
export function callText(act: Act): string {
  const { request } = act;
  const names = namesOf(act.before);
  switch (request.call) {
    case 'chmod':
      return `chmod(${octal(request.mode)})`;
    case 'chown':
    case 'lchown':
      return `chown(${names.user(request.uid)}:${names.group(request.gid)})`;
    case 'setxattr': {
      const acl = fromXattr(request.value);
      return `setxattr(${acl === null ? request.name : deltaText(act, acl, names)})`;
    }
    case 'removexattr':
      return `removexattr(${request.name})`;
    case 'mknod':
      return `mknod(${octal(request.mode)})`;
    case 'init_module':
    case 'delete_module':
      return `${request.call}(${request.name})`;
    case 'open':
      return `open(${request.path}, ${request.flags.includes('write') ? 'O_RDWR' : 'O_RDONLY'})`;
    case 'ioctl':
      return `ioctl(${request.request.name})`;
    default:
      return request.call;
  }
}

/** The kernel's function behind a call on a node. */
function kernelPlace({ call }: Request, c: Components): string | null {
  switch (call) {
    case 'chmod':
      return places.chmod(c);
    case 'chown':
    case 'lchown':
      return places.chown(c);
    case 'setxattr':
    case 'removexattr':
      return places.setAcl(c);
    case 'init_module':
      return places.create(c);
    case 'delete_module':
      return places.remove(c);
    case 'unlink':
      return places.unlink(c);
    case 'mknod':
      return places.mknod(c);
    default:
      return null;
  }
}

/** Where the program makes the call, or the kernel's own function where no program says so. */
export function actSource(act: Act, components: Components): string {
  const { source } = act.request;
  if (source !== undefined) return cited(source, components);
  return kernelPlace(act.request, components) ?? `linux ${kernelOf(components).release}`;
}

/** Who: `systemd-udevd`, by the name that ps shows; the kernel's own work is the module's. */
export const whoText = ({ program, exe }: Act): string =>
  program === 'systemd-udevd-worker' ? 'systemd-udevd' : exe.slice(exe.lastIndexOf('/') + 1);
