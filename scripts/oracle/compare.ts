/**
 * When two answers are one: what the date, the clock and systemd's hash order decide is made equal first.
 */
export type Answer = Readonly<{ stdout: string; stderr: string; status: number }>;

const sorted = (text: string, separator: string): string =>
  text.split(separator).filter(Boolean).sort().join(separator);

/** systemd walks tags and links in the order of a hash table whose key is drawn at each start. */
const sets = (line: string): string => {
  const tags = /^((?:E: )?(?:CURRENT_)?TAGS=):(.*):$/.exec(line);
  if (tags) return `${tags[1]}:${sorted(tags[2] ?? '', ':')}:`;
  const links = /^((?:E: )?DEVLINKS='?)([^']*'?)$/.exec(line);
  return links ? `${links[1]}${sorted(links[2] ?? '', ' ')}` : line;
};

const clock: readonly (readonly [RegExp, string])[] = [
  [/\b(?:Jan|Feb|Mar|Apr|May|Jun|Jul|Aug|Sep|Oct|Nov|Dec) [ \d]\d (?:\d\d:\d\d| \d{4})/g, 'DATE'],
  [/\b\d{4}-\d\d-\d\d \d\d:\d\d:\d\d\.\d{9} \+0000/g, 'TIMESTAMP'],
  [/USEC_INITIALIZED='?\d+'?/g, 'USEC_INITIALIZED=N'],
  [/Found container virtualization [a-z-]+\./g, 'Found container virtualization none.'],
];

const hashed =
  /: Successfully created symlink |: No reference left for |: Failed to build stack directory name |: Failed to create\/update device symlink |: Conflicting inode |^S: /;

/** Lines about created links come in hash order too: sorted among themselves. */
function linesInOrder(lines: readonly string[]): string[] {
  const made = lines.filter((line) => hashed.test(line)).sort();
  return lines.map((line) => (hashed.test(line) ? (made.shift() ?? '') : line));
}

/** Which pid a program gets is the process namespace's affair, what prctl allows the kernel's. */
const machine = /^(?:Successfully forked off '.*' as PID \d+\.|PR_SET_MM_ARG_START failed: .*)\n/gm;

/** When links, tags and times enter the list of properties hangs on who asked for it before: last, by name. */
const late = /^(?:E: )?(?:USEC_INITIALIZED|DEVLINKS|TAGS|CURRENT_TAGS)=/;
const property = /^(?:E: )?[.A-Za-z][\w.]*=/;

function lateLast(lines: readonly string[]): string[] {
  const all: string[] = [];
  let waiting: string[] = [];
  for (const line of lines) {
    if (late.test(line)) waiting.push(line);
    else {
      if (!property.test(line)) {
        all.push(...waiting.sort());
        waiting = [];
      }
      all.push(line);
    }
  }
  return [...all, ...waiting.sort()];
}

export const normal = (text: string): string =>
  lateLast(
    linesInOrder(
      clock
        .reduce((t, [what, name]) => t.replace(what, name), text.replace(machine, ''))
        .split('\n')
        .map(sets),
    ),
  ).join('\n');

export const normalAnswer = ({ stdout, stderr, status }: Answer): Answer => ({
  stdout: normal(stdout),
  stderr: normal(stderr),
  status,
});

export const same = (a: Answer, b: Answer): boolean =>
  JSON.stringify(normalAnswer(a)) === JSON.stringify(normalAnswer(b));
