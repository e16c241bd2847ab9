/**
 * setfacl's work on one file: read its ACLs, decide, write what has changed.
 *
 * Models: acl 2.2.51 setfacl/do_set.c do_set, retrieve_acl, print_test
 *
 * An ACL that comes out as it went in is not written: ctime then stays, and libvirt sees no change.
 */
import { isExtended, toMode } from '../../acl/entry.ts';
import type { Names } from '../../acl/text.ts';
import { type Failure, failed, strerror } from '../../kernel/errno.ts';
import type { Sys } from '../../kernel/program.ts';
import type { Stat } from '../../kernel/request.ts';
import { chmod, err, print } from '../../libc/sys.ts';
import { getAccess, getDefault, setAccess, setDefault } from './aclFile.ts';
import { aclError, anyText } from './anyText.ts';
import { type Acls, applied, isMalformed, type Recalculate, sameAcl } from './apply.ts';
import type { AclCommand } from './sequence.ts';
import type { Visit } from './walkTree.ts';

export type SetOptions = Readonly<{
  recalculate: Recalculate;
  /** --test: print instead of writing. */
  test: boolean;
  recursive: boolean;
}>;

const SOURCE = 'acl 2.2.51 setfacl/do_set.c do_set';

function* readAcls(path: string, isDirectory: boolean): Sys<Acls | Failure> {
  const access = yield* getAccess(path);
  if (failed(access)) return access;
  const byDefault = isDirectory ? yield* getDefault(path) : [];
  return failed(byDefault) ? byDefault : { access, default: byDefault };
}

/** `f: u::rw-,g::r--,o::---,*`: a star for the ACL that would stay as it is. */
function testLine(path: string, old: Acls, next: Acls, names: Names): string {
  const text = (type: 'access' | 'default', prefix: string) =>
    sameAcl(old[type], next[type])
      ? '*'
      : anyText(next[type], { names, prefix, separator: ',', abbreviate: true });
  return `${path}: ${text('access', '')},${text('default', 'd:')}\n`;
}

/** Where the file system knows no ACLs, a minimal one can still be written as a mode. */
function* writeAccess(path: string, next: Acls): Sys<Failure | null> {
  const done = yield* setAccess(path, next.access, SOURCE);
  const unsupported = failed(done) && done.errno === 'EOPNOTSUPP';
  if (!unsupported || isExtended(next.access)) return done;
  return yield* chmod(path, toMode(next.access), SOURCE);
}

/** The function that setfacl calls for every file of a walk. */
export const doSet = (
  name: string,
  commands: readonly AclCommand[],
  options: SetOptions,
  names: Names,
): Visit =>
  function* visit(path: string, st: Stat | Failure): Sys<number> {
    function* complain(text: string): Sys<number> {
      yield* err(`${name}: ${path}: ${text}\n`);
      return 1;
    }
    if (failed(st)) return yield* complain(strerror(st.errno));
    const isDirectory = st.type === 'dir';
    const old = yield* readAcls(path, isDirectory);
    if (failed(old)) return yield* complain(strerror(old.errno));
    const result = applied(old, commands, isDirectory, options.recalculate);
    if (isMalformed(result)) {
      const text = anyText(result.acl, { names, separator: ',' });
      const why = `${aclError(result.invalid)} at entry ${result.invalid.at + 1}`;
      return yield* complain(`Malformed ${result.type} ACL \`${text}': ${why}`);
    }
    const ignored = !isDirectory && options.recursive;
    const next = ignored ? { ...result, default: old.default } : result;
    if (options.test) {
      yield* print(testLine(path, old, next, names));
      return 0;
    }
    if (!sameAcl(old.access, next.access)) {
      const done = yield* writeAccess(path, next);
      if (failed(done)) return yield* complain(strerror(done.errno));
    }
    if (sameAcl(old.default, next.default)) return 0;
    if (!isDirectory) return yield* complain('Only directories can have default ACLs');
    const done = yield* setDefault(path, next.default, SOURCE);
    return failed(done) ? yield* complain(strerror(done.errno)) : 0;
  };
