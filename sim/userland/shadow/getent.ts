/**
 * getent: what the name services know.
 *
 * Models: glibc 2.17 nss/getent.c passwd_keys, group_keys, hosts_keys, initgroups_keys
 * Leaves out: every database but passwd, group, hosts and initgroups.
 */
import { failed } from '../../kernel/errno.ts';
import { command, type Sys } from '../../kernel/program.ts';
import { groupList, groups, users } from '../../libc/nss.ts';
import { err, out, readFile } from '../../libc/sys.ts';
import { isModern } from '../switches.ts';

/** The entries of a file that a key names: by name, or by number in the third field. */
function* entries(file: string, keys: readonly string[]): Sys<number> {
  const text = yield* readFile(file);
  const rows = failed(text) ? [] : text.split('\n').filter((row) => row !== '');
  if (keys.length === 0) {
    yield* out(rows.map((row) => `${row}\n`).join(''));
    return 0;
  }
  let status = 0;
  for (const key of keys) {
    const field = /^\d+$/.test(key) ? 2 : 0;
    const found = rows.find((row) => row.split(':')[field] === key);
    if (found === undefined) status = 2;
    else yield* out(`${found}\n`);
  }
  return status;
}

function* hosts(keys: readonly string[]): Sys<number> {
  const text = yield* readFile('/etc/hosts');
  const rows = (failed(text) ? '' : text)
    .split('\n')
    .map((row) => row.replace(/#.*/, '').trim().split(/\s+/))
    .filter((row) => row.length > 1);
  const shown = (row: readonly string[]) =>
    `${(row[0] ?? '').padEnd(15)} ${row.slice(1).join(' ')}\n`;
  if (keys.length === 0) {
    yield* out(rows.map(shown).join(''));
    return 0;
  }
  let status = 0;
  for (const key of keys) {
    const row = rows.find((r) => r.includes(key));
    if (row === undefined) status = 2;
    else yield* out(shown(row));
  }
  return status;
}

function* initgroups(keys: readonly string[]): Sys<number> {
  for (const name of keys) {
    const user = (yield* users()).find((u) => u.name === name);
    const gids = groupList(yield* groups(), name, user?.gid ?? -1).filter((g) => g !== user?.gid);
    yield* out(`${name.padEnd(21)} ${gids.join(' ')}\n`);
  }
  return 0;
}

export const getent = command(function* ({ argv: [name = '', database, ...keys] }) {
  if (database === undefined) {
    const modern = yield* isModern();
    const usage = `Try \`${name} --help' or \`${name} --usage' for more information.\n`;
    if (modern) {
      yield* err(`${name}: wrong number of arguments\n`);
      yield* out(usage);
    } else yield* err(`Usage: ${name} [OPTION...] database [key ...]\n${usage}`);
    return 1;
  }
  if (database === 'passwd') return yield* entries('/etc/passwd', keys);
  if (database === 'group') return yield* entries('/etc/group', keys);
  if (database === 'hosts' || database === 'ahosts') return yield* hosts(keys);
  if (database === 'initgroups') return yield* initgroups(keys);
  yield* err(`Unknown database: ${database}\n`);
  yield* out(`Try \`${name} --help' or \`${name} --usage' for more information.\n`);
  return 1;
});
