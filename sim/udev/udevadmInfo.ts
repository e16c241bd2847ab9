/**
 * udevadm info: what sysfs and the database know of a device.
 *
 * Models: systemd v219 src/udev/udevadm-info.c uinfo; v252 info_main, query_device
 * Leaves out: --tree, --wait-for-initialization, --device-id-of-file, --cleanup-db (they say so).
 */
import { strerror } from '../kernel/errno.ts';
import type { Sys } from '../kernel/program.ts';
import { getopt } from '../libc/getopt.ts';
import { err, out } from '../libc/sys.ts';
import { type Device, listed, propertiesOf } from './device.ts';
import { enumerateDevices, noConditions } from './enumerate.ts';
import { infoHelp } from './help.ts';
import { findDevice, isPath, loadDevice } from './lookup.ts';
import { deviceChain, record } from './record.ts';
import type { UdevSwitches } from './switches.ts';

type Query = 'name' | 'symlink' | 'path' | 'property' | 'all';

type Wish = {
  walk: boolean;
  query: Query;
  root: boolean;
  export: boolean;
  prefix: string;
  only: readonly string[] | null;
  valueOnly: boolean;
  /** Words, with what to put before them where it is missing. */
  devices: (readonly [word: string, prefix: '/dev/' | '/sys' | '/sys/' | null])[];
};

const spec = (v219: boolean) => ({
  short: v219 ? 'aced:n:p:q:rxP:RVh' : 'atced:n:p:q:rxP:w::Vh',
  long: {
    name: 'required',
    path: 'required',
    query: 'required',
    'attribute-walk': 'none',
    'cleanup-db': 'none',
    'export-db': 'none',
    root: 'none',
    'device-id-of-file': 'required',
    export: 'none',
    'export-prefix': 'required',
    version: 'none',
    help: 'none',
    ...(v219
      ? {}
      : ({
          tree: 'none',
          property: 'required',
          value: 'none',
          'wait-for-initialization': 'optional',
          'no-pager': 'none',
        } as const)),
  } as const,
});

const short: Readonly<Record<string, string>> = {
  name: 'n',
  path: 'p',
  query: 'q',
  'attribute-walk': 'a',
  root: 'r',
  export: 'x',
  'export-prefix': 'P',
  version: 'V',
  help: 'h',
  'export-db': 'e',
};

const queries: Readonly<Record<string, Query>> = {
  property: 'property',
  env: 'property',
  name: 'name',
  symlink: 'symlink',
  path: 'path',
  all: 'all',
};

const belowDev = (path: string) => path.slice('/dev/'.length);

/** Text for stdout, or a complaint with its exit code. */
type Answer = string | Readonly<{ complaint: string; code: number }>;

function answer(device: Device, wish: Wish): Answer {
  const v219 = device.switches.version === 219;
  const name = (path: string) => (wish.root ? path : belowDev(path));
  switch (wish.query) {
    case 'name':
      if (device.devnode) return `${name(device.devnode)}\n`;
      return v219
        ? { complaint: 'no device node found', code: 5 }
        : { complaint: 'No device node found: No such file or directory', code: 1 };
    case 'symlink':
      return `${listed(device.devlinks, device.switches).map(name).join(' ')}\n`;
    case 'path':
      return `${device.devpath}\n`;
    case 'all':
      return record(device);
    case 'property': {
      const rows = [...propertiesOf(device)].filter(([key]) => wish.only?.includes(key) ?? true);
      if (wish.valueOnly) return rows.map(([, value]) => `${value}\n`).join('');
      const line = ([key, value]: readonly [string, string]) =>
        wish.export ? `${wish.prefix}${key}='${value}'\n` : `${key}=${value}\n`;
      return rows.map(line).join('');
    }
  }
}

function* exportDb(switches: UdevSwitches): Sys<number> {
  for (const { devpath } of yield* enumerateDevices(noConditions(), switches)) {
    const device = yield* loadDevice(`/sys${devpath}`, switches);
    if (device) yield* out(record(device));
  }
  return 0;
}

function* notHere(name: string): Sys<number> {
  yield* err(`kvmlab: udevadm info has no option '${name}' here\n`);
  return 1;
}

/** Null to go on; otherwise the exit code. */
function* setOption(
  wish: Wish,
  name: string,
  value: string,
  switches: UdevSwitches,
): Sys<number | null> {
  const v219 = switches.version === 219;
  switch (short[name] ?? name) {
    case 'n':
    case 'p': {
      const prefix = (short[name] ?? name) === 'n' ? '/dev/' : v219 ? '/sys' : '/sys/';
      return yield* addDevice(wish, value, prefix, switches);
    }
    case 'q': {
      const query = queries[value];
      wish.walk = false;
      wish.query = query ?? 'all';
      if (query === undefined) yield* err('unknown query type\n');
      return query === undefined ? (v219 ? 3 : 1) : null;
    }
    case 'a':
      wish.walk = true;
      return null;
    case 'r':
      wish.root = true;
      return null;
    case 'x':
      wish.export = true;
      return null;
    case 'P':
      wish.prefix = value;
      wish.export ||= !v219;
      return null;
    case 'value':
      wish.valueOnly = true;
      return null;
    case 'no-pager':
      return null;
    case 'V':
    case 'h':
      yield* out((short[name] ?? name) === 'h' ? infoHelp(switches) : `${switches.version}\n`);
      return 0;
    case 'e':
      return yield* exportDb(switches);
    default:
      if (v219 || name !== 'property') return yield* notHere(name);
      wish.only = [...(wish.only ?? []), ...value.split(',').filter((key) => key !== '')];
      return null;
  }
}

/** v219 opens the device at once and takes one only; v252 collects names. */
function* addDevice(
  wish: Wish,
  word: string,
  prefix: '/dev/' | '/sys' | '/sys/',
  switches: UdevSwitches,
): Sys<number | null> {
  if (switches.version === 219) {
    const complaint =
      wish.devices.length > 0
        ? 'device already specified'
        : (yield* findDevice(word, prefix, switches)) === null
          ? `${prefix === '/dev/' ? 'device node' : 'syspath'} not found`
          : null;
    if (complaint !== null) {
      yield* err(`${complaint}\n`);
      return 2;
    }
  }
  wish.devices.push([word, prefix]);
  return null;
}

function* print(device: Device, wish: Wish): Sys<number> {
  if (wish.walk) {
    yield* out(yield* deviceChain(device));
    return 0;
  }
  const text = answer(device, wish);
  yield* typeof text === 'string' ? out(text) : err(`${text.complaint}\n`);
  return typeof text === 'string' ? 0 : text.code;
}

/** print_record asks for the subsystem before anything else of a device that was named by its path. */
function subsystemFirst(device: Device): Device {
  const [[, devpath = ''] = [], ...rest] = device.properties;
  const asked = device.subsystem === null ? [] : [['SUBSYSTEM', device.subsystem] as const];
  const others = rest.filter(([key]) => key !== 'SUBSYSTEM');
  return { ...device, properties: new Map([['DEVPATH', devpath], ...asked, ...others]) };
}

function* info219(wish: Wish, operands: readonly string[], switches: UdevSwitches): Sys<number> {
  const expected =
    'Unknown device, --name=, --path=, or absolute path in /dev/ or /sys expected.\n';
  const [word, prefix] = wish.devices[0] ?? [operands[0], null];
  if (word === undefined) {
    yield* wish.walk ? err(expected) : out(infoHelp(switches));
    return wish.walk ? 4 : 2;
  }
  const device = yield* findDevice(word, prefix, switches);
  if (device) return yield* print(device, wish);
  const walking = 'Unknown device, absolute path in /dev/ or /sys expected.\n';
  yield* err(wish.walk ? walking : expected);
  return 4;
}

function* info252(wish: Wish, operands: readonly string[], switches: UdevSwitches): Sys<number> {
  const devices = [...wish.devices, ...operands.map((word) => [word, null] as const)];
  const complaint =
    devices.length === 0
      ? 'A device name or path is required'
      : wish.walk && devices.length > 1
        ? 'Only one device may be specified with -a/--attribute-walk and -t/--tree'
        : wish.export && wish.valueOnly
          ? '-x/--export or -P/--export-prefix cannot be used with --value'
          : null;
  if (complaint !== null) {
    yield* err(`${complaint}\n`);
    return 1;
  }
  let code = 0;
  for (const [word, prefix] of devices) {
    const path = prefix === null || word.startsWith(prefix) ? word : prefix + word;
    const device = yield* findDevice(path, null, switches);
    if (device === null) {
      const bad = `Bad argument "${path}", expected an absolute path in /dev/ or /sys/ or a unit name`;
      const reason = isPath(path)
        ? `Unknown device "${path}": ${strerror('ENODEV')}`
        : `${bad}: ${strerror('EINVAL')}`;
      yield* err(`${reason}\n`);
      code = 1;
      continue;
    }
    const asked = wish.query === 'all' && path.startsWith('/sys') ? subsystemFirst(device) : device;
    const printed = yield* print(asked, wish);
    if (printed !== 0) return printed;
  }
  return code;
}

export function* udevadmInfo(argv: readonly string[], switches: UdevSwitches): Sys<number> {
  const v219 = switches.version === 219;
  const { options, operands, error } = getopt(spec(v219), argv);
  const wish: Wish = {
    walk: false,
    query: 'all',
    root: false,
    export: false,
    prefix: '',
    only: null,
    valueOnly: false,
    devices: [],
  };
  for (const [name, value] of options) {
    const code = yield* setOption(wish, name, value ?? '', switches);
    if (code !== null) return code;
  }
  if (error !== null) {
    yield* err(`${error}\n`);
    return 1;
  }
  return v219 ? yield* info219(wish, operands, switches) : yield* info252(wish, operands, switches);
}
