/**
 * A world as the page draws it: eight layers, each with the one line that tells.
 *
 * Worked out once for each world and kept with it; nothing here changes or advances a host.
 */
import { textOf } from '../../sim/host/ask.ts';
import type { World } from '../../sim/host/world.ts';
import { own } from '../../sim/kernel/own.ts';
import { memories } from '../../sim/play/layers.ts';
import type { Words } from '../../sim/play/scenario.ts';
import type { Frame, LayerView, NodeView, Verdict } from './item.ts';
import { clockText, nodeView, verdictsOf } from './nodeView.ts';
import { standingsOf } from './standings.ts';

/** What virsh printed last, up to this moment, and how it ended. */
export type Printed = Readonly<{ typed: string; text: string; status: number }>;

const same = (text: string): Words => ({ en: text, zh: text });
const nothing = same('-');

const RULES = [
  '/etc/udev/rules.d/80-kvm.rules',
  '/usr/lib/udev/rules.d/80-kvm.rules',
  '/usr/lib/udev/rules.d/50-udev-default.rules',
];

function kernelLayer(world: World): LayerView {
  const names = ['kvm_intel', 'kvm_amd'].filter((n) => world.kernel.modules[n]?.value === 'live');
  const dmesg = world.kernel.dmesg.findLast(({ text }) => /kvm/i.test(text))?.text;
  const [name] = names;
  if (name) return { id: 'kernel', line: same(`${name}: live`), said: null, mark: 'good' };
  return {
    id: 'kernel',
    line: dmesg ? same(dmesg) : { en: 'no kvm module', zh: '没有 kvm 模块' },
    said: dmesg ? 'dmesg' : null,
    mark: 'bad',
  };
}

function nodeLayer(node: NodeView | null): LayerView {
  if (node === null)
    return {
      id: 'node',
      line: same('/dev/kvm: No such file or directory'),
      said: 'ls',
      mark: 'bad',
    };
  return {
    id: 'node',
    line: same(node.ls),
    said: 'ls -l',
    mark: node.rows.some((r) => r.text === 'group::---') && node.mode[5] !== '-' ? 'odd' : 'quiet',
  };
}

function udevLayer(world: World): LayerView {
  for (const path of RULES) {
    const rule = (textOf(world, path) ?? '')
      .split('\n')
      .find((line) => /KERNEL=="kvm".*(MODE|GROUP)/.test(line));
    if (rule)
      return {
        id: 'udev',
        line: same(rule),
        said: path.slice(path.lastIndexOf('/') + 1),
        mark: 'quiet',
      };
  }
  return { id: 'udev', line: nothing, said: null, mark: 'quiet' };
}

function logindLayer(world: World): LayerView {
  const seat = textOf(world, '/run/systemd/seats/seat0') ?? '';
  const active = seat.split('\n').find((line) => line.startsWith('ACTIVE_UID='));
  return {
    id: 'logind',
    line: same(active ?? 'seat0: -'),
    said: active ? '/run/systemd/seats/seat0' : null,
    mark: 'quiet',
  };
}

/** One name a line here, instead of Berkeley DB. */
const RPM = '/var/lib/rpm/Packages';

function rpmLayer(world: World): LayerView {
  const names = (textOf(world, RPM) ?? '').split('\n').filter((n) => n !== '');
  return {
    id: 'rpm',
    line: same(names.join(' ') || '-'),
    said: names.length > 0 ? RPM : null,
    mark: 'quiet',
  };
}

function qemuLayer(verdicts: readonly Verdict[]): LayerView {
  const qemu = verdicts.find(({ user }) => user === 'qemu' || user === 'libvirt-qemu');
  if (qemu === undefined) return { id: 'qemu', line: nothing, said: null, mark: 'quiet' };
  const call = `open("/dev/kvm", O_RDWR) = ${qemu.errno === null ? 'fd' : `-1 ${qemu.errno}`}`;
  return { id: 'qemu', line: same(call), said: null, mark: qemu.errno === null ? 'good' : 'bad' };
}

/** What sim/play says of libvirt's memories, entry by entry. */
const chinese: Readonly<Record<string, string>> = {
  'no kvm': '无 kvm',
  empty: '空',
  none: '无',
  'no guests': '没有可用的虚拟机类型',
};

const inChinese = (memory: string): string =>
  memory
    .split(', ')
    .map((each) => own(chinese, each) ?? each)
    .join('、');

function libvirtLayer(world: World): LayerView {
  const [driver, table, file] = memories(world);
  if (driver === '-') return { id: 'libvirt', line: nothing, said: null, mark: 'quiet' };
  const line = {
    en: `driver: ${driver} · table: ${table} · file: ${file}`,
    zh: `驱动：${inChinese(driver)} · 表：${inChinese(table)} · 文件：${inChinese(file)}`,
  };
  const asked = [driver, table].some((text) => text !== 'empty' && text !== 'no guests');
  const bad = asked && (/\bno kvm/.test(driver) || /\bno kvm/.test(table));
  return { id: 'libvirt', line, said: null, mark: bad ? 'bad' : asked ? 'good' : 'quiet' };
}

function virshLayer(printed: Printed | null): LayerView {
  if (printed === null) return { id: 'virsh', line: nothing, said: null, mark: 'quiet' };
  const lines = printed.text
    .trim()
    .split('\n')
    .filter((line) => line !== '');
  const error = lines.findLast((line) => line.startsWith('error: '));
  const kvm = lines.find((line) => line.includes("<domain type='kvm'"));
  const line = (error ?? kvm ?? lines[0] ?? '').trim();
  const bad =
    error !== undefined ||
    (/capabilities/.test(printed.typed) && !kvm && /<domain type/.test(printed.text));
  return { id: 'virsh', line: same(line), said: printed.typed, mark: bad ? 'bad' : 'good' };
}

const frames = new WeakMap<World, Map<string, Frame>>();

export function frameOf(world: World, printed: Printed | null): Frame {
  const known = frames.get(world) ?? new Map<string, Frame>();
  frames.set(world, known);
  const key = printed === null ? '' : `${printed.typed}\n${printed.text}`;
  const found = known.get(key);
  if (found) return found;
  const node = nodeView(world);
  const verdicts = verdictsOf(world);
  const frame: Frame = {
    clock: clockText(world.now),
    node,
    verdicts,
    standings: standingsOf(world),
    layers: [
      virshLayer(printed),
      libvirtLayer(world),
      qemuLayer(verdicts),
      rpmLayer(world),
      logindLayer(world),
      udevLayer(world),
      nodeLayer(node),
      kernelLayer(world),
    ],
  };
  known.set(key, frame);
  return frame;
}
