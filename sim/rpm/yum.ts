/**
 * yum: find packages, install what they need first, say what was done.
 *
 * Models: yum 3.4.3 cli.py installPkgs, erasePkgs, reinstallPkgs; output.py postTransactionOutput
 * Leaves out: mirrors, downloads, groups, plugins, the table of the transaction summary.
 */
import { own } from '../kernel/own.ts';
import { command } from '../kernel/program.ts';
import { getopt } from '../libc/getopt.ts';
import { err, getcred, out, type Sys } from '../libc/sys.ts';
import { installed } from './database.ts';
import { eraseSteps, inOrder, installSteps, nevra, type Package, type Step } from './package.ts';
import { available } from './repository.ts';
import { carryOut } from './transaction.ts';

const label = (p: Package) => `${p.name}.x86_64 ${p.epoch}:${p.version}-${p.release}`;

function* transaction(
  verb: 'Installed' | 'Removed',
  packages: readonly Package[],
  steps: readonly Step[],
): Sys<number> {
  yield* out('Resolving Dependencies\n--> Running transaction check\n');
  const coming = verb === 'Installed' ? 'installed' : 'erased';
  for (const p of packages) yield* out(`---> Package ${label(p)} will be ${coming}\n`);
  yield* out(
    '--> Finished Dependency Resolution\n\nDependencies Resolved\n\nRunning transaction\n',
  );
  for (const step of steps) {
    yield* carryOut(step);
    if (step.type === 'recorded') {
      const doing = step.installed ? 'Installing' : 'Erasing';
      yield* out(`  ${doing} : ${nevra(step.package)}\n`);
    }
  }
  yield* out(`\n${verb}:\n${packages.map((p) => `  ${label(p)}\n`).join('')}\nComplete!\n`);
  return 0;
}

function* install(names: readonly string[]): Sys<number> {
  const repository = yield* available();
  const have = yield* installed();
  for (const name of names) {
    const found = own(repository, name);
    if (found === undefined) yield* out(`No package ${name} available.\n`);
    else if (have.includes(name))
      yield* out(`Package ${nevra(found)} already installed and latest version\n`);
  }
  const wanted = names.filter((name) => own(repository, name) && !have.includes(name));
  if (wanted.length === 0) {
    const unknown = names.every((name) => own(repository, name) === undefined);
    yield* unknown ? err('Error: Nothing to do\n') : out('Nothing to do\n');
    return unknown ? 1 : 0;
  }
  const packages = inOrder(wanted, repository).filter((p) => !have.includes(p.name));
  return yield* transaction('Installed', packages, installSteps(packages));
}

function* reinstall(names: readonly string[]): Sys<number> {
  const repository = yield* available();
  const have = yield* installed();
  const packages = names.flatMap((name) =>
    have.includes(name) ? (own(repository, name) ?? []) : [],
  );
  if (packages.length === 0) {
    yield* err('Error: Nothing to do\n');
    return 1;
  }
  return yield* transaction('Installed', packages, installSteps(packages));
}

function* remove(names: readonly string[]): Sys<number> {
  const repository = yield* available();
  const have = yield* installed();
  const gone = new Set(names.filter((name) => have.includes(name)));
  for (const name of names)
    if (!have.includes(name)) yield* out(`No Match for argument: ${name}\n`);
  for (let before = -1; before !== gone.size; ) {
    before = gone.size;
    for (const name of have)
      if (own(repository, name)?.requires.some((r) => gone.has(r))) gone.add(name);
  }
  const packages = inOrder([...gone], repository)
    .filter((p) => gone.has(p.name))
    .reverse();
  if (packages.length === 0) {
    yield* out('No Packages marked for removal\n');
    return 0;
  }
  return yield* transaction('Removed', packages, eraseSteps(packages));
}

function* list(): Sys<number> {
  const repository = yield* available();
  const have = yield* installed();
  yield* out('Installed Packages\n');
  for (const name of have) {
    const p = own(repository, name);
    if (p)
      yield* out(
        `${`${name}.x86_64`.padEnd(40)} ${`${p.epoch}:${p.version}-${p.release}`.padEnd(24)} @centos-qemu-ev\n`,
      );
  }
  return 0;
}

const verbs: Readonly<Record<string, (names: readonly string[]) => Sys<number>>> = {
  install,
  reinstall,
  remove,
  erase: remove,
  list,
};

export const yum = command(function* ({ argv }) {
  const parsed = getopt({ short: 'yq', long: { assumeyes: 'none', quiet: 'none' } }, [
    'yum',
    ...argv.slice(1),
  ]);
  const [verb = '', ...names] = parsed.operands;
  if (parsed.error !== null) {
    yield* err(
      `Usage: yum [options] COMMAND\n\nCommand line error: no such option: ${parsed.error.replace(/.*option (-- )?'?|'$/g, '')}\n`,
    );
    return 1;
  }
  yield* out('Loaded plugins: fastestmirror\n');
  const run = own(verbs, verb);
  if (run === undefined) {
    yield* out(`No such command: ${verb}. Please use /usr/bin/yum --help\n`);
    return 1;
  }
  const { uid } = yield* getcred();
  if (uid !== 0 && verb !== 'list') {
    yield* out('You need to be root to perform this command.\n');
    return 1;
  }
  return yield* run(names);
});
