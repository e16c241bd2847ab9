/**
 * virsh's command line: commands, their options, several in one argument.
 *
 * Models: libvirt v5.0.0 tools/vsh.c vshCommandParse, vshCommandStringGetArg, vshCommandArgvGetArg,
 *   vshCmddefGetOption, vshCmddefGetData, vshCommandCheckOpts
 *
 * All of a line is parsed before any of it runs: an unknown word at its end stops the command at its
 * beginning. One argument is a string with quotes and semicolons; two or more are words as they are.
 * Leaves out: completion, aliases of options.
 */
import { type CommandDef, commandDefs, type OptionDef, unmodelled } from './virshTable.ts';

export type Options = Readonly<Record<string, string>>;

export type VirshCommand = Readonly<{ def: CommandDef; options: Options }>;

/** null ends a command. */
type Token = string | null;

/** vshCommandStringGetArg over a whole string; null where it ends inside a quote. */
export function tokens(line: string): readonly Token[] | { error: string } {
  const found: Token[] = [];
  let word: string | null = null;
  let quote = '';
  for (let at = 0; at < line.length; at++) {
    const c = line.charAt(at);
    if (quote === '' && (c === ' ' || c === '\t' || c === ';')) {
      if (word !== null) found.push(word);
      word = null;
      if (c === ';') found.push(null);
    } else if (quote !== '"' && c === "'") {
      quote = quote === '' ? c : '';
      word ??= '';
    } else if (quote !== "'" && c === '\\') {
      at++;
      if (at >= line.length) return { error: 'dangling \\' };
      word = (word ?? '') + line.charAt(at);
    } else if (quote !== "'" && c === '"') {
      quote = quote === '' ? c : '';
      word ??= '';
    } else word = (word ?? '') + c;
  }
  if (quote === '"') return { error: 'missing "' };
  if (word !== null) found.push(word);
  return found;
}

type Parsing = {
  def: CommandDef;
  options: Record<string, string>;
  waiting: OptionDef[];
  dataOnly: boolean;
};

const begin = (def: CommandDef): Parsing => ({
  def,
  options: {},
  waiting: def.options.filter((o) => o.type !== 'bool'),
  dataOnly: false,
});

/** vshCmddefGetData: the next option that may stand without its name. */
function takeData(parsing: Parsing, word: string): string | null {
  const next = parsing.waiting.shift();
  if (next !== undefined) parsing.options[next.name] = word;
  else if (parsing.def.name !== 'help') return `unexpected data '${word}'`;
  return null;
}

/** An option with two dashes; answers how many further words it took, or the complaint. */
function takeOption(parsing: Parsing, word: string, next: Token | undefined): number | string {
  const [name = '', ...rest] = word.slice(2).split('=');
  const value = rest.length > 0 ? rest.join('=') : null;
  if (name === 'help') {
    parsing.options['help'] = '';
    return 0;
  }
  const option = parsing.def.options.find((o) => o.name === name);
  if (option === undefined) {
    if (parsing.def.name === 'help') return 0;
    return `command '${parsing.def.name}' doesn't support option --${name}`;
  }
  if (name in parsing.options) return `option --${name} already seen`;
  if (option.type === 'bool') {
    if (value !== null) return `invalid '=' after option --${name}`;
    parsing.options[name] = '';
    return 0;
  }
  const data = value ?? next;
  if (data === null || data === undefined) return `expected syntax: --${name} <string>`;
  parsing.options[name] = data;
  parsing.waiting = parsing.waiting.filter((o) => o !== option);
  return value === null ? 1 : 0;
}

function finish({ def, options }: Parsing): VirshCommand | string[] {
  if ('help' in options && def.name !== 'help') {
    const help = commandDefs.find((d) => d.name === 'help');
    if (help !== undefined) return { def: help, options: { command: def.name } };
  }
  const missing = def.options.filter((o) => o.required && !(o.name in options));
  if (missing.length === 0) return { def, options };
  return missing.map((o) => `command '${def.name}' requires <${o.name}> option`);
}

function commandNamed(word: string): CommandDef | string {
  const def = commandDefs.find((d) => d.name === word);
  if (def !== undefined) return def;
  if (unmodelled.has(word)) return `virsh ${word} is a real command that kvmlab does not model`;
  return `unknown command: '${word}'`;
}

/** The commands of a line, or what is wrong with it. */
export function parseCommands(
  words: readonly Token[],
): readonly VirshCommand[] | { errors: readonly string[] } {
  const commands: VirshCommand[] = [];
  let parsing: Parsing | null = null;
  for (let at = 0; at <= words.length; at++) {
    const word = words[at] ?? null;
    if (word === null) {
      const done: VirshCommand | string[] | null = parsing === null ? null : finish(parsing);
      if (Array.isArray(done)) return { errors: done };
      if (done !== null) commands.push(done);
      parsing = null;
    } else if (parsing === null) {
      const def = commandNamed(word);
      if (typeof def === 'string') return { errors: [def] };
      parsing = begin(def);
    } else if (!parsing.dataOnly && word === '--') parsing.dataOnly = true;
    else if (!parsing.dataOnly && /^--[A-Za-z0-9]/.test(word)) {
      const took: number | string = takeOption(parsing, word, words[at + 1]);
      if (typeof took === 'string') return { errors: [took] };
      at += took;
    } else {
      const wrong: string | null = takeData(parsing, word);
      if (wrong !== null) return { errors: [wrong] };
    }
  }
  return commands;
}
