/**
 * read, mapfile and getopts.
 *
 * Models: GNU bash 4.2 builtins/read.def read_builtin, mapfile.def, getopts.def
 * Leaves out: `read -e -i -s -t` (there is no waiting for a keyboard in a script), `mapfile -C -c` (refused).
 */
import { failed, strerror } from '../../kernel/errno.ts';
import { askText } from '../ask.ts';
import { type Reader, readLine } from '../descriptors.ts';
import { builtinError, refuseBoth, type Shell, unsupported, viewOf, write } from '../shell.ts';
import { splitLine } from '../split.ts';
import { getVariable, isName, setCell, setVariable, writable } from '../variables.ts';
import type { Builtin } from './builtin.ts';

type Asked = {
  raw: boolean;
  delimiter: string;
  chars: number | null;
  fd: number;
  array: string | null;
  names: string[];
  /** -N: neither a delimiter nor IFS counts. */
  exact: boolean;
  /** -t 0: is there something to be read? */
  peeks: boolean;
};

const READ_USAGE =
  'read: usage: read [-ers] [-a array] [-d delim] [-i text] [-n nchars] [-N nchars] [-p prompt] [-t timeout] [-u fd] [name ...]\n';

function askedFor(shell: Shell, words: readonly string[]): Asked | null {
  const asked: Asked = {
    raw: false,
    delimiter: '\n',
    chars: null,
    fd: 0,
    array: null,
    names: [],
    peeks: false,
    exact: false,
  };
  const rest = [...words.slice(1)];
  while (/^-[a-zA-Z]/.test(rest[0] ?? '')) {
    const word = rest.shift() ?? '';
    for (let i = 1; i < word.length; i++) {
      const letter = word.charAt(i);
      if (letter === 'r') asked.raw = true;
      else if (letter === 's' || letter === 'e') continue;
      else if ('dnNuapti'.includes(letter)) {
        const value = word.slice(i + 1) || (rest.shift() ?? '');
        if (letter === 'd') asked.delimiter = value === '' ? '\0' : value.charAt(0);
        if (letter === 'n' || letter === 'N') asked.chars = Number(value);
        if (letter === 'N') asked.exact = true;
        if (letter === 'u') asked.fd = Number(value);
        if (letter === 'a') asked.array = value;
        if (letter === 't' && Number(value) === 0) asked.peeks = true;
        break;
      } else {
        builtinError(shell, `read: -${letter}: invalid option`);
        write(shell, 2, READ_USAGE);
        return null;
      }
    }
  }
  if (rest[0] === '--') rest.shift();
  asked.names = rest;
  return asked;
}

/** The next record; `\` quotes unless -r. `ended`: the input stopped before a delimiter. */
function record(
  reader: Reader,
  asked: Asked,
): { text: string; ended: boolean; literal: Set<number> } {
  let text = '';
  const literal = new Set<number>();
  while (reader.at < reader.text.length) {
    if (asked.chars !== null && text.length >= asked.chars) return { text, ended: false, literal };
    const c = reader.text.charAt(reader.at++);
    if (c === asked.delimiter && !asked.exact) return { text, ended: false, literal };
    if (c === '\\' && !asked.raw) {
      const next = reader.text.charAt(reader.at++);
      if (next === '\n') continue;
      literal.add(text.length);
      text += next;
    } else text += c;
  }
  return { text, ended: asked.chars === null || text.length < asked.chars, literal };
}

/** Characters that a backslash quoted must not split: they are moved out of the way and back. */
function splitQuoted(text: string, literal: Set<number>, ifs: string, names: number): string[] {
  if (literal.size === 0) return splitLine(text, ifs, names);
  const away = (c: string) => String.fromCharCode(0xe000 + c.charCodeAt(0));
  const hidden = [...text].map((c, i) => (literal.has(i) ? away(c) : c)).join('');
  return splitLine(hidden, ifs, names).map((field) =>
    field.replace(/[\ue000-\ue0ff]/g, (c) => String.fromCharCode(c.charCodeAt(0) - 0xe000)),
  );
}

const read: Builtin = (shell, words) => {
  const asked = askedFor(shell, words);
  if (asked === null) return 2;
  const bad = asked.names.find((name) => !isName(name.replace(/\[.*\]$/, '')));
  if (bad !== undefined) {
    builtinError(shell, `read: \`${bad}': not a valid identifier`);
    return 1;
  }
  const from = shell.fds.get(asked.fd);
  if (from?.kind === 'keyboard') return unsupported(shell, 'read from the keyboard');
  refuseBoth(shell, from);
  const reader = from?.kind === 'reader' ? from.reader : { text: '', at: 0 };
  if (from === undefined) {
    const named = asked.fd === 0 || shell.session.bash === '4.2';
    const what = named ? `read error: ${asked.fd}` : `${asked.fd}: invalid file descriptor`;
    builtinError(shell, `read: ${what}: Bad file descriptor`);
    return 1;
  }
  // A pipe whose writer has gone, or a file: reading would not block.
  if (asked.peeks) return 0;
  if (from.kind === 'file' && shell.session.bash !== '4.2') {
    const found = askText(viewOf(shell), from.path);
    if (failed(found)) {
      builtinError(shell, `read: read error: ${asked.fd}: ${strerror(found.errno)}`);
      return 1;
    }
  }
  const { text, ended, literal } = record(reader, asked);
  const ifs = asked.exact ? '' : (getVariable(shell, 'IFS') ?? ' \t\n');
  if (asked.array !== null) {
    const variable = writable(shell, asked.array);
    Object.assign(variable, { kind: 'array', cells: new Map() });
    const all = splitQuoted(text, literal, ifs, text.length + 1).filter(
      (w, i, l) => w !== '' || i < l.length - 1,
    );
    for (const [i, value] of all.entries()) setCell(shell, asked.array, String(i), value);
  } else if (asked.names.length === 0) setVariable(shell, 'REPLY', text);
  else {
    const fields = splitQuoted(text, literal, ifs, asked.names.length);
    for (const [i, name] of asked.names.entries()) setVariable(shell, name, fields[i] ?? '');
  }
  return ended ? 1 : 0;
};

type Lines = {
  strip: boolean;
  delimiter: string;
  fd: number;
  skip: number;
  most: number;
  origin: number | null;
};

const MAPFILE_USAGE = (name: string) =>
  `${name}: usage: ${name} [-d delim] [-n count] [-O origin] [-s count] [-t] [-u fd] [-C callback] [-c quantum] [array]\n`;

/** mapfile's options and the name of the array; a status after a complaint. */
function linesAsked(shell: Shell, words: readonly string[]): [Lines, string] | number {
  const [command = '', ...rest] = words;
  const asked: Lines = { strip: false, delimiter: '\n', fd: 0, skip: 0, most: 0, origin: null };
  while (/^-./.test(rest[0] ?? '') && rest[0] !== '--') {
    const word = rest.shift() ?? '';
    for (let i = 1; i < word.length; i++) {
      const letter = word.charAt(i);
      if (letter === 't') {
        asked.strip = true;
        continue;
      }
      if (letter === 'C' || letter === 'c') return unsupported(shell, `${command} -${letter}`);
      if (!'dnOsu'.includes(letter)) {
        builtinError(shell, `${command}: -${letter}: invalid option`);
        write(shell, 2, MAPFILE_USAGE(command));
        return 2;
      }
      const value = word.slice(i + 1) || (rest.shift() ?? '');
      if (letter === 'd') asked.delimiter = value === '' ? '\0' : value.charAt(0);
      else if (!/^\d+$/.test(value)) {
        const what = { O: 'array origin', u: 'file descriptor specification' }[letter];
        builtinError(shell, `${command}: ${value}: invalid ${what ?? 'line count'}`);
        return 1;
      } else if (letter === 'n') asked.most = Number(value);
      else if (letter === 'O') asked.origin = Number(value);
      else if (letter === 's') asked.skip = Number(value);
      else asked.fd = Number(value);
      break;
    }
  }
  if (rest[0] === '--') rest.shift();
  return [asked, rest[0] ?? 'MAPFILE'];
}

const mapfile: Builtin = (shell, words) => {
  const found = linesAsked(shell, words);
  if (typeof found === 'number') return found;
  const [{ strip, delimiter, fd, skip, most, origin }, name] = found;
  const from = shell.fds.get(fd);
  if (!isName(name)) {
    builtinError(shell, `${words[0]}: \`${name}': not a valid identifier`);
    return 1;
  }
  if (from === undefined) {
    builtinError(shell, `${words[0]}: ${fd}: invalid file descriptor: Bad file descriptor`);
    return 1;
  }
  refuseBoth(shell, from);
  const reader = from.kind === 'reader' ? from.reader : { text: '', at: 0 };
  if (origin === null) Object.assign(writable(shell, name), { kind: 'array', cells: new Map() });
  let n = 0;
  for (let line = readLine(reader, delimiter); line !== null; line = readLine(reader, delimiter)) {
    if (n++ < skip) continue;
    const text = strip && line.endsWith(delimiter) ? line.slice(0, -1) : line;
    setCell(shell, name, String((origin ?? 0) + n - 1 - skip), text);
    if (most > 0 && n - skip === most) break;
  }
  return 0;
};

/** One option at a time; the place inside a cluster of letters is kept in OPTPOS_, as bash keeps it in a static. */
const getopts: Builtin = (shell, [, spec, name, ...given]) => {
  if (spec === undefined || name === undefined) {
    const more = shell.session.bash === '4.2' ? '[arg]' : '[arg ...]';
    write(shell, 2, `getopts: usage: getopts optstring name ${more}\n`);
    return 2;
  }
  const args = given.length > 0 ? given : shell.args;
  const silent = spec.startsWith(':');
  const mute = silent || getVariable(shell, 'OPTERR') === '0';
  let index = Number(getVariable(shell, 'OPTIND') ?? '1');
  const within = shell.optionAt.index === index ? shell.optionAt.at : 1;
  const word = args[index - 1] ?? '';
  if (!/^-./.test(word) || word === '--') {
    if (word === '--') setVariable(shell, 'OPTIND', String(index + 1));
    setVariable(shell, name, '?');
    return 1;
  }
  const letter = word.charAt(within);
  const found = letter === ':' ? -1 : spec.indexOf(letter, silent ? 1 : 0);
  const last = within + 1 >= word.length;
  const step = (to: number) => {
    index = to;
    shell.optionAt = { index, at: 1 };
  };
  shell.vars.delete('OPTARG');
  let result = letter;
  if (found < 0) {
    result = '?';
    if (silent) setVariable(shell, 'OPTARG', letter);
    else if (!mute)
      write(
        shell,
        2,
        shell.dash ? `Illegal option -${letter}\n` : `${shell.name}: illegal option -- ${letter}\n`,
      );
    if (last) step(index + 1);
    else shell.optionAt = { index, at: within + 1 };
  } else if (spec.charAt(found + 1) === ':') {
    const attached = word.slice(within + 1);
    const value = attached !== '' ? attached : args[index];
    if (value === undefined) {
      result = silent ? ':' : '?';
      if (silent) setVariable(shell, 'OPTARG', letter);
      else if (!mute)
        write(
          shell,
          2,
          shell.dash
            ? `No arg for -${letter} option\n`
            : `${shell.name}: option requires an argument -- ${letter}\n`,
        );
    } else setVariable(shell, 'OPTARG', value);
    step(index + (attached !== '' || value === undefined ? 1 : 2));
  } else if (last) step(index + 1);
  else shell.optionAt = { index, at: within + 1 };
  setVariable(shell, 'OPTIND', String(index));
  setVariable(shell, name, result);
  return 0;
};

export const inputBuiltins: Readonly<Record<string, Builtin>> = {
  read,
  mapfile,
  readarray: mapfile,
  getopts,
};
