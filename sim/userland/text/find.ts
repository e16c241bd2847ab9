/**
 * find: walk trees of files and test each.
 *
 * Models: findutils 4.5.11 find/ftsfind.c, pred.c, parser.c; lib/listfile.c for -ls is left out
 * Leaves out: -ls, -printf beyond %p %f %m %u %g %s %y, -regex, -newerXY, times other than -newer, -ok.
 */
import { failed, strerror } from '../../kernel/errno.ts';
import { command, type Sys } from '../../kernel/program.ts';
import type { Stat } from '../../kernel/request.ts';
import { err, lstat, readDir } from '../../libc/sys.ts';
import { type Expression, parseExpression } from './findExpression.ts';
import { holds } from './findPredicates.ts';

export type Visit = Readonly<{
  path: string;
  /** The path without the starting point. */
  below: string;
  name: string;
  depth: number;
  st: Stat;
}>;

type Limits = Readonly<{ min: number; max: number; depthFirst: boolean }>;

type Walk = Readonly<{
  root: string;
  expression: Expression;
  limits: Limits;
  env: Readonly<Record<string, string>>;
}>;

function* visit(walk: Walk, path: string, name: string, depth: number): Sys<boolean> {
  const st = yield* lstat(path);
  if (failed(st)) {
    yield* err(`find: '${path}': ${strerror(st.errno)}\n`);
    return false;
  }
  const beneath = path.slice(walk.root.length).replace(/^\//, '');
  const here: Visit = { path, below: beneath, name, depth, st };
  const { limits } = walk;
  const counts = depth >= limits.min;
  const state = { prune: false };
  if (counts && !limits.depthFirst) yield* holds(walk.expression, here, state, walk.env);
  let fine = true;
  if (st.type === 'dir' && depth < limits.max && !state.prune) {
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
  if (counts && limits.depthFirst) yield* holds(walk.expression, here, state, walk.env);
  return fine;
}

export const find = command(function* ({ argv, env }) {
  const words = argv.slice(1).filter((word, n) => !(n === 0 && /^-[HLP]$/.test(word)));
  const start = words.findIndex((word) => /^[-(!]/.test(word));
  const roots = start < 0 ? words : words.slice(0, start);
  const parsed = parseExpression(start < 0 ? [] : words.slice(start));
  if ('error' in parsed) {
    yield* err(`find: ${parsed.error}\n`);
    return 1;
  }
  for (const word of parsed.newer) {
    const st = yield* lstat(word);
    if (!failed(st)) continue;
    yield* err(`find: '${word}': ${strerror(st.errno)}\n`);
    return 1;
  }
  const walk = { expression: parsed.expression, limits: parsed, env };
  let fine = true;
  for (const root of roots.length === 0 ? ['.'] : roots) {
    const name = root.replace(/\/+$/, '').replace(/^.*\//, '') || '/';
    fine = (yield* visit({ ...walk, root }, root, name, 0)) && fine;
  }
  return fine ? 0 : 1;
});
