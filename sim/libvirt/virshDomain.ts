/**
 * virsh's commands about domains.
 *
 * Models: libvirt v5.0.0 tools/virsh-domain.c cmdCreate, cmdDefine, cmdStart, cmdDestroy, cmdUndefine,
 *   cmdDumpXML, cmdDomid and others; tools/virsh-domain-monitor.c cmdList, cmdDominfo, cmdDomstate;
 *   tools/virsh-util.c virshLookupDomainInternal
 *
 * A name that nobody has gets one sentence, not two: virsh drops the library's error after a failed look-up.
 */
import { failed, strerror } from '../kernel/errno.ts';
import type { Sys } from '../kernel/program.ts';
import { readFile } from '../libc/sys.ts';
import * as rpc from './rpc.ts';
import { virError } from './virError.ts';
import { type Control, call, named, print, printExtra, vshError } from './virshControl.ts';
import type { Options } from './virshParse.ts';
import { fitted, fixed } from './virshTables.ts';

export type Handler = (ctl: Control, options: Options) => Sys<boolean>;

type By = Readonly<{ id: boolean; uuid: boolean; name: boolean }>;

const any: By = { id: true, uuid: true, name: true };

/** virshLookupDomainInternal: as an id, as a uuid, as a name. */
function* lookup(ctl: Control, options: Options, by: By = any): Sys<rpc.RemoteDomain | null> {
  const word = options['domain'] ?? '';
  let found: { dom: rpc.RemoteDomain } | null = null;
  if (by.id && /^\d+$/.test(word))
    found = yield* call(ctl, 'DOMAIN_LOOKUP_BY_ID', { id: Number(word) });
  if (found === null && by.uuid && word.length === 36) {
    found = yield* call(ctl, 'DOMAIN_LOOKUP_BY_UUID', { uuid: word.toLowerCase() });
  }
  if (found === null && by.name) found = yield* call(ctl, 'DOMAIN_LOOKUP_BY_NAME', { name: word });
  ctl.lastError = null;
  if (found === null) yield* vshError(`failed to get domain '${word}'`);
  return found?.dom ?? null;
}

function* fileText(ctl: Control, path: string): Sys<string | null> {
  const text = yield* readFile(path);
  if (!failed(text)) return text;
  const detail = `Failed to open file '${path}': ${strerror(text.errno)}`;
  ctl.lastError = virError('NONE', 'SYSTEM_ERROR', detail);
  return null;
}

export const create: Handler = function* (ctl, options) {
  const path = options['file'] ?? '';
  const xml_desc = yield* fileText(ctl, path);
  if (xml_desc === null) return false;
  const made = yield* call(ctl, 'DOMAIN_CREATE_XML', { xml_desc, flags: 0 });
  if (made === null) {
    yield* vshError(`Failed to create domain from ${path}`);
    return false;
  }
  yield* printExtra(ctl, `Domain ${named(ctl, made.dom.name)} created from ${path}\n`);
  return true;
};

export const define: Handler = function* (ctl, options) {
  const path = options['file'] ?? '';
  const xml = yield* fileText(ctl, path);
  if (xml === null) return false;
  const made = yield* call(ctl, 'DOMAIN_DEFINE_XML', { xml });
  if (made === null) {
    yield* vshError(`Failed to define domain from ${path}`);
    return false;
  }
  yield* printExtra(ctl, `Domain ${named(ctl, made.dom.name)} defined from ${path}\n`);
  return true;
};

export const start: Handler = function* (ctl, options) {
  const dom = yield* lookup(ctl, options, { id: false, uuid: true, name: true });
  if (dom === null) return false;
  if (dom.id !== -1) {
    yield* vshError('Domain is already active');
    return false;
  }
  const started = yield* call(ctl, 'DOMAIN_CREATE', { dom });
  if (started === null) {
    yield* vshError(`Failed to start domain ${named(ctl, dom.name)}`);
    return false;
  }
  yield* printExtra(ctl, `Domain ${named(ctl, dom.name)} started\n`);
  return true;
};

/** Commands that ask one thing of one domain and say how it went. */
const simply = (
  ask: (ctl: Control, dom: rpc.RemoteDomain, options: Options) => Sys<unknown>,
  done: (name: string, options: Options) => string,
  failure: (name: string, options: Options) => string,
): Handler =>
  function* (ctl, options) {
    const dom = yield* lookup(ctl, options);
    if (dom === null) return false;
    const name = named(ctl, options['domain'] ?? dom.name);
    if ((yield* ask(ctl, dom, options)) === null) {
      yield* vshError(failure(name, options));
      return false;
    }
    yield* printExtra(ctl, `${done(name, options)}\n`);
    return true;
  };

export const destroy = simply(
  (ctl, dom) => call(ctl, 'DOMAIN_DESTROY', { dom }),
  (name) => `Domain ${name} destroyed`,
  (name) => `Failed to destroy domain ${name}`,
);

export const shutdown = simply(
  (ctl, dom) => call(ctl, 'DOMAIN_SHUTDOWN', { dom }),
  (name) => `Domain ${name} is being shutdown`,
  (name) => `Failed to shutdown domain ${name}`,
);

export const undefine = simply(
  (ctl, dom) => call(ctl, 'DOMAIN_UNDEFINE_FLAGS', { dom, flags: 0 }),
  (name) => `Domain ${name} has been undefined`,
  (name) => `Failed to undefine domain ${name}`,
);

const un = (options: Options) => ('disable' in options ? 'un' : '');

export const autostart = simply(
  (ctl, dom, options) =>
    call(ctl, 'DOMAIN_SET_AUTOSTART', { dom, autostart: 'disable' in options ? 0 : 1 }),
  (name, options) => `Domain ${name} ${un(options)}marked as autostarted`,
  (name, options) => `Failed to ${un(options)}mark domain ${name} as autostarted`,
);

export const dumpxml: Handler = function* (ctl, options) {
  const dom = yield* lookup(ctl, options);
  if (dom === null) return false;
  const flags = 'inactive' in options ? rpc.XML_INACTIVE : 0;
  const reply = yield* call(ctl, 'DOMAIN_GET_XML_DESC', { dom, flags });
  if (reply === null) return false;
  yield* print(reply.xml);
  return true;
};

export const domid: Handler = function* (ctl, options) {
  const dom = yield* lookup(ctl, options, { id: false, uuid: true, name: true });
  if (dom === null) return false;
  yield* print(`${dom.id === -1 ? '-' : dom.id}\n`);
  return true;
};

export const domname: Handler = function* (ctl, options) {
  const dom = yield* lookup(ctl, options, { id: true, uuid: true, name: false });
  if (dom === null) return false;
  yield* print(`${dom.name}\n`);
  return true;
};

export const domuuid: Handler = function* (ctl, options) {
  const dom = yield* lookup(ctl, options, { id: true, uuid: false, name: true });
  if (dom === null) return false;
  yield* print(`${dom.uuid}\n`);
  return true;
};

const runningReasons = ['unknown', 'booted', 'migrated', 'restored', 'from snapshot', 'unpaused'];
const shutoffReasons = [
  'unknown',
  'shutdown',
  'destroyed',
  'crashed',
  'migrated',
  'saved',
  'failed',
];

const stateText = (state: number): string => rpc.domainStates[state] ?? 'no state';

export const domstate: Handler = function* (ctl, options) {
  const dom = yield* lookup(ctl, options);
  if (dom === null) return false;
  const reply = yield* call(ctl, 'DOMAIN_GET_STATE', { dom, flags: 0 });
  if (reply === null) return false;
  const { state, reason } = reply;
  const reasons = state === rpc.RUNNING ? runningReasons : shutoffReasons;
  const why = 'reason' in options ? ` (${reasons[reason] ?? 'unknown'})` : '';
  yield* print(`${stateText(state)}${why}\n`);
  return true;
};

const field = (label: string, value: string): string => `${label.padEnd(15)} ${value}\n`;

export const dominfo: Handler = function* (ctl, options) {
  const dom = yield* lookup(ctl, options);
  if (dom === null) return false;
  const os = yield* call(ctl, 'DOMAIN_GET_OS_TYPE', { dom });
  const info = yield* call(ctl, 'DOMAIN_GET_INFO', { dom });
  const persistent = yield* call(ctl, 'DOMAIN_IS_PERSISTENT', { dom });
  const starts = yield* call(ctl, 'DOMAIN_GET_AUTOSTART', { dom });
  const saved = yield* call(ctl, 'DOMAIN_HAS_MANAGED_SAVE_IMAGE', { dom, flags: 0 });
  const model = yield* call(ctl, 'NODE_GET_SECURITY_MODEL', {});
  const label = yield* call(ctl, 'DOMAIN_GET_SECURITY_LABEL', { dom });
  if (info === null || model === null) return false;
  const lines = [
    field('Id:', dom.id === -1 ? '-' : String(dom.id)),
    field('Name:', dom.name),
    field('UUID:', dom.uuid),
    ...(os === null ? [] : [field('OS Type:', os.type)]),
    field('State:', stateText(info.state)),
    field('CPU(s):', String(info.nrVirtCpu)),
    ...(info.cpuTime === 0 ? [] : [field('CPU time:', `${(info.cpuTime / 1e9).toFixed(1)}s`)]),
    field('Max memory:', `${info.maxMem} KiB`),
    field('Used memory:', `${info.memory} KiB`),
    field('Persistent:', persistent?.persistent ? 'yes' : 'no'),
    field('Autostart:', starts?.autostart ? 'enable' : 'disable'),
    field('Managed save:', saved?.result ? 'yes' : 'no'),
    field('Security model:', model.model),
    field('Security DOI:', model.doi),
    ...(label && label.label !== ''
      ? [
          field(
            'Security label:',
            `${label.label} (${label.enforcing ? 'enforcing' : 'permissive'})`,
          ),
        ]
      : []),
  ];
  yield* print(lines.join(''));
  return true;
};

/** virshDomainSorter: the running by id, then the others by name. */
const inListOrder = (domains: readonly rpc.RemoteDomain[]): readonly rpc.RemoteDomain[] =>
  [...domains].sort((a, b) => {
    if (a.id !== -1 && b.id !== -1) return a.id - b.id;
    if (a.id === -1 && b.id === -1) {
      const [x, y] = [a.name.toLowerCase(), b.name.toLowerCase()];
      return x < y ? -1 : x > y ? 1 : 0;
    }
    return b.id - a.id;
  });

function listFlags(options: Options): number {
  if ('all' in options || ('state-running' in options && 'state-shutoff' in options)) return 3;
  if ('inactive' in options || 'state-shutoff' in options) return rpc.LIST_INACTIVE;
  return rpc.LIST_ACTIVE;
}

export const list: Handler = function* (ctl, options) {
  for (const other of ['name', 'uuid'].filter((name) => name in options)) {
    if (!('table' in options)) continue;
    yield* vshError(`Options --table and --${other} are mutually exclusive`);
    return false;
  }
  const reply = yield* call(ctl, 'CONNECT_LIST_ALL_DOMAINS', {
    need_results: 1,
    flags: listFlags(options),
  });
  if (reply === null) {
    yield* vshError('Failed to list domains');
    return false;
  }
  const domains = inListOrder(reply.domains);
  const [names, uuids] = ['name' in options, 'uuid' in options];
  if (names || uuids) {
    const line = (d: rpc.RemoteDomain) =>
      names && uuids ? `${d.uuid.padEnd(36)} ${d.name.padEnd(30)}` : names ? d.name : d.uuid;
    yield* print(domains.map((d) => `${line(d)}\n`).join(''));
    return true;
  }
  const rows: string[][] = [];
  for (const dom of domains) {
    const state = yield* call(ctl, 'DOMAIN_GET_STATE', { dom, flags: 0 });
    if (state !== null)
      rows.push([dom.id === -1 ? '-' : String(dom.id), dom.name, stateText(state.state)]);
  }
  const draw = ctl.switches.fittedTables ? fitted : fixed;
  yield* print(draw(['Id', 'Name', 'State'], rows, ctl.quiet));
  return true;
};
