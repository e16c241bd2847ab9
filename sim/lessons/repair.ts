/**
 * "Bring KVM back." Any commands do; it counts whether a guest starts, how few they were, and what undoes them.
 */
import type { World } from '../host/world.ts';
import { nodeRow } from '../play/node.ts';
import type { Words } from '../play/scenario.ts';
import type { Repair } from './lesson.ts';
import { type Here, type Moment, stirredBy, typedOn } from './stage.ts';
import type { DoTask, Graded } from './task.ts';

const DOMAIN = '/root/lesson.xml';
const xml =
  "<domain type='kvm'><name>lesson</name><memory unit='MiB'>64</memory><os><type arch='x86_64' machine='pc'>hvm</type></os></domain>";

/** As a person would see it: a guest is created. */
export function guestStarts(here: Here): boolean {
  const written = typedOn(here, `echo "${xml}" > ${DOMAIN}`);
  return typedOn(written, `virsh create ${DOMAIN}`).status === 0;
}

const opens = (world: World) => nodeRow(world).qemu === 'opens';

const typedAll = (here: Here, lines: readonly string[]): Here =>
  lines.reduce<Here>((at, line) => typedOn(at, line), here);

const told = 'virsh capabilities >/dev/null';
const trigger = 'udevadm trigger --subsystem-match=misc --sysname-match=kvm; udevadm settle';

/** What the answer key is looked for among; the shortest that works comes first. */
const known: readonly (readonly string[])[] = [
  ['setfacl -m g::rw /dev/kvm'],
  ['systemctl restart libvirtd'],
  [told],
  ['setfacl -m g::rw /dev/kvm', told],
  ['usermod -aG kvm qemu', 'systemctl restart libvirtd'],
  ['setfacl -b /dev/kvm', trigger, told],
  ['modprobe kvm_intel', 'udevadm settle', told],
  ['reboot'],
  ['reboot', told],
];

function says(points: number, of: number, lost: readonly string[]): Words {
  if (points === 0) return { en: 'no guest starts', zh: '虚拟机还是起不来' };
  const ends = points < of ? 1 : 0;
  const en = ends
    ? `a guest starts; it does not survive: ${lost.join(', ')}`
    : 'a guest starts, and it lasts';
  const zh = ends ? `虚拟机能启动；但经不起：${lost.join('、')}` : '虚拟机能启动，而且持久';
  return { en, zh };
}

function grade(here: Here, survives: readonly string[], lines: readonly string[]): Graded {
  const of = 1 + survives.length;
  const after = typedAll(here, lines);
  if (!guestStarts(after)) return { points: 0, of, says: says(0, of, []) };
  const lost = survives.filter((event) => !opens(stirredBy(after, event).world));
  const points = of - lost.length;
  return { points, of, says: says(points, of, lost) };
}

export function repairTask(moment: Moment, { survives, ask }: Repair): DoTask {
  const asked: Words = {
    en: 'Bring KVM back with as few commands as you can: a guest must start.',
    zh: '用尽量少的命令恢复 KVM：虚拟机必须能启动。',
  };
  return {
    kind: 'do',
    mode: 'repair',
    ask: ask === null ? asked : { en: ask, zh: ask },
    here: moment,
    events: [],
    grade: (lines) => grade(moment, survives, lines),
    key: () =>
      known.find((lines) => grade(moment, survives, lines).points === 1 + survives.length) ?? [],
  };
}
