/**
 * systemctl: ask PID 1 to start, stop or tell about a service.
 *
 * Models: systemd v219 src/systemctl/systemctl.c start_unit, print_status_info, check_unit_active
 * Leaves out: every verb but those below, job modes, patterns, colours.
 */
import { failed, strerror } from '../kernel/errno.ts';
import { command } from '../kernel/program.ts';
import { getopt } from '../libc/getopt.ts';
import { askSocket } from '../libc/jsonSocket.ts';
import { clock, err, out, readFile, reboot, type Sys } from '../libc/sys.ts';
import { strftime } from '../libc/time.ts';
import { type Question, type Reply, SOCKET, type UnitReport } from './pid1.ts';

const full = (name: string) => (name.includes('.') ? name : `${name}.service`);

function ago(ms: number): string {
  const seconds = Math.floor(ms / 1000);
  if (seconds < 60) return `${seconds}s ago`;
  const minutes = Math.floor(seconds / 60);
  if (minutes < 60) return `${minutes}min ${seconds % 60}s ago`;
  const hours = Math.floor(minutes / 60);
  return hours < 24 ? `${hours}h ${minutes % 60}min ago` : `${Math.floor(hours / 24)} days ago`;
}

const stamp = (at: number) => strftime('%a %F %T UTC', at);

function activeLine({ value, context }: UnitReport['service'], now: number): string {
  const since =
    context.since > 0 ? ` since ${stamp(context.since)}; ${ago(now - context.since)}` : '';
  if (value === 'active') return `active (running)${since}`;
  return value === 'failed' ? `failed (Result: exit-code)${since}` : `inactive (dead)${since}`;
}

function* printStatus({ unit, service, fileState }: UnitReport): Sys<number> {
  const now = yield* clock();
  const preset =
    fileState === 'static'
      ? 'static; vendor preset: disabled'
      : `${fileState}; vendor preset: enabled`;
  const lines = [
    `● ${unit.name} - ${unit.description}`,
    `   Loaded: loaded (${unit.path}; ${preset})`,
    `   Active: ${activeLine(service, now)}`,
  ];
  const { pid } = service.context;
  if (service.value === 'active' && pid !== null) {
    const comm = yield* readFile(`/proc/${pid}/comm`);
    lines.push(` Main PID: ${pid} (${failed(comm) ? '?' : comm.trim()})`);
    lines.push(`   CGroup: /system.slice/${unit.name}`);
    lines.push(`           └─${pid} ${unit.exec.join(' ')}`);
  }
  yield* out(`${lines.join('\n')}\n`);
  return service.value === 'active' ? 0 : 3;
}

const asks = new Set(['start', 'stop', 'restart', 'status', 'enable', 'disable']);

function* failure(verb: string, unit: string): Sys<number> {
  if (verb === 'status') {
    yield* err(`Unit ${full(unit)} could not be found.\n`);
    return 4;
  }
  const fileVerb = verb === 'enable' || verb === 'disable';
  yield* err(
    fileVerb
      ? `Failed to execute operation: No such file or directory\n`
      : `Failed to ${verb} ${full(unit)}: Unit not found.\n`,
  );
  return fileVerb ? 1 : 5;
}

function* one(verb: string, unit: string, quiet: boolean): Sys<number> {
  const tells = verb === 'is-active' || verb === 'is-enabled';
  const question = { verb: tells ? 'status' : verb, unit } as Question;
  const reply = yield* askSocket<Reply>(SOCKET, question);
  if (failed(reply)) {
    yield* err(`Failed to get D-Bus connection: ${strerror(reply.errno)}\n`);
    return 1;
  }
  if (tells) {
    const report = reply.ok ? reply.report : undefined;
    const state =
      verb === 'is-active'
        ? (report?.service.value ?? 'unknown')
        : (report?.fileState ?? 'disabled');
    if (!quiet) yield* out(`${state}\n`);
    return state === 'active' || state === 'enabled' || state === 'static'
      ? 0
      : verb === 'is-active'
        ? 3
        : 1;
  }
  if (!reply.ok) return yield* failure(verb, unit);
  if (verb === 'status' && reply.report) return yield* printStatus(reply.report);
  // A simple service counts as started once it is forked; that its program cannot be executed shows later.
  if (reply.report?.service.value === 'failed' && reply.report.unit.type !== 'simple') {
    yield* err(
      `Job for ${full(unit)} failed because the control process exited with error code. See "systemctl status ${full(unit)}" and "journalctl -xe" for details.\n`,
    );
    return 1;
  }
  return 0;
}

export const systemctl = command(function* ({ argv }) {
  const long = {
    quiet: 'none',
    'no-pager': 'none',
    now: 'none',
    system: 'none',
    full: 'none',
  } as const;
  const parsed = getopt({ short: 'ql', long }, argv);
  if (parsed.error !== null) {
    yield* err(`${parsed.error}\n`);
    return 1;
  }
  const [verb = 'list-units', ...units] = parsed.operands;
  const quiet = parsed.options.some(([name]) => name === 'q' || name === 'quiet');
  if (verb === 'reboot') {
    const done = yield* reboot();
    if (failed(done)) yield* err(`Failed to open /dev/initctl: ${strerror(done.errno)}\n`);
    return failed(done) ? 1 : 0;
  }
  if (verb === 'daemon-reload') return 0;
  if (!asks.has(verb) && verb !== 'is-active' && verb !== 'is-enabled') {
    yield* err(`Unknown operation '${verb}'.\n`);
    return 1;
  }
  if (units.length === 0) {
    yield* err('Too few arguments.\n');
    return 1;
  }
  let code = 0;
  for (const unit of units) code = Math.max(code, yield* one(verb, unit, quiet));
  return code;
});
