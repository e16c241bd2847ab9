/**
 * What a reader does to the host: a line typed, a step moved or left out. Each grows the story and can be undone.
 */
import type { Words } from '../../sim/play/scenario.ts';
import type { Edit } from '../model/story.ts';
import { change, story } from './app.ts';
import { waitFor, withEngine } from './start.ts';

const working: Words = { en: 'the host is working', zh: '主机正在执行' };

/** A line at the end of a branch of one's own makes it longer; everything else becomes a branch beside. */
export async function alter(edit: Edit): Promise<void> {
  const engine = await withEngine();
  await waitFor(working, () => {
    const { name, branches, current } = story.value;
    const from = branches[current];
    if (from === undefined) return;
    const made = engine.edit(name, from, edit);
    const longer = made.title === from.title;
    const kept = longer ? branches.toSpliced(current, 1, made) : [...branches, made];
    const now = longer ? current : kept.length - 1;
    const added = 'type' in edit || 'choice' in edit;
    change({
      ...story.value,
      branches: kept,
      current: now,
      at: added ? made.items.length - 1 : edit.at,
      beside: longer ? story.value.beside : current,
    });
  });
}

export function show(index: number): void {
  const { branches, at } = story.value;
  const items = branches[index]?.items ?? [];
  change({ ...story.value, current: index, at: Math.min(at, items.length - 1) });
}

export function putBeside(index: number | null): void {
  change({ ...story.value, beside: index });
}
