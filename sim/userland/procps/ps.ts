/**
 * ps: a snapshot of the processes.
 *
 * Models: procps-ng 3.3.10 ps/ (no option, -e, -f, aux, -o, -C, -p, -u)
 * Leaves out: memory and CPU figures (0), trees, threads, sorting.
 */
import { own } from '../../kernel/own.ts';
import { command } from '../../kernel/program.ts';
import { clock, err, gettty, out } from '../../libc/sys.ts';
import { strftime } from '../../libc/time.ts';
import { type Process, processes } from './processes.ts';

type Column = Readonly<{ head: string; width: number; right?: true; of: (p: Process) => string }>;

const time = '00:00:00';
const columns: Readonly<Record<string, Column>> = {
  pid: { head: 'PID', width: 5, right: true, of: (p) => String(p.pid) },
  ppid: { head: 'PPID', width: 5, right: true, of: (p) => String(p.ppid) },
  user: { head: 'USER', width: 8, of: (p) => p.user },
  uid: { head: 'UID', width: 5, right: true, of: (p) => String(p.uid) },
  tty: { head: 'TT', width: 8, of: (p) => p.tty },
  stat: { head: 'STAT', width: 4, of: (p) => p.state },
  comm: { head: 'COMMAND', width: 0, of: (p) => p.comm },
  cmd: { head: 'CMD', width: 0, of: (p) => p.cmdline },
  args: { head: 'COMMAND', width: 0, of: (p) => p.cmdline },
};

const pad = (c: Column, text: string) => (c.right ? text.padStart(c.width) : text.padEnd(c.width));

const plain: Column[] = [
  { head: 'PID', width: 5, right: true, of: (p) => String(p.pid) },
  { head: 'TTY', width: 8, of: (p) => p.tty },
  { head: 'TIME', width: 8, right: true, of: () => time },
  { head: 'CMD', width: 0, of: (p) => p.comm },
];

const full = (now: number): Column[] => [
  { head: 'UID', width: 8, of: (p) => p.user },
  { head: 'PID', width: 5, right: true, of: (p) => String(p.pid) },
  { head: 'PPID', width: 5, right: true, of: (p) => String(p.ppid) },
  { head: 'C', width: 2, right: true, of: () => '0' },
  {
    head: 'STIME',
    width: 5,
    of: (p) => strftime(now - p.started < 86_400_000 ? '%H:%M' : '%b%d', p.started),
  },
  { head: 'TTY', width: 8, of: (p) => p.tty },
  { head: 'TIME', width: 8, right: true, of: () => time },
  { head: 'CMD', width: 0, of: (p) => p.cmdline },
];

const aux = (now: number): Column[] => [
  { head: 'USER', width: 8, of: (p) => p.user },
  { head: 'PID', width: 7, right: true, of: (p) => String(p.pid) },
  { head: '%CPU', width: 4, right: true, of: () => '0.0' },
  { head: '%MEM', width: 4, right: true, of: () => '0.0' },
  { head: 'VSZ', width: 6, right: true, of: () => '0' },
  { head: 'RSS', width: 5, right: true, of: () => '0' },
  { head: 'TTY', width: 8, of: (p) => p.tty },
  { head: 'STAT', width: 4, of: (p) => p.state },
  {
    head: 'START',
    width: 5,
    of: (p) => strftime(now - p.started < 86_400_000 ? '%H:%M' : '%b%d', p.started),
  },
  { head: 'TIME', width: 6, right: true, of: () => '0:00' },
  { head: 'COMMAND', width: 0, of: (p) => p.cmdline },
];

type Asked = {
  columns: Column[];
  headless: boolean;
  keep: (p: Process, tty: string | null) => boolean;
};

/** The command line, BSD or Unix style; a string is a complaint. */
function parse(args: readonly string[], now: number): Asked | string {
  const asked: Asked = {
    columns: plain,
    headless: false,
    keep: (p, tty) => p.tty === (tty ?? '?'),
  };
  for (let i = 0; i < args.length; i++) {
    const word = args[i] ?? '';
    const value = () => (word.length > 2 ? word.slice(2) : (args[++i] ?? ''));
    if (/^-?a?u?x?$/.test(word) && word.includes('x'))
      Object.assign(asked, { columns: word.includes('u') ? aux(now) : plain, keep: () => true });
    else if (word.startsWith('-o')) {
      const names = value()
        .split(',')
        .map((name) => name.trim());
      const chosen = names.map((name) => own(columns, name.replace(/=.*/, '')));
      const unknown = names.find((_, at) => chosen[at] === undefined);
      if (unknown !== undefined) return `error: unknown user-defined format specifier "${unknown}"`;
      asked.headless = names.every((name) => name.endsWith('='));
      asked.columns = chosen.filter((c): c is Column => c !== undefined);
    } else if (word.startsWith('-C')) {
      const names = value().split(',');
      asked.keep = (p) => names.includes(p.comm);
    } else if (word.startsWith('-p')) {
      const pids = value().split(',').map(Number);
      asked.keep = (p) => pids.includes(p.pid);
    } else if (word.startsWith('-u') || word.startsWith('-U')) {
      const names = value().split(',');
      asked.keep = (p) => names.includes(p.user) || names.includes(String(p.uid));
    } else if (/^-[efA]+$/.test(word)) {
      if (word.includes('f')) asked.columns = full(now);
      if (/[eA]/.test(word)) asked.keep = () => true;
    } else return 'error: unsupported option (BSD syntax)';
  }
  return asked;
}

export const ps = command(function* ({ argv: [, ...args] }) {
  const asked = parse(args, yield* clock());
  if (typeof asked === 'string') {
    yield* err(`${asked}\n\nUsage:\n ps [options]\n`);
    return 1;
  }
  const tty = yield* gettty();
  const rows = (yield* processes()).filter((p) => asked.keep(p, tty));
  const line = (cells: readonly string[]) => `${cells.join(' ').trimEnd()}\n`;
  if (!asked.headless) yield* out(line(asked.columns.map((c) => pad(c, c.head))));
  for (const row of rows) yield* out(line(asked.columns.map((c) => pad(c, c.of(row)))));
  return rows.length > 0 ? 0 : 1;
});
