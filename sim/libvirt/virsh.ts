/**
 * virsh, the command with which one meets libvirt.
 *
 * Models: libvirt v5.0.0 tools/virsh.c main, virshParseArgv, virshInit; tools/vsh.c vshCommandRun
 *
 * After each command comes an empty line on stdout, also after one that failed. Of several commands in a
 * line the last one's success is the exit status.
 * Leaves out: readline, history, -d, -e, -k, -K, -l, -t, authentication.
 */
import { failed } from '../kernel/errno.ts';
import { command, type Sys } from '../kernel/program.ts';
import { getopt } from '../libc/getopt.ts';
import { err, out, read } from '../libc/sys.ts';
import { switches } from './switches.ts';
import { type Control, call, open, printExtra, reportError, vshError } from './virshControl.ts';
import * as domain from './virshDomain.ts';
import * as host from './virshHost.ts';
import { parseCommands, tokens, type VirshCommand } from './virshParse.ts';
import { commandDefs, groupTitles } from './virshTable.ts';

const { create, define, start, destroy, shutdown, undefine, autostart, dumpxml, list } = domain;
const { domid, domname, domuuid, domstate, dominfo } = domain;

const handlers: Readonly<Record<string, domain.Handler>> = {
  ...{ create, define, start, destroy, shutdown, undefine, autostart, dumpxml, list },
  ...{ domid, domname, domuuid, domstate, dominfo },
  capabilities: host.capabilities,
  domcapabilities: host.domcapabilities,
  hostname: host.hostname,
  nodeinfo: host.nodeinfo,
  uri: host.uri,
  version: host.version,
  help: host.help,
};

/** vshCommandRun. */
function* runCommands(ctl: Control, commands: readonly VirshCommand[]): Sys<boolean | 'quit'> {
  let success = true;
  for (const { def, options } of commands) {
    if (def.name === 'quit' || def.name === 'exit') return 'quit';
    const handler = handlers[def.name];
    if (handler === undefined)
      throw new Error(`virsh: ${def.name} is in the table without a handler.`);
    const usable = def.offline === true || (yield* open(ctl));
    success = usable && (yield* handler(ctl, options));
    if (!success) yield* reportError(ctl);
    yield* printExtra(ctl, '\n');
  }
  return success;
}

function* runLine(ctl: Control, words: ReturnType<typeof tokens>): Sys<boolean | 'quit'> {
  if ('error' in words) {
    yield* vshError(words.error);
    return false;
  }
  const commands = parseCommands(words);
  if ('errors' in commands) {
    for (const error of commands.errors) yield* vshError(error);
    return false;
  }
  return yield* runCommands(ctl, commands);
}

/** Without a command: a prompt, and lines from stdin until they end. */
function* interactive(ctl: Control): Sys<boolean> {
  const prompt = ctl.readonly ? 'virsh > ' : 'virsh # ';
  yield* printExtra(ctl, 'Welcome to virsh, the virtualization interactive terminal.\n\n');
  yield* printExtra(ctl, "Type:  'help' for help with commands\n       'quit' to quit\n\n");
  let success = true;
  let pending = '';
  for (;;) {
    yield* out(prompt);
    while (!pending.includes('\n')) {
      const more = yield* read(0);
      if (failed(more) || more === '') {
        yield* out('\n');
        return success;
      }
      pending += more;
    }
    const line = pending.slice(0, pending.indexOf('\n'));
    pending = pending.slice(line.length + 1);
    if (line === '') continue;
    const outcome = yield* runLine(ctl, tokens(line));
    if (outcome === 'quit') return success;
    success = outcome;
  }
}

const USAGE = `
virsh [options]... [<command_string>]
virsh [options]... <command> [args...]

  options:
    -c | --connect=URI      hypervisor connection URI
    -d | --debug=NUM        debug level [0-4]
    -e | --escape <char>    set escape sequence for console
    -h | --help             this help
    -k | --keepalive-interval=NUM
                            keepalive interval in seconds, 0 for disable
    -K | --keepalive-count=NUM
                            number of possible missed keepalive messages
    -l | --log=FILE         output logging to file
    -q | --quiet            quiet mode
    -r | --readonly         connect readonly
    -t | --timing           print timing information
    -v                      short version
    -V                      long version
         --version[=TYPE]   version, TYPE is short or long (default short)
  commands (non interactive mode):

`;

function usage(): string {
  const groups = Object.entries(groupTitles).map(([keyword, title]) => {
    const lines = commandDefs
      .filter((d) => d.group === keyword)
      .map((d) => `    ${d.name.padEnd(30)} ${d.help}\n`);
    return ` ${title} (help keyword '${keyword}')\n${lines.join('')}\n`;
  });
  const more = ['group', 'command'].map(
    (what) =>
      `\n  (specify help <${what}> for details about the ${what === 'group' ? 'commands in the group' : 'command'})\n`,
  );
  return `${USAGE}${groups.join('')}${more.join('')}\n`;
}

const spec = {
  short: '+c:d:e:hk:K:l:qrtvV',
  long: {
    connect: 'required',
    debug: 'required',
    escape: 'required',
    help: 'none',
    'keepalive-interval': 'required',
    'keepalive-count': 'required',
    log: 'required',
    quiet: 'none',
    readonly: 'none',
    timing: 'none',
    version: 'optional',
  },
} as const;

/** virsh words getopt's complaints itself. */
function optionComplaint(argv: readonly string[], error: string): string {
  const [, letter] = /invalid option -- '(.)'/.exec(error) ?? [];
  if (letter !== undefined) return `unsupported option '-${letter}'. See --help.`;
  const [, needy] = /option requires an argument -- '(.)'/.exec(error) ?? [];
  const long: Record<string, string> = { c: 'connect', d: 'debug', e: 'escape', l: 'log' };
  if (needy !== undefined)
    return `option '-${needy}'/'--${long[needy] ?? needy}' requires an argument`;
  const [, word] = /option '(--[^']*)' requires/.exec(error) ?? [];
  if (word !== undefined) return `option '-${word.charAt(2)}'/'${word}' requires an argument`;
  const offender = argv.find((a) => a.startsWith('--') && error.includes(a.split('=')[0] ?? a));
  return `unsupported option '${offender ?? ''}'. See --help.`;
}

export const virsh = command(function* ({ argv, env }) {
  const parsed = getopt(spec, ['virsh', ...argv.slice(1)]);
  const ctl: Control = {
    fd: null,
    buffer: '',
    serial: 0,
    uri: null,
    readonly: false,
    quiet: false,
    lastError: null,
    switches: yield* switches(),
  };
  for (const [option, value] of parsed.options) {
    if (option === 'c' || option === 'connect') ctl.uri = value;
    if (option === 'r' || option === 'readonly') ctl.readonly = true;
    if (option === 'q' || option === 'quiet') ctl.quiet = true;
    if (option === 'h' || option === 'help') {
      yield* out(usage());
      return 0;
    }
    if (option === 'v' || (option === 'version' && value !== 'long')) {
      yield* out(`${ctl.switches.clientVersion}\n`);
      return 0;
    }
    if (option === 'V' || option === 'version') {
      yield* err('virsh: kvmlab does not model the long version\n');
      return 1;
    }
  }
  if (parsed.error !== null) {
    yield* vshError(optionComplaint(argv, parsed.error));
    return 1;
  }
  return yield* main(ctl, parsed.operands, env);
});

function* main(
  ctl: Control,
  operands: readonly string[],
  env: Readonly<Record<string, string>>,
): Sys<number> {
  const [only = '', ...more] = operands;
  const words = more.length === 0 ? tokens(only) : operands;
  const commands = operands.length === 0 || 'error' in words ? null : parseCommands(words);
  if (commands !== null && 'errors' in commands) {
    for (const error of commands.errors) yield* vshError(error);
    return 1;
  }
  if (ctl.uri !== null && !(yield* open(ctl))) {
    yield* reportError(ctl);
    return 1;
  }
  ctl.uri ??= env['VIRSH_DEFAULT_CONNECT_URI'] ?? env['LIBVIRT_DEFAULT_URI'] ?? null;
  const success = operands.length === 0 ? yield* interactive(ctl) : yield* runLine(ctl, words);
  if (ctl.fd !== null) yield* call(ctl, 'CONNECT_CLOSE', {});
  return success === false ? 1 : 0;
}
