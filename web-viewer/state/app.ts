/**
 * What the page holds: a story with its branches, a position in it, and where the reader is.
 *
 * Every change makes a new value, so undo is the old one.
 */

import { value as firstItems } from 'virtual:first-items';
import { batch, computed, signal } from '@preact/signals';
import type { Words } from '../../sim/play/scenario.ts';
import type { Engine } from '../model/engine.ts';
import type { Frame, Item } from '../model/item.ts';
import type { Branch, Edit } from '../model/story.ts';
import { FIRST, FIRST_PROFILE } from './first.ts';
import type { Panel, Place } from './place.ts';
import { hashOf, hostPlace, placeOf } from './place.ts';

export type Story = Readonly<{
  name: string;
  profile: string;
  branches: readonly Branch[];
  current: number;
  at: number;
  /** The branch that stands beside the current one, if any. */
  beside: number | null;
}>;

const bakedBranch: Branch = {
  title: { en: 'as it happened', zh: '原本的经过' },
  items: firstItems.map(({ frame, ...rest }) => ({ ...rest, frame: () => frame })),
  edits: [],
  told: null,
  from: 0,
};

/** Where a story opens: at the first thing that goes wrong before anybody repairs it. */
export function puzzleAt(items: readonly Item[]): number {
  const error = items.findIndex(({ text }) => /^error: /m.test(text));
  if (error >= 0) return error;
  const failed = items.findIndex(({ status, typed }) => status !== 0 && typed !== null);
  return failed >= 0 ? failed : items.length - 1;
}

export const place = signal<Place>(hostPlace(FIRST));
export const story = signal<Story>({
  name: FIRST,
  profile: FIRST_PROFILE,
  branches: [bakedBranch],
  current: 0,
  at: puzzleAt(bakedBranch.items),
  beside: null,
});
export const engine = signal<Engine | null>(null);
/** What is being waited for. */
export const busy = signal<Words | null>(null);
/** What went wrong, for the reader. */
export const notice = signal<Words | null>(null);
/** Said aloud: one sentence a step. */
export const spoken = signal<string>('');
const past = signal<readonly Story[]>([]);
export const canUndo = computed(() => past.value.length > 0);

export const branch = computed(() => story.value.branches[story.value.current] as Branch);
export const item = computed(() => branch.value.items[story.value.at] as Item);
export const before = computed(() => branch.value.items[story.value.at - 1] ?? null);
export const frame = computed<Frame>(() => item.value.frame());

/** The branch beside, at the same step or its last. */
export const besideItem = computed<Item | null>(() => {
  const { beside, branches, at } = story.value;
  const other = beside === null ? undefined : branches[beside];
  return other?.items[Math.min(at, other.items.length - 1)] ?? null;
});

/** A change that can be undone; moving about is none. */
export function change(next: Story): void {
  batch(() => {
    past.value = [...past.value.slice(-99), story.value];
    story.value = next;
  });
}

export function undo(): void {
  const last = past.value.at(-1);
  if (last === undefined) return;
  batch(() => {
    past.value = past.value.slice(0, -1);
    story.value = last;
  });
}

export function forgetPast(): void {
  past.value = [];
}

export function goTo(at: number): void {
  const { items } = branch.value;
  const to = Math.max(0, Math.min(items.length - 1, at));
  if (to !== story.value.at) story.value = { ...story.value, at: to };
}

/** To another panel, for the host that is shown. */
export function open(panel: Panel): void {
  const here = place.value;
  if (here.view !== 'host') return;
  const { name, at } = story.value;
  visit({ ...here, scenario: name, panel, at: at + 1, edits: null, hash: null, version: null });
}

export function visit(next: Place): void {
  place.value = next;
  history.pushState(null, '', hashOf(next));
}

/** The address follows the position without a new entry in the history. */
export function follow(): void {
  const here = place.value;
  if (here.view !== 'host') return;
  const { at } = story.value;
  history.replaceState(null, '', hashOf({ ...here, at: at + 1, hash: null, version: null }));
}

export const placeNow = (): Place | null => placeOf(location.hash);

export type { Edit };
