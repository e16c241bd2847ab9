/**
 * What a repaired host has to live through, and whether a guest still starts on it afterwards: each event is played.
 */

import { libvirtState } from '../../host/libvirtState.ts';
import { shellOn } from '../../host/terminal.ts';
import type { World } from '../../host/world.ts';
import { exists } from '../models/events.ts';
import type { Words } from '../words.ts';
import { allTyped, type Desk, type Line } from './desk.ts';
import { judged, type Starts, startLine, stopLine } from './goal.ts';

export type Ordeal =
  | 'trigger'
  | 'reload'
  | 'vm'
  | 'login'
  | 'reinstall'
  | 'udevd'
  | 'libvirtd'
  | 'reboot';

/** In a table each has a column of one letter. */
export const ordeals: Readonly<Record<Ordeal, Readonly<{ letter: string; says: Words }>>> = {
  trigger: { letter: 'T', says: { en: 'udevadm trigger', zh: 'udevadm trigger' } },
  reload: { letter: 'M', says: { en: 'kvm module reload', zh: '重新加载 kvm 模块' } },
  vm: { letter: 'V', says: { en: 'VM start and stop', zh: '虚拟机启动与停止' } },
  login: { letter: 'L', says: { en: 'console login and logout', zh: '控制台登录与注销' } },
  reinstall: { letter: 'P', says: { en: 'package reinstall', zh: '重装软件包' } },
  udevd: { letter: 'U', says: { en: 'udevd restart', zh: '重启 udevd' } },
  libvirtd: { letter: 'D', says: { en: 'libvirtd restart', zh: '重启 libvirtd' } },
  reboot: { letter: 'R', says: { en: 'reboot', zh: '重启主机' } },
};

export const ordealNames = Object.keys(ordeals) as Ordeal[];

/** `again`: a guest starts once libvirtd is told again. null: this host has not got what it takes. */
export type Survival = 'yes' | 'again' | 'no' | null;

const CONSOLE = 'tty1';

const vendorOf = ({ kernel }: World): string | undefined =>
  ['kvm_intel', 'kvm_amd'].find((name) => kernel.modules[name]?.value === 'live');

/** Somebody other than root comes and goes at the console; whoever sits there goes first. */
function comeAndGo(world: World): readonly (readonly Line[])[] {
  const taken: Line[] = shellOn(world, CONSOLE) === null ? [] : [{ logout: CONSOLE }];
  return [[...taken, { login: 'operator', on: CONSOLE }], [{ logout: CONSOLE }]];
}

/** Lines in stages: a guest has to start after each. null where the host has not got what it takes. */
function stagesOf(ordeal: Ordeal, desk: Desk): readonly (readonly Line[])[] | null {
  const { world } = desk;
  switch (ordeal) {
    case 'trigger':
      return [[['udevadm', 'trigger', '--subsystem-match=misc', '--sysname-match=kvm']]];
    case 'reload': {
      const vendor = vendorOf(world);
      return vendor === undefined
        ? null
        : [
            [
              ['modprobe', '-r', vendor],
              ['modprobe', vendor],
            ],
          ];
    }
    case 'vm':
      return [[startLine(desk), stopLine(desk)]];
    case 'login':
      return comeAndGo(world);
    case 'reinstall':
      return exists('/usr/bin/yum')(world) ? [[['yum', '-y', 'reinstall', 'qemu-kvm-ev']]] : null;
    case 'udevd':
      return [[['systemctl', 'restart', 'systemd-udevd']]];
    case 'libvirtd':
      return libvirtState(world) === null ? null : [[['systemctl', 'restart', 'libvirtd']]];
    case 'reboot':
      return [[['reboot']]];
  }
}

/** Worse wins. */
const worst = (all: readonly Survival[]): Survival =>
  (['no', 'again', 'yes'] as const).find((one) => all.includes(one)) ?? null;

/** How a mended host, libvirtd told, fares. */
export function survivalOf(desk: Desk, ordeal: Ordeal, starts: Starts): Survival {
  const stages = stagesOf(ordeal, desk);
  if (stages === null) return null;
  let at = desk;
  const seen = stages.map((lines): Survival => {
    at = allTyped(at, lines);
    const { told } = judged(at, starts);
    return told === null ? 'no' : told === 'nothing' ? 'yes' : 'again';
  });
  return worst(seen);
}
