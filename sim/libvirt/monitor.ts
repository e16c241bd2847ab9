/**
 * libvirt's side of a QMP connection: one question, one answer.
 *
 * Models: libvirt v5.0.0 src/qemu/qemu_monitor.c qemuMonitorOpenUnix;
 *   src/qemu/qemu_monitor_json.c qemuMonitorJSONCommandWithFd, qemuMonitorJSONIOProcess,
 *   qemuMonitorJSONIOProcessLine, qemuMonitorJSONCheckError, qemuMonitorJSONStringifyError
 *
 * Lines end in CR LF and nothing less. The ids of replies are not compared: whatever comes with `return` or
 * `error` next is the answer. Events in between are passed over.
 * Leaves out: the time that a silent QEMU would be waited for (for ever, as in life).
 */
import { failed, strerror } from '../kernel/errno.ts';
import { memo } from '../kernel/memo.ts';
import type { Sys } from '../kernel/program.ts';
import { access, close, connect, nanosleep, read, write } from '../libc/sys.ts';
import { allocate, type Driver } from './driver.ts';
import { inTrouble, type Trouble } from './virError.ts';
import { report, source } from './virLog.ts';

const log = source('qemu.qemu_monitor_json');
const LINE_END = '\r\n';

export type Json = null | boolean | number | string | readonly Json[] | JsonObject;
export type JsonObject = { readonly [key: string]: Json };

export const isObject = (json: Json | undefined): json is JsonObject =>
  typeof json === 'object' && json !== null && !Array.isArray(json);

export const isArray = (json: Json | undefined): json is readonly Json[] => Array.isArray(json);

/** An open connection. `buffer` and `serial` change; the rest does not outlive the turn unsaved. */
export type Monitor = { fd: number; buffer: string; serial: number };

/** How long a socket that is not there yet is waited for, while the process lives. */
const PATIENCE_MS = 30000;

export function* openMonitor(driver: Driver, path: string, pid: number): Sys<Monitor | Trouble> {
  for (let pause = 1, waited = 0; ; waited += pause, pause *= 2) {
    const fd = yield* connect(path);
    if (!failed(fd)) return { fd, buffer: '', serial: 0 };
    const early = fd.errno === 'ENOENT' || fd.errno === 'ECONNREFUSED';
    const alive = !failed(yield* access(`/proc/${pid}/stat`, 0));
    if (early && alive && waited >= PATIENCE_MS) {
      const detail = `monitor socket did not show up: ${strerror(fd.errno)}`;
      return yield* report(driver.log, 'qemuMonitorOpenUnix:382', 'QEMU', 'SYSTEM_ERROR', detail);
    }
    if (!early || !alive) {
      const detail = `failed to connect to monitor socket: ${strerror(fd.errno)}`;
      return yield* report(driver.log, 'qemuMonitorOpenUnix:376', 'QEMU', 'SYSTEM_ERROR', detail);
    }
    yield* nanosleep(pause);
  }
}

export function* closeMonitor(mon: Monitor): Sys<void> {
  yield* close(mon.fd);
}

function* nextLine(driver: Driver, mon: Monitor): Sys<string | Trouble> {
  for (;;) {
    const end = mon.buffer.indexOf(LINE_END);
    if (end >= 0) {
      const line = mon.buffer.slice(0, end);
      mon.buffer = mon.buffer.slice(end + LINE_END.length);
      return line;
    }
    const more = yield* read(mon.fd);
    if (failed(more)) {
      const detail = `Unable to read from monitor: ${strerror(more.errno)}`;
      return yield* report(driver.log, 'qemuMonitorIORead:606', 'QEMU', 'SYSTEM_ERROR', detail);
    }
    if (more === '' && driver.self.switches.probe === '9.0.0') {
      const where = 'qemuMonitorJSONCommandWithFd:289';
      const detail = 'Missing monitor reply object';
      return yield* report(driver.log, where, 'QEMU', 'INTERNAL_ERROR', detail);
    }
    if (more === '') {
      const detail = 'End of file from qemu monitor';
      return yield* report(driver.log, 'qemuMonitorIO:715', 'QEMU', 'INTERNAL_ERROR', detail);
    }
    mon.buffer += more;
  }
}

/** Two probes of one binary differ in a few lines of sixty. */
const MOST_LINES = 512;

const parse = memo((line): { json: Json | undefined } => {
  try {
    return { json: JSON.parse(line) as Json };
  } catch {
    return { json: undefined };
  }
}, MOST_LINES);

/** qemuMonitorJSONIOProcess until the reply is there. */
function* reply(driver: Driver, mon: Monitor): Sys<JsonObject | Trouble> {
  for (;;) {
    const line = yield* nextLine(driver, mon);
    if (inTrouble(line)) return line;
    yield* log.debug(driver.log, 'qemuMonitorJSONIOProcessLine:196', `Line [${line}]`);
    const { json } = parse(line);
    const wrong =
      json === undefined
        ? `cannot parse json ${line}: lexical error: invalid char in json text.`
        : isObject(json)
          ? null
          : `Parsed JSON reply '${line}' isn't an object`;
    if (wrong !== null) {
      return yield* report(
        driver.log,
        json === undefined ? 'virJSONValueFromString:1841' : 'qemuMonitorJSONIOProcessLine:203',
        'QEMU',
        'INTERNAL_ERROR',
        wrong,
      );
    }
    const object = json as JsonObject;
    if ('QMP' in object || 'event' in object) continue;
    if ('error' in object || 'return' in object) return object;
    const unknown = `Unknown JSON reply '${line}'`;
    return yield* report(
      driver.log,
      'qemuMonitorJSONIOProcessLine:228',
      'QEMU',
      'INTERNAL_ERROR',
      unknown,
    );
  }
}

/** The reply as QEMU gave it, `error` included; Trouble only where the connection itself failed. */
export function* qmp(
  driver: Driver,
  mon: Monitor,
  execute: string,
  args: JsonObject | null = null,
): Sys<JsonObject | Trouble> {
  mon.serial++;
  const id = `libvirt-${mon.serial}`;
  const text = JSON.stringify(args === null ? { execute, id } : { execute, arguments: args, id });
  const send = `Send command '${text}' for write with FD -1`;
  yield* log.debug(driver.log, 'qemuMonitorJSONCommandWithFd:304', send);
  const sent = yield* write(mon.fd, text + LINE_END);
  if (failed(sent)) {
    const detail = `Unable to write to monitor: ${strerror(sent.errno)}`;
    return yield* report(driver.log, 'qemuMonitorIOWrite:561', 'QEMU', 'SYSTEM_ERROR', detail);
  }
  const answer = yield* reply(driver, mon);
  const [ret, object] = isConnectionTrouble(answer) ? [-1, '(nil)'] : [0, allocate(driver)];
  const received = `Receive command reply ret=${ret} rxObject=${object}`;
  yield* log.debug(driver.log, 'qemuMonitorJSONCommandWithFd:308', received);
  return answer;
}

/** A QMP error reply has an `error` too; ours carries libvirt's number. */
export const isConnectionTrouble = (answer: JsonObject | Trouble): answer is Trouble =>
  inTrouble(answer) && isObject(answer.error as Json) && typeof answer.error.code === 'number';

/** qemuMonitorJSONHasError. */
export const hasError = (answer: JsonObject, errorClass: string): boolean =>
  isObject(answer['error']) && answer['error']['class'] === errorClass;

/** The `return` of a reply, or the error that libvirt makes of it. */
export function* checked(driver: Driver, execute: string, answer: JsonObject): Sys<Json | Trouble> {
  const { error } = answer;
  if (error === undefined && answer['return'] !== undefined) return answer['return'];
  const said = isObject(error) && typeof error['desc'] === 'string' ? error['desc'] : null;
  const why = said === null ? '' : `: ${said}`;
  const detail = `unable to execute QEMU command '${execute}'${why}`;
  return yield* report(
    driver.log,
    'qemuMonitorJSONCheckError:394',
    'QEMU',
    'INTERNAL_ERROR',
    detail,
  );
}
