/**
 * The commands by which libvirt finds out what this QEMU can do.
 *
 * Models: QEMU v2.12.0 qmp.c qmp_qom_list_types, qmp_device_list_properties, qmp_qom_list_properties; vl.c
 *   qmp_query_machines; target/i386/cpu.c arch_query_cpu_definitions, arch_query_cpu_model_expansion;
 *   util/qemu-config.c qmp_query_command_line_options; migration.c qmp_query_migrate_capabilities; monitor.c
 * Leaves out: the order of GLib's hash tables (type lists are in the order of our tables); default values.
 */

import { memo, memoOf } from '../../kernel/memo.ts';
import { own } from '../../kernel/own.ts';
import type { Signature } from '../arguments.ts';
import {
  answer,
  type Command,
  type Commands,
  type KvmOffer,
  once,
  pure,
  type Result,
  refuse,
  type Vm,
} from '../command.ts';
import { aliasOf, expand, featuresOf, kvmOffer, missing, type Offer, tcgOffer } from '../cpu.ts';
import { pairs, schemaOf, type Tables, words } from '../data/tables.ts';
import { type Dict, isDict, type Json, toText } from '../json/value.ts';
import { deviceNotFound } from '../qmp.ts';
import { tablesOf } from '../tables.ts';
import { kvmEnabled } from './guest.ts';

const modern = (vm: Vm): boolean => vm.switches.version[0] >= 6;

/** A command whose answer is in the tables of the build. */
const fromTables = (
  name: string,
  read: (vm: Vm, given: Dict) => Result,
  signature: Signature = {},
): Command =>
  pure((vm, given) => {
    const question = `${name} ${vm.target} ${modern(vm)} ${toText(given, 'exact')}`;
    return once(tablesOf(vm.switches), question, () => read(vm, given));
  }, signature);

/** Every concrete type and its parent, by target; the CPU models of both targets are taken to be the same. */
const typesFor = memoOf((tables: Tables) =>
  memo((target): ReadonlyMap<string, string> => {
    const found = new Map<string, string>();
    for (const [parent, children] of Object.entries(tables.types)) {
      for (const child of words(children)) found.set(child, parent);
    }
    for (const name of Object.keys(tables.machines)) {
      found.set(`${name}-machine`, name === 'none' ? 'machine' : 'generic-pc-machine');
    }
    for (const name of ['base', 'max', ...tables.cpuModels.map(([model]) => model)]) {
      found.set(`${name}-${target}-cpu`, `${target}-cpu`);
    }
    return found.set(`host-${target}-cpu`, `max-${target}-cpu`);
  }, 2),
);

const types = (vm: Vm): ReadonlyMap<string, string> => typesFor(tablesOf(vm.switches))(vm.target);

/** Roots below object that are no devices; every other abstract parent is one. */
const notDevices = words('object accel machine memory-backend rng-backend tls-creds pr-manager');

function ancestors(found: ReadonlyMap<string, string>, type: string): string[] {
  const parent = found.get(type);
  return parent === undefined ? [type] : [type, ...ancestors(found, parent)];
}

function isA(found: ReadonlyMap<string, string>, type: string, wanted: string): boolean {
  const line = ancestors(found, type);
  if (wanted === 'object' || line.includes(wanted)) return true;
  if (wanted === 'device')
    return !line.some((name) => notDevices.includes(name) || name.includes('machine'));
  return false;
}

const qomListTypes = fromTables(
  'qom-list-types',
  (vm, given) => {
    const found = types(vm);
    const wanted = given['implements'];
    const chosen = [...found].filter(
      ([name]) => typeof wanted !== 'string' || isA(found, name, wanted),
    );
    return answer(chosen.map(([name, parent]) => ({ name, parent })));
  },
  { 'implements?': 'str', 'abstract?': 'bool' },
);

const properties = (tables: Tables, type: string): Json[] =>
  pairs(own(tables.properties, type) ?? '').map(([name, kind]): Json => {
    const [plain = kind, value] = kind.split('=');
    return value === undefined
      ? { name, type: plain }
      : { 'default-value': value === 'true', name, type: plain };
  });

const deviceListProperties = fromTables(
  'device-list-properties',
  (vm, given) => {
    const type = String(given['typename']);
    const found = types(vm);
    const abstract = !found.has(type);
    if (abstract && ![...found.values()].includes(type)) {
      return refuse(deviceNotFound(`Device '${type}' not found`));
    }
    if (!isA(found, type, 'device')) return refuse("Parameter 'typename' expects device");
    if (abstract) return refuse("Parameter 'typename' expects a non-abstract device type");
    return answer(properties(tablesOf(vm.switches), type));
  },
  { typename: 'str' },
);

const qomListProperties = fromTables(
  'qom-list-properties',
  (vm, given) => {
    const type = String(given['typename']);
    const found = types(vm);
    if (!found.has(type) && ![...found.values()].includes(type)) {
      return refuse(deviceNotFound(`Class '${type}' not found`));
    }
    return answer([{ name: 'type', type: 'string' }, ...properties(tablesOf(vm.switches), type)]);
  },
  { typename: 'str' },
);

/** 'alias=pc default' as the members of MachineInfo. */
function machineInfo(vm: Vm, name: string, text: string): Dict {
  const [cpuMax = '1', ...rest] = words(text);
  const value = (key: string) =>
    rest.find((word) => word.startsWith(`${key}=`))?.slice(key.length + 1);
  const alias = value('alias');
  const cpu = value('cpu');
  const ram = value('ram');
  return {
    name,
    'cpu-max': Number(cpuMax),
    'hotpluggable-cpus': !rest.includes('nohotplug'),
    ...(rest.includes('default') ? { 'is-default': true } : {}),
    ...(alias === undefined ? {} : { alias }),
    ...(modern(vm)
      ? { 'numa-mem-supported': rest.includes('numa'), deprecated: rest.includes('deprecated') }
      : {}),
    ...(cpu === undefined ? {} : { 'default-cpu-type': `${cpu}-${vm.target}-cpu` }),
    ...(ram === undefined ? {} : { 'default-ram-id': ram }),
  };
}

function machinesInOrder(vm: Vm): readonly (readonly [string, string])[] {
  const { machines, i386First } = tablesOf(vm.switches);
  const all = Object.entries(machines);
  if (vm.target === 'x86_64' || i386First === undefined) return all;
  const [machine, before] = i386First;
  const rest = all.filter(([name]) => name !== machine);
  const moved = all.filter(([name]) => name === machine);
  return rest.flatMap((entry) => (entry[0] === before ? [...moved, entry] : [entry]));
}

function cpuDefinition(vm: Vm, name: string, unavailable: readonly string[]): Dict {
  const migrationSafe = name !== 'max' && name !== 'host';
  const alias = aliasOf(tablesOf(vm.switches), name);
  return {
    name,
    typename: `${name}-${vm.target}-cpu`,
    'unavailable-features': unavailable,
    ...(alias === null ? {} : { 'alias-of': alias }),
    static: name === 'base',
    'migration-safe': migrationSafe,
    ...(modern(vm) ? { deprecated: false } : {}),
  };
}

/** host_cpuid_required: the model `host` exists under TCG too, but lacks the feature "kvm". */
function definitions(vm: Vm, tables: Tables, offer: Offer): Json[] {
  const special = ['max', 'host', 'base'].map((name) =>
    cpuDefinition(vm, name, name === 'host' && !kvmEnabled(vm) ? ['kvm'] : []),
  );
  const named = tables.cpuModels.map(([name]) =>
    cpuDefinition(vm, name, missing(featuresOf(tables, name) ?? '', offer, kvmEnabled(vm))),
  );
  return [...special, ...named];
}

const tcgOffers = memoOf((tables: Tables) =>
  memo((question) => {
    const [target, era] = question.split(' ');
    const offer = tcgOffer(tables, era === 'modern' && target === 'x86_64', era === 'modern');
    return target === 'x86_64' ? offer : without(offer, ['lm', 'syscall']);
  }, 4),
);

const MOST_HOSTS = 16;
const kvmOffers = memo((question) => {
  const { target, ...said } = JSON.parse(question) as KvmOffer & Pick<Vm, 'target'>;
  const offer = kvmOffer(said);
  return target === 'x86_64' ? offer : without(offer, ['lm']);
}, MOST_HOSTS);

/** qemu-system-i386 has no long mode: x86_cpu_get_supported_feature_word, TCG_EXT2_X86_64_FEATURES. */
function without(offer: Offer, names: readonly string[]): Offer {
  const features = [...offer.features].filter((feature) => !names.includes(feature));
  return { ...offer, features: new Set(features) };
}

/** What the accelerator of this process offers. */
const offered = ({ kvm, target, switches }: Vm): Offer =>
  kvm === null
    ? tcgOffers(tablesOf(switches))(`${target} ${switches.version[0] >= 6 ? 'modern' : 'old'}`)
    : kvmOffers(JSON.stringify({ target, ...kvm }));

const cpuDefinitions: Command = {
  arguments: {},
  *run(vm) {
    const tables = tablesOf(vm.switches);
    const offer = offered(vm);
    const question = `definitions ${vm.switches.data} ${vm.target} ${kvmEnabled(vm)}`;
    return once(offer, question, () => answer(definitions(vm, tables, offer)));
  },
};

const cpuModelExpansion: Command = {
  arguments: {
    type: { enum: ['static', 'full'] },
    model: { members: { name: 'str', 'props?': 'any' } },
  },
  *run(vm, given) {
    const tables = tablesOf(vm.switches);
    const model = isDict(given['model']) ? given['model'] : {};
    const name = String(model['name']);
    const special = ['max', 'host', 'base'].includes(name);
    if (!special && featuresOf(tables, name) === null)
      return refuse(`CPU model '${name}' not found`);
    if (!special) {
      return refuse(`kvmlab does not model the expansion of CPU model '${name}'`);
    }
    const offer = name === 'base' ? null : offered(vm);
    const question = `expansion ${vm.switches.data} ${toText(given, 'exact')}`;
    return once(offer ?? tables, question, () => {
      const full = given['type'] === 'full';
      const asked = { name, props: isDict(model['props']) ? model['props'] : {} };
      const props = expand(tables, offer, asked, full);
      return answer({ model: { name: full ? name : 'base', props } });
    });
  },
};

const commandLineOptions = fromTables(
  'query-command-line-options',
  (vm, given) => {
    const wanted = given['option'];
    const options = Object.entries(tablesOf(vm.switches).commandLine).filter(
      ([option]) => wanted === undefined || option === wanted,
    );
    if (options.length === 0) return refuse(`invalid option name: ${wanted}`);
    const described = options.map(([option, parameters]) => ({
      option,
      parameters: pairs(parameters).map(([name, type]) => ({ name, type })),
    }));
    return answer(described);
  },
  { 'option?': 'str' },
);

const names = (name: string, pick: (tables: Tables) => string): Command =>
  fromTables(name, (vm) =>
    answer(words(pick(tablesOf(vm.switches))).map((word) => ({ name: word }))),
  );
const list = (name: string, pick: (tables: Tables) => string): Command =>
  fromTables(name, (vm) => answer(words(pick(tablesOf(vm.switches)))));

export const introspectionCommands: Commands = {
  'query-commands': names('query-commands', (tables) => tables.commands),
  'query-events': names('query-events', (tables) => tables.events),
  'query-tpm-models': list('query-tpm-models', (tables) => tables.tpmModels),
  'query-tpm-types': list('query-tpm-types', (tables) => tables.tpmTypes),
  'query-qmp-schema': fromTables('query-qmp-schema', (vm) =>
    answer(schemaOf(tablesOf(vm.switches))),
  ),
  'query-machines': fromTables('query-machines', (vm) =>
    answer(machinesInOrder(vm).map(([name, text]) => machineInfo(vm, name, text))),
  ),
  'query-migrate-capabilities': fromTables('query-migrate-capabilities', (vm) =>
    answer(
      words(tablesOf(vm.switches).migration).map((capability) => ({ state: false, capability })),
    ),
  ),
  'query-command-line-options': commandLineOptions,
  'query-cpu-definitions': cpuDefinitions,
  'query-cpu-model-expansion': cpuModelExpansion,
  'qom-list-types': qomListTypes,
  'device-list-properties': deviceListProperties,
  'qom-list-properties': qomListProperties,
  // /dev/sev is opened first; no modelled host has one (target/i386/sev.c sev_get_capabilities).
  'query-sev-capabilities': pure((vm) =>
    refuse(
      modern(vm)
        ? kvmEnabled(vm)
          ? 'SEV is not enabled in KVM'
          : 'KVM not enabled'
        : 'SEV feature is not available',
    ),
  ),
  'query-sgx-capabilities': pure(() => refuse('SGX is not enabled in KVM')),
};
