/**
 * find: walk trees of files and test each.
 *
 * Models: findutils 4.5.11, 4.9 find/ftsfind.c, find/parser.c
 * Leaves out: -ls, -fprint and its kin, -newerXY but -newermt; each is refused by its name.
 */
import { failed, strerror } from '../../kernel/errno.ts';
import { command, type Sys } from '../../kernel/program.ts';
import type { Stat } from '../../kernel/request.ts';
import { getgrnam, getpwnam } from '../../libc/nss.ts';
import { clock, err, lstat, readDir } from '../../libc/sys.ts';
import { parseDate } from '../coreutils/datetime.ts';
import { launch } from './findActions.ts';
import { type Expression, type Parsed, parseExpression } from './findExpression.ts';
import { look } from './findLook.ts';
import { holds } from './findPredicates.ts';

export type Visit = Readonly<{
  path: string;
  root: string;
  /** The path without the starting point. */
  below: string;
  name: string;
  depth: number;
  st: Stat;
  /** Links are followed here, and where the command line names a file. */
  followed: boolean;
  namedFollowed: boolean;
}>;

/** What the walk as a whole knows and is told by its actions. */
export type Search = {
  env: Readonly<Record<string, string>>;
  /** Do not enter this directory. */
  prune: boolean;
  quit: boolean;
  /** `-exec ... {} +`: its words -> the paths so far. */
  gathered: Map<readonly string[], string[]>;
};

type Limits = Readonly<{ min: number; max: number; depthFirst: boolean }>;

type Walk = Readonly<{
  root: string;
  expression: Expression;
  limits: Limits;
  /** -L, -H, -P. */
  follow: 'all' | 'named' | 'none';
  search: Search;
}>;

function* visit(walk: Walk, path: string, name: string, depth: number): Sys<boolean> {
  const { limits, search, root } = walk;
  if (search.quit) return true;
  const followed = walk.follow === 'all' || (walk.follow === 'named' && depth === 0);
  const st = yield* look(path, followed);
  if (failed(st)) {
    yield* err(`find: '${path}': ${strerror(st.errno)}\n`);
    return false;
  }
  const beneath = path.slice(root.length).replace(/^\//, '');
  const namedFollowed = walk.follow !== 'none';
  const here: Visit = { path, root, below: beneath, name, depth, st, followed, namedFollowed };
  const counts = depth >= limits.min;
  search.prune = false;
  if (counts && !limits.depthFirst) yield* holds(walk.expression, here, search);
  let fine = true;
  if (st.type === 'dir' && depth < limits.max && !search.prune && !search.quit) {
    const names = yield* readDir(path);
    if (failed(names)) {
      yield* err(`find: '${path}': ${strerror(names.errno)}\n`);
      fine = false;
    } else {
      for (const child of names) {
        const below = path.endsWith('/') ? path + child : `${path}/${child}`;
        fine = (yield* visit(walk, below, child, depth + 1)) && fine;
      }
    }
  }
  if (counts && limits.depthFirst && !search.quit) yield* holds(walk.expression, here, search);
  return fine;
}

type Plan = Exclude<Parsed, { error: string }>;

/** A file, a user or a group that the expression names and nobody knows; null when all is well. */
function* unknown({ named, owners }: Plan): Sys<string | null> {
  for (const word of named) {
    const st = yield* lstat(word);
    if (failed(st)) return `'${word}': ${strerror(st.errno)}`;
  }
  for (const [test, word] of owners) {
    if (test === '-newermt') {
      if (parseDate(word, yield* clock()) === null)
        return `I cannot figure out how to interpret '${word}' as a date or time`;
      continue;
    }
    if (/^\d+$/.test(word)) continue;
    if (test === '-user' && (yield* getpwnam(word)) === null)
      return `'${word}' is not the name of a known user`;
    if (test === '-group' && (yield* getgrnam(word)) === null)
      return `'${word}' is not the name of an existing group`;
  }
  return null;
}

const follows = { '-L': 'all', '-H': 'named', '-P': 'none' } as const;

export const find = command(function* ({ argv, env }) {
  const words = argv.slice(1);
  let follow: Walk['follow'] = 'none';
  while (/^-[HLP]$/.test(words[0] ?? '')) follow = follows[words.shift() as keyof typeof follows];
  const start = words.findIndex((word) => /^[-(!]/.test(word));
  const roots = start < 0 ? words : words.slice(0, start);
  const parsed = parseExpression(start < 0 ? [] : words.slice(start));
  if ('error' in parsed) {
    yield* err(
      parsed.unmodelled
        ? `kvmlab: find ${parsed.error} is not modelled\n`
        : `find: ${parsed.error}\n`,
    );
    return parsed.unmodelled ? 2 : 1;
  }
  const lacks = yield* unknown(parsed);
  if (lacks !== null) {
    yield* err(`find: ${lacks}\n`);
    return 1;
  }
  const search: Search = { env, prune: false, quit: false, gathered: new Map() };
  const walk = { expression: parsed.expression, limits: parsed, follow, search };
  let fine = true;
  for (const root of roots.length === 0 ? ['.'] : roots) {
    const name = root.replace(/\/+$/, '').replace(/^.*\//, '') || '/';
    fine = (yield* visit({ ...walk, root }, root, name, 0)) && fine;
  }
  for (const [args, paths] of search.gathered)
    fine = (yield* launch([...args, ...paths], env)) && fine;
  return fine ? 0 : 1;
});
