/**
 * udevadm control: talk to udevd.
 *
 * Models: systemd v219 src/udev/udevadm-control.c adm_control; v252 control_main, parse_argv
 */
import type { Sys } from '../kernel/program.ts';
import { getopt, type OptionSpec } from '../libc/getopt.ts';
import { err, getcred, out } from '../libc/sys.ts';
import { type ControlMessage, tellUdevd } from './control.ts';
import { controlHelp } from './help.ts';
import { priorityNamed } from './log.ts';
import type { UdevSwitches } from './switches.ts';

const common = {
  exit: 'none',
  'log-priority': 'required',
  'stop-exec-queue': 'none',
  'start-exec-queue': 'none',
  reload: 'none',
  'reload-rules': 'none',
  property: 'required',
  env: 'required',
  'children-max': 'required',
  timeout: 'required',
  help: 'none',
} as const;

const spec219: OptionSpec = { short: 'el:sSRp:m:h', long: common };
const spec252: OptionSpec = {
  short: 'el:sSRp:m:t:Vh',
  long: { ...common, 'log-level': 'required', ping: 'none', version: 'none' },
};

const short: Readonly<Record<string, string>> = {
  exit: 'e',
  'log-priority': 'l',
  'log-level': 'l',
  'stop-exec-queue': 's',
  'start-exec-queue': 'S',
  reload: 'R',
  'reload-rules': 'R',
  property: 'p',
  env: 'p',
  'children-max': 'm',
  timeout: 't',
  version: 'V',
  help: 'h',
};

/** What an option asks udevd for; a text is the complaint about its argument, null asks for nothing. */
function messageFor(letter: string, value: string, v219: boolean): ControlMessage | string | null {
  switch (letter) {
    case 'e':
      return { type: 'exit' };
    case 's':
      return { type: 'stop-exec-queue' };
    case 'S':
      return { type: 'start-exec-queue' };
    case 'R':
      return { type: 'reload' };
    case 'ping':
      return { type: 'ping' };
    case 'l': {
      const level = priorityNamed(value);
      if (level) return { type: 'log-level', level };
      return v219
        ? `invalid number '${value}'`
        : `Failed to parse log level '${value}': Invalid argument`;
    }
    case 'p': {
      const at = value.indexOf('=');
      if (at < 0) return `expect <KEY>=<value> instead of '${value}'`;
      return { type: 'property', key: value.slice(0, at), value: value.slice(at + 1) };
    }
    case 'm': {
      const count = /^(0x[\da-f]+|\d+)$/i.test(value) ? Number(value) : 0;
      if (count >= 1) return { type: 'children-max', count };
      const what = `Failed to parse maximum number of children '${value}': Invalid argument`;
      return v219 ? `invalid number '${value}'` : what;
    }
    default:
      return null;
  }
}

/** v219 sends each message as it reads the options, and goes on after a failure. */
function* control219(argv: readonly string[], switches: UdevSwitches): Sys<number> {
  if ((yield* getcred()).uid !== 0) {
    yield* err('root privileges required\n');
    return 1;
  }
  const { options, operands, error } = getopt(spec219, argv);
  let code = 1;
  if (error !== null) yield* err(`${error}\n`);
  for (const [name, value] of options) {
    const letter = short[name] ?? name;
    if (letter === 'h') {
      yield* out(controlHelp(switches));
      code = 0;
    }
    const message = messageFor(letter, value ?? '', true);
    if (typeof message === 'string') {
      yield* err(`${message}\n`);
      return code;
    }
    if (message !== null) code = (yield* tellUdevd(message)) ? 0 : 2;
  }
  if (operands.length > 0) yield* err(`Extraneous argument: ${operands[0]}\n`);
  else if (argv.length === 1) yield* err('Option missing\n');
  return code;
}

const whatFor: Readonly<Record<ControlMessage['type'], string>> = {
  exit: 'send exit request',
  'log-level': 'send request to set log level',
  'stop-exec-queue': 'send request to stop exec queue',
  'start-exec-queue': 'send request to start exec queue',
  reload: 'send reload request',
  property: 'send request to update environment',
  'children-max': 'send request to set number of children',
  ping: 'send a ping message',
};

/** v252 reads all options first; nothing is sent when one of them is wrong. */
function* control252(argv: readonly string[], switches: UdevSwitches): Sys<number> {
  if (argv.length <= 1) {
    yield* err('This command expects one or more options.\n');
    return 1;
  }
  const { options, operands, error } = getopt(spec252, argv);
  const messages: ControlMessage[] = [];
  for (const [name, value] of options) {
    const letter = short[name] ?? name;
    if (letter === 'h' || letter === 'V') {
      yield* out(letter === 'h' ? controlHelp(switches) : `${switches.version}\n`);
      return 0;
    }
    const message = messageFor(letter, value ?? '', false);
    if (typeof message === 'string') {
      yield* err(`${message}\n`);
      return 1;
    }
    if (message !== null) messages.push(message);
  }
  if (error !== null || operands.length > 0) {
    yield* err(`${error ?? `Extraneous argument: ${operands[0]}`}\n`);
    return 1;
  }
  for (const message of messages) {
    if (yield* tellUdevd(message)) continue;
    yield* err(`Failed to ${whatFor[message.type]}: No such file or directory\n`);
    return 1;
  }
  return 0;
}

export function* udevadmControl(argv: readonly string[], switches: UdevSwitches): Sys<number> {
  return switches.version === 219
    ? yield* control219(argv, switches)
    : yield* control252(argv, switches);
}
