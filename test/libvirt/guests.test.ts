/**
 * Guests: real processes that outlive libvirtd, definitions that outlive the guests, and every reason why
 * one of them cannot be made.
 */
import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import { textOf } from '../../sim/host/ask.ts';
import * as sys from '../../sim/libc/sys.ts';
import { type Laboratory, recordedHost } from './laboratory.ts';

const guests = suite('guests');

let lab: Laboratory;
guests.before(() => {
  lab = recordedHost();
  lab.run('systemctl start libvirtd');
});

const qemus = () =>
  Object.values(lab.world.kernel.tasks).filter(
    (t) => t.comm === 'qemu-kvm' && t.state !== 'zombie',
  );

const list = () => lab.run('virsh list --all').stdout.split('\n').slice(2, -2);

guests('a guest is one process of user qemu, with accel=kvm and nothing to fall back on', () => {
  assert.is(lab.run('virsh create dom500.xml').status, 0);
  const [qemu, ...others] = qemus();
  assert.is(others.length, 0);
  assert.equal(
    [qemu?.ppid, qemu?.cred.uid, qemu?.cred.groups, qemu?.cred.caps],
    [1, 107, [36, 107], []],
  );
  const argv = qemu?.argv ?? [];
  assert.is(
    argv[argv.indexOf('-machine') + 1],
    'pc-i440fx-rhel7.6.0,accel=kvm,usb=off,dump-guest-core=off',
  );
  assert.is(argv[argv.indexOf('-chardev') + 1], 'socket,id=charmonitor,fd=18,server,nowait');
});

guests('its log says with what it was started, one option a line', () => {
  const log = textOf(lab.world, '/var/log/libvirt/qemu/t1.log') ?? '';
  const version =
    'qemu version: 2.12.0qemu-kvm-ev-2.12.0-33.1.fh.3.4.el7, kernel: 3.10.0-1062.el7.x86_64';
  assert.match(
    log,
    `: starting up libvirt version: 5.0.0, ${version}, hostname: node1.example.org\nLC_ALL=C \\\n`,
  );
  assert.match(log, '\n/usr/libexec/qemu-kvm \\\n-name guest=t1,debug-threads=on \\\n-S \\\n');
  assert.match(log, / \\\n-msg timestamp=on\n$/);
});

guests('libvirtd ends and comes back: the guest is the same, and can still be destroyed', () => {
  const before = qemus().map((q) => q.pid);
  lab.run('systemctl restart libvirtd');
  assert.equal(
    qemus().map((q) => q.pid),
    before,
  );
  assert.equal(list(), [' 1    t1     running']);
  assert.is(lab.run('virsh destroy t1').stdout, 'Domain t1 destroyed\n\n');
  assert.equal([qemus().length, list()], [0, []]);
  assert.match(
    textOf(lab.world, '/var/log/libvirt/qemu/t1.log') ?? '',
    ': shutting down, reason=destroyed\n',
  );
});

guests('a guest that dies is gone when transient, and shut off when defined', () => {
  lab.run('virsh define dom8.xml');
  lab.run('virsh start t8');
  lab.run('virsh create dom500.xml');
  assert.is(list().length, 2);
  for (const { pid } of qemus()) lab.script(() => sys.kill(pid, 'SIGKILL'));
  assert.equal(list(), [' -    t8     shut off']);
});

guests('a guest that dies while libvirtd is away is found out at its return', () => {
  lab.run('virsh start t8');
  lab.run('systemctl stop libvirtd');
  for (const { pid } of qemus()) lab.script(() => sys.kill(pid, 'SIGKILL'));
  lab.run('systemctl start libvirtd');
  assert.equal(list(), [' -    t8     shut off']);
});

guests('what is defined is a file, and undefining a running guest makes it transient', () => {
  const file = textOf(lab.world, '/etc/libvirt/qemu/t8.xml') ?? '';
  assert.match(file, /^<!--\nWARNING: THIS IS AN AUTO-GENERATED FILE\./);
  assert.match(file, '  virsh edit t8\n');
  lab.run('virsh start t8');
  assert.is(lab.run('virsh undefine t8').stdout, 'Domain t8 has been undefined\n\n');
  assert.is(textOf(lab.world, '/etc/libvirt/qemu/t8.xml'), null);
  assert.match(lab.run('virsh dominfo t8').stdout, 'Persistent:     no\n');
  lab.run('virsh destroy t8');
  assert.equal(list(), []);
});

const xml = (
  type: string,
  os: string,
  more = '<memory unit="MiB">64</memory>',
  name = '<name>x</name>',
) => `<domain type='${type}'>${name}${more}<os>${os}</os></domain>`;

const hvm = "<type arch='x86_64' machine='pc'>hvm</type>";
const noCaps = (what: string) => `invalid argument: could not find capabilities for ${what} `;

/** As the recordings of create have them, where 5.0.0 has the same sentence; the rest from its source. */
const refused: readonly (readonly [xml: string, message: string])[] = [
  ['', '(domain_definition):1: Document is empty\n(null)\n^'],
  [
    "<domain type='kvm'><name>x</name>",
    '(domain_definition):1: Premature end of data in tag domain line 1\n' +
      "<domain type='kvm'><name>x</name>\n---------------------------------^",
  ],
  ['<network/>', 'XML error: unexpected root element <network>, expecting <domain>'],
  ['<domain><name>x</name></domain>', 'internal error: missing domain type attribute'],
  ["<domain type='kvm'><name>x</name></domain>", 'XML error: an os <type> must be specified'],
  [xml('foo', hvm), 'unsupported configuration: invalid domain type foo'],
  [xml('kvm', '<type>dos</type>'), "unsupported configuration: unknown OS type 'dos'"],
  [
    xml('kvm', "<type arch='zz80'>hvm</type>"),
    'unsupported configuration: Unknown architecture zz80',
  ],
  [xml('kvm', "<type arch='aarch64'>hvm</type>"), noCaps('arch=aarch64 domaintype=kvm')],
  [xml('xen', hvm), noCaps('arch=x86_64 domaintype=xen')],
  [
    xml('kvm', "<type arch='x86_64'>linux</type>"),
    noCaps('ostype=linux arch=x86_64 domaintype=kvm'),
  ],
  [xml('kvm', '<type>exe</type>'), noCaps('ostype=exe domaintype=kvm')],
  [xml('kvm', hvm, undefined, ''), 'missing name information'],
  [
    xml('kvm', hvm, ''),
    'XML error: Memory size must be specified via <memory> or in the <numa> configuration',
  ],
  [
    xml('kvm', hvm, '<memory unit="parsec">1</memory>'),
    "invalid argument: unknown suffix 'parsec'",
  ],
  [
    xml('kvm', hvm, '<memory>64000</memory><vcpu>two</vcpu>'),
    'XML error: maximum vcpus count must be an integer',
  ],
  [xml('kvm', "<type machine='nosuch'>hvm</type>"), 'XML error: No PCI buses available'],
  [
    xml(
      'kvm',
      hvm,
      '<memory>64000</memory><devices><emulator>/nonexistent/qemu</emulator></devices>',
    ),
    'Cannot check QEMU binary /nonexistent/qemu: No such file or directory',
  ],
  [
    xml('qemu', hvm, "<memory>64000</memory><cpu mode='host-passthrough'/>"),
    "unsupported configuration: CPU mode 'host-passthrough' for x86_64 qemu domain on x86_64 host is " +
      'not supported by hypervisor',
  ],
];

guests(
  `${refused.length} descriptions are refused, each with its reason, and none leaves a trace`,
  () => {
    for (const [text, message] of refused) {
      lab.script(() => sys.writeFile('/root/x.xml', text));
      const { stderr, status } = lab.run('virsh create x.xml');
      assert.equal(
        [stderr, status],
        [`error: Failed to create domain from x.xml\nerror: ${message}\n`, 1],
      );
    }
    assert.equal([list(), qemus().length], [[], 0]);
  },
);

guests('a TCG guest needs no KVM at all', () => {
  lab.script(() => sys.writeFile('/root/x.xml', xml('qemu', '<type>hvm</type>')));
  assert.is(lab.run('virsh create x.xml').status, 0);
  const [qemu] = qemus();
  assert.match(qemu?.argv.join(' ') ?? '', ',accel=tcg,');
});

guests.run();
