/**
 * The evidence of the bug report, byte for byte, on the host as it was: every line computed by a simulated tool.
 *
 * Where the report's copy is known to be wrong (it lost the blank at the end of libvirt's message), the
 * recording of the real 5.0.0 counts.
 */
import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import { testDomain } from '../../scenarios/domain.ts';
import { desk } from '../support/host.ts';

const evidence = suite('the evidence of the report');

const host = desk({ files: [testDomain] });
host.login('operator', 'tty1');
host.logout('tty1');
host.root('yum -y install qemu-kvm-ev libvirt');
host.root('systemctl start libvirtd');

const PROBE =
  'runuser -u USER -- /usr/libexec/qemu-kvm -S -no-user-config -nodefaults -nographic -machine none,accel=kvm:tcg -qmp unix:/tmp/USER.sock,server,nowait -pidfile /tmp/USER.pid -daemonize';

evidence('virsh create: the pair of errors, with the blank at the end', () => {
  const { stderr, stdout, status } = host.root('virsh create test.xml');
  assert.is(
    stderr,
    'error: Failed to create domain from test.xml\n' +
      'error: invalid argument: could not find capabilities for arch=x86_64 domaintype=kvm \n',
  );
  assert.equal([stdout, status], ['\n', 1]);
});

evidence('virsh capabilities: the x86_64 guest of the report, and only qemu', () => {
  const xml = host.root('virsh capabilities').stdout;
  const [, guest = ''] = /( {4}<arch name='x86_64'>[\s\S]*?<\/arch>)/.exec(xml) ?? [];
  assert.is(
    guest.slice(0, guest.indexOf('pc</machine>')),
    `    <arch name='x86_64'>
      <wordsize>64</wordsize>
      <emulator>/usr/libexec/qemu-kvm</emulator>
      <machine maxCpus='240'>pc-i440fx-rhel7.6.0</machine>
      <machine canonical='pc-i440fx-rhel7.6.0' maxCpus='240'>`,
  );
  assert.match(guest, /<domain type='qemu'\/>\n {4}<\/arch>$/);
  assert.is(xml.split("<domain type='qemu'/>").length - 1, 2);
  assert.not.match(xml, /type='kvm'\/>/);
});

evidence(
  'with a valid negative cache file a restart probes nothing; without it the log has the three lines',
  () => {
    host.write(
      '/etc/libvirt/libvirtd.conf',
      'log_level = 1\nlog_outputs="1:file:/var/log/libvirt/libvirtd.log"\n',
    );
    host.root('systemctl restart libvirtd');
    const quiet = host.root('cat /var/log/libvirt/libvirtd.log').stdout;
    assert.match(quiet, /Loaded cached data/);
    assert.not.match(quiet, /KVM kernel module/);
    host.root(
      'rm /var/cache/libvirt/qemu/capabilities/3c76bc41d59c0c7314b1ae8e63f4f765d2cf16abaeea081b3ca1f5d8732f7bb1.xml',
    );
    host.root('systemctl restart libvirtd');
    const log = host.root('cat /var/log/libvirt/libvirtd.log').stdout;
    assert.match(
      log,
      "stderr: 'Could not access KVM kernel module: Permission denied\n" +
        'qemu-kvm: failed to initialize KVM: Permission denied\n' +
        "qemu-kvm: Back to tcg accelerator\n'\n",
    );
  },
);

const talk = (user: string) => {
  const asks = '{"execute":"qmp_capabilities"}\r\n{"execute":"query-kvm"}\r\n';
  host.choose({ run: ['nc', '-U', `/tmp/${user}.sock`], as: 'root@pts/0', stdin: asks });
  return host.screen();
};

evidence('the same QEMU by hand, as user qemu: its words, the greeting, query-kvm', () => {
  const started = host.root(PROBE.replaceAll('USER', 'qemu'));
  assert.is(
    started.stderr,
    'Could not access KVM kernel module: Permission denied\n' +
      'qemu-kvm: failed to initialize KVM: Permission denied\n' +
      'qemu-kvm: Back to tcg accelerator\n',
  );
  assert.is(
    talk('qemu'),
    '{"QMP": {"version": {"qemu": {"micro": 0, "minor": 12, "major": 2}, "package": "qemu-kvm-ev-2.12.0-33.1.fh.3.4.el7"}, "capabilities": []}}\r\n' +
      '{"return": {}}\r\n' +
      '{"return": {"enabled": false, "present": true}}\r\n',
  );
  host.root('pkill -u qemu qemu-kvm');
});

evidence('as root it is enabled: who asks decides', () => {
  assert.is(host.root(PROBE.replaceAll('USER', 'root')).stderr, '');
  assert.match(talk('root'), '{"return": {"enabled": true, "present": true}}\r\n');
  host.root('pkill qemu-kvm');
});

evidence('ls, getfacl and /proc tell the rest', () => {
  assert.is(
    host.root('ls -l /dev/kvm').stdout,
    'crw-rw-rw-+ 1 root kvm 10, 232 Jul 14 00:32 /dev/kvm\n',
  );
  const acl = host.root('getfacl /dev/kvm');
  assert.is(acl.stderr, "getfacl: Removing leading '/' from absolute path names\n");
  assert.is(
    acl.stdout,
    '# file: dev/kvm\n# owner: root\n# group: kvm\nuser::rw-\ngroup::---\nmask::rw-\nother::rw-\n\n',
  );
  assert.is(
    host.root('cat /proc/devices').stdout.split('\n').slice(0, 12).join('\n'),
    'Character devices:\n  1 mem\n  4 /dev/vc/0\n  4 tty\n  4 ttyS\n  5 /dev/tty\n  5 /dev/console\n  5 /dev/ptmx\n  7 vcs\n 10 misc\n 13 input\n 21 sg',
  );
  assert.match(host.root('cat /proc/misc').stdout, '232 kvm\n');
  assert.match(
    host.root('lsmod').stdout,
    /^kvm_intel +\d+ {2}0 \nkvm +\d+ {2}1 kvm_intel\nirqbypass +\d+ {2}1 kvm$/m,
  );
});

evidence('virt-host-validate as root says PASS', () => {
  assert.match(
    host.root('virt-host-validate qemu').stdout,
    /if device \/dev\/kvm is accessible +: PASS\n/,
  );
});

evidence('as the report says, the default without qemu is 0600 root:root', () => {
  assert.match(desk().root('ls -l /dev/kvm').stdout, /^crw------- 1 root root 10, 232 /);
});

evidence.run();
