/**
 * Visiting a path, and with -R everything below it.
 *
 * Models: acl 2.3.1 libmisc/walk_tree.c walk_tree, walk_tree_rec (2.2.49 differs for links)
 * Leaves out: running out of descriptors. Names come in sorted order, as a simulated directory lists them.
 *
 * Symlinks have no ACLs: named on the command line they are followed, met on the way they are skipped;
 * -L follows all, -P none. With -R a link named on the command line is visited but not entered, unless -L.
 */
import { type Failure, failed } from '../../kernel/errno.ts';
import type { Sys } from '../../kernel/program.ts';
import type { Stat } from '../../kernel/request.ts';
import { lstat, readDir, stat } from '../../libc/sys.ts';

export type Walk = Readonly<{ recursive: boolean; links: 'command line' | 'all' | 'none' }>;

/** Called for each file with its stat, or with why it could not be visited. Answers the number of errors. */
export type Visit = (path: string, st: Stat | Failure) => Sys<number>;

export function* walkTree(
  path: string,
  walk: Walk,
  visit: Visit,
  above: readonly string[] = [],
): Sys<number> {
  const itself = yield* lstat(path);
  if (failed(itself)) return yield* visit(path, itself);
  const isLink = itself.type === 'symlink';
  const follow = walk.links === 'all' || (walk.links === 'command line' && above.length === 0);
  if (isLink && !follow) return 0;
  const st = isLink ? yield* stat(path) : itself;
  if (failed(st)) return yield* visit(path, st);
  let errors = yield* visit(path, st);
  const enter = st.type === 'dir' && (!isLink || walk.links === 'all');
  const key = `${st.dev}:${st.ino}`;
  if (!walk.recursive || !enter || above.includes(key)) return errors;
  const names = yield* readDir(path);
  if (failed(names)) return errors + (yield* visit(path, names));
  for (const name of names)
    errors += yield* walkTree(`${path}/${name}`, walk, visit, [...above, key]);
  return errors;
}
