/**
 * "Bring KVM back." Any commands do; it counts whether a guest starts, what undoes the repair, what becomes of a guest
 * that runs already, and how few commands they were.
 */

import { commandsOf, familiesOf } from '../explain/fixes/alphabet.ts';
import { deskAt } from '../explain/fixes/desk.ts';
import { furnished, tellings, type Works } from '../explain/fixes/goal.ts';
import { search, usualBounds } from '../explain/fixes/search.ts';
import { hostState } from '../explain/fixes/state.ts';
import { eventWords } from '../explain/models/eventWords.ts';
import { emulatorOf } from '../explain/node.ts';
import { BYSTANDER_PIDFILE, bystanderLine, guestVerdict } from '../host/bystander.ts';
import type { World } from '../host/world.ts';
import { nodeRow } from '../play/node.ts';
import type { Words } from '../play/scenario.ts';
import type { Repair } from './lesson.ts';
import { type Here, type Moment, stirredBy, typedOn, worldsBetween } from './stage.ts';
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

/** How many commands have changed something: whoever only looks is not charged for it. */
function changesBetween(from: Here, to: Here): number {
  const states = [...worldsBetween(from, to)].map(hostState);
  // The student's own arrival is none of the commands.
  const arrived = to.choices.slice(from.choices.length).map((choice) => 'run' in choice);
  return arrived.filter((typed, i) => typed && states[i] !== states[i + 1]).length;
}

/** Another guest was running all the while, where one can run: is it still there? */
function sparesGuests(here: Here, lines: readonly string[]): boolean {
  const emulator = emulatorOf(here.world);
  if (emulator === null) return true;
  const beside = typedOn(here, bystanderLine(emulator).join(' '));
  if (beside.status !== 0) return true;
  const pid = Number(typedOn(beside, `cat ${BYSTANDER_PIDFILE}`).text);
  const after = typedAll(beside, lines).world;
  return guestVerdict({ status: 0, alone: 0, after, pid }) === 'unharmed';
}

const lostBy = (after: Here, survives: readonly string[]): string[] =>
  survives.filter((event) => !opens(stirredBy(after, event).world));

const told = ({ told: how }: Works): string[] =>
  tellings[how ?? 'nothing'].map((argv) => argv.join(' '));

/** The fewest commands that start a guest, survive all that is asked and end no other guest; null where no one or two do. */
function shortest(here: Here, survives: readonly string[]): readonly string[] | null {
  const desk = furnished(deskAt(here.machinery, here.world));
  const commands = commandsOf(familiesOf(desk.world));
  for (const length of [1, usualBounds.length]) {
    const { start, mended } = search(desk, commands, { ...usualBounds, length });
    if (start.works.told !== null) return told(start.works);
    const ways = mended.flatMap(({ place, words }) =>
      words.map((word) => [...word.map(({ argv }) => argv.join(' ')), ...told(place.works)]),
    );
    const lasting = ways
      .sort((a, b) => a.length - b.length)
      .find((lines) => {
        const after = typedAll(here, lines);
        return (
          lostBy(after, survives).length === 0 && sparesGuests(here, lines) && guestStarts(after)
        );
      });
    if (lasting !== undefined) return lasting;
  }
  return null;
}

type Judged = Readonly<{
  lost: readonly string[];
  spares: boolean;
  changes: number;
  best: number | null;
}>;

function says({ lost, spares, changes, best }: Judged): Words {
  const few = best !== null && changes > best;
  const en = [
    lost.length > 0
      ? `a guest starts; it does not survive: ${lost.join(', ')}`
      : 'a guest starts, and it lasts',
    ...(spares ? [] : ['a guest that was running is gone']),
    ...(few ? [`${changes} commands changed something, ${best} would do`] : []),
  ];
  const zh = [
    lost.length > 0
      ? `虚拟机能启动；但经不起：${lost.map((event) => eventWords(event).zh).join('、')}`
      : '虚拟机能启动，而且持久',
    ...(spares ? [] : ['原本运行的虚拟机没了']),
    ...(few ? [`有 ${changes} 条命令改动了主机，${best} 条就够`] : []),
  ];
  return { en: en.join('; '), zh: zh.join('；') };
}

/** One point for a guest, one for each event survived, one if no other guest is ended, one for no more commands than it takes. */
function grade(
  here: Here,
  survives: readonly string[],
  best: () => readonly string[] | null,
  lines: readonly string[],
): Graded {
  const of = 3 + survives.length;
  const after = typedAll(here, lines);
  if (!guestStarts(after))
    return { points: 0, of, says: { en: 'no guest starts', zh: '虚拟机还是起不来' } };
  const judged = {
    lost: lostBy(after, survives),
    spares: sparesGuests(here, lines),
    changes: changesBetween(here, after),
    best: best()?.length ?? null,
  };
  const few = judged.best === null || judged.changes <= judged.best ? 1 : 0;
  const points = 1 + survives.length - judged.lost.length + Number(judged.spares) + few;
  return { points, of, says: says(judged) };
}

export function repairTask(moment: Moment, { survives, ask }: Repair): DoTask {
  const asked: Words = {
    en: 'Bring KVM back with as few commands as you can: a guest must start, and one that is running must not be harmed. Looking is free; only commands that change something count.',
    zh: '用尽量少的命令恢复 KVM：虚拟机必须能启动，也不能伤及正在运行的虚拟机。只看不改的命令不计数。',
  };
  let found: readonly string[] | null | undefined;
  const best = () => {
    found = found === undefined ? shortest(moment, survives) : found;
    return found;
  };
  return {
    kind: 'do',
    mode: 'repair',
    ask: ask === null ? asked : { en: ask, zh: ask },
    step: moment.number,
    here: moment,
    events: [],
    after: (lines) => typedAll(moment, lines),
    grade: (lines) => grade(moment, survives, best, lines),
    key: () => best() ?? [],
  };
}
