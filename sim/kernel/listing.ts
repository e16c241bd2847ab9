/**
 * A directory's names: how one comes and goes, and in which order they are listed: the newest first.
 *
 * Models: Linux 6.1 fs/libfs.c dcache_readdir; fs/dcache.c d_alloc, __d_move
 *
 * A new file's name is as old as its inode number says. A link or a rename makes a name new again; that is written
 * down only where the inode number would tell another order.
 */
import type { Draft } from 'immer';
import { type Call, draftInode } from './call.ts';
import type { Inode } from './inode.ts';

/** Greater is newer. */
const place = ({ entries, moved }: Inode, name: string): number =>
  moved?.[name] ?? entries[name] ?? 0;

export const newestFirst = (directory: Inode): string[] =>
  Object.keys(directory.entries).sort(
    (a, b) => place(directory, b) - place(directory, a) || (a < b ? 1 : -1),
  );

/** A name for an inode that had one before. */
export function enterName(call: Call, directory: Inode, name: string, ino: number): void {
  const draft = draftInode(call, directory.ino);
  const isNewest = Object.keys(draft.entries).every((other) => place(draft, other) < ino);
  draft.entries[name] = ino;
  if (!isNewest) draft.moved = { ...draft.moved, [name]: call.draft().nextIno++ };
  draft.mtime = call.now;
  draft.ctime = call.now;
}

export function leaveName(directory: Draft<Inode>, name: string, now: number): void {
  delete directory.entries[name];
  if (directory.moved) delete directory.moved[name];
  directory.mtime = now;
  directory.ctime = now;
}
