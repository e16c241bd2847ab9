/**
 * What the events are called. Orders are told, typed and stored by the English names; these are for people.
 */
import { own } from '../../kernel/own.ts';
import type { Words } from '../../play/scenario.ts';

/** Events of events.ts whose name is no command line. */
const chinese: Readonly<Record<string, string>> = {
  login: '登录',
  'root login': 'root 登录',
  'guest login': 'guest 登录',
  logout: '注销',
  install: '安装',
  trigger: '触发 udev',
  'VM start and stop': '虚拟机启停',
  'udevd restart': '重启 udevd',
  'module reload': '重载模块',
  reboot: '重启主机',
  'logind restart': '重启 logind',
  'logout unseen by logind': 'logind 未察觉的注销',
  'setfacl -d on /dev': '给 /dev 设默认 ACL',
};

/** A name that is a command line is its own word in every language. */
export const eventWords = (name: string): Words => ({
  en: name,
  zh: own(chinese, name) ?? name,
});
