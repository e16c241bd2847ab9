/**
 * rpm: questions about packages.
 *
 * Models: RPM 4.11 rpmqv.c, lib/query.c (-q, -qa, -ql, -qf, --scripts, -p)
 * Leaves out: installing from files; every other query.
 */
import { command } from '../kernel/program.ts';
import { getopt } from '../libc/getopt.ts';
import { err, out, type Sys } from '../libc/sys.ts';
import { installed } from './database.ts';
import { nevra, type Package } from './package.ts';
import { available } from './repository.ts';

function* scripts(p: Package): Sys<void> {
  for (const [when, commands] of [
    ['preinstall', p.pre],
    ['postinstall', p.post],
    ['postuninstall', p.postun],
  ] as const) {
    if (commands.length === 0) continue;
    yield* out(
      `${when} scriptlet (using /bin/sh):\n${commands.map((c) => `${c.text}\n`).join('')}`,
    );
  }
}

const plain = (path: string) => path.replace(/\/$/, '');

export const rpm = command(function* ({ argv }) {
  const parsed = getopt(
    { short: 'qalfp', long: { query: 'none', scripts: 'none', all: 'none', list: 'none' } },
    argv,
  );
  const has = (...names: string[]) => parsed.options.some(([name]) => names.includes(name));
  if (parsed.error !== null || !has('q', 'query')) {
    yield* err(
      `rpm: ${parsed.error?.replace(/^rpm: /, '') ?? 'only queries (-q) are modelled here; use yum to install'}\n`,
    );
    return 1;
  }
  const repository = yield* available();
  const have = yield* installed();
  const all = has('a', 'all') ? have : [];
  let code = 0;
  for (const name of [...all, ...parsed.operands]) {
    const owner = has('f')
      ? have.find((n) => repository[n]?.files.some((f) => plain(f.path) === name))
      : name.replace(/-\d.*$/, '');
    const found = owner === undefined ? undefined : repository[owner];
    if (found === undefined || (!has('p') && !have.includes(found.name))) {
      yield* out(
        has('f')
          ? `file ${name} is not owned by any package\n`
          : `package ${name} is not installed\n`,
      );
      code = 1;
    } else if (has('scripts')) yield* scripts(found);
    else if (has('l', 'list')) yield* out(found.files.map((f) => `${plain(f.path)}\n`).join(''));
    else yield* out(`${nevra(found)}\n`);
  }
  return code;
});
