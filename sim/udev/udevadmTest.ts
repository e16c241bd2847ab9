/**
 * udevadm test and test-builtin: an event without the kernel, and without its RUN commands.
 *
 * Models: systemd v219 src/udev/udevadm-test.c adm_test, udevadm-test-builtin.c adm_builtin;
 *   v252 test_main, builtin_main
 * Leaves out: what is logged of memory use, and the pid of each program that a rule starts.
 *
 * "It does not run any program specified by a RUN key", it says, and that is all it does not do: mode,
 * owner, links and database are really changed (until v256). So it repairs what it is asked to look at.
 */
import { strerror } from '../kernel/errno.ts';
import type { Sys } from '../kernel/program.ts';
import { getopt } from '../libc/getopt.ts';
import { err, print } from '../libc/sys.ts';
import { builtinsBegin, builtinsEnd } from './builtinInit.ts';
import { runBuiltin } from './builtinRun.ts';
import { builtinHelp, lookUpBuiltin } from './builtins.ts';
import { type Device, deviceOfSyspath, nameSubsystem, propertiesOf } from './device.ts';
import type { ResolveNames } from './draft.ts';
import { newEvent } from './event.ts';
import { executeRules, runText } from './execute.ts';
import { testBuiltinHelp, testHelp } from './help.ts';
import type { Log, LogLine } from './log.ts';
import { findDevice, isPath, loadDevice } from './lookup.ts';
import { loadRules } from './rulesFiles.ts';
import type { UdevSwitches } from './switches.ts';
import { actions252 } from './udevadmTrigger.ts';

const preamble = `This program is for debugging only, it does not run any program
specified by a RUN key. It may show incorrect results, because
some values may be different, or not available at a simulation run.

`;

const shown = (log: readonly LogLine[]): string => log.map(({ text }) => `${text}\n`).join('');

type Wish = { action: string; resolve: ResolveNames };

/** Null to go on; otherwise the exit code. */
function* setOption(
  wish: Wish,
  name: string,
  value: string,
  switches: UdevSwitches,
): Sys<number | null> {
  const v219 = switches.version === 219;
  if (name === 'a' || name === 'action') {
    if (!v219 && value === 'help') {
      yield* print(`${actions252.join('\n')}\n`);
      return 0;
    }
    if (!v219 && !(actions252 as readonly string[]).includes(value)) {
      yield* err(`Invalid action '${value}'\n`);
      return 1;
    }
    wish.action = value;
  } else if (name === 'N' || name === 'resolve-names') {
    if (value !== 'early' && value !== 'late' && value !== 'never') {
      const text = 'resolve-names must be early, late or never\n';
      // v219 prints it and logs it.
      yield* err(v219 ? text + text : '--resolve-names= must be early, late or never\n');
      return 1;
    }
    wish.resolve = value;
  } else if (name === 'V' || name === 'version') {
    yield* print(`${switches.version}\n`);
    return 0;
  } else {
    yield* print(testHelp(switches));
    return 0;
  }
  return null;
}

/** What the kernel says of the device, without the database: as if it had just come. */
function* freshDevice(word: string, switches: UdevSwitches): Sys<Device | string> {
  if (switches.version === 219) {
    const path = (word.startsWith('/sys') ? word : `/sys${word}`).replace(/\/+$/, '');
    const device = yield* deviceOfSyspath(path, switches);
    if (device) nameSubsystem(device);
    return device ?? `unable to open device '${path}'\n`;
  }
  const found = yield* findDevice(word, '/sys', switches);
  const device = found ? yield* deviceOfSyspath(`/sys${found.devpath}`, switches) : null;
  const reason = strerror(isPath(word) ? 'ENODEV' : 'EINVAL');
  return device ?? `Failed to open device '${word}': ${reason}\n`;
}

/** sd-device tries the word as it is, and below /sys when it is no path there. */
const chased = (word: string, found: boolean): string => {
  if (/^\/(dev|sys)(\/|$)/.test(word))
    return word.startsWith('/sys') && !found ? failedToChase(word) : '';
  const below = found ? '' : failedToChase(`/sys/${word.replace(/^\/+/, '')}`);
  return failedToChase(word) + below;
};

const failedToChase = (path: string) => `sd-device: Failed to chase symlinks in "${path}".\n`;

const spec = (v219: boolean) => ({
  short: v219 ? 'a:N:h' : 'a:N:Vh',
  long: {
    action: 'required',
    'resolve-names': 'required',
    help: 'none',
    ...(v219 ? {} : { version: 'none' as const }),
  } as const,
});

export function* udevadmTest(argv: readonly string[], switches: UdevSwitches): Sys<number> {
  const v219 = switches.version === 219;
  const log: Log = [];
  if (v219) {
    log.push({ priority: 'debug', text: 'calling: test' });
    log.push({ priority: 'debug', text: 'version 219' });
  }
  const { options, operands, error } = getopt(spec(v219), argv);
  const wish: Wish = { action: 'add', resolve: 'early' };
  for (const [name, value] of options) {
    const code = yield* setOption(wish, name, value ?? '', switches);
    if (code !== null) return code;
  }
  const [word] = operands;
  if (error !== null || word === undefined) {
    const missing = v219 ? 'syspath parameter missing' : 'syspath parameter missing.';
    yield* err(`${error ?? missing}\n`);
    return v219 && error === null ? 2 : 1;
  }
  yield* print(preamble);
  if (!v219) yield* err(builtinsBegin);
  const { files } = yield* loadRules(switches, wish.resolve, log);
  const device = yield* freshDevice(word, switches);
  if (typeof device === 'string') {
    yield* err(shown(log) + (v219 ? '' : chased(word, false)) + device + (v219 ? '' : builtinsEnd));
    return v219 ? 4 : 1;
  }
  if (!v219 && chased(word, true) !== '')
    log.push({ priority: 'debug', text: chased(word, true).trimEnd() });
  device.action = wish.action;
  device.properties.set('ACTION', wish.action);
  nameSubsystem(device);
  const event = newEvent(device, log);
  yield* executeRules(event, files);
  yield* err(shown(log) + (v219 ? '' : builtinsEnd));
  let report = [...propertiesOf(device)].map(([key, value]) => `${key}=${value}\n`).join('');
  for (const command of event.run) report += `run: '${yield* runText(event, command.text)}'\n`;
  yield* print(report);
  return 0;
}

export function* udevadmTestBuiltin(argv: readonly string[], switches: UdevSwitches): Sys<number> {
  const v219 = switches.version === 219;
  const { options, operands, error } = getopt({ short: 'h', long: { help: 'none' } }, argv);
  const [command, word] = operands;
  if (error !== null || options.length > 0) {
    yield* error === null ? print(testBuiltinHelp(switches)) : err(`${error}\n`);
    if (error === null) yield* err(builtinHelp());
    return error === null ? 0 : 1;
  }
  if (command === undefined || word === undefined) {
    const text = command === undefined ? 'command missing' : 'syspath missing';
    const text252 = 'Expected two arguments: command string and device path.';
    yield* err(v219 ? `${text}\n${testBuiltinHelp(switches)}` : `${text252}\n`);
    return v219 ? (command === undefined ? 2 : 3) : 1;
  }
  if (v219) return yield* tryBuiltin(command, word, switches);
  yield* err(builtinsBegin);
  const code = yield* tryBuiltin(command, word, switches);
  yield* err(builtinsEnd);
  return code;
}

/** A builtin on a device; what it finds out is printed. */
function* tryBuiltin(command: string, word: string, switches: UdevSwitches): Sys<number> {
  const v219 = switches.version === 219;
  const builtin = lookUpBuiltin(command, switches);
  if (builtin === null) {
    yield* err(v219 ? `unknown command '${command}'\n` : `Unknown command '${command}'\n`);
    return v219 ? 5 : 1;
  }
  const path = word.startsWith('/sys') ? word : `/sys${word}`;
  const device = v219
    ? yield* loadDevice(path, switches)
    : yield* findDevice(word, '/sys', switches);
  if (device === null) {
    const reason = strerror(isPath(word) ? 'ENODEV' : 'EINVAL');
    const text = v219 ? `unable to open device '${path}'\n` : '';
    yield* err(`${text || `Failed to open device '${word}': ${reason}`}\n`);
    return v219 ? 4 : 1;
  }
  const log: Log = [];
  const failure = yield* runBuiltin(newEvent(device, log), builtin, command);
  if (!v219 && failure !== null)
    log.push({
      priority: 'debug',
      text: `Builtin command '${command}' fails: ${strerror(failure)}`,
    });
  yield* err(shown(log));
  return failure === null ? 0 : 1;
}
