/**
 * An order that a search has found, beside what is shown: one click, and undo takes it away.
 */
import type { Told } from '../../sim/explain/history.ts';
import type { Words } from '../../sim/play/scenario.ts';
import { change, open, story } from './app.ts';
import { waitFor, withEngine } from './start.ts';

const playing: Words = { en: 'playing this order', zh: '正在重放此顺序' };

export async function replayOrder(told: Told, title: Words): Promise<void> {
  const engine = await withEngine();
  await waitFor(playing, () => {
    const { branches, current } = story.value;
    const made = { ...engine.openTold(told), title };
    const { items } = made;
    const next = [...branches, made];
    change({
      ...story.value,
      branches: next,
      current: next.length - 1,
      at: items.length - 1,
      beside: current,
    });
    open('compare');
  });
}
