/**
 * date, sleep and uptime: the simulated host's clock.
 *
 * Models: coreutils 8.22 src/date.c show_date, src/sleep.c; procps-ng 3.3.10 proc/whattime.c sprint_uptime
 * Leaves out: setting the clock, time zones other than UTC, load averages.
 */
import { failed, strerror } from '../../kernel/errno.ts';
import { command } from '../../kernel/program.ts';
import { clock, nanosleep, out, readDir, readFile, stat } from '../../libc/sys.ts';
import { civil, fromCivil, strftime } from '../../libc/time.ts';
import { complain, ended, given, misuse, unmodelled } from '../given.ts';
import { isModern } from '../switches.ts';
import { parseDate } from './datetime.ts';
import { quoted } from './quote.ts';

const months = [
  'January',
  'February',
  'March',
  'April',
  'May',
  'June',
  'July',
  'August',
  'September',
  'October',
  'November',
  'December',
];
const weekdays = ['Sunday', 'Monday', 'Tuesday', 'Wednesday', 'Thursday', 'Friday', 'Saturday'];

/** Formats made of others. */
const composite: Readonly<Record<string, string>> = {
  c: '%a %b %e %H:%M:%S %Y',
  D: '%m/%d/%y',
  x: '%m/%d/%y',
  X: '%H:%M:%S',
  r: '%I:%M:%S %p',
  R: '%H:%M',
  h: '%b',
  n: '\n',
  t: '\t',
};

/** date's directives beyond those of libc/time.ts, with the flags `-`, `_`, `0` and a width for %N. */
export function dateText(format: string, at: number): string {
  const t = civil(at);
  const dayOfYear = Math.floor((at - fromCivil(t.year, 1, 1)) / 86_400_000) + 1;
  const hour = t.hour % 12 === 0 ? 12 : t.hour % 12;
  const own: Readonly<Record<string, string>> = {
    A: weekdays[t.weekday] ?? '',
    B: months[t.month - 1] ?? '',
    C: String(Math.floor(t.year / 100)),
    I: String(hour).padStart(2, '0'),
    j: String(dayOfYear).padStart(3, '0'),
    k: String(t.hour).padStart(2),
    l: String(hour).padStart(2),
    p: t.hour < 12 ? 'AM' : 'PM',
    P: t.hour < 12 ? 'am' : 'pm',
    u: String(t.weekday === 0 ? 7 : t.weekday),
    w: String(t.weekday),
    y: String(t.year % 100).padStart(2, '0'),
  };
  return format.replace(
    /%([-_0^]?)(\d*)(:?[a-zA-Z%])/g,
    (_, flag: string, width: string, letter: string) => {
      if (letter === ':z') return '+00:00';
      const made = composite[letter];
      const text =
        made !== undefined ? dateText(made, at) : (own[letter] ?? strftime(`%${letter}`, at));
      if (letter === 'N' && width !== '') return text.slice(0, Number(width));
      if (flag === '-') return text.replace(/^[0 ]+(?=\d)/, '');
      if (flag === '_') return text.replace(/^0+(?=\d)/, (zeros) => ' '.repeat(zeros.length));
      const upper = flag === '^' ? text.toUpperCase() : text;
      return width === '' ? upper : upper.padStart(Number(width), '0');
    },
  );
}

const isoForms: Readonly<Record<string, string>> = {
  date: '%Y-%m-%d',
  hours: '%Y-%m-%dT%H%z',
  minutes: '%Y-%m-%dT%H:%M%z',
  seconds: '%Y-%m-%dT%H:%M:%S%z',
  ns: '%Y-%m-%dT%H:%M:%S,%N%z',
};

export const date = command(function* ({ argv }) {
  const line = yield* given(argv, 'd:f:I::r:Rs:u', {
    date: 'd',
    'iso-8601': 'I',
    reference: 'r',
    'rfc-2822': 'R',
    set: 's',
    utc: 'u',
    universal: 'u',
    'rfc-3339:': '',
  });
  if (ended(line)) return line;
  const { name, options, operands } = line;
  if (options.has('s')) return yield* unmodelled(name, '-s (setting the clock)');
  const now = yield* clock();
  const reference = options.get('r') ?? null;
  const st = reference === null ? null : yield* stat(reference);
  if (failed(st)) return yield* complain(name, `${reference}: ${strerror(st.errno)}`);
  const asked = options.get('d') ?? null;
  const at = st !== null ? st.mtime : asked === null ? now : parseDate(asked, now);
  if (at === null) return yield* complain(name, `invalid date ${quoted(asked ?? '')}`);
  const [format] = operands;
  if (operands.length > 1) return yield* misuse(name, `extra operand ${quoted(operands[1] ?? '')}`);
  if (format !== undefined && !format.startsWith('+'))
    return yield* complain(name, `invalid date ${quoted(format)}`);
  const iso = options.has('I') ? (isoForms[options.get('I') ?? 'date'] ?? '%Y-%m-%d') : null;
  const zone = (yield* isModern()) ? '+00:00' : '%z';
  const rfc = options.has('R') ? '%a, %d %b %Y %H:%M:%S %z' : null;
  const usual = '%a %b %e %H:%M:%S %Z %Y';
  yield* out(`${dateText(format?.slice(1) ?? iso?.replace('%z', zone) ?? rfc ?? usual, at)}\n`);
  return 0;
});

const units: Readonly<Record<string, number>> = { '': 1, s: 1, m: 60, h: 3600, d: 86_400 };

export const sleep = command(function* ({ argv }) {
  const line = yield* given(argv, '+');
  if (ended(line)) return line;
  const { name, operands } = line;
  if (operands.length === 0) return yield* misuse(name, 'missing operand');
  let ms = 0;
  for (const text of operands) {
    const [, number, unit = ''] = /^(\d+(?:\.\d*)?|\.\d+)([smhd]?)$/.exec(text) ?? [];
    if (number === undefined) return yield* misuse(name, `invalid time interval ${quoted(text)}`);
    ms += Number(number) * (units[unit] ?? 1) * 1000;
  }
  yield* nanosleep(Math.ceil(ms));
  return 0;
});

/** `3 min`, ` 1:05`, `2 days,  3:10`. */
function upText(ms: number): string {
  const minutes = Math.floor(ms / 60_000);
  const days = Math.floor(minutes / 1440);
  const hours = Math.floor(minutes / 60) % 24;
  const rest = String(minutes % 60);
  const dayText = days === 0 ? '' : `${days} day${days === 1 ? '' : 's'}, `;
  return (
    dayText +
    (hours > 0 ? `${String(hours).padStart(2)}:${rest.padStart(2, '0')}, ` : `${rest} min, `)
  );
}

export const uptime = command(function* () {
  const now = yield* clock();
  const text = yield* readFile('/proc/stat');
  const [, seconds = '0'] = /^btime (\d+)/m.exec(failed(text) ? '' : text) ?? [];
  const sessions = yield* readDir('/run/systemd/sessions');
  const users = failed(sessions) ? 0 : sessions.length;
  const who = `${String(users).padStart(2)} user${users === 1 ? '' : 's'}`;
  const up = upText(now - Number(seconds) * 1000);
  yield* out(`${strftime(' %T', now)} up ${up}${who},  load average: 0.00, 0.00, 0.00\n`);
  return 0;
});
