/**
 * The rules language of 219 in an event, where it differs from 252 or where no recording looks.
 *
 * Judge: the source (v219 src/udev/udev-rules.c, udev-event.c, udev-node.c); each test names the function.
 */
import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import { mkdir, mknod, unlink, writeFile } from '../../sim/libc/sys.ts';
import { systemd219, systemd252, type UdevSwitches } from '../../sim/udev/switches.ts';
import { act, content, inode, type Laboratory, laboratory, run, type Table } from './laboratory.ts';

const DISK = '/sys/devices/pci0/disk';

/** Two disks below a controller with a driver and attributes of its own. */
const sysfs: Table = {
  '/sys/devices/pci0/uevent': 'DRIVER=ahci\n',
  '/sys/devices/pci0/vendor': '0x8086\n',
  '/sys/devices/pci0/subsystem': '-> ../../bus/pci',
  '/sys/bus/pci/devices/pci0': '-> ../../../devices/pci0',
  [`${DISK}0/uevent`]: 'MAJOR=8\nMINOR=0\nDEVNAME=disk0\nDEVTYPE=disk\n',
  [`${DISK}0/size`]: '100  \n',
  [`${DISK}0/queue/depth`]: '32\n',
  [`${DISK}0/subsystem`]: '-> ../../../class/block',
  [`${DISK}1/uevent`]: 'MAJOR=8\nMINOR=16\nDEVNAME=disk1\nDEVTYPE=disk\n',
  [`${DISK}1/subsystem`]: '-> ../../../class/block',
  '/sys/class/block/disk0': '-> ../../devices/pci0/disk0',
  '/sys/class/block/disk1': '-> ../../devices/pci0/disk1',
  '/sys/dev/block/8:0': '-> ../../devices/pci0/disk0',
  '/sys/dev/block/8:16': '-> ../../devices/pci0/disk1',
};

const RULES = '/etc/udev/rules.d/50-t.rules';

function host(rules: string, switches: UdevSwitches = systemd219): Laboratory {
  const lab = laboratory(switches, [{ path: RULES, content: rules }], sysfs);
  act(lab, function* () {
    yield* mknod('/dev/disk0', 'block', 0o600, [8, 0]);
    yield* mknod('/dev/disk1', 'block', 0o600, [8, 16]);
    yield* mkdir('/run/udev');
    yield* mkdir('/run/udev/data');
    yield* writeFile('/run/udev/data/+pci:pci0', 'I:1\nE:ID_BUS=pci\nG:boss\n');
  });
  return lab;
}

const test = (lab: Laboratory, disk = 0, action = 'add') =>
  run(lab, '/usr/bin/udevadm', 'test', `--action=${action}`, `${DISK}${disk}`);

/** What `A` is after an event with these rules; undefined without. */
function valueOfA(rules: string, switches?: UdevSwitches): string | undefined {
  return /^A=(.*)$/m.exec(test(host(rules, switches)).stdout)?.[1];
}

const language = suite('udev language of 219');

language('TAG!="x" holds whatever the tags are (TK_M_TAG); 252 means it', () => {
  const rules = 'TAG+="x"\nTAG!="x", ENV{A}="held"\n';
  assert.is(valueOfA(rules), 'held');
  assert.is(valueOfA(rules, systemd252), undefined);
});

language('TAGS is compared with the first parent key of the line (TK_M_TAGS uses cur)', () => {
  assert.is(valueOfA('TAGS=="boss", ENV{A}="alone"\n'), 'alone');
  const rules = 'KERNELS=="pci0", TAGS=="boss", ENV{A}="both"\n';
  assert.is(valueOfA(rules), undefined);
  assert.is(valueOfA(rules, systemd252), 'both', '252 looks at all tags, G: lines as well');
});

language('keys with an S must hold for one and the same device', () => {
  assert.is(
    valueOfA('KERNELS=="pci0", DRIVERS=="ahci", ATTRS{vendor}=="0x8086", ENV{A}="%b %d"\n'),
    'pci0 ahci',
  );
  assert.is(valueOfA('KERNELS=="disk0", DRIVERS=="ahci", ENV{A}="no"\n'), undefined);
  assert.is(valueOfA('SUBSYSTEMS=="block", ENV{A}="$attr{vendor}|%b"\n'), '|disk0');
});

language('attributes: blanks at the end count only where the pattern has them (match_attr)', () => {
  assert.is(valueOfA('ATTR{size}=="100", ENV{A}="$attr{size}"\n'), '100');
  assert.is(valueOfA('ATTR{size}=="100 ", ENV{A}="1"\n'), undefined);
  assert.is(valueOfA('ATTR{queue/depth}=="32", ENV{A}="1"\n'), '1');
  assert.is(
    valueOfA('ATTR{[pci/pci0]vendor}=="0x8086", ENV{A}="$attr{[pci/pci0]vendor}"\n'),
    '0x8086',
  );
  assert.is(valueOfA('ATTR{nosuch}!="x", ENV{A}="1"\n'), undefined);
});

language('TEST looks at any file, with a mask of mode bits', () => {
  assert.is(valueOfA('TEST=="queue/depth", ENV{A}="1"\n'), '1');
  assert.is(valueOfA('TEST{0111}=="/bin/true", ENV{A}="1"\n'), '1');
  assert.is(valueOfA('TEST{0111}=="size", ENV{A}="1"\n'), undefined);
  assert.is(valueOfA('TEST=="/sys/devices/*/disk1/uevent", ENV{A}="1"\n'), '1');
});

language('PROGRAM, RESULT and the parts of a result', () => {
  const program = 'PROGRAM=="/bin/echo one two three"';
  assert.is(
    valueOfA(`${program}, RESULT=="one*", ENV{A}="%c{2}-%c{2+}-%c"\n`),
    'two-two three-one two three',
  );
  assert.is(valueOfA(`${program}, ENV{A}="[%c{9}]"\n`), '[]');
  assert.is(valueOfA('PROGRAM!="/bin/false", ENV{A}="1"\n'), '1');
  assert.is(valueOfA('PROGRAM=="/nonexistent", ENV{A}="1"\n'), undefined);
});

language('IMPORT: from the parent, a program, a file, the kernel command line', () => {
  assert.is(valueOfA('IMPORT{parent}="ID_*", ENV{A}="$env{ID_BUS}"\n'), 'pci');
  assert.is(valueOfA('IMPORT{program}="/bin/echo A=b c"\n'), 'b c');
  assert.is(valueOfA('IMPORT{file}="/etc/os-release", ENV{A}="$env{ID}"\n'), 'debian');
  assert.is(valueOfA('IMPORT{cmdline}="root", ENV{A}="$env{root}"\n'), '/dev/mapper/centos-root');
  assert.is(valueOfA('IMPORT{program}!="/bin/true", ENV{A}="1"\n'), '1', 'a success with != holds');
});

language('what cannot be filled in is left out, an unknown letter is copied', () => {
  assert.is(valueOfA('ENV{A}="[$attr]%q$$%%[$env{nosuch}]%P"\n'), '[]%q$%[]');
});

language('RUN is substituted when all rules have spoken (udev_event_execute_run)', () => {
  const rules = 'RUN+="/bin/true $env{A}"\nENV{A}="late"\n';
  assert.match(test(host(rules)).stdout, /run: '\/bin\/true late'/);
  assert.match(test(host(rules, systemd252)).stdout, /run: '\/bin\/true '/);
});

language('a bad tag name is complained of and added all the same', () => {
  const { stdout, stderr } = test(host('TAG+="a b"\n'));
  assert.match(stderr, /ignoring invalid tag name 'a b'/);
  assert.match(stdout, /^TAGS=:a b:$/m);
});

language('a tag that an event does not give again is gone; 252 keeps it in TAGS', () => {
  for (const [switches, tags] of [
    [systemd219, undefined],
    [systemd252, ':old:'],
  ] as const) {
    const lab = host('TAG+="old"\n', switches);
    test(lab);
    act(lab, () => writeFile(RULES, 'ENV{B}="1"\n'));
    const { stdout } = test(lab, 0, 'change');
    assert.is(/^TAGS=(.*)$/m.exec(stdout)?.[1], tags);
    assert.is(inode(lab, '/run/udev/tags/old/b8:0') !== undefined, switches === systemd252);
  }
});

language(
  'a link goes to the claimant with the highest priority, and back when that one goes',
  () => {
    for (const switches of [systemd219, systemd252]) {
      const rules =
        'KERNEL=="disk0", SYMLINK+="by/any"\n' +
        'KERNEL=="disk1", SYMLINK+="by/any", OPTIONS+="link_priority=9"\n';
      const lab = host(rules, switches);
      test(lab, 1);
      test(lab, 0);
      assert.is(content(lab, '/dev/by/any'), '../disk1');
      test(lab, 1, 'remove');
      assert.is(content(lab, '/dev/by/any'), '../disk0');
      test(lab, 0, 'remove');
      assert.is(inode(lab, '/dev/by'), undefined);
    }
  },
);

language('a node in the place of a link is left alone', () => {
  const lab = host('SYMLINK+="disk1"\n');
  const { stderr } = test(lab);
  const text =
    "conflicting device node '/dev/disk1' found, link to '/dev/disk0' will not be created";
  assert.ok(stderr.includes(text));
  assert.is(inode(lab, '/dev/disk1')?.type, 'block');
});

language('a node with another number is skipped, links and all (node_permissions_apply)', () => {
  const lab = host('MODE="0666", SYMLINK+="x"\n');
  act(lab, function* () {
    yield* unlink('/dev/disk0');
    yield* mknod('/dev/disk0', 'block', 0o600, [8, 99]);
  });
  const { stderr } = test(lab);
  assert.ok(
    stderr.includes("found node '/dev/disk0' with non-matching devnum b8:0, skip handling"),
  );
  assert.is(inode(lab, '/dev/disk0')?.mode, 0o600);
  assert.is(inode(lab, '/dev/x'), undefined);
});

language('`:=` closes a key for all later rules', () => {
  const rules =
    'MODE:="0600", OWNER:="daemon", SYMLINK:="a"\nMODE="0666", OWNER="root", SYMLINK+="b"\n';
  const lab = host(rules);
  test(lab);
  const node = inode(lab, '/dev/disk0');
  assert.equal([node?.mode, node?.uid], [0o600, 1]);
  assert.ok(inode(lab, '/dev/a'));
  assert.is(inode(lab, '/dev/b'), undefined);
});

language.run();
