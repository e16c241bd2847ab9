/**
 * journalctl: the journal's lines, in the short format.
 *
 * Models: systemd v219 src/journal/journalctl.c, src/shared/logs-show.c output_short
 * Leaves out: structured fields, boots, cursors, follow, every match but -u, -t, -k, -n, --since the boot.
 */
import { failed } from '../kernel/errno.ts';
import { command } from '../kernel/program.ts';
import { getopt } from '../libc/getopt.ts';
import { JOURNAL } from '../libc/journal.ts';
import { err, out, readFile, type Sys, syslog, uname } from '../libc/sys.ts';
import { strftime } from '../libc/time.ts';

type Line = Readonly<{ at: number; identifier: string; text: string }>;

function* journalLines(): Sys<Line[]> {
  const text = yield* readFile(JOURNAL);
  if (failed(text)) return [];
  return text.split('\n').flatMap((line) => {
    const [, at, identifier, rest] = /^(\d+) ([^[]+)(\[\d+\]: .*)$/.exec(line) ?? [];
    return at === undefined
      ? []
      : [{ at: Number(at), identifier: identifier ?? '', text: `${identifier}${rest}` }];
  });
}

function* kernelLines(): Sys<Line[]> {
  const lines = yield* syslog();
  const stat = yield* readFile('/proc/stat');
  const booted = failed(stat) ? 0 : Number(/^btime (\d+)/m.exec(stat)?.[1] ?? 0) * 1000;
  return lines.map((line) => {
    const [ms = '0', ...words] = line.split(' ');
    return { at: booted + Number(ms), identifier: 'kernel', text: `kernel: ${words.join(' ')}` };
  });
}

export const journalctl = command(function* ({ argv }) {
  const long = {
    unit: 'required',
    identifier: 'required',
    dmesg: 'none',
    lines: 'required',
    'no-pager': 'none',
    boot: 'none',
  } as const;
  const parsed = getopt({ short: 'u:t:kn:b', long }, argv);
  if (parsed.error !== null) {
    yield* err(`${parsed.error}\n`);
    return 1;
  }
  const value = (...names: string[]) => parsed.options.find(([name]) => names.includes(name))?.[1];
  const unit = value('u', 'unit')?.replace(/\.service$/, '') ?? value('t', 'identifier');
  const last = value('n', 'lines');
  const all = value('k', 'dmesg') === undefined ? yield* journalLines() : yield* kernelLines();
  const chosen = all.filter(
    (line) => unit === undefined || unit === null || line.identifier === unit,
  );
  const shown = last === undefined || last === null ? chosen : chosen.slice(-Number(last));
  const { nodename } = yield* uname();
  const host = nodename.split('.')[0];
  if (shown.length === 0) yield* out('-- No entries --\n');
  for (const line of shown) yield* out(`${strftime('%b %d %T', line.at)} ${host} ${line.text}\n`);
  return 0;
});
