/**
 * The letters of find's -type and %y.
 *
 * Models: findutils 4.9 find/util.c mode_to_filetype
 */
import type { FileType } from '../../kernel/inode.ts';

const letters: Readonly<Record<FileType, string>> = {
  file: 'f',
  dir: 'd',
  symlink: 'l',
  char: 'c',
  block: 'b',
  fifo: 'p',
  socket: 's',
};

export const typeLetter = ({ type }: Readonly<{ type: FileType }>): string => letters[type];
