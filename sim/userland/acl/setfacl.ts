/**
 * setfacl: change the ACLs of files.
 *
 * Models: acl 2.2.51 setfacl/setfacl.c main, next_file
 * Leaves out: POSIXLY_CORRECT.
 *
 * Options and files are taken in the order given. The exit status is that of the last file alone: an
 * earlier one that failed does not show in it.
 */
import { strerror } from '../../kernel/errno.ts';
import { command } from '../../kernel/program.ts';
import { getopt, OPERAND } from '../../libc/getopt.ts';
import { err, print, type Sys } from '../../libc/sys.ts';
import { linesOf, stdinLines, textOf } from '../input.ts';
import { userlandSwitches } from '../switches.ts';
import type { Recalculate } from './apply.ts';
import { doSet, type SetOptions } from './doSet.ts';
import { lookUp, quote } from './names.ts';
import { restore } from './restore.ts';
import { type AclCommand, parseLines, parseSequence, wholeAcl } from './sequence.ts';
import { type Walk, walkTree } from './walkTree.ts';

const SPEC = '[-bkndRLP] { -m|-M|-x|-X ... } file ...';

const long = {
  set: 'required',
  'set-file': 'required',
  mask: 'none',
  recursive: 'none',
  logical: 'none',
  physical: 'none',
  restore: 'required',
  test: 'none',
  modify: 'required',
  'modify-file': 'required',
  remove: 'required',
  'remove-file': 'required',
  default: 'none',
  'no-mask': 'none',
  'remove-all': 'none',
  'remove-default': 'none',
  version: 'none',
  help: 'none',
} as const;

/** Long options under the letters that the complaints show. */
const letters: Readonly<Record<string, string>> = {
  set: 's',
  'set-file': 'S',
  mask: 'r',
  recursive: 'R',
  logical: 'L',
  physical: 'P',
  restore: 'B',
  test: 't',
  modify: 'm',
  'modify-file': 'M',
  remove: 'x',
  'remove-file': 'X',
  default: 'd',
  'no-mask': 'n',
  'remove-all': 'b',
  'remove-default': 'k',
  version: 'v',
  help: 'h',
};

const HELP = `  -m, --modify=acl        modify the current ACL(s) of file(s)
  -M, --modify-file=file  read ACL entries to modify from file
  -x, --remove=acl        remove entries from the ACL(s) of file(s)
  -X, --remove-file=file  read ACL entries to remove from file
  -b, --remove-all        remove all extended ACL entries
  -k, --remove-default    remove the default ACL
      --set=acl           set the ACL of file(s), replacing the current ACL
      --set-file=file     read ACL entries to set from file
      --mask              do recalculate the effective rights mask
  -n, --no-mask           don't recalculate the effective rights mask
  -d, --default           operations apply to the default ACL
  -R, --recursive         recurse into subdirectories
  -L, --logical           logical walk, follow symbolic links
  -P, --physical          physical walk, do not follow symbolic links
      --restore=file      restore ACLs (inverse of \`getfacl -R')
      --test              test mode (ACLs are not modified)
  -v, --version           print version and exit
  -h, --help              this help text
`;

/** What the command line has said so far. */
type State = {
  commands: AclCommand[];
  sawFiles: boolean;
  promote: boolean;
  recalculate: Recalculate;
  test: boolean;
  walk: Walk;
  status: number;
};

function* synopsis(name: string): Sys<number> {
  yield* err(`Usage: ${name} ${SPEC}\nTry \`${name} --help' for more information.\n`);
  return 2;
}

const optionsOf = (state: State): SetOptions => ({
  recalculate: state.recalculate,
  test: state.test,
  recursive: state.walk.recursive,
});

function* nextFile(name: string, path: string, state: State): Sys<number> {
  const { names } = yield* lookUp();
  const visit = doSet(name, state.commands, optionsOf(state), names);
  let errors = 0;
  const paths = path === '-' ? yield* stdinLines() : [path];
  for (const each of paths) errors = yield* walkTree(each, state.walk, visit);
  return errors > 0 ? 1 : 0;
}

/** --set keeps its "remove everything" only for the kinds of ACL that it then sets entries of. */
function replacing(entries: readonly AclCommand[]): AclCommand[] {
  const kinds = (['access', 'default'] as const).filter((t) => entries.some((e) => e.type === t));
  return [...kinds.map((type) => wholeAcl('remove-acl', type)), ...entries];
}

/** -m, -x and --set; answers the exit status of a mistake. */
function* entries(name: string, letter: string, text: string, state: State): Sys<number | null> {
  const { ids } = yield* lookUp();
  const mode = { verb: letter === 'x' ? 'remove' : 'replace', promote: state.promote } as const;
  const { commands, wrongAt } = parseSequence(text, mode, ids);
  if (wrongAt !== null) {
    const incomplete = wrongAt >= text.length;
    const rest = incomplete ? ' incomplete' : `: Invalid argument near character ${wrongAt + 1}`;
    yield* err(`${name}: Option -${letter}${rest}\n`);
    return 2;
  }
  state.commands.push(...(letter === 's' ? replacing(commands) : commands));
  return null;
}

/** -M, -X and --set-file. */
function* entriesOfFile(
  name: string,
  letter: string,
  path: string,
  state: State,
): Sys<number | null> {
  const text = yield* textOf(path);
  if (typeof text !== 'string') {
    yield* err(`${name}: ${quote(path, '\n\r')}: ${strerror(text.errno)}\n`);
    return 2;
  }
  const { ids } = yield* lookUp();
  const mode = { verb: letter === 'X' ? 'remove' : 'replace', promote: state.promote } as const;
  const read = parseLines(linesOf(text), mode, ids);
  if (read.wrong) {
    const where = path === '-' ? 'standard input' : `file ${quote(path, '\n\r')}`;
    yield* err(`${name}: Invalid argument in line ${read.used} of ${where}\n`);
    return 2;
  }
  state.commands.push(...(letter === 'S' ? replacing(read.commands) : read.commands));
  return null;
}

/** Options that only set a switch. False: it is none of them. */
function simple(letter: string, state: State): boolean {
  if (letter === 'b')
    state.commands.push(wholeAcl('remove-extended', 'access'), wholeAcl('remove-acl', 'default'));
  else if (letter === 'k') state.commands.push(wholeAcl('remove-acl', 'default'));
  else if (letter === 'n') state.recalculate = 'never';
  else if (letter === 'r') state.recalculate = 'always';
  else if (letter === 'd') state.promote = true;
  else if (letter === 'R') state.walk = { ...state.walk, recursive: true };
  else if (letter === 'L') state.walk = { ...state.walk, links: 'all' };
  else if (letter === 'P') state.walk = { ...state.walk, links: 'none' };
  else if (letter === 't') state.test = true;
  else return false;
  return true;
}

/** One option or file. Answers an exit status when the program is to end. */
function* take(name: string, letter: string, value: string, state: State): Sys<number | null> {
  if (letter === OPERAND) {
    if (state.commands.length === 0) return yield* synopsis(name);
    state.sawFiles = true;
    state.status = yield* nextFile(name, value, state);
    return null;
  }
  if (state.sawFiles) {
    state.commands = [];
    state.sawFiles = false;
  }
  if (simple(letter, state)) return null;
  if (letter === 'm' || letter === 'x' || letter === 's')
    return yield* entries(name, letter, value, state);
  if (letter === 'M' || letter === 'X' || letter === 'S')
    return yield* entriesOfFile(name, letter, value, state);
  if (letter === 'B') {
    state.sawFiles = true;
    state.status = yield* restore(name, value, optionsOf(state));
    return state.status === 0 ? null : state.status;
  }
  const { acl } = yield* userlandSwitches();
  const help = `${name} ${acl} -- set file access control lists\nUsage: ${name} ${SPEC}\n${HELP}`;
  yield* print(letter === 'v' ? `${name} ${acl}\n` : help);
  return 0;
}

export const setfacl = command(function* ({ argv }) {
  const name = (argv[0] ?? '').replace(/.*\//, '');
  const { options, operands, error } = getopt({ short: '-:bkndvhm:M:x:X:RLP', long }, argv);
  const state: State = {
    commands: [],
    sawFiles: false,
    promote: false,
    recalculate: 'default',
    test: false,
    walk: { recursive: false, links: 'command line' },
    status: 0,
  };
  const files = operands.map((path) => [OPERAND, path] as const);
  for (const [option, value] of error === null ? [...options, ...files] : options) {
    const end = yield* take(name, letters[option] ?? option, value ?? '', state);
    if (end !== null) return end;
  }
  if (error !== null || !state.sawFiles) return yield* synopsis(name);
  return state.status;
});
