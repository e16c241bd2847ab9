/**
 * What udevadm and its commands print for --help.
 *
 * Models: systemd v219 and v252, src/udev/udevadm*.c help, print_help, adm_help
 */
import type { UdevSwitches } from './switches.ts';

const v219 = (switches: UdevSwitches) => switches.version === 219;

const version = (switches: UdevSwitches, pad: string): string =>
  v219(switches) ? `     --version  ${pad}` : `  -V --version  ${pad}`;

const row = (option: string, width: number, text: string) => `${option.padEnd(width)}${text}\n`;

const commands219: readonly (readonly [string, string])[] = [
  ['info', 'Query sysfs or the udev database'],
  ['trigger', 'Request events from the kernel'],
  ['settle', 'Wait for pending udev events'],
  ['control', 'Control the udev daemon'],
  ['monitor', 'Listen to kernel and udev events'],
  ['test', 'Test an event run'],
  ['test-builtin', 'Test a built-in command'],
];

export function udevadmHelp(switches: UdevSwitches): string {
  const added = v219(switches)
    ? []
    : ([
        ['wait', 'Wait for device or device symlink'],
        ['lock', 'Lock a block device'],
      ] as const);
  const commands = [...commands219, ...added];
  const list = commands.map(([name = '', text = '']) => `  ${name.padEnd(12)}  ${text}\n`).join('');
  const tail = v219(switches) ? '' : '\nSee the udevadm(8) man page for details.\n';
  return `udevadm [--help] [--version] [--debug] COMMAND [COMMAND OPTIONS]

Send control commands or test the device manager.

Commands:
${list}${tail}`;
}

export function triggerHelp(switches: UdevSwitches): string {
  const old = v219(switches);
  const line = (option: string, text: string) => row(option, 36, text);
  const head = old ? 'udevadm trigger OPTIONS' : 'udevadm trigger [OPTIONS] DEVPATH';
  return [
    `${head}\n\nRequest events from the kernel.\n\n`,
    line('  -h --help', 'Show this help'),
    line(old ? '     --version' : '  -V --version', 'Show package version'),
    line('  -v --verbose', 'Print the list of devices while running'),
    line('  -n --dry-run', 'Do not actually trigger the events'),
    old ? '' : line('  -q --quiet', 'Suppress error logging in triggering events'),
    line('  -t --type=', 'Type of events to trigger'),
    line('          devices', '  sysfs devices (default)'),
    line('          subsystems', '  sysfs subsystems and drivers'),
    line(
      old ? '  -c --action=ACTION' : '  -c --action=ACTION|help',
      'Event action value, default is "change"',
    ),
    line('  -s --subsystem-match=SUBSYSTEM', 'Trigger devices from a matching subsystem'),
    line('  -S --subsystem-nomatch=SUBSYSTEM', 'Exclude devices from a matching subsystem'),
    line('  -a --attr-match=FILE[=VALUE]', 'Trigger devices with a matching attribute'),
    line('  -A --attr-nomatch=FILE[=VALUE]', 'Exclude devices with a matching attribute'),
    line('  -p --property-match=KEY=VALUE', 'Trigger devices with a matching property'),
    old
      ? line('  -g --tag-match=KEY=VALUE', 'Trigger devices with a matching property')
      : line('  -g --tag-match=TAG', 'Trigger devices with a matching tag'),
    line('  -y --sysname-match=NAME', 'Trigger devices with this /sys path'),
    line('     --name-match=NAME', 'Trigger devices with this /dev name'),
    line('  -b --parent-match=NAME', 'Trigger devices with that parent device'),
    old ? '' : trigger252Tail,
  ].join('');
}

const trigger252Tail = `     --initialized-match            Trigger devices that are already initialized
     --initialized-nomatch          Trigger devices that are not initialized yet
  -w --settle                       Wait for the triggered events to complete
     --wait-daemon[=SECONDS]        Wait for udevd daemon to be initialized
                                    before triggering uevents
     --uuid                         Print synthetic uevent UUID
     --prioritized-subsystem=SUBSYSTEM[,SUBSYSTEM…]
                                    Trigger devices from a matching subsystem first
`;

export const settleHelp = (switches: UdevSwitches): string =>
  `udevadm settle ${v219(switches) ? 'OPTIONS' : '[OPTIONS]'}

Wait for pending udev events.

  -h --help                 Show this help
${version(switches, '            Show package version')}
  -t --timeout=${v219(switches) ? 'SECONDS    ' : 'SEC        '}  Maximum time to wait for events
  -E --exit-if-exists=FILE  Stop waiting if file exists
`;

export function controlHelp(switches: UdevSwitches): string {
  const old = v219(switches);
  return `udevadm control ${old ? 'COMMAND' : 'OPTION'}

Control the udev daemon.

  -h --help                Show this help
${version(switches, '           Show package version')}
  -e --exit                Instruct the daemon to cleanup and exit
  ${old ? '-l --log-priority=LEVEL  Set' : '-l --log-level=LEVEL     Set'} the udev log level for the daemon
  -s --stop-exec-queue     Do not execute events, queue only
  -S --start-exec-queue    Execute events, flush queue
  -R --reload              Reload rules and databases
  -p --property=KEY=VALUE  Set a global property for all events
  -m --children-max=N      Maximum number of children
${old ? '' : '     --ping                Wait for udev to respond to a ping message\n'}  ${old ? '   --timeout=SECONDS   ' : '-t --timeout=SECONDS   '}  Maximum time to block for a reply
`;
}

export const monitorHelp = (switches: UdevSwitches): string =>
  `udevadm monitor ${v219(switches) ? '[--property] [--kernel] [--udev] [--help]' : '[OPTIONS]'}

Listen to kernel and udev events.

  -h --help                                Show this help
${version(switches, '                           Show package version')}
  -p --property                            Print the event properties
  -k --kernel                              Print kernel uevents
  -u --udev                                Print udev events
  -s --subsystem-match=SUBSYSTEM[/DEVTYPE] Filter events by subsystem
  -t --tag-match=TAG                       Filter events by tag
`;

export function testHelp(switches: UdevSwitches): string {
  const old = v219(switches);
  return `udevadm test ${old ? 'OPTIONS <syspath>\n' : '[OPTIONS] DEVPATH\n'}
Test an event run.${old ? '' : '\n'}
  -h --help                            Show this help
${version(switches, '                       Show package version')}
  -a --action=ACTION${old ? '     ' : '|help'}              Set action string
  -N --resolve-names=early|late|never  When to resolve names
`;
}

export const testBuiltinHelp = (switches: UdevSwitches): string =>
  v219(switches)
    ? `udevadm builtin [--help] COMMAND SYSPATH

Test a built-in command.

  -h --help     Print this message
     --version  Print version of the program

Commands:
`
    : `udevadm test-builtin [OPTIONS] COMMAND DEVPATH

Test a built-in command.

  -h --help               Print this message
  -V --version            Print version of the program

  -a --action=ACTION|help Set action string
Commands:
`;

export function infoHelp(switches: UdevSwitches): string {
  const old = v219(switches);
  return `udevadm info [OPTIONS] [DEVPATH|FILE]

Query sysfs or the udev database.

  -h --help                   Print this message
${version(switches, '              Print version of the program')}
  -q --query=TYPE             Query device information:
       name                     Name of device node
       symlink                  Pointing to node
       path                     sysfs device path
       property                 The device properties
       all                      All values
${old ? '' : info252Property}  -p --path=SYSPATH           sysfs device path used for query or attribute walk
  -n --name=NAME              Node or symlink name used for query or attribute walk
  -r --root                   Prepend dev directory to path names
  -a --attribute-walk         Print all key matches walking along the chain
                              of parent devices
${old ? '' : '  -t --tree                   Show tree of devices\n'}  -d --device-id-of-file=FILE Print major:minor of device containing this file
  -x --export                 Export key/value pairs
  -P --export-prefix          Export the key name with a prefix
  -e --export-db              Export the content of the udev database
  -c --cleanup-db             Clean up the udev database
${old ? '' : info252Tail}`;
}

const info252Property = `     --property=NAME          Show only properties by this name
     --value                  When showing properties, print only their values
`;

const info252Tail = `  -w --wait-for-initialization[=SECONDS]
                              Wait for device to be initialized
     --no-pager               Do not pipe output into a pager
`;
