/**
 * What udev has to say, as data: one line with its priority, to be printed or thrown away later.
 *
 * Models: systemd v219 src/shared/log.h, v252 src/basic/log.h log_full (the priority decides who sees it)
 *
 * udevd writes to the journal from `info` up, `udevadm test` prints everything on stderr.
 */
import type { Sys } from '../kernel/program.ts';
import { journal } from '../libc/journal.ts';

export type Priority = 'err' | 'warning' | 'notice' | 'info' | 'debug';

export type LogLine = Readonly<{ priority: Priority; text: string }>;

const order: readonly Priority[] = ['err', 'warning', 'notice', 'info', 'debug'];

/** log_level_from_string, util_log_priority: the words, and 0 to 7 as syslog counts. Null for anything else. */
export function priorityNamed(text: string): Priority | null {
  const words = ['emerg', 'alert', 'crit', 'err', 'warning', 'notice', 'info', 'debug'];
  const level = words.includes(text) ? words.indexOf(text) : /^[0-7]$/.test(text) ? +text : -1;
  return level < 0 ? null : (order[Math.max(0, level - 3)] ?? 'debug');
}

export const shows = (limit: Priority, line: LogLine): boolean =>
  order.indexOf(line.priority) <= order.indexOf(limit);

/** A place to collect lines in. */
export type Log = LogLine[];

export const say = (log: Log, priority: Priority, text: string): void => {
  log.push({ priority, text });
};

/** Hand the lines to the journal, in order. */
export function* toJournal(log: readonly LogLine[], limit: Priority): Sys<void> {
  for (const line of log) {
    if (shows(limit, line)) yield* journal('systemd-udevd', line.text);
  }
}
