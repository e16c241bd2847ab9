/**
 * From a parsed request to the line that answers it.
 *
 * Models: QEMU v2.12.0 monitor.c handle_qmp_command, qmp_cmd_oob_check, get_qmp_greeting; qapi/qmp-dispatch.c
 *   qmp_dispatch_check_obj, do_qmp_dispatch. QEMU v7.2.0 qapi/qmp-dispatch.c qmp_dispatch; monitor/qmp.c
 *   monitor_qmp_dispatch
 *
 * The surprise of 2.12: whatever goes wrong before dispatch is answered without the request's `id`, because
 * handle_qmp_command reads the id only after its checks. 2.11 and 3.0 echo it.
 */
import { type Dict, dictKeys, isDict, type Json, toText } from './json/value.ts';
import type { Monitor } from './monitor.machine.ts';
import type { QemuSwitches } from './switches.ts';

export type QmpError = Readonly<{ class: string; desc: string }>;

/** The error classes, by which clients go; the words are for people. */
export const generic = (desc: string): QmpError => ({ class: 'GenericError', desc });
export const commandNotFound = (desc: string): QmpError => ({ class: 'CommandNotFound', desc });
export const deviceNotFound = (desc: string): QmpError => ({ class: 'DeviceNotFound', desc });

export type Outcome = Readonly<{ return: Json }> | Readonly<{ error: QmpError }>;

/** A line of the wire: every line end leaves as CR LF (monitor_puts). */
export const line = (value: Json, switches: QemuSwitches): string =>
  `${toText(value, switches.doubles)}\r\n`;

export function version(switches: QemuSwitches): Dict {
  const [major, minor, micro] = switches.version;
  return { qemu: { major, minor, micro }, package: switches.package };
}

export const greeting = (switches: QemuSwitches, offersOob: boolean): Dict => ({
  QMP: { version: version(switches), capabilities: offersOob ? ['oob'] : [] },
});

/** `id` undefined: the request had none, or the version forgets it. */
export const reply = (outcome: Outcome, id: Json | undefined): Dict =>
  id === undefined ? outcome : { ...outcome, id };

/** qmp_dispatch_check_obj: the layout of a request. The first offence in hash order is the one reported. */
export function checkLayout(request: Dict, switches: QemuSwitches, oob: boolean): string | null {
  let executes: string | null = null;
  for (const key of dictKeys(request)) {
    const value = request[key];
    if (key === 'execute' || (key === 'exec-oob' && switches.oob === 'exec' && oob)) {
      if (typeof value !== 'string') return `QMP input member '${key}' must be a string`;
      if (executes !== null) return `QMP input member '${key}' clashes with '${executes}'`;
      executes = key;
    } else if (key === 'arguments') {
      if (!isDict(value)) return "QMP input member 'arguments' must be an object";
    } else if (key === 'control' && switches.oob === 'control') {
      if (!isDict(value)) return "QMP input member 'control' must be a dict";
    } else if (key !== 'id') return `QMP input member '${key}' is unexpected`;
  }
  return executes === null ? "QMP input lacks member 'execute'" : null;
}

const asksOob = (request: Dict): boolean =>
  'exec-oob' in request || (isDict(request['control']) && request['control']['run-oob'] === true);

export type Request = Readonly<{ command: string; arguments: Dict; id: Json | undefined }>;

/** What the monitor knows of its commands: which exist, and which may overtake others. */
export type CommandTable = Readonly<{
  has: (command: string) => boolean;
  allowsOob: (command: string) => boolean;
}>;

/** Only this one exists before negotiation. */
export const NEGOTIATE = 'qmp_capabilities';

function findCommand(monitor: Monitor, command: string, table: CommandTable): QmpError | null {
  if (monitor.value === 'negotiating') {
    const expected = "Expecting capabilities negotiation with 'qmp_capabilities'";
    return command === NEGOTIATE ? null : commandNotFound(expected);
  }
  if (table.has(command)) return null;
  return commandNotFound(`The command ${command} has not been found`);
}

function checkOob(monitor: Monitor, request: Dict, command: string, table: CommandTable) {
  if (!asksOob(request)) return null;
  if (!monitor.context.oob) {
    return generic(
      'Please enable Out-Of-Band first for the session during capabilities negotiation',
    );
  }
  return table.allowsOob(command) ? null : generic(`The command ${command} does not support OOB`);
}

/** A request to carry out, or the error and the id to answer it with. */
export function examine(
  monitor: Monitor,
  value: Json,
  switches: QemuSwitches,
  table: CommandTable,
): Request | Readonly<{ error: QmpError; id: Json | undefined }> {
  if (!isDict(value)) return { error: generic('QMP input must be a JSON object'), id: undefined };
  const id = value['id'];
  const refuse = (error: QmpError) => ({ error, id: switches.earlyErrorsLoseId ? undefined : id });
  const layout = checkLayout(value, switches, monitor.context.oob);
  if (layout !== null) return refuse(generic(layout));
  const command = String(value['execute'] ?? value['exec-oob']);
  const error = findCommand(monitor, command, table) ?? checkOob(monitor, value, command, table);
  if (error !== null) return refuse(error);
  if (monitor.context.oob && switches.oob === 'control' && id === undefined) {
    const rule = "Out-Of-Band capability requires that every command contains an 'id' field";
    return refuse(generic(rule));
  }
  const given = value['arguments'];
  return { command, arguments: isDict(given) ? given : {}, id };
}
