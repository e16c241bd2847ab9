/**
 * Dates as people write them on a command line: `@1531528350`, `2019-07-14 00:32:30`, `now`, `2 hours ago`.
 *
 * Models: gnulib parse-datetime.y as far as these forms; coreutils 8.22 posixtm.c posixtime (touch -t)
 * Leaves out: names of weekdays, time zones by name other than UTC, `next` and `last`.
 */
import { civil, fromCivil } from '../../libc/time.ts';

const units: Readonly<Record<string, number>> = {
  sec: 1000,
  second: 1000,
  min: 60_000,
  minute: 60_000,
  hour: 3_600_000,
  day: 86_400_000,
  week: 604_800_000,
  fortnight: 1_209_600_000,
};

const absolute =
  /^(\d{4})-(\d{1,2})-(\d{1,2})(?:[T ]+(\d{1,2}):(\d{2})(?::(\d{2})(?:\.(\d{1,9}))?)?)?/;

const months = ['jan', 'feb', 'mar', 'apr', 'may', 'jun', 'jul', 'aug', 'sep', 'oct', 'nov', 'dec'];
const month = '(jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec)[a-z]*\\.?';

/** `2 Feb 2003`, `Jan 5 2019`, `Jan 5, 2019`, `20190105`: each with the places of year, month and day. */
const spelt: readonly (readonly [RegExp, number, number, number])[] = [
  [new RegExp(`^(\\d{1,2})[ -]?${month}(?:[ -](\\d{4})\\b)?`, 'i'), 3, 2, 1],
  [new RegExp(`^${month} ?(\\d{1,2})\\b(?!:)(?:,? (\\d{4})\\b)?`, 'i'), 3, 1, 2],
  [/^(\d{4})(\d{2})(\d{2})\b/, 1, 2, 3],
  [/^(\d{1,2})\/(\d{1,2})(?:\/(\d{4}))?/, 3, 1, 2],
];

/** A day that is in the calendar, at its beginning; null: there is none. */
function dayOf(year: number, mo: number, day: number): number | null {
  const made = fromCivil(year, mo, day, 0, 0, 0);
  const back = civil(made);
  return back.year === year && back.month === mo && back.day === day ? made : null;
}

function readSpelt(text: string, at: number): { at: number; used: number } | null {
  for (const [form, y, m, d] of spelt) {
    const found = form.exec(text);
    if (found === null) continue;
    const name = found[m] ?? '';
    const mo = /^\d/.test(name) ? Number(name) : months.indexOf(name.toLowerCase()) + 1;
    const made = dayOf(Number(found[y] ?? civil(at).year), mo, Number(found[d]));
    return made === null ? null : { at: made, used: found[0].length };
  }
  return null;
}

const relative =
  /^([+-]?\s*\d+)?\s*(second|sec|minute|min|hour|day|week|fortnight|month|year)s?(\s+ago)?\b/;

/** Months and years keep the day and the hour. */
function later(at: number, months: number): number {
  const { year, month, day, hour, minute, second } = civil(at);
  const total = year * 12 + month - 1 + months;
  return (
    fromCivil(Math.floor(total / 12), (total % 12) + 1, day, hour, minute, second) + (at % 1000)
  );
}

/** What one word at the head of the text does to the date; null: nothing known begins here. */
function readWord(text: string, at: number, now: number): { at: number; used: number } | null {
  const [seconds, whole = '', fraction = ''] = /^@(-?\d+)(?:\.(\d{1,3}))?\d*/.exec(text) ?? [];
  if (seconds !== undefined)
    return { at: Number(whole) * 1000 + Number(fraction.padEnd(3, '0')), used: seconds.length };
  const date = absolute.exec(text);
  if (date) {
    const [word, y, mo, d, h = '0', mi = '0', s = '0', f = ''] = date;
    if (dayOf(Number(y), Number(mo), Number(d)) === null) return null;
    if (Number(h) > 23 || Number(mi) > 59 || Number(s) > 60) return null;
    const made = fromCivil(Number(y), Number(mo), Number(d), Number(h), Number(mi), Number(s));
    return { at: made + Number(f.slice(0, 3).padEnd(3, '0')), used: word.length };
  }
  const [named] = /^(now|today|yesterday|tomorrow|utc|UTC|Z)\b/.exec(text) ?? [];
  if (named !== undefined) {
    const days = named === 'yesterday' ? -1 : named === 'tomorrow' ? 1 : 0;
    return { at: (days === 0 ? at : now) + days * 86_400_000, used: named.length };
  }
  const [clock, h, mi, s = '0'] = /^(\d{1,2}):(\d{2})(?::(\d{2}))?/.exec(text) ?? [];
  if (clock !== undefined) {
    const day = civil(at);
    const made = fromCivil(day.year, day.month, day.day, Number(h), Number(mi), Number(s));
    return { at: made, used: clock.length };
  }
  const day = readSpelt(text, at);
  if (day !== null) return day;
  const step = relative.exec(text);
  if (step === null) return null;
  const [word, count = '1', unit = '', ago] = step;
  const times = Number(count.replace(/\s/g, ''));
  if (unit === 'month' || unit === 'year') {
    const months = times * (unit === 'year' ? 12 : 1);
    return { at: later(at, ago === undefined ? months : -months), used: word.length };
  }
  const ms = times * (units[unit] ?? 0);
  return { at: at + (ago === undefined ? ms : -ms), used: word.length };
}

/** Milliseconds since 1970; null: not a date. */
export function parseDate(text: string, now: number): number | null {
  let at = now;
  let rest = text.trim();
  if (rest === '') return Math.floor(now / 86_400_000) * 86_400_000;
  while (rest !== '') {
    const [zone, sign, hours, minutes = '0'] =
      /^([+-])(\d\d):?(\d\d)?(?![\d:]| *[a-z])/.exec(rest) ?? [];
    if (zone !== undefined && rest !== text.trim()) {
      const offset = (Number(hours) * 60 + Number(minutes)) * 60_000;
      at += sign === '+' ? -offset : offset;
      rest = rest.slice(zone.length).trimStart();
      continue;
    }
    const word = readWord(rest, at, now);
    if (word === null) return null;
    at = word.at;
    rest = rest.slice(word.used).trimStart();
  }
  return at;
}

/** touch -t: [[CC]YY]MMDDhhmm[.ss]. */
export function parseStamp(text: string, now: number): number | null {
  const found = /^(\d\d)?(\d\d)?(\d\d)(\d\d)(\d\d)(\d\d)(?:\.(\d\d))?$/.exec(text);
  if (found === null) return null;
  const [, first, second, mo, d, h, mi, s = '0'] = found;
  const yy = second ?? first;
  const century = second === undefined ? (Number(yy) < 69 ? '20' : '19') : first;
  const year = yy === undefined ? civil(now).year : Number(`${century}${yy}`);
  const numbers = [mo, d, h, mi, s].map(Number);
  const [month = 1, day = 1, hour = 0, minute = 0, secondOf = 0] = numbers;
  if (month < 1 || month > 12 || day < 1 || day > 31 || hour > 23 || minute > 59) return null;
  return fromCivil(year, month, day, hour, minute, secondOf);
}
