/**
 * modprobe: load a module with all that it needs, or take it out with what nobody needs any more.
 *
 * Models: kmod 20 tools/modprobe.c insmod, rmmod_do_module, rmmod_do_remove_module
 * Leaves out: remove commands, softdeps, --show-depends, syslog output.
 */

import { type Failure, failed, strerror } from '../../kernel/errno.ts';
import { own } from '../../kernel/own.ts';
import { command } from '../../kernel/program.ts';
import { getopt } from '../../libc/getopt.ts';
import {
  deleteModule,
  err,
  initModule,
  out,
  readFile,
  run,
  type Sys,
  stat,
} from '../../libc/sys.ts';
import {
  couldNotRemove,
  type ModuleFiles,
  moduleDirectory,
  moduleFiles,
  resolve,
} from './moduleFiles.ts';

type Flags = Readonly<{
  quiet: boolean;
  verbose: boolean;
  dry: boolean;
  useBlacklist: boolean;
  firstTime: boolean;
  ignoreInstall: boolean;
}>;

const isLive = (name: string): Sys<boolean> =>
  (function* () {
    return !failed(yield* stat(`/sys/module/${name}/initstate`));
  })();

const paramsOf = (words: readonly string[]): Record<string, string> =>
  Object.fromEntries(
    words.map((word) => [word.split('=')[0] ?? '', word.split('=').slice(1).join('=')]),
  );

/** command_do: an install line's command runs in place of the loading; its failure is 1, which reads as EPERM. */
function* runInstead(name: string, text: string, flags: Flags): Sys<Failure | null> {
  if (flags.verbose) yield* out(`install ${text}\n`);
  if (flags.dry) return null;
  const argv = text.split(/\s+/).filter(Boolean);
  const status = yield* run(argv[0] ?? '', argv);
  if (!failed(status) && status.code === 0) return null;
  yield* err(
    `modprobe: ERROR: ../libkmod/libkmod-module.c:977 command_do() Error running install command for ${name}\n`,
  );
  return { errno: 'EPERM' };
}

/** Load one module after what it needs. A dependency that cannot be loaded ends it. */
function* load(
  files: ModuleFiles,
  name: string,
  words: readonly string[],
  flags: Flags,
): Sys<Failure | null> {
  for (const needed of [...(own(files.needs, name) ?? [])].reverse()) {
    if (yield* isLive(needed)) continue;
    const failure = yield* load(files, needed, [], flags);
    if (failure) return failure;
  }
  if (yield* isLive(name)) return null;
  const params = [...(own(files.options, name) ?? []), ...words];
  const instead = flags.ignoreInstall ? undefined : own(files.install, name);
  if (instead !== undefined) return yield* runInstead(name, instead, flags);
  const file = `${yield* moduleDirectory()}/${own(files.file, name) ?? name}`;
  if (flags.verbose) yield* out(`insmod ${file} ${params.join(' ')}\n`);
  if (flags.dry) return null;
  const done = yield* initModule(name, paramsOf(params));
  return failed(done) && done.errno !== 'EEXIST'
    ? done
    : failed(done) && !(yield* isLive(name))
      ? done
      : null;
}

const insertError = (failure: Failure): string => {
  if (failure.errno === 'EEXIST') return 'Module already in kernel';
  if (failure.errno === 'ENOENT')
    return 'Unknown symbol in module, or unknown parameter (see dmesg)';
  return strerror(failure.errno);
};

function* insert(
  files: ModuleFiles,
  given: string,
  words: readonly string[],
  flags: Flags,
): Sys<number> {
  const names = resolve(files, given);
  if (names.length === 0) {
    if (!flags.quiet) yield* err(`modprobe: FATAL: Module ${given} not found.\n`);
    return 1;
  }
  for (const name of names) {
    if (flags.useBlacklist && files.blacklist.includes(name)) continue;
    const again = flags.firstTime && (yield* isLive(name));
    const failure: Failure | null = again
      ? { errno: 'EEXIST' }
      : yield* load(files, name, words, flags);
    if (failure === null) continue;
    yield* err(`modprobe: ERROR: could not insert '${name}': ${insertError(failure)}\n`);
    return 1;
  }
  return 0;
}

function* references(name: string): Sys<number> {
  const count = yield* readFile(`/sys/module/${name}/refcnt`);
  return failed(count) ? 0 : Number(count.trim());
}

function* holders(files: ModuleFiles, name: string): Sys<string[]> {
  const found: string[] = [];
  for (const [other, needs] of Object.entries(files.needs)) {
    if (needs.includes(name) && (yield* isLive(other))) found.push(other);
  }
  return found;
}

function* remove(files: ModuleFiles, given: string, flags: Flags): Sys<number> {
  const [name] = resolve(files, given);
  if (name === undefined) {
    if (!flags.quiet) yield* err(`modprobe: FATAL: Module ${given} not found.\n`);
    return 1;
  }
  if (!(yield* isLive(name))) {
    if (flags.firstTime) yield* err(`modprobe: FATAL: Module ${name} is not in kernel.\n`);
    return flags.firstTime ? 1 : 0;
  }
  if ((yield* references(name)) > 0 || (yield* holders(files, name)).length > 0) {
    if (!flags.quiet) yield* err(`modprobe: FATAL: Module ${name} is in use.\n`);
    return 1;
  }
  if (flags.verbose) yield* out(`rmmod ${name}\n`);
  const done = flags.dry ? null : yield* deleteModule(name);
  if (failed(done)) {
    yield* err(couldNotRemove('modprobe', name, done));
    return 1;
  }
  for (const needed of own(files.needs, name) ?? []) {
    const free = (yield* references(needed)) === 0 && (yield* holders(files, needed)).length === 0;
    if (free && (yield* isLive(needed))) yield* deleteModule(needed);
  }
  return 0;
}

const long = {
  remove: 'none',
  verbose: 'none',
  quiet: 'none',
  'dry-run': 'none',
  'show-depends': 'none',
  all: 'none',
  'use-blacklist': 'none',
  force: 'none',
  'first-time': 'none',
  'ignore-install': 'none',
  syslog: 'none',
} as const;

export const modprobe = command(function* ({ argv }) {
  const parsed = getopt({ short: '+rvqnDabfis', long }, ['modprobe', ...argv.slice(1)]);
  const has = (...names: string[]) => parsed.options.some(([name]) => names.includes(name));
  const [name, ...words] = parsed.operands;
  if (parsed.error !== null || name === undefined) {
    yield* err(
      parsed.error === null
        ? 'modprobe: ERROR: missing parameters. See -h.\n'
        : `${parsed.error}\n`,
    );
    return 1;
  }
  const files = yield* moduleFiles();
  if (files === null) {
    yield* err(`modprobe: FATAL: Module ${name} not found.\n`);
    return 1;
  }
  const flags: Flags = {
    quiet: has('q', 'quiet'),
    verbose: has('v', 'verbose'),
    dry: has('n', 'dry-run'),
    useBlacklist: has('b', 'use-blacklist'),
    firstTime: has('first-time'),
    ignoreInstall: has('i', 'ignore-install'),
  };
  if (has('r', 'remove')) {
    let code = 0;
    for (const each of parsed.operands) code = (yield* remove(files, each, flags)) || code;
    return code;
  }
  if (!has('a', 'all')) return yield* insert(files, name, words, flags);
  let code = 0;
  for (const each of parsed.operands) code = (yield* insert(files, each, [], flags)) || code;
  return code;
});
