/**
 * grep, egrep, fgrep: lines that match.
 *
 * Models: GNU grep 2.20 src/main.c main, grepbuf, prtext
 * Leaves out: -u, --color, of -P what JavaScript's expressions have not; binary files are treated as text.
 */
import { utf8Length } from '../../kernel/calls/attributes.ts';
import { failed } from '../../kernel/errno.ts';
import { command, type Sys } from '../../kernel/program.ts';
import { err, readDir, stat } from '../../libc/sys.ts';
import { isModern } from '../switches.ts';
import { long, spec } from './grepOptions.ts';
import { type Input, linesOf, optionsOf, readInput, show, usage } from './input.ts';
import { longest } from './longest.ts';
import { escapeLiteral, type Syntax, toRegExp } from './regex.ts';
import { wildcard } from './wildcard.ts';

type Options = ReturnType<typeof optionsOf>['given'];

type Search = Readonly<{
  options: Options;
  /** Start and end of each match in a line, in order. */
  find: (line: string) => [number, number][];
  names: boolean;
  before: number;
  after: number;
  limit: number;
}>;

function isRegExp(source: string): boolean {
  try {
    return new RegExp(source) !== null;
  } catch {
    return false;
  }
}

/** The source of one expression for all patterns; an error in bash's place is grep's. */
function sourceOf(
  patterns: readonly string[],
  options: Options,
  name: string,
): string | { error: string } {
  const fixed = options.has('F') || name === 'fgrep';
  const syntax: Syntax = options.has('E') || name === 'egrep' ? 'extended' : 'basic';
  const sources: string[] = [];
  for (const pattern of patterns) {
    if (options.has('P')) {
      if (!isRegExp(pattern))
        return { error: `kvmlab: -P knows JavaScript's expressions: ${pattern}` };
      sources.push(`(?:${pattern})`);
      continue;
    }
    const compiled = fixed
      ? { regexp: { source: escapeLiteral(pattern) || '(?:)' } }
      : toRegExp(pattern, syntax, 'g');
    if ('error' in compiled) return compiled;
    sources.push(`(?:${compiled.regexp.source})`);
  }
  return sources.join('|');
}

/** -w looks for any match that stands between non-word characters, a shorter one if need be. */
function finder(source: string, options: Options): (line: string) => [number, number][] {
  const apart = options.has('w') ? `(?<!\\w)(?:${source})(?!\\w)` : source;
  const whole = options.has('x') ? `^(?:${source})$` : apart;
  const flags = options.has('i') ? 'gi' : 'g';
  const regexp = options.has('P') ? new RegExp(whole, flags) : longest(whole, flags);
  return (line) => [...line.matchAll(regexp)].map((hit) => [hit.index, hit.index + hit[0].length]);
}

/** Where each line begins; a character counts as many bytes as it has. */
function startsOf(lines: readonly string[]): number[] {
  let at = 0;
  return lines.map((line) => {
    const start = at;
    at += utf8Length(line) + 1;
    return start;
  });
}

type Report = { lines: string[]; count: number };

/** `at`: the byte that the line, or with -o the match, begins with. */
function prefix(search: Search, file: string, number: number, at: number, mark: ':' | '-'): string {
  const { options, names } = search;
  const parts = [
    ...(names ? [file] : []),
    ...(options.has('n') ? [String(number)] : []),
    ...(options.has('b') ? [String(at)] : []),
  ];
  return parts.map((part) => part + mark).join('');
}

/** The lines to be printed of one file, with their context. */
function grepText(search: Search, input: Input): Report {
  const { options } = search;
  const end = options.has('z') ? '\0' : '\n';
  const lines = input.text.split(end);
  if (lines.at(-1) === '') lines.pop();
  const starts = options.has('b') ? startsOf(lines) : [];
  const file = input.name === '-' ? '(standard input)' : input.name;
  const report: Report = { lines: [], count: 0 };
  let printed = -1;
  let trailing = 0;
  const put = (n: number, mark: ':' | '-') => {
    report.lines.push(`${prefix(search, file, n + 1, starts[n] ?? 0, mark)}${lines[n]}`);
    printed = n;
  };
  for (const [n, line] of lines.entries()) {
    const found = search.find(line);
    const selected = found.length > 0 !== options.has('v');
    if (selected && report.count < search.limit) {
      report.count++;
      if (options.has('o')) {
        for (const [from, to] of options.has('v') ? [] : found) {
          if (to > from)
            report.lines.push(
              prefix(search, file, n + 1, (starts[n] ?? 0) + from, ':') + line.slice(from, to),
            );
        }
        continue;
      }
      const first = Math.max(printed + 1, n - search.before);
      const gap = first > printed + 1 && report.lines.length > 0;
      if (gap && search.before + search.after > 0) report.lines.push('--');
      for (let k = first; k < n; k++) put(k, '-');
      put(n, ':');
      trailing = search.after;
    } else if (trailing > 0 && !options.has('o')) {
      trailing--;
      put(n, '-');
    } else if (report.count >= search.limit) break;
  }
  return report;
}

function shown(search: Search, input: Input, report: Report): string {
  const { options } = search;
  const file = input.name === '-' ? '(standard input)' : input.name;
  if (options.has('q')) return '';
  if (options.has('l')) return report.count > 0 ? `${file}\n` : '';
  if (options.has('L')) return report.count > 0 ? '' : `${file}\n`;
  if (options.has('c')) return `${search.names ? `${file}:` : ''}${report.count}\n`;
  const end = options.has('z') ? '\0' : '\n';
  return report.lines.map((line) => line + end).join('');
}

/** The files below a directory, in the order of their names. */
function* filesBelow(path: string): Sys<string[]> {
  const st = yield* stat(path);
  if (failed(st) || st.type !== 'dir') return failed(st) || st.type === 'file' ? [path] : [];
  const names = yield* readDir(path);
  if (failed(names)) return [path];
  const found: string[] = [];
  for (const name of names)
    found.push(...(yield* filesBelow(`${path.replace(/\/$/, '')}/${name}`)));
  return found;
}

/** --include and --exclude go by the last part of the name. */
function isWanted(options: Options, file: string): boolean {
  const name = file.replace(/^.*\//, '');
  const fits = (word: string) => wildcard(word, name, false);
  const only = options.all('include');
  return (only.length === 0 || only.some(fits)) && !options.all('exclude').some(fits);
}

function* complain(search: Search, name: string, error: string): Sys<void> {
  if (search.options.has('s')) return;
  const text = error === 'Is a directory' ? `grep: ${name}: ${error}` : `grep: ${name}: ${error}`;
  yield* err(`${text}\n`);
}

function* searchFiles(search: Search, files: readonly string[]): Sys<number> {
  let any = false;
  let trouble = false;
  for (const file of files) {
    const input = yield* readInput(file);
    if (!('text' in input)) {
      if (input.error !== 'Is a directory') trouble = true;
      yield* complain(search, file, input.error);
      continue;
    }
    const report = grepText(search, input);
    any ||= report.count > 0;
    yield* show(shown(search, input, report));
    if (any && search.options.has('q')) return 0;
  }
  return trouble ? 2 : any ? 0 : 1;
}

/** -NUM is a context; the digits of an option cluster belong together. */
function contextOf(options: Options, argv: readonly string[]): { before: number; after: number } {
  const digits = argv.find((word) => /^-\d+$/.test(word))?.slice(1);
  const both = options.value('C') ?? digits ?? '0';
  return { before: Number(options.value('B') ?? both), after: Number(options.value('A') ?? both) };
}

function* patternsOf(options: Options, operands: string[]): Sys<string[] | { error: string }> {
  const patterns = [...options.all('e')];
  for (const file of options.all('f')) {
    const input = yield* readInput(file);
    if (!('text' in input)) return { error: `${file}: ${input.error}` };
    patterns.push(...linesOf(input.text));
  }
  if (options.has('e') || options.has('f')) return patterns.flatMap((p) => p.split('\n'));
  const first = operands.shift();
  return first === undefined ? { error: '' } : first.split('\n');
}

const help = (modern: boolean) =>
  `Usage: grep [OPTION]... PATTERN${modern ? 'S' : ''} [FILE]...\nTry 'grep --help' for more information.\n`;

export const grep = command(function* ({ argv }) {
  const name = (argv[0] ?? 'grep').replace(/^.*\//, '');
  const { given: options, operands, error } = optionsOf(spec, long, ['grep', ...argv.slice(1)]);
  if (error !== null) {
    yield* err(`${error}\n${help(yield* isModern())}`);
    return 2;
  }
  if (options.value('color') === 'always' || options.value('colour') === 'always') {
    yield* err('kvmlab: grep --color=always is not modelled\n');
    return 2;
  }
  const files = [...operands];
  const patterns = yield* patternsOf(options, files);
  if ('error' in patterns) {
    yield* err(patterns.error === '' ? help(yield* isModern()) : `grep: ${patterns.error}\n`);
    return 2;
  }
  const source = sourceOf(patterns, options, name);
  if (typeof source !== 'string') {
    // glibc's regcomp is asked first, and has no better word where nothing follows the bracket.
    const last = source.error.startsWith('Unmatched [') && patterns.some((p) => p.endsWith('['));
    const bracket = last && (yield* isModern());
    yield* err(`grep: ${bracket ? 'Invalid regular expression' : source.error}\n`);
    return 2;
  }
  const recursive = options.has('r');
  const roots = files.length > 0 ? files : [recursive ? '.' : '-'];
  const all: string[] = [];
  for (const root of roots) all.push(...(recursive ? yield* filesBelow(root) : [root]));
  const wanted = all.filter((file) => isWanted(options, file));
  const search: Search = {
    options,
    find: patterns.length === 0 ? () => [] : finder(source, options),
    names: options.has('H') || ((files.length > 1 || recursive) && !options.has('h')),
    ...contextOf(options, argv),
    limit: Number(options.value('m') ?? Number.MAX_SAFE_INTEGER),
  };
  if (Number.isNaN(search.limit)) return yield* usage('grep', 'grep: invalid max count', 2);
  return yield* searchFiles(search, wanted);
});
