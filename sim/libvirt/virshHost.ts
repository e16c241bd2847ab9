/**
 * virsh's commands about the host and about itself.
 *
 * Models: libvirt v5.0.0 tools/virsh-host.c cmdCapabilities, cmdDomCapabilities, cmdVersion, cmdNodeinfo,
 *   cmdHostname, cmdURI; tools/vsh.c cmdHelp, vshCmddefHelp, vshCmdGrpHelp
 */
import type { Sys } from '../kernel/program.ts';
import { versionNumber, versionText } from './switches.ts';
import { type Control, call, print, vshError } from './virshControl.ts';
import type { Handler } from './virshDomain.ts';
import {
  type CommandDef,
  commandDefs,
  type Group,
  groupTitles,
  type OptionDef,
} from './virshTable.ts';

/** Print one string of the reply, or say that it could not be had. */
function* show(text: string | null | undefined, failure: string): Sys<boolean> {
  if (text === null || text === undefined) {
    yield* vshError(failure);
    return false;
  }
  yield* print(`${text}\n`);
  return true;
}

export const capabilities: Handler = function* (ctl) {
  const reply = yield* call(ctl, 'CONNECT_GET_CAPABILITIES', {});
  return yield* show(reply?.capabilities, 'failed to get capabilities');
};

export const domcapabilities: Handler = function* (ctl, options) {
  const reply = yield* call(ctl, 'CONNECT_GET_DOMAIN_CAPABILITIES', {
    emulatorbin: options['emulatorbin'] ?? null,
    arch: options['arch'] ?? null,
    machine: options['machine'] ?? null,
    virttype: options['virttype'] ?? null,
    flags: 0,
  });
  return yield* show(reply?.capabilities, 'failed to get emulator capabilities');
};

export const hostname: Handler = function* (ctl) {
  const reply = yield* call(ctl, 'CONNECT_GET_HOSTNAME', {});
  return yield* show(reply?.hostname, 'failed to get hostname');
};

export const uri: Handler = function* (ctl) {
  const reply = yield* call(ctl, 'CONNECT_GET_URI', {});
  return yield* show(reply?.uri, 'failed to get URI');
};

export const nodeinfo: Handler = function* (ctl) {
  const info = yield* call(ctl, 'NODE_GET_INFO', {});
  if (info === null) {
    yield* vshError('failed to get node information');
    return false;
  }
  const line = (label: string, value: string | number) => `${label.padEnd(20)} ${value}\n`;
  const lines = [
    line('CPU model:', info.model),
    line('CPU(s):', info.cpus),
    ...(info.mhz === 0 ? [] : [line('CPU frequency:', `${info.mhz} MHz`)]),
    line('CPU socket(s):', info.sockets),
    line('Core(s) per socket:', info.cores),
    line('Thread(s) per core:', info.threads),
    line('NUMA cell(s):', info.nodes),
    line('Memory size:', `${info.memory} KiB`),
  ];
  yield* print(lines.join(''));
  return true;
};

export const version: Handler = function* (ctl, options) {
  const type = yield* call(ctl, 'CONNECT_GET_TYPE', {});
  if (type === null) {
    yield* vshError('failed to get hypervisor type');
    return false;
  }
  const own = versionText(versionNumber(ctl.switches.clientVersion));
  yield* print(`Compiled against library: libvirt ${own}\n`);
  yield* print(`Using library: libvirt ${own}\n`);
  yield* print(`Using API: ${type.type} ${own}\n`);
  const running = yield* call(ctl, 'CONNECT_GET_VERSION', {});
  if (running === null) {
    yield* vshError('failed to get the hypervisor version');
    return false;
  }
  yield* print(`Running hypervisor: ${type.type} ${versionText(running.hv_ver)}\n`);
  if (!('daemon' in options)) return true;
  const daemon = yield* call(ctl, 'CONNECT_GET_LIB_VERSION', {});
  if (daemon === null) yield* vshError('failed to get the daemon version');
  else yield* print(`Running against daemon: ${versionText(daemon.lib_ver)}\n`);
  return true;
};

const synopsis = (option: OptionDef): string =>
  option.type === 'bool'
    ? `[--${option.name}]`
    : option.type === 'string'
      ? `[--${option.name} <string>]`
      : `<${option.name}>`;

const usage = (option: OptionDef): string =>
  option.type === 'bool'
    ? `--${option.name}`
    : option.type === 'string'
      ? `--${option.name} <string>`
      : `[--${option.name}] <string>`;

/** vshCmddefHelp. */
function helpText(def: CommandDef): string {
  const options = def.options.map((o) => ` ${synopsis(o)}`).join('');
  const description = def.description === '' ? '' : `\n  DESCRIPTION\n    ${def.description}\n`;
  const lines = def.options.map((o) => `    ${usage(o).padEnd(15)}  ${o.help}\n`).join('');
  return (
    `  NAME\n    ${def.name} - ${def.help}\n\n  SYNOPSIS\n    ${def.name}${options}\n` +
    `${description}${lines === '' ? '' : `\n  OPTIONS\n${lines}`}\n`
  );
}

const groupText = (group: Group): string =>
  ` ${groupTitles[group]} (help keyword '${group}'):\n` +
  commandDefs
    .filter((d) => d.group === group)
    .map((d) => `    ${d.name.padEnd(30)} ${d.help}\n`)
    .join('') +
  '\n';

const groups: readonly Group[] = ['domain', 'monitor', 'host', 'virsh'];

export const help: Handler = function* (_ctl: Control, options) {
  const word = options['command'];
  if (word === undefined) {
    yield* print(`Grouped commands:\n\n${groups.map(groupText).join('')}`);
    return true;
  }
  const def = commandDefs.find((d) => d.name === word);
  const group = groups.find((g) => g === word || groupTitles[g] === word);
  if (def !== undefined) yield* print(helpText(def));
  else if (group !== undefined) yield* print(groupText(group));
  else {
    yield* vshError(`command or command group '${word}' doesn't exist`);
    return false;
  }
  return true;
};
