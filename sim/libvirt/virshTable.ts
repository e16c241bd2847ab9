/**
 * The commands of virsh that are modelled: their options and help texts.
 *
 * Models: libvirt v5.0.0 tools/virsh-domain.c, virsh-domain-monitor.c, virsh-host.c, virsh.c, vsh.c: opts_*, info_*
 *
 * Leaves out: two hundred other commands. Their names are known, so that a real command gets a plain "not
 * modelled" instead of virsh's "unknown command", which would be a lie.
 */
export type OptionDef = Readonly<{
  name: string;
  type: 'bool' | 'string' | 'data';
  required: boolean;
  help: string;
}>;

export type Group = 'domain' | 'monitor' | 'host' | 'virsh';

export type CommandDef = Readonly<{
  name: string;
  group: Group;
  help: string;
  /** The DESCRIPTION of `virsh help NAME`; '' for none. */
  description: string;
  options: readonly OptionDef[];
  /** VSH_CMD_FLAG_NOCONNECT. */
  offline?: boolean;
}>;

export const groupTitles: Readonly<Record<Group, string>> = {
  domain: 'Domain Management',
  monitor: 'Domain Monitoring',
  host: 'Host and Hypervisor',
  virsh: 'Virsh itself',
};

const bool = (name: string, help: string): OptionDef => ({
  name,
  type: 'bool',
  required: false,
  help,
});
const text = (name: string, help: string): OptionDef => ({
  name,
  type: 'string',
  required: false,
  help,
});
const data = (name: string, help: string): OptionDef => ({
  name,
  type: 'data',
  required: true,
  help,
});

const domain = data('domain', 'domain name, id or uuid');
const file = data('file', 'file containing an XML domain description');
const validate = bool('validate', 'validate the XML against the schema');

const command = (
  group: Group,
  name: string,
  help: string,
  description: string,
  options: readonly OptionDef[] = [],
): CommandDef => ({ name, group, help, description, options });

/** In the order of `virsh help`. */
export const commandDefs: readonly CommandDef[] = [
  command(
    'domain',
    'autostart',
    'autostart a domain',
    'Configure a domain to be automatically started at boot.',
    [domain, bool('disable', 'disable autostarting')],
  ),
  command('domain', 'create', 'create a domain from an XML file', 'Create a domain.', [
    file,
    validate,
  ]),
  command(
    'domain',
    'define',
    "define (but don't start) a domain from an XML file",
    'Define a domain.',
    [file, validate],
  ),
  command(
    'domain',
    'destroy',
    'destroy (stop) a domain',
    'Forcefully stop a given domain, but leave its resources intact.',
    [domain, bool('graceful', 'terminate gracefully')],
  ),
  command('domain', 'domid', 'convert a domain name or UUID to domain id', '', [
    data('domain', 'domain name or uuid'),
  ]),
  command('domain', 'domname', 'convert a domain id or UUID to domain name', '', [
    data('domain', 'domain id or uuid'),
  ]),
  command('domain', 'domuuid', 'convert a domain name or id to domain UUID', '', [
    data('domain', 'domain id or name'),
  ]),
  command(
    'domain',
    'dumpxml',
    'domain information in XML',
    'Output the domain information as an XML dump to stdout.',
    [
      domain,
      bool('inactive', 'show inactive defined XML'),
      bool('security-info', 'include security sensitive information in XML dump'),
    ],
  ),
  command(
    'domain',
    'shutdown',
    'gracefully shutdown a domain',
    'Run shutdown in the target domain.',
    [domain],
  ),
  command(
    'domain',
    'start',
    'start a (previously defined) inactive domain',
    'Start a domain, either from the last managedsave\n    state, or via a fresh boot if no managedsave state\n    is present.',
    [data('domain', 'name of the inactive domain')],
  ),
  command(
    'domain',
    'undefine',
    'undefine a domain',
    'Undefine an inactive domain, or convert persistent to transient.',
    [domain, bool('managed-save', 'remove domain managed state file')],
  ),
  command(
    'monitor',
    'dominfo',
    'domain information',
    'Returns basic information about the domain.',
    [domain],
  ),
  command('monitor', 'domstate', 'domain state', 'Returns state about a domain.', [
    domain,
    bool('reason', 'also print reason for the state'),
  ]),
  command('monitor', 'list', 'list domains', 'Returns list of domains.', [
    bool('inactive', 'list inactive domains'),
    bool('all', 'list inactive & active domains'),
    bool('state-running', 'list domains in running state'),
    bool('state-shutoff', 'list domains in shutoff state'),
    bool('uuid', "list uuid's only"),
    bool('name', 'list domain names only'),
    bool('table', 'list table (default)'),
  ]),
  command('host', 'capabilities', 'capabilities', 'Returns capabilities of hypervisor/driver.'),
  command(
    'host',
    'domcapabilities',
    'domain capabilities',
    'Returns capabilities of emulator with respect to host and libvirt.',
    [
      text('virttype', 'virtualization type (/domain/@type)'),
      text('emulatorbin', 'path to emulator binary (/domain/devices/emulator)'),
      text('arch', 'domain architecture (/domain/os/type/@arch)'),
      text('machine', 'machine type (/domain/os/type/@machine)'),
    ],
  ),
  command('host', 'hostname', 'print the hypervisor hostname', ''),
  command('host', 'nodeinfo', 'node information', 'Returns basic information about the node.'),
  command('host', 'uri', 'print the hypervisor canonical URI', ''),
  command('host', 'version', 'show version', 'Display the system version information.', [
    bool('daemon', 'report daemon version too'),
  ]),
  { ...command('virsh', 'exit', 'quit this interactive terminal', ''), offline: true },
  {
    ...command(
      'virsh',
      'help',
      'print help',
      'Prints global help, command specific help, or help for a\n    group of related commands',
      [
        text(
          'command',
          'Prints global help, command specific help, or help for a group of related commands',
        ),
      ],
    ),
    offline: true,
  },
  { ...command('virsh', 'quit', 'quit this interactive terminal', ''), offline: true },
];

/** Real commands of virsh 5.0.0 that this model has no answer to. */
export const unmodelled: ReadonlySet<string> = new Set(
  `
  allocpages attach-device attach-disk attach-interface blkdeviotune blkiotune blockcommit
  blockcopy blockjob blockpull blockresize change-media connect console cpu-baseline
  cpu-compare cpu-models cpu-stats desc detach-device detach-device-alias detach-disk
  detach-interface domblkerror domblkinfo domblklist domblkstat domblkthreshold domcontrol
  domdisplay domfsfreeze domfsinfo domfsthaw domfstrim domhostname domif-getlink
  domif-setlink domifaddr domiflist domifstat domiftune domjobabort domjobinfo dommemstat
  dompmsuspend dompmwakeup domrename domstats domtime domxml-from-native domxml-to-native
  dump edit emulatorpin event find-storage-pool-sources find-storage-pool-sources-as
  freecell freepages guestvcpus hypervisor-cpu-baseline hypervisor-cpu-compare iface-begin
  iface-bridge iface-commit iface-define iface-destroy iface-dumpxml iface-edit iface-list
  iface-mac iface-name iface-rollback iface-start iface-unbridge iface-undefine inject-nmi
  iothreadadd iothreaddel iothreadinfo iothreadpin iothreadset lxc-enter-namespace
  managedsave managedsave-define managedsave-dumpxml managedsave-edit managedsave-remove
  maxvcpus memtune metadata migrate migrate-compcache migrate-getmaxdowntime
  migrate-getspeed migrate-postcopy migrate-setmaxdowntime migrate-setspeed net-autostart
  net-create net-define net-destroy net-dhcp-leases net-dumpxml net-edit net-event net-info
  net-list net-name net-start net-undefine net-update net-uuid node-memory-tune nodecpumap
  nodecpustats nodedev-create nodedev-destroy nodedev-detach nodedev-dettach nodedev-dumpxml
  nodedev-event nodedev-list nodedev-reattach nodedev-reset nodememstats nodesuspend
  numatune nwfilter-binding-create nwfilter-binding-delete nwfilter-binding-dumpxml
  nwfilter-binding-list nwfilter-define nwfilter-dumpxml nwfilter-edit nwfilter-list
  nwfilter-undefine perf pool-autostart pool-build pool-create pool-create-as pool-define
  pool-define-as pool-delete pool-destroy pool-dumpxml pool-edit pool-event pool-info
  pool-list pool-name pool-refresh pool-start pool-undefine pool-uuid qemu-agent-command
  qemu-attach qemu-monitor-command qemu-monitor-event reboot reset restore resume save
  save-image-define save-image-dumpxml save-image-edit schedinfo screenshot secret-define
  secret-dumpxml secret-event secret-get-value secret-list secret-set-value secret-undefine
  send-key send-process-signal set-lifecycle-action set-user-password setmaxmem setmem
  setvcpu setvcpus snapshot-create snapshot-create-as snapshot-current snapshot-delete
  snapshot-dumpxml snapshot-edit snapshot-info snapshot-list snapshot-parent snapshot-revert
  suspend sysinfo ttyconsole update-device vcpucount vcpuinfo vcpupin vncdisplay vol-clone
  vol-create vol-create-as vol-create-from vol-delete vol-download vol-dumpxml vol-info
  vol-key vol-list vol-name vol-path vol-pool vol-resize vol-upload vol-wipe
`
    .trim()
    .split(/\s+/),
);
