/**
 * lsmod and rmmod: what is loaded, and taking out one module.
 *
 * Models: kmod 20 tools/lsmod.c do_lsmod, tools/rmmod.c check_module_inuse
 */
import { failed, strerror } from '../../kernel/errno.ts';
import { command } from '../../kernel/program.ts';
import { getopt } from '../../libc/getopt.ts';
import { deleteModule, err, out, readFile } from '../../libc/sys.ts';
import { couldNotRemove, nameOf } from './moduleFiles.ts';

type Loaded = Readonly<{ name: string; size: string; refs: number; users: readonly string[] }>;

const parse = (text: string): Loaded[] =>
  text
    .split('\n')
    .filter(Boolean)
    .map((line) => {
      const [name = '', size = '', refs = '0', users = '-'] = line.split(' ');
      return {
        name,
        size,
        refs: Number(refs),
        users: users === '-' ? [] : users.split(',').filter(Boolean),
      };
    });

export const lsmod = command(function* ({ argv: [name = '', ...words] }) {
  if (words.length > 0) {
    yield* err(`Usage: ${name}\n`);
    return 1;
  }
  const text = yield* readFile('/proc/modules');
  yield* out('Module                  Size  Used by\n');
  for (const m of parse(failed(text) ? '' : text)) {
    yield* out(
      `${m.name.padEnd(19)} ${m.size.padStart(8)}  ${m.refs}${m.users.length > 0 ? ` ${m.users.join(',')}` : ' '}\n`,
    );
  }
  return 0;
});

export const rmmod = command(function* ({ argv }) {
  const long = { force: 'none', syslog: 'none', verbose: 'none' } as const;
  const { operands: names, error } = getopt({ short: 'fsv', long }, argv);
  if (error !== null) {
    yield* err(`${error}\n`);
    return 1;
  }
  if (names.length === 0) {
    yield* err('rmmod: ERROR: missing module name.\n');
    return 1;
  }
  let code = 0;
  for (const given of names) {
    const name = nameOf(given);
    const text = yield* readFile('/proc/modules');
    const found = parse(failed(text) ? '' : text).find((m) => m.name === name);
    let says: string | null = null;
    if (found === undefined) says = `Module ${name} is not currently loaded`;
    else if (found.users.length > 0) says = `Module ${name} is in use by: ${found.users.join(' ')}`;
    else if (found.refs > 0) says = `Module ${name} is in use`;
    else {
      const done = yield* deleteModule(name);
      if (failed(done)) {
        yield* err(couldNotRemove('rmmod', name, done));
        says = `could not remove module ${given}: ${strerror(done.errno)}`;
      }
    }
    if (says === null) continue;
    yield* err(`rmmod: ERROR: ${says}\n`);
    code = 1;
  }
  return code;
});
