/**
 * Which rules files there are, and whether they have changed.
 *
 * Models: systemd v219 src/shared/conf-files.c conf_files_list_strv, src/shared/path-util.c paths_check_timestamp,
 *   src/udev/udev-rules.c udev_rules_new; v252 src/basic/conf-files.c, udev_rules_load, udev_rules_should_reload
 *
 * Files are read in the order of their names, whatever directory they are in; of two with one name the
 * earlier directory's counts. An empty file, or a link to /dev/null, so takes another out of the way.
 */
import { failed, strerror } from '../kernel/errno.ts';
import type { Sys } from '../kernel/program.ts';
import { readDir, readFile, stat } from '../libc/sys.ts';
import type { ResolveNames } from './draft.ts';
import { type Log, say } from './log.ts';
import { type Names, readNames } from './numbers.ts';
import { parse } from './parse.ts';
import type { RulesFile } from './rule.ts';
import type { UdevSwitches } from './switches.ts';

export type LoadedRules = Readonly<{
  files: readonly RulesFile[];
  /** The newest mtime of the rules directories, ms (v219). */
  timestamp: number;
  /** path -> inode, size and mtime (v252). */
  stats: Readonly<Record<string, string>>;
}>;

/** Paths in the order in which they are read. */
export function* listRules(switches: UdevSwitches, log: Log): Sys<readonly string[]> {
  const byName = new Map<string, string>();
  for (const directory of switches.rulesDirs) {
    const names = yield* readDir(directory);
    for (const name of failed(names) ? [] : names) {
      if (!name.endsWith('.rules') || name.startsWith('.')) continue;
      const path = `${directory}/${name}`;
      if (!byName.has(name)) byName.set(name, path);
      else if (switches.version === 219) say(log, 'debug', `Skipping overridden file: ${path}.`);
      else say(log, 'debug', `Skipping overridden file '${path}'.`);
    }
  }
  return [...byName].sort(([a], [b]) => (a < b ? -1 : 1)).map(([, path]) => path);
}

/** paths_check_timestamp: the newest mtime. A directory whose clock went back is not noticed. */
export function* newestDirectory(switches: UdevSwitches, since: number, log: Log): Sys<number> {
  let newest = since;
  for (const directory of switches.rulesDirs) {
    const seen = yield* stat(directory);
    if (failed(seen) || seen.mtime <= newest) continue;
    say(log, 'debug', `timestamp of '${directory}' changed`);
    newest = seen.mtime;
  }
  return newest;
}

function* statsOf(paths: readonly string[]): Sys<Record<string, string>> {
  const stats: Record<string, string> = {};
  for (const path of paths) {
    const seen = yield* stat(path);
    if (!failed(seen)) stats[path] = `${seen.dev} ${seen.ino} ${seen.size} ${seen.mtime}`;
  }
  return stats;
}

const noRules: RulesFile['rules'] = [];

function* loadFile(
  path: string,
  switches: UdevSwitches,
  names: Names,
  resolve: ResolveNames,
  known: Map<string, number>,
  log: Log,
): Sys<RulesFile> {
  const seen = yield* stat(path);
  const empty = !failed(seen) && (seen.type === 'char' || seen.size === 0);
  if (empty) say(log, 'debug', `Skipping empty file: ${path}`);
  const text = empty || failed(seen) ? null : yield* readFile(path);
  if (text === null) return { path, rules: noRules };
  if (failed(text) && text.errno === 'EISDIR' && switches.version !== 219) {
    // It opens like a file, and cannot be read.
    say(log, 'debug', `Reading rules file: ${path}`);
    say(log, 'debug', `Failed to read rules file ${path}, ignoring: ${strerror(text.errno)}`);
    return { path, rules: noRules };
  }
  if (failed(text)) {
    const reason = `Failed to open ${path}, ignoring: ${strerror(text.errno)}`;
    if (switches.version !== 219) say(log, 'warning', reason);
    return { path, rules: noRules };
  }
  const parsed = parse(text, path, { switches, names, resolve, known });
  log.push(...parsed.log);
  return parsed.file;
}

export function* loadRules(
  switches: UdevSwitches,
  resolve: ResolveNames,
  log: Log,
): Sys<LoadedRules> {
  const byDirectory = switches.changedRules === 'directory-mtime';
  const timestamp = byDirectory ? yield* newestDirectory(switches, 0, log) : 0;
  const paths = yield* listRules(switches, log);
  const names = yield* readNames();
  const known = new Map<string, number>();
  const files: RulesFile[] = [];
  for (const path of paths) {
    files.push(yield* loadFile(path, switches, names, resolve, known, log));
  }
  const stats = byDirectory ? {} : yield* statsOf(paths);
  return { files: files.filter((file) => file.rules.length > 0), timestamp, stats };
}

export function* rulesChanged(rules: LoadedRules, switches: UdevSwitches): Sys<boolean> {
  if (switches.changedRules === 'directory-mtime') {
    return (yield* newestDirectory(switches, rules.timestamp, [])) > rules.timestamp;
  }
  const now = yield* statsOf(yield* listRules(switches, []));
  return JSON.stringify(now) !== JSON.stringify(rules.stats);
}
