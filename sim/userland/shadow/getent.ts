/**
 * getent: entries of the user and group databases.
 *
 * Models: glibc 2.17 nss/getent.c (passwd, group)
 * Leaves out: every other database; it says so.
 */
import { command } from '../../kernel/program.ts';
import { err, out } from '../../libc/sys.ts';
import { readAccounts } from './accounts.ts';

export const getent = command(function* ({ argv: [, database, ...keys] }) {
  const { users, groups } = yield* readAccounts();
  const rows =
    database === 'passwd'
      ? users.map((u) => ({
          name: u.name,
          id: u.uid,
          line: `${u.name}:x:${u.uid}:${u.gid}:${u.gecos}:${u.home}:${u.shell}`,
        }))
      : groups.map((g) => ({
          name: g.name,
          id: g.gid,
          line: `${g.name}:x:${g.gid}:${g.members.join(',')}`,
        }));
  if (database !== 'passwd' && database !== 'group') {
    yield* err(
      database === undefined
        ? 'Usage: getent [OPTION...] database [key ...]\n'
        : `Unknown database: ${database}\n`,
    );
    return 1;
  }
  if (keys.length === 0) {
    yield* out(rows.map((row) => `${row.line}\n`).join(''));
    return 0;
  }
  let code = 0;
  for (const key of keys) {
    const row = rows.find((r) => r.name === key || String(r.id) === key);
    if (row) yield* out(`${row.line}\n`);
    else code = 2;
  }
  return code;
});
