/**
 * What depmod has written about the modules on the disk, and what the administrator has said about them.
 *
 * Models: kmod 20 libkmod/libkmod-module.c, libkmod-config.c; modules.dep(5), modprobe.d(5)
 * Leaves out: softdeps, weak updates, remove commands.
 */
import { type Failure, failed, strerror } from '../../kernel/errno.ts';
import { readDir, readFile, type Sys, uname } from '../../libc/sys.ts';

/** `kernel/arch/x86/kvm/kvm-intel.ko.xz` is the module kvm_intel. */
export const nameOf = (file: string): string =>
  (file.split('/').pop() ?? '').replace(/\.ko(\.xz|\.gz)?$/, '').replaceAll('-', '_');

export type ModuleFiles = Readonly<{
  /** Module -> the modules it needs, nearest first. */
  needs: Readonly<Record<string, readonly string[]>>;
  aliases: readonly (readonly [pattern: string, name: string])[];
  /** `options kvm_intel nested=1`. */
  options: Readonly<Record<string, readonly string[]>>;
  blacklist: readonly string[];
  /** `install usb_storage /bin/true`: what to run instead of loading. */
  install: Readonly<Record<string, string>>;
  /** Module -> its file, below the modules' directory. */
  file: Readonly<Record<string, string>>;
}>;

/** What libkmod itself logs when delete_module fails, before the tool has its say. */
export const couldNotRemove = (tool: string, name: string, failure: Failure): string =>
  `${tool}: ERROR: ../libkmod/libkmod-module.c:793 kmod_module_remove_module() could not remove '${name}': ${strerror(failure.errno)}\n`;

const lines = (text: string) =>
  text
    .split('\n')
    .map((line) => line.replace(/#.*/, '').trim())
    .filter((line) => line !== '');

function* configuration(): Sys<string[]> {
  const found: string[] = [];
  for (const directory of ['/etc/modprobe.d', '/usr/lib/modprobe.d']) {
    const names = yield* readDir(directory);
    for (const name of failed(names) ? [] : names) {
      const text = name.endsWith('.conf') ? yield* readFile(`${directory}/${name}`) : '';
      if (!failed(text)) found.push(...lines(text));
    }
  }
  return found;
}

export function* moduleDirectory(): Sys<string> {
  return `/lib/modules/${(yield* uname()).release}`;
}

export function* moduleFiles(): Sys<ModuleFiles | null> {
  const directory = yield* moduleDirectory();
  const dep = yield* readFile(`${directory}/modules.dep`);
  if (failed(dep)) return null;
  const alias = yield* readFile(`${directory}/modules.alias`);
  const needs: Record<string, readonly string[]> = {};
  const files: Record<string, string> = {};
  for (const line of lines(dep)) {
    const [file = '', rest = ''] = line.split(':');
    files[nameOf(file)] = file;
    needs[nameOf(file)] = rest.split(/\s+/).filter(Boolean).map(nameOf);
  }
  const aliases = lines(failed(alias) ? '' : alias).map((line): readonly [string, string] => {
    const [, pattern = '', name = ''] = line.split(/\s+/);
    return [pattern, name];
  });
  const options: Record<string, readonly string[]> = {};
  const blacklist: string[] = [];
  const install: Record<string, string> = {};
  for (const line of yield* configuration()) {
    const [word, name = '', ...rest] = line.split(/\s+/);
    const module = name.replaceAll('-', '_');
    if (word === 'options') options[module] = [...(options[module] ?? []), ...rest];
    if (word === 'blacklist') blacklist.push(module);
    if (word === 'install') install[module] = rest.join(' ');
  }
  return { needs, aliases, options, blacklist, install, file: files };
}

const toRegExp = (pattern: string) =>
  new RegExp(
    `^${pattern
      .replace(/[.+^${}()|\\]/g, '\\$&')
      .replaceAll('*', '.*')
      .replaceAll('?', '.')}$`,
  );

/** The modules that a name or a modalias stands for; none when there is no such module. */
export function resolve(files: ModuleFiles, name: string): readonly string[] {
  const plain = name.replaceAll('-', '_');
  if (Object.hasOwn(files.needs, plain)) return [plain];
  const hits = files.aliases
    .filter(([pattern]) => toRegExp(pattern).test(name))
    .map(([, module]) => module);
  return [...new Set(hits)].filter((module) => !files.blacklist.includes(module));
}
