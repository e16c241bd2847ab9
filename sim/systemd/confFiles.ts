/**
 * Configuration directories: files of /etc mask those of /run, and those of /usr/lib, by name.
 *
 * Models: systemd v219, v252 src/basic/conf-files.c conf_files_list_strv
 */
import { failed } from '../kernel/errno.ts';
import type { Sys } from '../kernel/program.ts';
import { readDir, readFile } from '../libc/sys.ts';

/** `modules-load.d` below each of these, the first that has a file of a name wins. */
export const confDirs = (name: string): readonly string[] =>
  ['/etc', '/run', '/usr/lib'].map((parent) => `${parent}/${name}`);

export type ConfFile = Readonly<{ path: string; lines: readonly string[] }>;

/** In the order of their names, whatever their directory; without empty lines and comments. */
export function* confFiles(name: string): Sys<readonly ConfFile[]> {
  const found: Record<string, string> = {};
  for (const directory of confDirs(name)) {
    const names = yield* readDir(directory);
    for (const file of failed(names) ? [] : names) {
      if (file.endsWith('.conf')) found[file] ??= `${directory}/${file}`;
    }
  }
  const files: ConfFile[] = [];
  for (const file of Object.keys(found).sort()) {
    const path = found[file] ?? '';
    const text = yield* readFile(path);
    const lines = (failed(text) ? '' : text).split('\n').map((line) => line.trim());
    files.push({ path, lines: lines.filter((line) => line !== '' && !/^[#;]/.test(line)) });
  }
  return files;
}
