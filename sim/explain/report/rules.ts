/**
 * The udev rules for the node, as a report has them: which file counts, and what the last word is.
 *
 * Models: systemd src/shared/conf-files.c: of each file name the first of /etc, /run, /usr/lib counts; files are read in
 *   the order of their names; the last assignment of GROUP and MODE wins
 * Leaves out: what a rule asks beyond KERNEL=="kvm" (ACTION, ENV): a rule with more conditions is taken to match
 */
import type { Report } from './blocks.ts';
import { answerOf, type Quote } from './reading.ts';

export type Assignment = Readonly<{
  group: string | null;
  mode: number | null;
  path: string;
  quote: Quote;
}>;

export type Rules = Readonly<{
  /** Files that a link to /dev/null keeps from being read, of those that speak of kvm. */
  masked: readonly Quote[];
  /** In the order in which udev reads them. */
  assignments: readonly Assignment[];
  /** The answer of grep as a whole, to quote where there is nothing. */
  asked: Quote;
}>;

const DIRECTORIES = [
  '/etc/udev/rules.d',
  '/run/udev/rules.d',
  '/usr/lib/udev/rules.d',
  '/lib/udev/rules.d',
];
const name = (path: string) => path.slice(path.lastIndexOf('/') + 1);
const rank = (path: string) =>
  DIRECTORIES.findIndex((directory) => path.startsWith(`${directory}/`));

type Listed = Readonly<{ directory: string; name: string; masked: boolean; quote: Quote }>;

/** `ls -l` of two directories: `/etc/udev/rules.d:`, then its files. */
function listed(report: Report): Listed[] {
  const block = answerOf(report, 'ls -l /etc/udev/rules.d');
  if (block === null) return [];
  let directory = '';
  const found: Listed[] = [];
  for (const [i, line] of block.lines.entries()) {
    const heading = /^(\/\S+):$/.exec(line)?.[1];
    if (heading !== undefined) directory = heading;
    const file = /\s(\S+\.rules)(?: -> (\S+))?$/.exec(line);
    if (file === null) continue;
    const quote = {
      at: block.at + i + 1,
      line: line.trim(),
      command: block.command,
      silent: false,
    };
    found.push({ directory, name: file[1] ?? '', masked: file[2] === '/dev/null', quote });
  }
  return found;
}

const matches = (rule: string) => /KERNEL=="kvm"/.test(rule);

export function rulesIn(report: Report): Rules | null {
  const block = answerOf(report, 'grep -rsE "kvm" /etc/udev');
  if (block === null) return null;
  const site = listed(report);
  const hides = (path: string) =>
    site.find(
      (file) => file.name === name(path) && DIRECTORIES.indexOf(file.directory) < rank(path),
    );
  const masked: Quote[] = [];
  const assignments = block.lines.flatMap((line, i): Assignment[] => {
    const [, path = '', rule = ''] = /^(\/[^:]+):(.*)$/.exec(line) ?? [];
    const group = /GROUP:?="([^"]*)"/.exec(rule)?.[1] ?? null;
    const mode = /MODE:?="0*([0-7]+)"/.exec(rule)?.[1];
    if (!matches(rule) || rule.startsWith('#') || (group === null && mode === undefined)) return [];
    const hider = hides(path);
    if (hider !== undefined) {
      if (hider.masked) masked.push(hider.quote);
      return [];
    }
    const quote = { at: block.at + i + 1, line, command: block.command, silent: false };
    return [{ group, mode: mode === undefined ? null : Number.parseInt(mode, 8), path, quote }];
  });
  const inOrder = [...assignments].sort((a, b) =>
    name(a.path) < name(b.path) ? -1 : name(a.path) > name(b.path) ? 1 : 0,
  );
  return {
    masked,
    assignments: inOrder,
    asked: { at: block.at, line: block.command, command: block.command, silent: true },
  };
}

/** What the rules make of the node in the end. */
export function lastWord({ assignments }: Rules): Readonly<{
  group: Assignment | null;
  mode: Assignment | null;
}> {
  return {
    group: assignments.findLast(({ group }) => group !== null) ?? null,
    mode: assignments.findLast(({ mode }) => mode !== null) ?? null,
  };
}

/** The rules of this site that speak of the node, by file, as a host can be given them: without programs, which it has not got. */
export function siteRulesIn(report: Report): [path: string, rules: readonly string[]][] {
  const block = answerOf(report, 'grep -rsE "kvm" /etc/udev');
  const found = new Map<string, string[]>();
  for (const line of block?.lines ?? []) {
    const [, path = '', rule = ''] = /^(\/(?:etc|run)\/[^:]+):(.*)$/.exec(line) ?? [];
    if (path !== '' && !/\b(PROGRAM|RUN|IMPORT)\b/.test(rule))
      found.set(path, [...(found.get(path) ?? []), rule]);
  }
  return [...found];
}

/** Links to /dev/null in the site's directories. */
export const maskedIn = (report: Report): string[] =>
  listed(report)
    .filter(({ masked }) => masked)
    .map(({ directory, name: file }) => `${directory}/${file}`);
