/** udevadm's words: stdout, stderr and exit codes of both versions. */
import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import { chmod } from '../../sim/libc/sys.ts';
import { systemd219, systemd252, type UdevSwitches } from '../../sim/udev/switches.ts';
import { booted, node, switchOn } from './incident.ts';
import { act, content, type Laboratory, run } from './laboratory.ts';

const udevadm = suite('udevadm');

const ask = (lab: Laboratory, ...args: string[]) => run(lab, '/usr/bin/udevadm', ...args);

/** code, stdout, stderr */
type Row = readonly [args: string, code: number, stdout: string, stderr: string];

function answers(switches: UdevSwitches, rows: readonly Row[]): void {
  const lab = booted(switches);
  for (const [args, code, stdout, stderr] of rows) {
    const words = args.split(' ').filter((word) => word !== '');
    assert.equal(ask(lab, ...words), { code, stdout, stderr }, `udevadm ${args}`);
  }
}

udevadm('219 answers as 219', () => {
  const expected = '--name=, --path=, or absolute path in /dev/ or /sys expected.\n';
  answers(systemd219, [
    ['', 2, '', 'udevadm: missing or unknown command\n'],
    ['nosuch', 2, '', 'udevadm: missing or unknown command\n'],
    ['--version', 0, '219\n', ''],
    ['version', 0, '219\n', ''],
    ['--bogus', 1, '', "udevadm: unrecognized option '--bogus'\n"],
    ['control', 1, '', 'Option missing\n'],
    ['control -R extra', 0, '', 'Extraneous argument: extra\n'],
    ['control --property=x', 1, '', "expect <KEY>=<value> instead of 'x'\n"],
    ['control -m 0', 1, '', "invalid number '0'\n"],
    ['trigger -c bind', 2, '', "unknown action 'bind'\n"],
    ['trigger --type=all', 2, '', 'unknown type --type=all\n'],
    ['trigger /dev/nosuch', 2, '', "unable to open the device '/dev/nosuch'\n"],
    ['trigger --bogus', 1, '', "trigger: unrecognized option '--bogus'\n"],
    ['trigger -v -n -y kvm', 0, '/sys/devices/virtual/misc/kvm\n', ''],
    ['trigger -v -n -s misc -a dev=10:232', 0, '/sys/devices/virtual/misc/kvm\n', ''],
    ['trigger -v -n -g uaccess', 0, '/sys/devices/virtual/misc/kvm\n', ''],
    ['trigger -v -n -p DEVNAME=*kvm', 0, '/sys/devices/virtual/misc/kvm\n', ''],
    ['trigger -v -n --name-match=kvm', 0, '/sys/devices/virtual/misc/kvm\n', ''],
    ['trigger -v -n -S * -y kvm', 0, '', ''],
    ['settle -q', 1, '', 'Option -q no longer supported.\n'],
    ['settle x', 1, '', "Extraneous argument: 'x'\n"],
    ['settle -t abc', 1, '', "Invalid timeout value 'abc': Invalid argument\n"],
    ['info /dev/nosuch', 4, '', `Unknown device, ${expected}`],
    ['info -n nosuch', 2, '', 'device node not found\n'],
    ['info -p /nosuch', 2, '', 'syspath not found\n'],
    ['info -q nosuch', 3, '', 'unknown query type\n'],
    ['info -q name /dev/kvm', 0, 'kvm\n', ''],
    ['info -q name -r -n kvm', 0, '/dev/kvm\n', ''],
    ['info -q path -n kvm', 0, '/devices/virtual/misc/kvm\n', ''],
    ['info -q symlink -n kvm', 0, '\n', ''],
    ['info -q name /sys/devices/system/cpu/cpu0', 5, '', 'no device node found\n'],
    ['test', 2, '', 'syspath parameter missing\n'],
  ]);
});

udevadm('252 answers as 252', () => {
  answers(systemd252, [
    ['', 1, '', 'Command verb required.\n'],
    ['nosuch', 1, '', 'Unknown command verb nosuch.\n'],
    ['--version', 0, '252\n', ''],
    ['control', 1, '', 'This command expects one or more options.\n'],
    ['control -R extra', 1, '', 'Extraneous argument: extra\n'],
    ['trigger -c bogus', 1, '', "Unknown action 'bogus'\n"],
    ['trigger -v -n -c bind -y kvm', 0, '/sys/devices/virtual/misc/kvm\n', ''],
    ['trigger nosuch', 1, '', "Failed to open the device 'nosuch': Invalid argument\n"],
    ['trigger /dev/nosuch', 1, '', "Failed to open the device '/dev/nosuch': No such device\n"],
    ['info', 1, '', 'A device name or path is required\n'],
    ['info -n nosuch', 1, '', 'Unknown device "/dev/nosuch": No such device\n'],
    ['info -q name -n kvm', 0, 'kvm\n', ''],
    ['info --property=DEVNAME --value -q property -n kvm', 0, '/dev/kvm\n', ''],
    ['test', 1, '', 'syspath parameter missing.\n'],
    ['test -a bogus /sys/devices/virtual/misc/kvm', 1, '', "Invalid action 'bogus'\n"],
  ]);
});

udevadm('info prints what the database knows, sorted in 219', () => {
  const lab = booted(systemd219);
  const [, usec = ''] = /^I:(\d+)$/m.exec(content(lab, '/run/udev/data/c10:232') ?? '') ?? [];
  const text = `P: /devices/virtual/misc/kvm
N: kvm
E: DEVNAME=/dev/kvm
E: DEVPATH=/devices/virtual/misc/kvm
E: MAJOR=10
E: MINOR=232
E: SUBSYSTEM=misc
E: TAGS=:seat:uaccess:
E: USEC_INITIALIZED=${usec}

`;
  assert.is(ask(lab, 'info', '/dev/kvm').stdout, text);
});

udevadm('info prints the recorded lines of 252 in the recorded order', () => {
  const lab = booted(systemd252);
  const { stdout } = ask(lab, 'info', '/dev/kvm');
  const shape = stdout.replace(/USEC_INITIALIZED=\d+/, 'USEC_INITIALIZED=1');
  assert.is(
    shape,
    `P: /devices/virtual/misc/kvm
M: kvm
U: misc
D: c 10:232
N: kvm
L: 0
E: DEVPATH=/devices/virtual/misc/kvm
E: DEVNAME=/dev/kvm
E: MAJOR=10
E: MINOR=232
E: SUBSYSTEM=misc
E: USEC_INITIALIZED=1
E: TAGS=:uaccess:seat:
E: CURRENT_TAGS=:uaccess:seat:

`,
  );
});

udevadm('test runs the rules, applies the rights and only names the RUN commands', () => {
  const lab = booted(systemd219);
  act(lab, () => chmod('/dev/kvm', 0o640));
  const { code, stdout, stderr } = ask(lab, 'test', '/sys/devices/virtual/misc/kvm');
  assert.is(code, 0);
  assert.ok(stdout.startsWith('This program is for debugging only, it does not run any program\n'));
  assert.ok(stdout.endsWith("run: 'uaccess'\n"));
  assert.ok(stderr.includes('set permissions /dev/kvm, 020600, uid=0, gid=0\n'));
  assert.is(node(lab), 'crw------- 0');
});

udevadm('test has other words for what it cannot open', () => {
  const old = ask(booted(systemd219), 'test', '/sys/nosuch');
  assert.equal(
    [old.code, old.stderr.split('\n').at(-2)],
    [4, "unable to open device '/sys/nosuch'"],
  );
  const recent = ask(booted(systemd252), 'test', '/sys/nosuch');
  const text = "Failed to open device '/sys/nosuch': No such device";
  assert.is(recent.code, 1);
  assert.ok(recent.stderr.split('\n').includes(text));
});

udevadm(
  'control and settle without udevd: 2 for a failed message, 0 for nothing to wait for',
  () => {
    const lab = switchOn(systemd219);
    ask(lab, 'control', '--exit');
    assert.equal(ask(lab, 'control', '--reload'), { code: 2, stdout: '', stderr: '' });
    assert.equal(ask(lab, 'settle'), { code: 0, stdout: '', stderr: '' });
  },
);

udevadm('help exists for every command of both versions', () => {
  for (const switches of [systemd219, systemd252]) {
    const lab = booted(switches);
    for (const name of ['info', 'trigger', 'settle', 'control', 'monitor', 'test']) {
      const { code, stdout } = ask(lab, name, '--help');
      assert.is(code, 0);
      assert.ok(stdout.startsWith(`udevadm ${name} `), stdout);
      assert.not.match(stdout, /undefined| \n/);
    }
  }
});

udevadm.run();
