/**
 * cp: copy files.
 *
 * Models: coreutils 8.22 src/cp.c main, decode_preserve_arg
 * Leaves out: backups, --parents.
 */
import { command, type Sys } from '../../kernel/program.ts';
import { complain, ended, type Given, given, misuse, unmodelled } from '../given.ts';
import { type CopyOptions, copy } from './copy.ts';
import { allKept, type Kept, nothingKept } from './keep.ts';
import { backups, pairs, words } from './operands.ts';
import { quoted, tryHelp } from './quote.ts';

const classes: Readonly<Record<string, Partial<Kept>>> = {
  mode: { mode: true },
  ownership: { ownership: true },
  timestamps: { times: true },
  links: { links: true },
  context: {},
  xattr: { xattrs: true },
  all: allKept,
};

const usual: Kept = { ...allKept, links: false, xattrs: false };

/** -p, -a, --preserve and --no-preserve in the order given. A status after a complaint. */
function* keptBy({ name, order }: Given): Sys<Kept | number> {
  let kept: Kept = nothingKept;
  for (const [option, value] of order) {
    if (option === 'a') kept = allKept;
    if (option === 'd') kept = { ...kept, links: true };
    if (option !== 'p' && option !== 'no-preserve') continue;
    const words = value === null ? [] : value.split(',');
    const wrong = words.find((word) => !Object.hasOwn(classes, word));
    if (wrong !== undefined)
      return yield* complain(
        name,
        `invalid argument ${quoted(wrong)} for '--${option === 'p' ? 'preserve' : option}'\nValid arguments are:\n${Object.keys(
          classes,
        )
          .map((word) => `  - '${word}'\n`)
          .join('')}${tryHelp(name).trimEnd()}`,
      );
    const named = words.map((word) => classes[word] ?? {});
    const all = option === 'p' && value === null ? [usual] : named;
    const on = option === 'p';
    for (const each of all)
      for (const key of Object.keys(each) as (keyof Kept)[])
        if (each[key]) kept = { ...kept, [key]: on };
  }
  return kept;
}

const dropsMode = (value: string | null) =>
  (value ?? '').split(',').some((word) => classes[word]?.mode);

const existingBy: Readonly<Record<string, CopyOptions['existing']>> = {
  n: 'kept',
  u: 'if older',
  i: 'asked',
};

export const cp = command(function* ({ argv, env }) {
  const line = yield* given(argv, 'abdfHilLnPprRsS:t:Tuvx', {
    ...backups,
    ...words,
    link: 'l',
    interactive: 'i',
    update: 'u',
    'no-preserve:': '',
    parents: '',
    'remove-destination': '',
    'one-file-system': 'x',
  });
  if (ended(line)) return line;
  const { name, options, order } = line;
  if (options.has('parents')) return yield* unmodelled(name, '--parents');
  if (options.has('b') || options.has('S')) return yield* unmodelled(name, '-b (backups)');
  if (options.has('l') && options.has('s'))
    return yield* misuse(name, 'cannot make both hard and symbolic links');
  const all = yield* pairs(line);
  if (typeof all === 'number') return all;
  const keep = yield* keptBy(line);
  if (typeof keep === 'number') return keep;
  const recursive = ['a', 'r', 'R'].some((letter) => options.has(letter));
  const lastOf = (letters: string) =>
    order.findLast(([o]) => o.length === 1 && letters.includes(o))?.[0];
  const follow = { L: 'all', H: 'named', P: 'none', d: 'none', a: 'none' } as const;
  const said = follow[lastOf('LHPda') as keyof typeof follow];
  const makes = options.has('l') ? 'hard links' : options.has('s') ? 'symbolic links' : 'copies';
  const how: CopyOptions = {
    name,
    recursive,
    keep,
    follow: said ?? (recursive || makes === 'hard links' ? 'none' : 'all'),
    makes,
    force: options.has('f'),
    existing:
      existingBy[lastOf('niu') ?? ''] ??
      (options.has('remove-destination') ? 'removed' : 'overwritten'),
    verbose: options.has('v'),
    throughDangling: Object.hasOwn(env, 'POSIXLY_CORRECT'),
    modeDropped: !keep.mode && order.some(([o, value]) => o === 'no-preserve' && dropsMode(value)),
    ...(keep.links ? { copied: new Map<string, string>() } : {}),
  };
  let status = 0;
  for (const { from, to } of all) if (!(yield* copy(how, from, to))) status = 1;
  return status;
});
