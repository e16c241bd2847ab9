/**
 * libvirtd's log: which lines are written, where, and in what form.
 *
 * Models: libvirt v5.0.0 src/util/virlog.c virLogVMessage, virLogFormatString, virLogParseOutput,
 *   virLogParseFilter, virLogSetDefaultOutput; src/util/virerror.c virRaiseErrorFull
 *
 * The text is written as it is, so QEMU's three lines of stderr inside one message stand in the file as
 * lines of their own without a time: what one finds when searching the log for "Permission denied".
 * The journal gets the message alone, and never a debug line unless an output asks for it.
 * Leaves out: threads (every line bears the daemon's pid), syslog, stack traces, source files.
 */
import { type Errno, failed, strerror } from '../kernel/errno.ts';
import { memo } from '../kernel/memo.ts';
import type { Sys } from '../kernel/program.ts';
import { journal } from '../libc/journal.ts';
import { access, clock, getpid, open, uname, write } from '../libc/sys.ts';
import { strftime } from '../libc/time.ts';
import { type LogPlaces, place900 } from './logPlaces.ts';
import type { LibvirtSwitches } from './switches.ts';
import { type ErrorCode, type ErrorDomain, type Trouble, virError } from './virError.ts';

export type Priority = 'debug' | 'info' | 'warning' | 'error';

const rank: Record<Priority, number> = { debug: 1, info: 2, warning: 3, error: 4 };

/** `announced` turns true with the first line, which libvirt's version and the host's name precede. */
export type LogOutput = {
  readonly level: number;
  readonly to: 'stderr' | 'journald' | 'file';
  readonly fd: number;
  announced: boolean;
};
export type LogFilter = Readonly<{ level: number; match: string }>;

/** Where the log goes. Plain JSON, kept in the daemon's memory; its files stay open. */
export type Log = Readonly<{
  version: string;
  /** Whose line numbers are shown. */
  places: LogPlaces;
  level: number;
  filters: readonly LogFilter[];
  outputs: readonly LogOutput[];
}>;

/** virLogSourceUpdate: the first filter whose text occurs in the source's name decides. */
export const levelOf = (log: Log, source: string): number =>
  log.filters.find((f) => source.includes(f.match))?.level ?? log.level;

/** A probe writes hundreds of lines within a second. */
const MOST_SECONDS = 64;
const second = memo((seconds) => strftime('%F %T', Number(seconds) * 1000), MOST_SECONDS);

/** `2019-07-14 00:32:11.123+0000` */
export const timestamp = (ms: number): string =>
  `${second(String(Math.floor(ms / 1000)))}.${String(Math.floor(ms % 1000)).padStart(3, '0')}+0000`;

function* emit(
  output: LogOutput,
  time: number,
  pid: number,
  line: string,
  bare: string,
): Sys<void> {
  if (output.to === 'journald') return yield* journal('libvirtd', bare);
  yield* write(output.fd, `${timestamp(time)}: ${pid}: ${line}\n`);
}

/** virLogVersionString, virLogHostnameString: before the first line that an output gets. */
function* announce(log: Log, output: LogOutput, time: number, pid: number): Sys<void> {
  output.announced = true;
  const { nodename } = yield* uname();
  for (const text of [`libvirt version: ${log.version}`, `hostname: ${nodename}`]) {
    yield* emit(output, time, pid, `info : ${text}`, text);
  }
}

function* message(
  log: Log,
  source: string,
  priority: Priority,
  where: string,
  text: string,
): Sys<void> {
  const importance = rank[priority];
  const at = log.places === '9.0.0' ? place900(where) : where;
  if (importance < levelOf(log, source)) return;
  const outputs = log.outputs.filter((o) => importance >= o.level);
  if (outputs.length === 0) return;
  const time = yield* clock();
  const pid = yield* getpid();
  for (const output of outputs) {
    if (!output.announced) yield* announce(log, output, time, pid);
    yield* emit(output, time, pid, `${priority} : ${at} : ${text}`, text);
  }
}

export type LogSource = Readonly<
  Record<Priority, (log: Log, where: string, text: string) => Sys<void>>
>;

/** VIR_LOG_INIT: the name that filters are matched with. */
export const source = (name: string): LogSource => ({
  debug: (log, where, text) => message(log, name, 'debug', where, text),
  info: (log, where, text) => message(log, name, 'info', where, text),
  warning: (log, where, text) => message(log, name, 'warning', where, text),
  error: (log, where, text) => message(log, name, 'error', where, text),
});

const errors = source('util.error');

/** virReportError: every error is logged where it is raised, before anyone decides to swallow it. */
export function* report(
  log: Log,
  where: string,
  domain: ErrorDomain,
  code: ErrorCode,
  detail = '',
): Sys<Trouble> {
  const error = virError(domain, code, detail);
  yield* errors.error(log, where, error.message);
  return { error };
}

/** virReportSystemError: the detail, a colon, what strerror says. */
export const reportSystem = (log: Log, where: string, errno: Errno, detail: string) =>
  report(log, where, 'QEMU', 'SYSTEM_ERROR', `${detail}: ${strerror(errno)}`);

/** A copy whose outputs a turn may mark. */
export const forTurn = (log: Log): Log => ({
  ...log,
  outputs: log.outputs.map((output) => ({ ...output })),
});

export type LogSettings = Readonly<{ level: number; filters: string; outputs: string }>;

const priorityOf = (text: string): number | null => (/^[1-4]$/.test(text) ? Number(text) : null);

/** virLogParseFilter for each; the real one refuses the whole list when one is malformed. */
export function parseFilters(text: string): readonly LogFilter[] {
  const filters: LogFilter[] = [];
  for (const word of text.split(' ').filter((w) => w !== '')) {
    const [priority = '', match = '', ...more] = word.split(':');
    const level = priorityOf(priority);
    const name = match.replace(/^\+/, '');
    if (level === null || name === '' || more.length > 0) return [];
    filters.push({ level, match: name });
  }
  return filters;
}

function* openOutput(word: string): Sys<LogOutput | null> {
  const [priority = '', to = '', path, ...more] = word.split(':');
  const level = priorityOf(priority);
  if (level === null || more.length > 0) return null;
  if (to === 'stderr' && path === undefined) return { level, to, fd: 2, announced: false };
  if (to === 'journald' && path === undefined) return { level, to, fd: -1, announced: false };
  if (to !== 'file' || path === undefined) return null;
  const fd = yield* open(path, ['write', 'create', 'append'], 0o600);
  return failed(fd) ? null : { level, to, fd, announced: false };
}

/** virLogParseOutputs: one malformed output makes the list empty, and the default takes its place. */
function* openOutputs(text: string): Sys<readonly LogOutput[]> {
  const outputs: LogOutput[] = [];
  for (const word of text.split(' ').filter((w) => w !== '')) {
    const output = yield* openOutput(word);
    if (output === null) return [];
    outputs.push(output);
  }
  return outputs;
}

type Speaker = Pick<LibvirtSwitches, 'version' | 'logPlaces'>;

/** daemonSetupLogging: the settings, or the journal (no debug lines), or stderr. */
export function* openLog(settings: LogSettings, { version, logPlaces }: Speaker): Sys<Log> {
  const places = logPlaces;
  const filters = parseFilters(settings.filters);
  const outputs = yield* openOutputs(settings.outputs);
  const { level } = settings;
  if (outputs.length > 0) return { version, places, level, filters, outputs };
  const journald = !failed(yield* access('/run/log/journal', 0));
  const output: LogOutput = journald
    ? { level: Math.max(level, rank.info), to: 'journald', fd: -1, announced: false }
    : { level, to: 'stderr', fd: 2, announced: false };
  return { version, places, level, filters, outputs: [output] };
}
