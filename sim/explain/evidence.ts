/**
 * What somebody pasted: the text of `getfacl /dev/kvm`, read back into an owner, a group and an ACL.
 *
 * Models: getfacl 2.2.51's long form, with or without its header
 *
 * Comments about effective rights are ignored: they follow from the rest. A text that no file can have is
 * refused with the reason that libacl gives; one that this model cannot reach is another matter.
 */
import { type Acl, check, type Entry, inOrder, type Tag } from '../acl/entry.ts';

export type GetfaclText = Readonly<{
  owner: string | null;
  group: string | null;
  acl: Acl;
  /** Users who are named in it and are people, as the text calls them. */
  people: readonly string[];
}>;

export type Refused = Readonly<{ refused: string }>;

/** Who is who on the simulated host, whose names need not be those of the evidence's host. */
export type Ids = Readonly<{
  user: (name: string) => number | null;
  group: (name: string) => number | null;
  /** Somebody who logs in, not an account of the system's own. */
  isPerson: (uid: number) => boolean;
  /** The one who sits at the simulated console. */
  person: number;
}>;

/** Ids of names that nobody here has; no account reaches so far up. */
const STRANGERS = 4_000_000_000;

const reasons = {
  multiple: 'it has two entries of a kind that stands alone',
  duplicate: 'it names the same user or group twice',
  missing:
    'an entry is missing: user::, group:: and other:: are always there, and mask:: with any named entry',
  type: 'it has an entry of no known kind',
} as const;

const line = /^(user|group|mask|other):([^:]*):([r-])([w-])([xX-])\s*(?:#.*)?$/;

/** What a name stands for; strangers are numbered as they come. */
type Naming = Readonly<{ ids: Ids; strangers: Map<string, number>; people: Map<number, string> }>;

function idOf(kind: 'user' | 'group', name: string, { ids, strangers, people }: Naming): number {
  const known = /^\d+$/.test(name) ? Number(name) : ids[kind](name);
  const key = `${kind}:${name}`;
  if (known === null && !strangers.has(key)) strangers.set(key, STRANGERS + strangers.size);
  const id = known ?? (strangers.get(key) as number);
  if (kind === 'user' && (known === null || ids.isPerson(id))) people.set(id, name);
  return id;
}

function entryOf(text: string, naming: Naming): Entry | string {
  const [, kind = '', name = '', r, w, x] = line.exec(text) ?? [];
  if (kind === '') return `this line is no entry of an ACL: ${text}`;
  const perm = (r === 'r' ? 4 : 0) | (w === 'w' ? 2 : 0) | (x === 'x' ? 1 : 0);
  if (name === '') {
    const tag = (kind === 'user' || kind === 'group' ? `${kind}_obj` : kind) as Tag;
    return { tag, perm, id: null };
  }
  if (kind !== 'user' && kind !== 'group') return `only users and groups can be named: ${text}`;
  return { tag: kind, perm, id: idOf(kind, name, naming) };
}

/** A single person is whoever sits at the console: his name and number are his own affair. */
function seated(acl: Acl, { ids, people }: Naming): Acl {
  const [only] = people.keys();
  if (only === undefined || people.size > 1) return acl;
  return inOrder(
    acl.map((e) => (e.tag === 'user' && e.id === only ? { ...e, id: ids.person } : e)),
  );
}

/** The line that was typed, prompt and all, or what getfacl says on stderr. */
const isCommand = (text: string): boolean => /(?:^|\s)getfacl(?::|\s)/.test(text);

/** Is it a getfacl text at all? */
export const looksLikeGetfacl = (text: string): boolean =>
  text
    .split('\n')
    .find((line) => line.trim() !== '' && !/^\s*#/.test(line) && !isCommand(line))
    ?.trim()
    .startsWith('user::') ?? false;

export function readGetfacl(text: string, ids: Ids): GetfaclText | Refused {
  const entries: Entry[] = [];
  const naming: Naming = { ids, strangers: new Map(), people: new Map() };
  let owner: string | null = null;
  let group: string | null = null;
  for (const raw of text.split('\n')) {
    const trimmed = raw.trim();
    if (trimmed === '' || isCommand(trimmed)) continue;
    const [, key, value] = /^#\s*(\w+):\s*(.*)$/.exec(trimmed) ?? [];
    if (key === 'owner') owner = value ?? null;
    if (key === 'group') group = value ?? null;
    if (trimmed.startsWith('#')) continue;
    const found = entryOf(trimmed, naming);
    if (typeof found === 'string') return { refused: found };
    entries.push(found);
  }
  const acl = inOrder(entries);
  const invalid = check(acl);
  if (invalid) return { refused: `no file can have this ACL: ${reasons[invalid.why]}` };
  return { owner, group, acl: seated(acl, naming), people: [...naming.people.values()] };
}
