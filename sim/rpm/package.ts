/**
 * A package: its files, and the scriptlets that run around them.
 *
 * Models: RPM 4.11 as far as `rpm -q --scripts` and the effects of a transaction show it
 *
 * A scriptlet is a list of commands, each with the condition under which the shell of the real one runs it.
 */
import { own } from '../kernel/own.ts';

export type PackageFile = Readonly<{
  path: string;
  mode?: number;
  /** Names, as in the package header: resolved when the file is unpacked. */
  owner?: string;
  group?: string;
  content?: string;
  target?: string;
  /** %config(noreplace): a file that is already there stays. */
  config?: true;
}>;

/** `getent group kvm >/dev/null || groupadd -g 36 -r kvm` is { unless: [getent ...], argv: [groupadd ...] }. */
export type ScriptletCommand = Readonly<{
  unless?: readonly string[];
  argv: readonly string[];
  /** The line as the package has it, for `rpm -q --scripts`. */
  text: string;
}>;

export type Package = Readonly<{
  name: string;
  epoch: number;
  version: string;
  release: string;
  summary: string;
  requires: readonly string[];
  files: readonly PackageFile[];
  pre: readonly ScriptletCommand[];
  post: readonly ScriptletCommand[];
  postun: readonly ScriptletCommand[];
}>;

export const nevra = (p: Package): string => `${p.name}-${p.version}-${p.release}.x86_64`;

/** What a transaction does, one after the other. */
export type Step =
  | Readonly<{ type: 'script'; package: string; command: ScriptletCommand }>
  | Readonly<{ type: 'unpack'; package: string; file: PackageFile }>
  | Readonly<{ type: 'erase'; package: string; file: PackageFile }>
  | Readonly<{ type: 'recorded'; package: Package; installed: boolean }>;

/** Requirements before those who require them; each package once. */
export function inOrder(
  names: readonly string[],
  known: Readonly<Record<string, Package>>,
): Package[] {
  const ordered: Package[] = [];
  const visit = (name: string) => {
    const found = own(known, name);
    if (found === undefined || ordered.includes(found)) return;
    for (const needed of found.requires) visit(needed);
    ordered.push(found);
  };
  for (const name of names) visit(name);
  return ordered;
}

/** rpmtsRun's order: a package's %pre, its files, its %post; then the next package. */
export const installSteps = (packages: readonly Package[]): Step[] =>
  packages.flatMap((p): Step[] => [
    ...p.pre.map((command): Step => ({ type: 'script', package: p.name, command })),
    ...p.files.map((file): Step => ({ type: 'unpack', package: p.name, file })),
    { type: 'recorded', package: p, installed: true },
    ...p.post.map((command): Step => ({ type: 'script', package: p.name, command })),
  ]);

export const eraseSteps = (packages: readonly Package[]): Step[] =>
  packages.flatMap((p): Step[] => [
    ...[...p.files].reverse().map((file): Step => ({ type: 'erase', package: p.name, file })),
    { type: 'recorded', package: p, installed: false },
    ...p.postun.map((command): Step => ({ type: 'script', package: p.name, command })),
  ]);
