/**
 * Calendar time from milliseconds since 1970, in UTC, without a clock.
 *
 * Models: glibc 2.17 gmtime_r, strftime in the C locale
 * Leaves out: time zones; every profile's host is set to UTC.
 */
export type Civil = Readonly<{
  year: number;
  /** 1 to 12. */
  month: number;
  day: number;
  hour: number;
  minute: number;
  second: number;
  ms: number;
  /** 0 is Sunday. */
  weekday: number;
}>;

const DAY_MS = 86_400_000;

/** Days from 1970 to a date, after Howard Hinnant's days_from_civil turned round. */
export function civil(at: number): Civil {
  const days = Math.floor(at / DAY_MS);
  const rest = at - days * DAY_MS;
  const z = days + 719_468;
  const era = Math.floor(z / 146_097);
  const doe = z - era * 146_097;
  const yoe = Math.floor(
    (doe - Math.floor(doe / 1460) + Math.floor(doe / 36_524) - Math.floor(doe / 146_096)) / 365,
  );
  const doy = doe - (365 * yoe + Math.floor(yoe / 4) - Math.floor(yoe / 100));
  const mp = Math.floor((5 * doy + 2) / 153);
  const month = mp < 10 ? mp + 3 : mp - 9;
  return {
    year: yoe + era * 400 + (month <= 2 ? 1 : 0),
    month,
    day: doy - Math.floor((153 * mp + 2) / 5) + 1,
    hour: Math.floor(rest / 3_600_000),
    minute: Math.floor(rest / 60_000) % 60,
    second: Math.floor(rest / 1000) % 60,
    ms: Math.floor(rest % 1000),
    weekday: (((days + 4) % 7) + 7) % 7,
  };
}

/** Milliseconds since 1970 of a UTC date and time. */
export function fromCivil(
  year: number,
  month: number,
  day: number,
  hour = 0,
  minute = 0,
  second = 0,
): number {
  const y = month <= 2 ? year - 1 : year;
  const era = Math.floor(y / 400);
  const yoe = y - era * 400;
  const doy = Math.floor((153 * (month > 2 ? month - 3 : month + 9) + 2) / 5) + day - 1;
  const doe = yoe * 365 + Math.floor(yoe / 4) - Math.floor(yoe / 100) + doy;
  const days = era * 146_097 + doe - 719_468;
  return days * DAY_MS + hour * 3_600_000 + minute * 60_000 + second * 1000;
}

const months = ['Jan', 'Feb', 'Mar', 'Apr', 'May', 'Jun', 'Jul', 'Aug', 'Sep', 'Oct', 'Nov', 'Dec'];
const weekdays = ['Sun', 'Mon', 'Tue', 'Wed', 'Thu', 'Fri', 'Sat'];
const two = (n: number) => String(n).padStart(2, '0');

/** strftime for the directives that the simulated tools use. */
export function strftime(format: string, at: number): string {
  const t = civil(at);
  const values: Record<string, string> = {
    Y: String(t.year),
    m: two(t.month),
    d: two(t.day),
    e: String(t.day).padStart(2, ' '),
    H: two(t.hour),
    M: two(t.minute),
    S: two(t.second),
    b: months[t.month - 1] ?? '',
    a: weekdays[t.weekday] ?? '',
    s: String(Math.floor(at / 1000)),
    N: `${String(t.ms).padStart(3, '0')}000000`,
    Z: 'UTC',
    z: '+0000',
    T: `${two(t.hour)}:${two(t.minute)}:${two(t.second)}`,
    F: `${t.year}-${two(t.month)}-${two(t.day)}`,
    '%': '%',
  };
  return format.replace(/%([a-zA-Z%])/g, (whole, letter: string) => values[letter] ?? whole);
}
