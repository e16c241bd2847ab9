/**
 * Where the scripts come from: made from a seed, or files that somebody has written.
 */
import { readdirSync, readFileSync, statSync } from 'node:fs';
import { basename, join } from 'node:path';
import { makers, scriptNumber } from './make/scripts.ts';
import type { Docket } from './sit.ts';

const SHOWN = 5;

/** Steps at the beginning of a judge's scripts that the others need. */
const keeps = (judge: string): number => (judge === 'acl' ? 3 : 1);

export const isJudge = (name: string): boolean => Object.hasOwn(makers, name);

export const allJudges = (): readonly string[] => Object.keys(makers);

export const made = (judge: string, seed: number, cases: number): Docket => ({
  judge,
  cases,
  shown: SHOWN,
  nth: (n) => ({
    name: String(seed + n),
    steps: scriptNumber(judge, seed + n),
    keep: keeps(judge),
    replay: `npm run oracle -- --judge ${judge} --seed ${seed + n} --cases 1`,
  }),
});

type Script = Readonly<{ file: string; name: string; text: string }>;

/** A file is one script, or several: each after a line `### name`. */
function scriptsOf(file: string): Script[] {
  const text = readFileSync(file, 'utf8');
  if (!text.startsWith('### ')) return [{ file, name: basename(file), text }];
  return text
    .split(/^### /m)
    .slice(1)
    .map((part) => {
      const end = part.indexOf('\n');
      return { file, name: `${basename(file)}: ${part.slice(0, end)}`, text: part.slice(end + 1) };
    });
}

/** What somebody has written: one file, or a folder's files by name. Null when there is nothing. */
export function written(path: string): Docket | null {
  const about = statSync(path, { throwIfNoEntry: false });
  if (about === undefined) return null;
  const files = about.isDirectory()
    ? readdirSync(path, { withFileTypes: true })
        .filter((entry) => entry.isFile())
        .map((entry) => join(path, entry.name))
        .sort()
    : [path];
  const scripts = files.flatMap(scriptsOf);
  if (scripts.length === 0) return null;
  return {
    judge: 'scripts',
    cases: scripts.length,
    shown: Number.POSITIVE_INFINITY,
    nth: (n) => {
      const { file, name, text } = scripts[n] as Script;
      const replay = `npm run oracle -- --scripts ${file}`;
      return { name, steps: [text.replace(/\n$/, '')], keep: 1, replay };
    },
  };
}
