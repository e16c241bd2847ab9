/**
 * chacl: the ACL command of those who come from IRIX.
 *
 * Models: acl 2.2.51 chacl/chacl.c main, list_acl, set_acl, acl_delete_file
 *
 * Unlike setfacl it adds no mask: an ACL must be complete. And -R gives the owning group what the mask
 * withheld, where `setfacl -b` does not.
 */
import { type Acl, check, inserted } from '../../acl/entry.ts';
import type { Names } from '../../acl/text.ts';
import { failed, strerror } from '../../kernel/errno.ts';
import { command, type Sys } from '../../kernel/program.ts';
import { getopt } from '../../libc/getopt.ts';
import { err, print, readDir } from '../../libc/sys.ts';
import { getAccess, getDefault, setAccess, setDefault } from './aclFile.ts';
import { aclError, anyText } from './anyText.ts';
import { type Ids, lookUp } from './names.ts';
import { parseSequence } from './sequence.ts';

const usage = (name: string): string =>
  `Usage:
\t${name} acl pathname...
\t${name} -b acl dacl pathname...
\t${name} -d dacl pathname...
\t${name} -R pathname...
\t${name} -D pathname...
\t${name} -B pathname...
\t${name} -l pathname...\t[not IRIX compatible]
\t${name} -r pathname...\t[not IRIX compatible]
`;

const SOURCE = 'acl 2.2.51 chacl/chacl.c set_acl';

/** acl_from_text; null when it is none. */
function fromText(text: string, ids: Ids): Acl | null {
  if (!text.split(',').every((word) => /^\s*[ugom]/.test(word))) return null;
  const { commands, wrongAt } = parseSequence(text, { verb: 'replace', promote: false }, ids);
  const plain = commands.every((c) => c.type === 'access' && !c.conditionalExecute);
  if (wrongAt !== null || !plain) return null;
  return commands.reduce<Acl>((acl, { tag, id, perm }) => inserted(acl, { tag, id, perm }), []);
}

/** The ACL of an argument; null after a complaint. */
function* argument(name: string, text: string, ids: Ids): Sys<Acl | null> {
  const acl = fromText(text, ids);
  if (acl === null) {
    yield* err(`${name}: ${text} - Invalid argument\n`);
    return null;
  }
  const invalid = check(acl);
  if (invalid === null) return acl;
  yield* err(`${name}: access ACL '${text}': ${aclError(invalid)} at entry ${invalid.at}\n`);
  return null;
}

function* list(name: string, path: string, names: Names): Sys<boolean> {
  const access = yield* getAccess(path);
  if (failed(access)) {
    yield* err(`${name}: cannot get access ACL on '${path}': ${strerror(access.errno)}\n`);
    return false;
  }
  const byDefault = yield* getDefault(path);
  const text = (acl: Acl) => anyText(acl, { names, separator: ',', abbreviate: true });
  const second = failed(byDefault) || byDefault.length === 0 ? '' : `/${text(byDefault)}`;
  yield* print(`${path} [${text(access)}${second}]\n`);
  return true;
}

/** -R, -D, -B. Answers how many things failed. */
function* remove(name: string, letter: string, path: string): Sys<number> {
  let errors = 0;
  if (letter !== 'D') {
    const acl = yield* getAccess(path);
    const bare = failed(acl) ? acl : acl.filter((e) => e.id === null && e.tag !== 'mask');
    const done = failed(bare) ? bare : yield* setAccess(path, bare, SOURCE);
    if (failed(done)) {
      yield* err(`${name}: error removing access acl on "${path}": ${strerror(done.errno)}\n`);
      errors++;
    }
  }
  if (letter !== 'R') {
    const done = yield* setDefault(path, [], SOURCE);
    if (failed(done)) {
      yield* err(`${name}: error removing default acl on "${path}": ${strerror(done.errno)}\n`);
      errors++;
    }
  }
  return errors;
}

type Wanted = Readonly<{ access: Acl | null; byDefault: Acl | null; recursive: boolean }>;

function* setOn(name: string, wanted: Wanted, path: string): Sys<number> {
  let errors = 0;
  const names = wanted.recursive ? yield* readDir(path) : [];
  for (const each of failed(names) ? [] : names)
    errors += yield* setOn(name, wanted, `${path}/${each}`);
  for (const kind of ['access', 'default'] as const) {
    const acl = kind === 'access' ? wanted.access : wanted.byDefault;
    if (acl === null) continue;
    const done = yield* (kind === 'access' ? setAccess : setDefault)(path, acl, SOURCE);
    if (!failed(done)) continue;
    yield* err(`${name}: cannot set ${kind} acl on "${path}": ${strerror(done.errno)}\n`);
    errors++;
  }
  return errors;
}

export const chacl = command(function* ({ argv }) {
  const name = (argv[0] ?? '').replace(/.*\//, '');
  const { options, operands, error } = getopt({ short: 'bdlRDBr' }, argv);
  const [letter = ''] = options[0] ?? [];
  const needed = letter === 'b' ? 3 : letter === '' || letter === 'd' ? 2 : 1;
  if (error !== null || options.length > 1 || operands.length < needed) {
    yield* err((error === null ? '' : `${error}\n`) + usage(name));
    return 1;
  }
  const { ids, names } = yield* lookUp();
  let errors = 0;
  if (letter === 'l') {
    for (const path of operands) if (!(yield* list(name, path, names))) errors++;
    return errors;
  }
  if (/[RDB]/.test(letter)) {
    for (const path of operands) errors += yield* remove(name, letter, path);
    return errors;
  }
  const files = [...operands];
  const access = letter === 'd' ? null : yield* argument(name, files.shift() ?? '', ids);
  if (access === null && letter !== 'd') return 1;
  const wantsDefault = letter === 'b' || letter === 'd';
  const byDefault = wantsDefault ? yield* argument(name, files.shift() ?? '', ids) : null;
  if (byDefault === null && wantsDefault) return 1;
  const wanted = { access, byDefault, recursive: letter === 'r' };
  for (const path of files) errors += yield* setOn(name, wanted, path);
  return errors;
});
