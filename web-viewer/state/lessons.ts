/**
 * The lessons that the page knows: those of the build, and one that the reader has opened from a file.
 */

import { value as files } from 'virtual:lessons';
import { signal } from '@preact/signals';
import { language } from './language.ts';

/** File name -> text, as the build found them or the reader brought them. */
export const texts = signal<Readonly<Record<string, string>>>(files);

/** Who answers: their seed is their own, and only theirs. Empty for whoever just tries. */
export const student = signal('');
export const notesShown = signal(false);

export const ids = (): string[] =>
  Object.keys(texts.value)
    .filter((name) => !name.endsWith('.zh.md'))
    .map((name) => name.replace(/\.md$/, ''));

/** In the reader's language where there is one; English otherwise. */
export function textOf(id: string): { file: string; text: string } | null {
  const all = texts.value;
  const chinese = `${id}.zh.md`;
  const file = language.value === 'zh' && chinese in all ? chinese : `${id}.md`;
  const text = all[file];
  return text === undefined ? null : { file, text };
}

/** The text that submissions are made for, whichever language was read. */
export const gradedText = (id: string): string => texts.value[`${id}.md`] ?? '';
