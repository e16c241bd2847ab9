/**
 * A QMP monitor at work: bytes of the client in, lines for the client out.
 *
 * Models: QEMU v2.12.0 monitor.c monitor_qmp_read, handle_qmp_command, monitor_qmp_dispatch_one, monitor_qapi_event_emit
 *
 * Requests are answered strictly one after the other, however many arrive in one read.
 */

import { memoOf } from '../kernel/memo.ts';
import type { Sys } from '../kernel/program.ts';
import { clock } from '../libc/sys.ts';
import { checkArguments } from './arguments.ts';
import type { Commands, Result, Vm } from './command.ts';
import { guestCommands } from './commands/guest.ts';
import { introspectionCommands } from './commands/introspection.ts';
import { type Tables, words } from './data/tables.ts';
import { feed, type Message } from './json/stream.ts';
import { encodeUtf8 } from './json/utf8.ts';
import type { Dict, Json } from './json/value.ts';
import { type Monitor, monitorAfter } from './monitor.machine.ts';
import { type Announcement, qemuAfter, type ShutdownCause } from './qemu.machine.ts';
import { examine, generic, line, type Request, reply } from './qmp.ts';
import { tablesOf } from './tables.ts';

const modelled: Commands = { ...guestCommands, ...introspectionCommands };

/** A command exists when the build has it; whether we model it is another matter. */
const table = memoOf((tables: Tables) => {
  const known = new Set(words(tables.commands));
  return {
    has: (command: string) => known.has(command),
    allowsOob: (command: string) => modelled[command]?.outOfBand === true,
  };
});

const reasons: Partial<Record<Announcement, (cause: ShutdownCause | null) => string>> = {
  RESET: () => 'host-qmp-system-reset',
  SHUTDOWN: (cause) => cause ?? 'host-signal',
};

/** qapi_event_send_*: an event and its data. The host caused every one of them: no guest code runs. */
export function announcement(name: Announcement, vm: Vm, now: number): string {
  const reason = reasons[name];
  const why = vm.switches.reasonInEvents && reason ? { reason: reason(vm.qemu.context.cause) } : {};
  const data: Dict = reason === undefined ? {} : { data: { guest: false, ...why } };
  const timestamp = { seconds: Math.floor(now / 1000), microseconds: (now % 1000) * 1000 };
  return line({ timestamp, event: name, ...data }, vm.switches);
}

/** Happen in the main loop, after the command has been dispatched. */
const deferred: readonly Announcement[] = ['SHUTDOWN', 'RESET', 'POWERDOWN'];

/** What the client gets, and the events among it, which the other monitors get too. */
export type Exchange = Readonly<{ monitor: Monitor; vm: Vm; output: string; events: string }>;

function* dispatch(vm: Vm, request: Request): Sys<Result> {
  const command = modelled[request.command];
  if (command === undefined) {
    return { error: generic(`kvmlab does not model the command ${request.command}`) };
  }
  const offence = checkArguments(request.arguments, command.arguments, vm.switches);
  return offence === null ? yield* command.run(vm, request.arguments) : { error: generic(offence) };
}

/** One request: its reply, and the events it causes, in the version's order. */
function* carryOut(monitor: Monitor, vm: Vm, request: Request): Sys<Exchange> {
  const result = yield* dispatch(vm, request);
  const { happened, session, ...outcome } = result;
  const text = line(reply(outcome, request.id), vm.switches);
  const after = session === undefined ? monitor : monitorAfter(monitor, session);
  if (happened === undefined) return { monitor: after, vm, output: text, events: '' };
  const { qemu, announce } = qemuAfter(vm.qemu, happened);
  const now = announce.length > 0 ? yield* clock() : 0;
  const changed = { ...vm, qemu };
  const events = announce.map((name) => announcement(name, changed, now)).join('');
  const late = vm.switches.replyBeforeEvent && announce.some((name) => deferred.includes(name));
  return { monitor: after, vm: changed, output: late ? text + events : events + text, events };
}

function* handle(monitor: Monitor, vm: Vm, message: Message): Sys<Exchange> {
  const { switches } = vm;
  const refused = (error: Json, id: Json | undefined) => ({
    monitor,
    vm,
    output: line(id === undefined ? { error } : { id, error }, switches),
    events: '',
  });
  if ('error' in message) return refused(generic(message.error), undefined);
  const seen: Vm = { ...vm, negotiated: monitor.value === 'commanding' };
  const request = examine(monitor, message.value, switches, table(tablesOf(switches)));
  if ('error' in request) return refused(request.error, request.id);
  const exchange = yield* carryOut(monitor, seen, request);
  return { ...exchange, vm: { ...exchange.vm, negotiated: vm.negotiated } };
}

/** Bytes, each a character below 256, as one read brought them. */
export function* receive(monitor: Monitor, vm: Vm, bytes: string): Sys<Exchange> {
  const { stream, messages } = feed(monitor.context.stream, bytes, vm.switches.jsonErrors);
  let state: Exchange = {
    // A stream between two messages, before and after: nothing to keep.
    monitor:
      monitor.context.stream === stream
        ? monitor
        : monitorAfter(monitor, { type: 'bytes.read', stream }),
    vm,
    output: '',
    events: '',
  };
  for (const message of messages) {
    const next = yield* handle(state.monitor, state.vm, message);
    state = {
      ...next,
      output: state.output + next.output,
      events: state.events + next.events,
    };
    // Once the process is on its way out nobody reads the rest.
    if (state.vm.qemu.value === 'exiting') break;
  }
  return state;
}

/** The socket carries text; the lexer wants bytes. */
export const receiveText = (monitor: Monitor, vm: Vm, text: string): Sys<Exchange> =>
  receive(monitor, vm, encodeUtf8(text));
