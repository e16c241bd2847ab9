/**
 * Visiting a path, and with -R everything below it.
 *
 * Models: acl 2.2.51 libmisc/walk_tree.c walk_tree, walk_tree_rec
 * Leaves out: running out of descriptors. Names come in sorted order, as a simulated directory lists them.
 *
 * Symlinks have no ACLs: named on the command line they are followed, met on the way they are skipped;
 * -L follows all, -P none.
 */
import { type Failure, failed } from '../../kernel/errno.ts';
import type { Sys } from '../../kernel/program.ts';
import type { Stat } from '../../kernel/request.ts';
import { lstat, readDir, stat } from '../../libc/sys.ts';

export type Walk = Readonly<{ recursive: boolean; links: 'command line' | 'all' | 'none' }>;

/** Called for each file with its stat, or with why it could not be visited. Answers the number of errors. */
export type Visit = (path: string, st: Stat | Failure) => Sys<number>;

export function* walkTree(path: string, walk: Walk, visit: Visit, depth = 0): Sys<number> {
  const itself = yield* lstat(path);
  if (failed(itself)) return yield* visit(path, itself);
  const isLink = itself.type === 'symlink';
  const follow = walk.links === 'all' || (walk.links === 'command line' && depth === 0);
  if (isLink && !follow) return 0;
  const st = isLink ? yield* stat(path) : itself;
  if (failed(st)) return yield* visit(path, st);
  let errors = yield* visit(path, st);
  if (!walk.recursive || st.type !== 'dir') return errors;
  const names = yield* readDir(path);
  if (failed(names)) return errors + (yield* visit(path, names));
  const base = path.endsWith('/') ? path : `${path}/`;
  for (const name of names) errors += yield* walkTree(base + name, walk, visit, depth + 1);
  return errors;
}
