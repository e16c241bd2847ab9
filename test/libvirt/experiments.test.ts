/**
 * The golden test: the experiments made on a real libvirtd 5.0.0, in their order, on the simulated host.
 *
 * Each step's answer and, after it, the four counters that the recording printed: QEMU probes, entries
 * dropped from the table, and how often each of the two KVM checks spoke. QEMU's own words are 2.12's here.
 */
import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import { textOf } from '../../sim/host/ask.ts';
import * as sys from '../../sim/libc/sys.ts';
import { BREAK, countersOf, FIX, recordedHost } from './laboratory.ts';

const experiments = suite('experiments on libvirt 5.0.0');

const CACHE =
  '/var/cache/libvirt/qemu/capabilities/3c76bc41d59c0c7314b1ae8e63f4f765d2cf16abaeea081b3ca1f5d8732f7bb1.xml';

const lab = recordedHost();

const run = (line: string) => {
  const { stdout, stderr } = lab.run(line);
  return stderr + stdout;
};

const kvmdoms = () => run('virsh capabilities').split("<domain type='kvm'/>").length - 1;

const counted = (...expected: number[]) => assert.equal(countersOf(lab), expected);

const noCaps = (verb: string, file: string, what: string) =>
  `error: Failed to ${verb} domain from ${file}\n` +
  `error: invalid argument: could not find capabilities for ${what}domaintype=kvm \n\n`;

const NOT_SUPPORTED =
  'error: failed to get emulator capabilities\n' +
  "error: invalid argument: KVM is not supported by '/usr/libexec/qemu-kvm' on this host\n\n";

const NEEDS_KVM =
  'error: unsupported configuration: Domain requires KVM, but it is not available. Check that ' +
  'virtualization is enabled in the host BIOS, and host configuration is setup to load the kvm modules.\n';

/** QEMU's last words, with the time that it puts before the second. */
const died = (why: string) =>
  new RegExp(
    '^error: internal error: process exited while connecting to monitor: ' +
      `Could not access KVM kernel module: ${why}\n` +
      `\\d{4}-\\d\\d-\\d\\dT[\\d:.]+Z qemu-kvm: failed to initialize KVM: ${why}\n\n$`,
    'm',
  );

experiments('S0: the seed ACL before the daemon starts', () => {
  run(BREAK);
  run('systemctl start libvirtd');
  counted(1, 0, 0, 0);
  assert.is(kvmdoms(), 0);
  assert.is(run('virsh create dom500.xml'), noCaps('create', 'dom500.xml', 'arch=x86_64 '));
  counted(1, 0, 0, 0);
  assert.is(run('virsh create dom500na.xml'), noCaps('create', 'dom500na.xml', ''));
  assert.is(run('virsh define dom500.xml'), noCaps('define', 'dom500.xml', 'arch=x86_64 '));
  assert.is(run('virsh domcapabilities --virttype kvm'), NOT_SUPPORTED);
  assert.match(run('virsh domcapabilities'), '<domain>qemu</domain>');
  counted(1, 0, 0, 0);
});

experiments('S1: setfacl -b changes nothing', () => {
  run('setfacl -b /dev/kvm');
  assert.is(kvmdoms(), 0);
  assert.is(run('virsh create dom500.xml'), noCaps('create', 'dom500.xml', 'arch=x86_64 '));
  assert.is(kvmdoms(), 0);
  counted(1, 0, 0, 0);
});

experiments('S2: after the repair the three layers heal one by one', () => {
  run(BREAK);
  run(FIX);
  assert.is(run('virsh create dom500.xml'), noCaps('create', 'dom500.xml', 'arch=x86_64 '));
  counted(1, 0, 0, 0);
  assert.match(run('virsh domcapabilities --virttype kvm'), '<domain>kvm</domain>');
  counted(3, 1, 2, 0);
  assert.is(run('virsh create dom500.xml'), noCaps('create', 'dom500.xml', 'arch=x86_64 '));
  counted(3, 1, 2, 0);
  assert.is(kvmdoms(), 2);
  counted(3, 1, 2, 0);
  assert.is(run('virsh create dom500.xml'), 'Domain t1 created from dom500.xml\n\n');
  assert.is(run('virsh destroy t1'), 'Domain t1 destroyed\n\n');
  counted(3, 1, 2, 0);
});

experiments('S3: broken again, the first layer does not notice and QEMU does', () => {
  run(BREAK);
  assert.match(run('virsh create dom500.xml'), died('Permission denied'));
  counted(4, 2, 2, 2);
  assert.is(run('virsh define dom500.xml'), 'Domain t1 defined from dom500.xml\n\n');
  assert.match(run('virsh start t1'), died('Permission denied'));
  counted(4, 2, 2, 2);
  assert.is(kvmdoms(), 0);
  counted(4, 2, 2, 2);
  assert.match(run('virsh start t1'), /^error: Failed to start domain t1\n/);
  counted(4, 2, 2, 2);
});

experiments(
  'S4: a defined domain survives the restart, and starts once the node is repaired',
  () => {
    run('systemctl restart libvirtd');
    assert.is(
      run('virsh list --all'),
      ' Id   Name   State\n-----------------------\n -    t1     shut off\n\n',
    );
    assert.match(run('virsh start t1'), died('Permission denied'));
    assert.match(run('virsh dumpxml t1'), "<domain type='kvm'>\n  <name>t1</name>\n");
    counted(4, 2, 2, 2);
    run(FIX);
    assert.is(run('virsh start t1'), 'Domain t1 started\n\n');
    assert.is(run('virsh destroy t1'), 'Domain t1 destroyed\n\n');
    counted(6, 3, 4, 2);
    assert.is(run('virsh undefine t1'), 'Domain t1 has been undefined\n\n');
  },
);

experiments('S5: the device is missing', () => {
  assert.is(run('virsh define dom500.xml'), noCaps('define', 'dom500.xml', 'arch=x86_64 '));
  assert.is(kvmdoms(), 2);
  assert.is(run('virsh define dom500.xml'), 'Domain t1 defined from dom500.xml\n\n');
  lab.script(() => sys.unlink('/dev/kvm'));
  assert.is(run('virsh start t1'), `error: Failed to start domain t1\n${NEEDS_KVM}\n`);
  assert.is(
    run('virsh create dom8.xml'),
    `error: Failed to create domain from dom8.xml\n${NEEDS_KVM}\n`,
  );
  assert.is(kvmdoms(), 0);
  counted(7, 4, 4, 4);
  assert.is(kvmdoms(), 0);
  counted(7, 4, 4, 4);
});

experiments('S6: accessible but ENODEV: every look-up probes, for ever', () => {
  lab.script(function* () {
    yield* sys.mknod('/dev/kvm', 'char', 0o666, [10, 254]);
    yield* sys.chmod('/dev/kvm', 0o666);
  });
  assert.is(kvmdoms(), 0);
  counted(9, 6, 8, 4);
  assert.is(kvmdoms(), 0);
  counted(11, 8, 12, 4);
  assert.match(run('virsh start t1'), died('No such device'));
});

experiments(
  'S7: node and rights within one second: the no sticks until the node is touched',
  () => {
    lab.run('true');
    lab.script(function* () {
      yield* sys.unlink('/dev/kvm');
      yield* sys.mknod('/dev/kvm', 'char', 0o600, [10, 232]);
    });
    run('at once: virsh domcapabilities');
    run('at once: chmod 666 /dev/kvm');
    run('virsh list');
    assert.is(kvmdoms(), 0);
    counted(19, 16, 28, 4);
    assert.is(kvmdoms(), 0);
    lab.script(function* () {
      yield* sys.utimensat('/dev/kvm', null, null);
    });
    assert.is(kvmdoms(), 2);
    counted(21, 17, 30, 4);
  },
);

const edited = (edit: (text: string) => string) => {
  const text = textOf(lab.world, CACHE) ?? '';
  lab.script(() => sys.writeFile(CACHE, edit(text)));
  run('systemctl restart libvirtd');
};

experiments('S8: a file that cannot be believed is replaced', () => {
  const file = lab.run(`getfacl ${CACHE}`).stdout;
  assert.match(file, 'user::rw-\ngroup::---\nother::---\n');
  edited(() => 'garbage');
  assert.is(kvmdoms(), 2);
  counted(23, 17, 30, 4);
  edited((text) => text.replace("<flag name='kvm'/>", "<flag name='nonsense'/>"));
  assert.is(kvmdoms(), 2);
  counted(25, 17, 30, 4);
  edited((text) => text.replace('<selfvers>5000000<', '<selfvers>4010000<'));
  assert.is(kvmdoms(), 2);
  counted(27, 17, 30, 4);
  edited((text) => text.replace("  <flag name='kvm'/>\n", ''));
  assert.is(kvmdoms(), 2);
  counted(29, 17, 31, 4);
});

experiments('S9: a cache that cannot be written hides every guest, and heals by itself', () => {
  const dir = '/var/cache/libvirt/qemu/capabilities';
  lab.script(function* () {
    yield* sys.unlink(CACHE);
    yield* sys.rmdir(dir);
    yield* sys.writeFile(dir, '');
  });
  run('systemctl restart libvirtd');
  assert.is(kvmdoms(), 0);
  assert.is(run('virsh create dom8.xml'), noCaps('create', 'dom8.xml', 'arch=x86_64 '));
  lab.script(() => sys.unlink(dir));
  assert.is(run('virsh create dom8.xml'), 'Domain t8 created from dom8.xml\n\n');
});

experiments.run();
