/**
 * A trace of any length as items: a choice a moment, with nothing worked out before somebody looks.
 */

import { choiceWords } from '../../sim/explain/tell.ts';
import type { Choice } from '../../sim/host/choice.ts';
import { newHost } from '../../sim/host/machine.ts';
import { profileNamed } from '../../sim/host/profiles.ts';
import { shown } from '../../sim/host/terminal.ts';
import type { Trace } from '../../sim/host/trace.ts';
import type { World } from '../../sim/host/world.ts';
import type { Line } from '../../sim/play/scenario.ts';
import { frameOf } from './frame.ts';
import type { Item, LaneId } from './item.ts';
import { bootItem, keepBehind } from './record.ts';

const quoted = (word: string) =>
  /^[\w./:=,@%+-]+$/.test(word) ? word : `'${word.replaceAll("'", "'\\''")}'`;

/** A choice as a line that can be played again on another branch. */
export function lineOf(choice: Choice): Line {
  const says = choiceWords(choice);
  if (!('run' in choice)) return { choice, says };
  return { type: choice.run.map(quoted).join(' '), as: choice.as, says };
}

export function traceItems(
  trace: Pick<Trace, 'profile' | 'setup' | 'choices'>,
  worlds: readonly World[],
): Item[] {
  const [first] = worlds;
  if (first === undefined) return [];
  const none = { text: '', status: 0, messages: [], calls: {} };
  const { machinery } = newHost(profileNamed(trace.profile), trace.setup);
  const start = bootItem(machinery, first);
  const items = trace.choices.map((choice, i): Item => {
    const world = worlds[i + 1] as World;
    const line = lineOf(choice);
    const run = 'run' in choice;
    const seen = run ? shown(world, choice.as.slice(choice.as.indexOf('@') + 1)) : none;
    const calls: Partial<Record<LaneId, number>> = 'pick' in choice ? {} : { people: 1 };
    const made: Item = {
      says: line.says,
      typed: run ? choice.run.map(quoted).join(' ') : null,
      prompt: run && choice.as.startsWith('root@') ? '#' : '$',
      text: seen.text,
      status: seen.status,
      messages: [],
      calls,
      line,
      frame: () => frameOf(world, null),
    };
    keepBehind(made, { machinery, world, choices: [choice], printed: null, typing: null });
    return made;
  });
  return [start, ...items];
}
