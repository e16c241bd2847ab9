/**
 * The lessons that the page knows, those of the build and one that the reader has opened from a file; and what has been answered.
 */

import { value as files } from 'virtual:lessons';
import { signal } from '@preact/signals';
import type { Answer, Graded } from '../model/desk.ts';
import { type Language, language } from './language.ts';

/** File name -> text, as the build found them or the reader brought them. */
export const texts = signal<Readonly<Record<string, string>>>(files);

/** Who answers: their seed is their own, and only theirs. Empty for whoever just tries. */
export const student = signal('');
export const notesShown = signal(false);

export type Answered = Readonly<{
  exercise: number;
  answer: Answer;
  hints: number;
  graded: Graded;
}>;

/** Kept while the page is open, so that whoever looks at the host and comes back goes on where they were. */
const answers = signal<Readonly<Record<string, readonly Answered[]>>>({});

const keyOf = (lesson: string, seed: number) => `${lesson} ${seed}`;

export const answersTo = (lesson: string, seed: number): readonly Answered[] =>
  answers.value[keyOf(lesson, seed)] ?? [];

export function keepAnswer(lesson: string, seed: number, given: Answered): void {
  const others = answersTo(lesson, seed).filter(({ exercise }) => exercise !== given.exercise);
  answers.value = { ...answers.value, [keyOf(lesson, seed)]: [...others, given] };
}

export const ids = (): string[] =>
  Object.keys(texts.value)
    .filter((name) => !name.endsWith('.zh.md'))
    .map((name) => name.replace(/\.md$/, ''));

/** In a language where there is one, the reader's if none is named; English otherwise. */
export function textOf(
  id: string,
  wanted: Language = language.value,
): { file: string; text: string } | null {
  const all = texts.value;
  const chinese = `${id}.zh.md`;
  const file = wanted === 'zh' && chinese in all ? chinese : `${id}.md`;
  const text = all[file];
  return text === undefined ? null : { file, text };
}

/** What a lesson is called, before anybody has read it whole. */
export const titleOf = (id: string): string =>
  /^title: (.*)$/m.exec(textOf(id)?.text ?? '')?.[1] ?? id;

/** The text that submissions are made for, whichever language was read. */
export const gradedText = (id: string): string => texts.value[`${id}.md`] ?? '';
