/**
 * Signals by name and number, and the table that `trap -l` and `kill -l` print.
 *
 * Models: Linux signal(7) on x86-64; GNU bash 5.2 builtins/common.c display_signal_list
 */
const names =
  'HUP INT QUIT ILL TRAP ABRT BUS FPE KILL USR1 SEGV USR2 PIPE ALRM TERM STKFLT CHLD CONT STOP TSTP TTIN TTOU URG XCPU XFSZ VTALRM PROF WINCH IO PWR SYS'.split(
    ' ',
  );
const FIRST_REALTIME = 34;
const LAST_REALTIME = 64;

/** glibc keeps 32 and 33 for itself; the others count up from SIGRTMIN, then down to SIGRTMAX. */
function realtime(number: number): string {
  const up = number - FIRST_REALTIME;
  const down = LAST_REALTIME - number;
  if (up <= 15) return up === 0 ? 'RTMIN' : `RTMIN+${up}`;
  return down === 0 ? 'RTMAX' : `RTMAX-${down}`;
}

const realtimes = Array.from({ length: LAST_REALTIME - FIRST_REALTIME + 1 }, (_, i) => {
  const number = FIRST_REALTIME + i;
  return [realtime(number), number] as const;
});

const all = [...names.map((name, i) => [name, i + 1] as const), ...realtimes];

export const signals: Readonly<Record<string, number>> = Object.fromEntries(all);

const COLUMNS = 5;

export const SIGNAL_TABLE = all
  .map(([name, number], i) => {
    const last = i % COLUMNS === COLUMNS - 1 || i === all.length - 1;
    return `${String(number).padStart(2)}) SIG${name}${last ? '\n' : '\t'}`;
  })
  .join('');
