/**
 * What a user of the host has at home: real clients read files from the real disk, so the guests' descriptions come along.
 */
import { askAll, textOf } from '../../host/ask.ts';
import type { World } from '../../host/world.ts';
import { root } from '../../kernel/credentials.ts';
import type { Dirent } from '../../kernel/request.ts';
import { parsePasswd } from '../../libc/nss.ts';

/** Name -> text, of plain files that are not hidden. */
export function filesAtHome(world: World, user: string): Readonly<Record<string, string>> {
  const home = parsePasswd(textOf(world, '/etc/passwd') ?? '').find((u) => u.name === user)?.home;
  if (home === undefined) return {};
  const entries = askAll(world, root, [
    { call: 'open', path: home, flags: ['read', 'directory'], mode: 0 },
    { call: 'getdents', fd: 0 },
  ]);
  const files = Array.isArray(entries) ? (entries as readonly Dirent[]) : [];
  const plain = files.filter(({ name, type }) => type === 'file' && !name.startsWith('.'));
  return Object.fromEntries(
    plain.map(({ name }) => [name, textOf(world, `${home}/${name}`) ?? '']),
  );
}
