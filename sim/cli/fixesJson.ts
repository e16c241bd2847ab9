/**
 * Repairs as data: plain names and lines, without the worlds they were found in.
 */

import { familyText } from '../explain/fixes/alphabet.ts';
import { type Fixes, traceOf } from '../explain/fixes/fixes.ts';
import { tellings } from '../explain/fixes/goal.ts';
import type { Useless } from '../explain/fixes/reason.ts';
import type { Word } from '../explain/fixes/search.ts';

const lines = (word: Word): string[] => word.map(({ argv }) => argv.join(' '));

export const fixesJson = (found: Fixes, useless: readonly Useless[]) => ({
  v: 1,
  changesThisComputer: false,
  profile: found.history.profile,
  node: found.node,
  works: found.works,
  alphabet: found.families.map(familyText),
  commands: found.found.commands.length,
  bounds: found.bounds,
  levels: found.found.levels,
  /** The bound that was reached; null: there is nothing beyond. */
  hit: found.found.hit,
  fixes: found.fixes.map(({ word, words, told, also, ...rest }) => ({
    commands: lines(word),
    tellLibvirtd: tellings[told].map((argv) => argv.join(' ')),
    also: lines(also),
    ...rest,
    alike: words.slice(1).map(lines),
    trace: traceOf(found, { word, told }),
  })),
  useless: useless.map(({ commands, says }) => ({ commands: lines(commands), says })),
});
