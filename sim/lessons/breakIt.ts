/**
 * "Break it." Events in an order of one's own, until group kvm is locked out; the explorer says how few can do it.
 */

import { alphabetOf } from '../explain/models/events.ts';
import { hostModel } from '../explain/models/hostModel.ts';
import { breadthFirst } from '../explore/breadth.ts';
import { spaceOf } from '../explore/objects.ts';
import type { World } from '../host/world.ts';
import { nodeRow } from '../play/node.ts';
import type { Words } from '../play/scenario.ts';
import type { BreakIt } from './lesson.ts';
import { type Here, type Moment, stirredBy } from './stage.ts';
import type { DoTask, Graded } from './task.ts';

/** The incident: QEMU's user is there, and may not open a node that looks open to all. */
export const broken = (world: World): boolean => {
  const { mode, groupObj, qemu } = nodeRow(world);
  return qemu === 'EACCES' && groupObj === '---' && mode !== null && mode[8] === 'w';
};

/** A shortest order that breaks it, found by the explorer; null if none does in this model. */
function shortest(here: Here, events: readonly string[]): readonly string[] | null {
  const all = alphabetOf(here.world);
  const chosen = Object.fromEntries(
    events.flatMap((name) => (all[name] ? [[name, all[name]] as const] : [])),
  );
  const model = {
    ...hostModel('break it', here, chosen),
    always: { 'QEMU may open the node': (world: World) => !broken(world) },
  };
  const { properties } = breadthFirst(spaceOf(model), { until: 'counterexample' });
  return properties[0]?.witness?.steps ?? null;
}

function grade(here: Here, best: readonly string[] | null, lines: readonly string[]): Graded {
  const of = 2;
  let at: Here = here;
  for (const event of lines) at = stirredBy(at, event);
  if (!broken(at.world))
    return { points: 0, of, says: { en: 'QEMU may still open the node', zh: 'QEMU 仍能打开节点' } };
  const few = best !== null && lines.length <= best.length;
  const says: Words = few
    ? { en: 'broken, by as few events as the explorer', zh: '弄坏了，而且和探索器一样少' }
    : {
        en: `broken; the explorer needs ${best?.length ?? '?'} events`,
        zh: `弄坏了；探索器只需 ${best?.length ?? '?'} 个事件`,
      };
  return { points: few ? 2 : 1, of, says };
}

export function breakTask(moment: Moment, { events, ask }: BreakIt): DoTask {
  const asked: Words = {
    en: 'Choose events until QEMU’s user is locked out of a node that says crw-rw-rw-. Fewer is better.',
    zh: '选择事件，直到 QEMU 的用户打不开看似 crw-rw-rw- 的节点。越少越好。',
  };
  let best: readonly string[] | null | undefined;
  const found = () => {
    best = best === undefined ? shortest(moment, events) : best;
    return best;
  };
  return {
    kind: 'do',
    mode: 'break',
    ask: ask === null ? asked : { en: ask, zh: ask },
    here: moment,
    events,
    grade: (lines) => grade(moment, found(), lines),
    key: () => found() ?? [],
  };
}
