/**
 * udevadm monitor: print events as they come, until interrupted.
 *
 * Models: systemd v219 src/udev/udevadm-monitor.c adm_monitor, print_device; v252 monitor_main, device_monitor_handler
 *
 * KERNEL is what the kernel has sent, UDEV what a worker sends when it has done with the same event.
 */
import { failed } from '../kernel/errno.ts';
import type { Sys } from '../kernel/program.ts';
import type { Uevent } from '../kernel/request.ts';
import { getopt } from '../libc/getopt.ts';
import { err, netlink, out, poll, recvmsg, sigaction, sigpending } from '../libc/sys.ts';
import { deviceOfUevent, propertiesOf } from './device.ts';
import { monitorHelp } from './help.ts';
import { monotonic } from './monotonic.ts';
import type { UdevSwitches } from './switches.ts';

export type Monitoring = Readonly<{
  kernel: number | null;
  udev: number | null;
  properties: boolean;
  subsystems: readonly string[];
  tags: readonly string[];
}>;

const spec = (v219: boolean) => ({
  short: v219 ? 'pekus:t:h' : 'pekus:t:Vh',
  long: {
    property: 'none',
    environment: 'none',
    kernel: 'none',
    udev: 'none',
    'subsystem-match': 'required',
    'tag-match': 'required',
    help: 'none',
    ...(v219 ? {} : { version: 'none' as const }),
  } as const,
});

function record(
  source: string,
  uevent: Uevent,
  usec: number,
  properties: boolean,
  switches: UdevSwitches,
): string {
  const seconds = Math.floor(usec / 1e6);
  const micros = String(usec % 1e6).padStart(6, '0');
  const { action, devpath, subsystem } = uevent;
  const head = `${source.padEnd(6)}[${seconds}.${micros}] ${action.padEnd(8)} ${devpath} (${subsystem})\n`;
  if (!properties) return head;
  const lines = [...propertiesOf(deviceOfUevent(uevent, switches))].map(([k, v]) => `${k}=${v}\n`);
  return `${head}${lines.join('')}\n`;
}

/** SUBSYSTEM[/DEVTYPE], and one of the tags; tags are known of UDEV events only. */
function wanted(m: Monitoring, uevent: Uevent, source: 'KERNEL' | 'UDEV'): boolean {
  const { subsystem, properties } = uevent;
  const fits = (filter: string) => {
    const [name, type] = filter.split('/');
    const typeFits = source === 'KERNEL' || type === undefined || type === properties['DEVTYPE'];
    return name === subsystem && typeFits;
  };
  if (m.subsystems.length > 0 && !m.subsystems.some(fits)) return false;
  if (source === 'KERNEL' || m.tags.length === 0) return true;
  const tags = (properties['TAGS'] ?? '').split(':');
  return m.tags.some((tag) => tags.includes(tag));
}

export function* beginMonitor(
  argv: readonly string[],
  switches: UdevSwitches,
): Sys<Monitoring | number> {
  const { options, error } = getopt(spec(switches.version === 219), argv);
  const has = (...names: string[]) => options.some(([name]) => names.includes(name));
  const all = (...names: string[]) =>
    options.flatMap(([name, value]) => (names.includes(name) ? [value ?? ''] : []));
  if (has('h', 'help')) {
    yield* out(monitorHelp(switches));
    return 0;
  }
  if (has('V', 'version')) {
    yield* out(`${switches.version}\n`);
    return 0;
  }
  if (error !== null) {
    yield* err(`${error}\n`);
    return 1;
  }
  const neither = !has('k', 'kernel') && !has('u', 'udev');
  yield* sigaction(['SIGINT', 'SIGTERM']);
  yield* out('monitor will print the received events for:\n');
  const udev = neither || has('u', 'udev') ? yield* netlink('udev') : null;
  if (udev !== null) {
    yield* out('UDEV - the event which udev sends out after rule processing\n');
  }
  const kernel = neither || has('k', 'kernel') ? yield* netlink('kernel') : null;
  if (kernel !== null) yield* out('KERNEL - the kernel uevent\n');
  yield* out('\n');
  return {
    kernel: failed(kernel) ? null : kernel,
    udev: failed(udev) ? null : udev,
    properties: has('p', 'property', 'e', 'environment'),
    subsystems: all('s', 'subsystem-match'),
    tags: all('t', 'tag-match'),
  };
}

/** One wake-up; the exit code when a signal asks to end. */
export function* keepMonitoring(m: Monitoring, switches: UdevSwitches): Sys<Monitoring | number> {
  const fds = [m.kernel, m.udev].filter((fd) => fd !== null);
  const ready = yield* poll(fds, null);
  if (failed(ready)) return (yield* sigpending()).length > 0 ? 0 : m;
  for (const fd of ready) {
    const uevent = yield* recvmsg(fd);
    if (failed(uevent)) continue;
    const source = fd === m.kernel ? 'KERNEL' : 'UDEV';
    if (!wanted(m, uevent, source)) continue;
    yield* out(record(source, uevent, yield* monotonic(), m.properties, switches));
  }
  return m;
}
