/**
 * Lines that every view of repairs is made of.
 */
import { type Told, tellings } from '../explain/fixes/goal.ts';
import type { Assessed } from '../explain/fixes/rank.ts';
import { profileNamed, profileText } from '../host/profiles.ts';
import { prose } from '../play/columns.ts';
import type { Paint } from '../play/view.ts';
import { type Language, say } from '../play/words.ts';
import { words } from './fixesWords.ts';

export type FixesView = Readonly<{ language: Language; paint: Paint; full: boolean }>;

export const WIDTH = 80;

export const indentedBy = (blanks: number, text: string): string[] =>
  prose(text, WIDTH - blanks).map((line) => ' '.repeat(blanks) + line);

export const section = (title: string, lines: readonly string[], { paint }: FixesView): string[] =>
  lines.length === 0 ? [] : ['', paint.heading(title), ...lines];

/** As somebody types them, and what libvirtd is told afterwards. */
export const typedLines = ({ word }: Assessed, telling: Told): string[] =>
  [...word.map(({ argv }) => argv), ...tellings[telling]].map((argv) => `    # ${argv.join(' ')}`);

export function headLines(profile: string, view: FixesView): string[] {
  const { language, paint } = view;
  return [
    ...prose(say(words.harmless, language), WIDTH).map(paint.heading),
    ...prose(profileText(profileNamed(profile)), WIDTH).map(paint.faint),
  ];
}
