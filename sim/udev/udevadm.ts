/**
 * udevadm: which command, and what is asked of it.
 *
 * Models: systemd v219 src/udev/udevadm.c main, run_command; v252 run, udevadm_main, src/shared/verbs.c dispatch_verb
 * Leaves out: hwdb, wait, lock (they say so).
 *
 * settle and monitor take many turns, so that what they remember is plain data; the others take one.
 */
import { daemon, type Start, type Turn } from '../kernel/program.ts';
import { getopt } from '../libc/getopt.ts';
import { err, out, type Sys } from '../libc/sys.ts';
import { udevadmHelp } from './help.ts';
import { readSwitches, type UdevSwitches } from './switches.ts';
import { udevadmControl } from './udevadmControl.ts';
import { udevadmInfo } from './udevadmInfo.ts';
import { beginMonitor, keepMonitoring, type Monitoring } from './udevadmMonitor.ts';
import { beginSettle, keepSettling, type Settling } from './udevadmSettle.ts';
import { udevadmTest, udevadmTestBuiltin } from './udevadmTest.ts';
import { udevadmTrigger } from './udevadmTrigger.ts';

type Memory =
  | Readonly<{ argv: readonly string[] }>
  | Readonly<{ settling: Settling; switches: UdevSwitches }>
  | Readonly<{ monitoring: Monitoring; switches: UdevSwitches }>;

type Command = (argv: readonly string[], switches: UdevSwitches) => Sys<number>;

const commands: Readonly<Record<string, Command>> = {
  info: udevadmInfo,
  trigger: udevadmTrigger,
  control: udevadmControl,
  test: udevadmTest,
  'test-builtin': udevadmTestBuiltin,
  *version(_, switches) {
    yield* out(`${switches.version}\n`);
    return 0;
  },
  *help(_, switches) {
    yield* out(udevadmHelp(switches));
    return 0;
  },
};

function* unknown(name: string | undefined, v219: boolean): Sys<Turn<Memory>> {
  if (name !== undefined && ['hwdb', 'wait', 'lock'].includes(name)) {
    yield* err(`kvmlab: udevadm ${name} is not modelled\n`);
    return { exit: 1 };
  }
  const text = name === undefined ? 'Command verb required.' : `Unknown command verb ${name}.`;
  yield* err(v219 ? 'udevadm: missing or unknown command\n' : `${text}\n`);
  return { exit: v219 ? 2 : 1 };
}

function* start(argv: readonly string[]): Sys<Turn<Memory>> {
  const switches = yield* readSwitches();
  const spec = { short: '+dhV', long: { debug: 'none', help: 'none', version: 'none' } } as const;
  const { options, operands, error } = getopt(spec, ['udevadm', ...argv.slice(1)]);
  for (const [name] of options) {
    if (name === 'd' || name === 'debug') continue;
    const help = name === 'h' || name === 'help';
    yield* out(help ? udevadmHelp(switches) : `${switches.version}\n`);
    return { exit: 0 };
  }
  if (error !== null) {
    yield* err(`${error}\n`);
    return { exit: 1 };
  }
  const [name] = operands;
  if (name === 'settle') {
    const settling = yield* beginSettle(operands, switches);
    return typeof settling === 'number' ? { exit: settling } : { again: { settling, switches } };
  }
  if (name === 'monitor') {
    const monitoring = yield* beginMonitor(operands, switches);
    return typeof monitoring === 'number'
      ? { exit: monitoring }
      : { again: { monitoring, switches } };
  }
  const command = name !== undefined && Object.hasOwn(commands, name) ? commands[name] : undefined;
  if (command === undefined) return yield* unknown(name, switches.version === 219);
  return { exit: yield* command(operands, switches) };
}

export const udevadm = daemon<Memory>({
  begin: ({ argv }: Start) => ({ argv }),
  *turn(memory) {
    if ('settling' in memory) {
      const settling = yield* keepSettling(memory.settling, memory.switches);
      return typeof settling === 'number' ? { exit: settling } : { again: { ...memory, settling } };
    }
    if ('monitoring' in memory) {
      const monitoring = yield* keepMonitoring(memory.monitoring, memory.switches);
      return typeof monitoring === 'number'
        ? { exit: monitoring }
        : { again: { ...memory, monitoring } };
    }
    return yield* start(memory.argv);
  },
});
