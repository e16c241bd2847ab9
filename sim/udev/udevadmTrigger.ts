/**
 * udevadm trigger: have the kernel send events again.
 *
 * Models: systemd v219 src/udev/udevadm-trigger.c adm_trigger, exec_list; v252 trigger_main, exec_list
 * Leaves out: --settle, --wait-daemon, --uuid, --prioritized-subsystem, --initialized-match of v252 (they say so).
 *
 * It only writes a word into each device's uevent file and comes back at once: what udevd does about it
 * comes later. v219 never tells that a write was refused.
 */
import { failed, strerror } from '../kernel/errno.ts';
import type { Sys } from '../kernel/program.ts';
import { getopt, type OptionSpec } from '../libc/getopt.ts';
import { close, err, open, out, write } from '../libc/sys.ts';
import { type Device, syspathOf } from './device.ts';
import {
  type Conditions,
  enumerateDevices,
  enumerateSubsystems,
  type KeyValue,
  noConditions,
} from './enumerate.ts';
import { triggerHelp } from './help.ts';
import { findDevice, isPath } from './lookup.ts';
import type { UdevSwitches } from './switches.ts';

const common = {
  verbose: 'none',
  'dry-run': 'none',
  type: 'required',
  action: 'required',
  'subsystem-match': 'required',
  'subsystem-nomatch': 'required',
  'attr-match': 'required',
  'attr-nomatch': 'required',
  'property-match': 'required',
  'tag-match': 'required',
  'sysname-match': 'required',
  'name-match': 'required',
  'parent-match': 'required',
  help: 'none',
} as const;

const spec219: OptionSpec = { short: 'vno:t:c:s:S:a:A:p:g:y:b:h', long: common };
const spec252: OptionSpec = {
  short: 'vnqt:c:s:S:a:A:p:g:y:b:wVh',
  long: {
    ...common,
    quiet: 'none',
    settle: 'none',
    'wait-daemon': 'optional',
    uuid: 'none',
    'prioritized-subsystem': 'required',
    'initialized-match': 'none',
    'initialized-nomatch': 'none',
    version: 'none',
  },
};

const unsupported = [
  'w',
  'settle',
  'wait-daemon',
  'uuid',
  'prioritized-subsystem',
  'initialized-match',
  'initialized-nomatch',
];

export const actions252 = [
  'add',
  'remove',
  'change',
  'move',
  'online',
  'offline',
  'bind',
  'unbind',
] as const;

type Wish = {
  verbose: boolean;
  dryRun: boolean;
  quiet: boolean;
  subsystems: boolean;
  action: string;
  conditions: Conditions;
};

/** FILE[=VALUE] */
function keyValue(text: string): KeyValue {
  const at = text.indexOf('=');
  return at < 0 ? [text, null] : [text.slice(0, at), text.slice(at + 1)];
}

/** A complaint and the exit code that goes with it; 0 ends without a complaint. */
type Stop = Readonly<{ message: string; code: number }>;

const stop = (message: string, code: number): Stop => ({ message: `${message}\n`, code });

function setType(wish: Wish, value: string, v219: boolean): Stop | null {
  if (value === 'devices' || value === 'subsystems' || (value === 'all' && !v219)) {
    wish.subsystems = value === 'subsystems';
    return null;
  }
  return v219 ? stop(`unknown type --type=${value}`, 2) : stop(`Unknown type --type=${value}`, 1);
}

function setAction(wish: Wish, value: string, v219: boolean): Stop | null {
  if (!v219 && value === 'help') return stop(actions252.join('\n'), 0);
  const known: readonly string[] = v219 ? ['add', 'remove', 'change'] : actions252;
  if (!known.includes(value)) {
    return v219 ? stop(`unknown action '${value}'`, 2) : stop(`Unknown action '${value}'`, 1);
  }
  wish.action = value;
  return null;
}

function* addParent(
  wish: Wish,
  word: string,
  prefix: '/dev/' | '/sys' | null,
  switches: UdevSwitches,
): Sys<Stop | null> {
  const device = yield* findDevice(word, prefix, switches);
  if (device) {
    const { parents } = wish.conditions;
    wish.conditions.parents = [...(switches.version === 219 ? [] : parents), device.devpath];
    return null;
  }
  if (switches.version === 219) return stop(`unable to open the device '${word}'`, 2);
  const reason = strerror(isPath(word) ? 'ENODEV' : 'EINVAL');
  return stop(`Failed to open the device '${word}': ${reason}`, 1);
}

function* setOption(
  wish: Wish,
  name: string,
  value: string,
  switches: UdevSwitches,
): Sys<Stop | null> {
  const v219 = switches.version === 219;
  const c = wish.conditions;
  if (name === 'v' || name === 'verbose') wish.verbose = true;
  else if (name === 'n' || name === 'dry-run') wish.dryRun = true;
  else if (name === 'q' || name === 'quiet') wish.quiet = true;
  else if (name === 's' || name === 'subsystem-match') c.subsystems.push(value);
  else if (name === 'S' || name === 'subsystem-nomatch') c.notSubsystems.push(value);
  else if (name === 'a' || name === 'attr-match') c.attrs.push(keyValue(value));
  else if (name === 'A' || name === 'attr-nomatch') c.notAttrs.push(keyValue(value));
  else if (name === 'p' || name === 'property-match') c.properties.push(keyValue(value));
  else if (name === 'g' || name === 'tag-match') c.tags.push(value);
  else if (name === 'y' || name === 'sysname-match') c.sysnames.push(value);
  else if (name === 't' || name === 'type') return setType(wish, value, v219);
  else if (name === 'c' || name === 'action') return setAction(wish, value, v219);
  else if (name === 'h' || name === 'help') return { message: triggerHelp(switches), code: 0 };
  else if (name === 'V' || name === 'version') return stop(String(switches.version), 0);
  else if (name === 'b' || name === 'parent-match') {
    return yield* addParent(wish, value, '/sys', switches);
  } else if (name === 'name-match') return yield* addParent(wish, value, '/dev/', switches);
  else if (unsupported.includes(name)) {
    return stop(`kvmlab: udevadm trigger has no option '${name}' here`, 1);
  }
  return null;
}

/** One device's event. True unless the kernel refused. */
function* trigger(device: Device, wish: Wish, switches: UdevSwitches): Sys<boolean> {
  const path = `${syspathOf(device)}/uevent`;
  const fd = yield* open(path, ['write'], 0o666, 'systemd src/udev/udevadm-trigger.c exec_list');
  const written = failed(fd) ? fd : yield* write(fd, wish.action);
  if (!failed(fd)) yield* close(fd);
  if (!failed(written) || switches.version === 219) return true;
  const ignored = written.errno === 'ENOENT' || written.errno === 'ENODEV';
  if (!wish.quiet && written.errno !== 'ENOENT') {
    const what = `${device.sysname}: Failed to write '${wish.action}' to '${path}'`;
    yield* err(`${what}${ignored ? ', ignoring' : ''}: ${strerror(written.errno)}\n`);
  }
  return ignored;
}

export function* udevadmTrigger(argv: readonly string[], switches: UdevSwitches): Sys<number> {
  const v219 = switches.version === 219;
  const { options, operands, error } = getopt(v219 ? spec219 : spec252, argv);
  const wish: Wish = {
    verbose: false,
    dryRun: false,
    quiet: false,
    subsystems: false,
    action: 'change',
    conditions: noConditions(),
  };
  for (const [name, value] of options) {
    const stopped = yield* setOption(wish, name, value ?? '', switches);
    if (stopped === null) continue;
    yield* stopped.code === 0 ? out(stopped.message) : err(stopped.message);
    return stopped.code;
  }
  if (error !== null) {
    yield* err(`${error}\n`);
    return 1;
  }
  for (const word of operands) {
    const stopped = yield* addParent(wish, word, null, switches);
    if (stopped === null) continue;
    yield* err(stopped.message);
    return stopped.code;
  }
  const scan = wish.subsystems ? enumerateSubsystems : enumerateDevices;
  let refused = false;
  for (const device of yield* scan(wish.conditions, switches)) {
    if (wish.verbose) yield* out(`${syspathOf(device)}\n`);
    if (!wish.dryRun && !(yield* trigger(device, wish, switches))) refused = true;
  }
  return refused ? 1 : 0;
}
