/**
 * The host of an exercise as a timeline: the story so far, the events that were drawn, and what the student has done.
 */
import { scenarios } from '../../scenarios/index.ts';
import type { Choice } from '../../sim/host/choice.ts';
import type { Machinery, Observed } from '../../sim/host/route.ts';
import { step } from '../../sim/host/step.ts';
import { shown } from '../../sim/host/terminal.ts';
import { own } from '../../sim/kernel/own.ts';
import type { Lesson } from '../../sim/lessons/lesson.ts';
import type { Here } from '../../sim/lessons/stage.ts';
import type { Task } from '../../sim/lessons/task.ts';
import type { Item } from './item.ts';
import { behindOf, itemOf, printedBy, recordTo, worldOf } from './record.ts';
import { lineOf } from './traceItems.ts';

const stories = new WeakMap<Lesson, readonly Item[]>();

/** The boot is moment 0, as sim/lessons counts. */
function storyOf(lesson: Lesson): readonly Item[] {
  const known = stories.get(lesson);
  if (known !== undefined) return known;
  const scenario = own(scenarios, lesson.scenario);
  if (scenario === undefined) return [];
  const horizon = Math.max(...lesson.exercises.map(({ at: [, last] }) => last));
  const items = recordTo(scenario, lesson.profile ?? scenario.profiles[0] ?? 'centos7', horizon);
  stories.set(lesson, items);
  return items;
}

/** One choice more, with the calls that it led to. */
function happened(after: Item, choice: Choice): Item {
  const from = behindOf(after);
  const calls: Observed[] = [];
  const watched: Machinery = { ...from.machinery, watch: (call) => calls.push(call) };
  const world = step(watched, from.world, choice);
  const line = lineOf(choice);
  const now = { ...from, world, choices: [choice], typing: null };
  if (!('run' in choice)) return itemOf(line, '#', { text: '', status: 0 }, calls, now);
  const seen = shown(world, choice.as.slice(choice.as.indexOf('@') + 1));
  const printed = printedBy(choice.run.join(' '), seen, from.printed);
  return itemOf(line, '#', seen, calls, { ...now, printed });
}

/** Every moment up to a host that came of the one that the exercise is set on. */
export function picture(lesson: Lesson, task: Task, here: Here): readonly Item[] {
  const items = storyOf(lesson).slice(0, task.step + 1);
  const told = items.reduce((sum, item) => sum + behindOf(item).choices.length, 0);
  for (const choice of here.choices.slice(told)) items.push(happened(items.at(-1) as Item, choice));
  return items;
}

/** How many moments may be seen before the answer: those that are not yet the host that is asked about. */
export function seenBefore(items: readonly Item[]): number {
  const last = items.at(-1);
  return items.findIndex((item) => last !== undefined && worldOf(item) === worldOf(last));
}
