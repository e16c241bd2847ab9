/**
 * getfacl -t: both ACLs side by side, a capital letter where the mask takes a right away.
 *
 * Models: acl 2.2.51 getfacl/getfacl.c do_show, show_line, apply_mask
 */
import { type Acl, type Entry, find } from '../../acl/entry.ts';
import { type Names, permText } from '../../acl/text.ts';

const words: Readonly<Record<Entry['tag'], string>> = {
  user_obj: 'USER',
  user: 'user',
  group_obj: 'GROUP',
  group: 'group',
  mask: 'mask',
  other: 'other',
};

const order = Object.keys(words);

const byTagThenId = (a: Entry, b: Entry) =>
  order.indexOf(a.tag) - order.indexOf(b.tag) || (a.id ?? 0) - (b.id ?? 0);

function perms(e: Entry | undefined, mask: Entry | undefined): string {
  if (e === undefined) return '   ';
  const limited = e.tag === 'user' || e.tag === 'group' || e.tag === 'group_obj';
  const text = permText(e.perm);
  if (!limited || mask === undefined) return text;
  const kept = permText(mask.perm);
  return [...text].map((c, i) => (kept[i] === '-' ? c.toUpperCase() : c)).join('');
}

export function tabular(
  path: string,
  owner: Readonly<{ uid: number; gid: number }>,
  access: Acl | null,
  byDefault: Acl | null,
  names: Names,
): string {
  const nameOf = (e: Entry): string => {
    if (e.tag === 'user_obj') return names.user(owner.uid);
    if (e.tag === 'group_obj') return names.group(owner.gid);
    if (e.id === null) return '';
    return e.tag === 'user' ? names.user(e.id) : names.group(e.id);
  };
  const all = [...(access ?? []), ...(byDefault ?? [])];
  const rows = all.filter((e, i) => all.findIndex((o) => byTagThenId(e, o) === 0) === i);
  const width = Math.max(8, ...all.map((e) => nameOf(e).length));
  const lines = rows.sort(byTagThenId).map((e) => {
    const mine = access ? find(access, e.tag, e.id) : undefined;
    const theirs = byDefault ? find(byDefault, e.tag, e.id) : undefined;
    const left = perms(mine, access ? find(access, 'mask') : undefined);
    const right = perms(theirs, byDefault ? find(byDefault, 'mask') : undefined);
    return `${words[e.tag].padEnd(5)}  ${nameOf(e).padEnd(width)}  ${left}  ${right}\n`;
  });
  return `# file: ${path}\n${lines.join('')}`;
}
