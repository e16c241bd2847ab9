/**
 * The shell's own commands, by name.
 *
 * Models: GNU bash 4.2 builtins/*.def
 * Leaves out: bind, complete, enable, fc, help, times; each says so.
 */
import { unsupported } from '../shell.ts';
import { aliasBuiltins } from './alias.ts';
import type { Builtin } from './builtin.ts';
import { controlBuiltins } from './control.ts';
import { declareBuiltins } from './declare.ts';
import { directoryBuiltins } from './directories.ts';
import { hostBuiltins } from './host.ts';
import { inputBuiltins } from './input.ts';
import { lookupBuiltins } from './lookup.ts';
import { optionBuiltins } from './options.ts';
import { textBuiltins } from './text.ts';

const refused: Readonly<Record<string, Builtin>> = Object.fromEntries(
  'bind complete compgen coproc disown enable fc fg bg help times'
    .split(' ')
    .map((name): [string, Builtin] => [name, (shell) => unsupported(shell, `the builtin ${name}`)]),
);

export const builtins: Readonly<Record<string, Builtin>> = Object.assign(
  Object.create(null),
  refused,
  textBuiltins,
  controlBuiltins,
  declareBuiltins,
  optionBuiltins,
  inputBuiltins,
  hostBuiltins,
  lookupBuiltins,
  aliasBuiltins,
  directoryBuiltins,
);
