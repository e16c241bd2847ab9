/**
 * A shell that a script of this one starts: nothing of it is left but the environment and what is open.
 *
 * Models: GNU bash 5.2 shell.c main, variables.c initialize_shell_variables
 */
import { type Shell, subshellOf } from './shell.ts';
import { usualShopts } from './shopts.ts';
import { sourceOf } from './source.ts';
import { blankVariable } from './variables.ts';

/** A script as the inner shell would be given it. */
export type Inner = Readonly<{
  text: string;
  name: string;
  args: readonly string[];
  options: readonly string[];
  origin: Shell['origin'];
  dash: boolean;
}>;

/** Variables of a fresh shell: what it is given as its environment. */
export function fresh(shell: Shell, env: Readonly<Record<string, string>>, inner: Inner): Shell {
  const child = subshellOf(shell);
  child.vars = new Map(
    Object.entries(env).map(([name, value]) => [
      name,
      { ...blankVariable(), exported: true, cells: new Map([['0', value]]) },
    ]),
  );
  const off = Object.fromEntries(Object.keys(child.options).map((name) => [name, false]));
  return Object.assign(child, {
    functions: new Map(),
    aliases: new Map(),
    hashed: new Map(),
    directories: [],
    locals: [],
    options: off,
    shopts: usualShopts(child.session.bash),
    name: inner.name,
    speaker: inner.name,
    calls: [],
    frames: [],
    args: inner.args,
    origin: inner.origin,
    dash: inner.dash,
    interactive: false,
    subshell: false,
    subshells: 0,
    level: 0,
    lastWord: inner.name,
    command: '',
    sourcing: false,
    loops: 0,
    asking: 0,
    jobs: [],
    lastJob: null,
    optionAt: { index: 1, at: 1 },
    source: sourceOf(''),
    pos: 0,
    status: 0,
  });
}
