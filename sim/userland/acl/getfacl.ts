/**
 * getfacl: print the ACLs of files.
 *
 * Models: acl 2.2.51 getfacl/getfacl.c main, do_print, help
 * Leaves out: POSIXLY_CORRECT, alignment of comments on a terminal.
 *
 * A file without an ACL prints the one that its mode spells. The stderr line about leading slashes comes
 * once a run.
 */
import { type Acl, isExtended } from '../../acl/entry.ts';
import { type Failure, failed, strerror } from '../../kernel/errno.ts';
import { command, type Sys } from '../../kernel/program.ts';
import type { Stat } from '../../kernel/request.ts';
import { getopt } from '../../libc/getopt.ts';
import { err, print } from '../../libc/sys.ts';
import { stdinLines } from '../input.ts';
import { type UserlandSwitches, userlandSwitches } from '../switches.ts';
import { getAccess, getDefault } from './aclFile.ts';
import { anyText } from './anyText.ts';
import { lookUp, quoteAs } from './names.ts';
import { tabular } from './tabular.ts';
import { type Visit, walkTree } from './walkTree.ts';

const SHORT = 'aceEsRLPtpndvh';

const letters: Readonly<Record<string, string>> = {
  access: 'a',
  'omit-header': 'c',
  'all-effective': 'e',
  'no-effective': 'E',
  'skip-base': 's',
  recursive: 'R',
  logical: 'L',
  physical: 'P',
  tabular: 't',
  'absolute-names': 'p',
  numeric: 'n',
  default: 'd',
  version: 'v',
  help: 'h',
};

const helpText = (spacing: string, oneFileSystem: boolean): string =>
  `  -a,${spacing}--access            display the file access control list only
  -d, --default           display the default access control list only
  -c, --omit-header       do not display the comment header
  -e, --all-effective     print all effective rights
  -E, --no-effective      print no effective rights
  -s, --skip-base         skip files that only have the base entries
  -R, --recursive         recurse into subdirectories
  -L, --logical           logical walk, follow symbolic links
  -P, --physical          physical walk, do not follow symbolic links
  -t, --tabular           use tabular output format
  -n, --numeric           print numeric user/group identifiers
${oneFileSystem ? '      --one-file-system   skip files on different filesystems\n' : ''}  -p, --absolute-names    don't strip leading '/' in pathnames
  -v, --version           print version and exit
  -h, --help              this help text
`;

type Show = Readonly<{
  name: string;
  acl: UserlandSwitches['acl'];
  given: ReadonlySet<string>;
  access: boolean;
  default: boolean;
}>;

/** `s--`, where one of the three special bits is set. */
const flagText = (mode: number): string =>
  (mode & 0o4000 ? 's' : '-') + (mode & 0o2000 ? 's' : '-') + (mode & 0o1000 ? 't' : '-');

/** The name under which a path is shown: relative, unless -p. */
function shownPath(path: string): string {
  const bare = path.startsWith('/') ? path.replace(/^\/+/, '') : path.replace(/^\.\/+/, '');
  return bare === '' ? '.' : bare;
}

/** The header and the entries of one file. */
function textOfFile(
  show: Show,
  shown: string,
  st: Stat,
  access: Acl | null,
  byDefault: Acl | null,
  names: Readonly<{ user: (id: number) => string; group: (id: number) => string }>,
): string {
  const { given } = show;
  const comments = !given.has('c');
  const effective = given.has('E') ? 'none' : given.has('e') ? 'all' : 'some';
  const separator = '\n';
  const blank = access || byDefault || comments ? '\n' : '';
  if (given.has('t'))
    return tabular(quoteAs(show.acl, shown), st, access, byDefault, names) + blank;
  const header = [
    `# file: ${quoteAs(show.acl, shown)}\n`,
    `# owner: ${names.user(st.uid)}\n`,
    `# group: ${names.group(st.gid)}\n`,
    st.mode & 0o7000 ? `# flags: ${flagText(st.mode)}\n` : '',
  ];
  const prefix = show.access && show.default ? 'default:' : '';
  return [
    ...(comments ? header : []),
    access ? `${anyText(access, { names, separator, effective })}\n` : '',
    byDefault ? `${anyText(byDefault, { names, prefix, separator, effective })}\n` : '',
    blank,
  ].join('');
}

function printer(show: Show): Visit {
  let warned = false;
  return function* visit(path: string, st: Stat | Failure): Sys<number> {
    function* complain(failure: Failure): Sys<number> {
      yield* err(`${show.name}: ${quoteAs(show.acl, path)}: ${strerror(failure.errno)}\n`);
      return 1;
    }
    if (failed(st)) return yield* complain(st);
    const access = show.access ? yield* getAccess(path) : null;
    if (failed(access)) return yield* complain(access);
    const asked = show.default && st.type === 'dir' ? yield* getDefault(path) : null;
    if (failed(asked)) return yield* complain(asked);
    const byDefault = asked && asked.length > 0 ? asked : null;
    if (show.given.has('s') && !(access && isExtended(access)) && !byDefault) return 0;
    if (path.startsWith('/') && !show.given.has('p') && !warned) {
      warned = true;
      yield* err(`${show.name}: Removing leading '/' from absolute path names\n`);
    }
    const numbers = { user: String, group: String };
    const names = show.given.has('n') ? numbers : (yield* lookUp()).names;
    const shown = show.given.has('p') ? path : shownPath(path);
    yield* print(textOfFile(show, shown, st, access, byDefault, names));
    return 0;
  };
}

export const getfacl = command(function* ({ argv }) {
  const name = (argv[0] ?? '').replace(/.*\//, '');
  const { acl, oneFileSystem } = yield* userlandSwitches();
  const long = Object.fromEntries(
    [...Object.keys(letters), ...(oneFileSystem ? ['one-file-system'] : [])].map(
      (word) => [word, 'none'] as const,
    ),
  );
  const { options, operands, error } = getopt({ short: SHORT, long }, argv);
  const given = new Set<string>();
  let links: 'command line' | 'all' | 'none' = 'command line';
  for (const [option] of options) {
    const letter = letters[option] ?? option;
    given.add(letter);
    if (letter === 'v') {
      yield* print(`${name} ${acl}\n`);
      return 0;
    }
    if (letter === 'h') {
      const usage = `Usage: ${name} [-${SHORT}] file ...\n`;
      const help = helpText(oneFileSystem ? ' ' : '  ', oneFileSystem);
      yield* print(`${name} ${acl} -- get file access control lists\n${usage}${help}`);
      return 0;
    }
    if (letter === 'e') given.delete('E');
    if (letter === 'L') links = 'all';
    if (letter === 'P') links = 'none';
  }
  if (error !== null || operands.length === 0) {
    const complaint = error === null ? '' : `${error}\n`;
    yield* err(
      `${complaint}Usage: ${name} [-${SHORT}] file ...\nTry \`${name} --help' for more information.\n`,
    );
    return 2;
  }
  const both = !given.has('a') && !given.has('d');
  const show = {
    name,
    acl,
    given,
    access: both || given.has('a'),
    default: both || given.has('d'),
  };
  const visit = printer(show);
  let errors = 0;
  for (const operand of operands) {
    const paths = operand === '-' ? yield* stdinLines() : [operand];
    for (const path of paths.filter((p) => p !== '' || operand !== '-'))
      errors += yield* walkTree(path, { recursive: given.has('R'), links }, visit);
  }
  return errors > 0 ? 1 : 0;
});
