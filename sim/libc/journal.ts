/**
 * One line for the system journal.
 *
 * Models: sd_journal_print as far as journalctl's short output shows it
 * Leaves out: structured fields, rate limits; journald itself (the line goes straight to the file,
 *   as `<ms> <identifier>[<pid>]: <text>`).
 */
import { failed } from '../kernel/errno.ts';
import type { Sys } from '../kernel/program.ts';
import { clock, close, getpid, open, write } from './sys.ts';

export const JOURNAL = '/run/log/journal/system.journal';

export function* journal(identifier: string, text: string): Sys<void> {
  const now = yield* clock();
  const pid = yield* getpid();
  const fd = yield* open(JOURNAL, ['write', 'create', 'append'], 0o640);
  if (failed(fd)) return;
  yield* write(fd, `${now} ${identifier}[${pid}]: ${text}\n`);
  yield* close(fd);
}
