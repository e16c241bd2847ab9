/**
 * The small tools on a whole host: modules, accounts, identities, processes, as somebody types them.
 */
import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import type { Run } from '../../sim/host/choice.ts';
import { newHost, type Setup } from '../../sim/host/machine.ts';
import { profileNamed } from '../../sim/host/profiles.ts';
import { step } from '../../sim/host/step.ts';
import { type Shown, shown } from '../../sim/host/terminal.ts';
import { server2019 } from '../../sim/kernel/hardware.ts';

const host = suite('the small tools on a host');

type Console = (line: string, more?: Partial<Run>) => Shown;

/** Root at a network login; each call types one line and answers what appears. */
function rootOn(setup: Setup = {}): Console {
  const { machinery, world } = newHost(profileNamed('centos7'), setup);
  let now = step(machinery, world, { login: 'root', on: 'pts/0' });
  return (line, more = {}) => {
    const run = line.split(' ');
    now = step(machinery, now, { run, as: 'root@pts/0', ...more });
    return shown(now, 'pts/0');
  };
}

const fails = (answer: Shown, status: number, text: string) => {
  assert.is(answer.text, text);
  assert.is(answer.status, status);
};

host('a module goes only when nobody needs it, and takes the node with it', () => {
  const type = rootOn();
  assert.match(type('lsmod').stdout, /^kvm_intel +\d+ {2}0 \nkvm +\d+ {2}1 kvm_intel\n/m);
  fails(type('rmmod kvm'), 1, 'rmmod: ERROR: Module kvm is in use by: kvm_intel\n');
  fails(type('modprobe -r kvm'), 1, 'modprobe: FATAL: Module kvm is in use.\n');
  fails(type('modprobe -r kvm_intel'), 0, '');
  assert.is(type('lsmod').stdout, 'Module                  Size  Used by\n');
  fails(type('ls /dev/kvm'), 2, 'ls: cannot access /dev/kvm: No such file or directory\n');
  fails(type('modprobe kvm_intel nested=1'), 0, '');
  assert.is(type('cat /sys/module/kvm_intel/parameters/nested').stdout, 'Y\n');
  assert.is(type('stat -c %a,%t,%T /dev/kvm').stdout, '600,a,e8\n');
});

host('an open /dev/kvm pins kvm_intel', () => {
  const type = rootOn();
  const held = {
    background: true,
    redirects: [{ fd: 0, mode: 'read', path: '/dev/kvm' }],
  } as const;
  type('sleep 1000', held);
  fails(type('modprobe -r kvm_intel'), 1, 'modprobe: FATAL: Module kvm_intel is in use.\n');
  fails(type('rmmod kvm_intel'), 1, 'rmmod: ERROR: Module kvm_intel is in use\n');
  type('pkill sleep');
  fails(type('modprobe -r kvm_intel'), 0, '');
});

host('what modprobe says when it cannot', () => {
  const flags = server2019.flags.filter((f) => f !== 'vmx');
  const type = rootOn({
    hardware: { flags },
    files: [{ path: '/etc/modprobe.d/no-tun.conf', content: 'install tun /bin/false\n' }],
  });
  fails(
    type('modprobe kvm_intel'),
    1,
    "modprobe: ERROR: could not insert 'kvm_intel': Operation not supported\n",
  );
  assert.match(type('dmesg').stdout, /^\[ +\d+\.\d{6}\] kvm: no hardware support\n$/m);
  fails(type('modprobe nosuch'), 1, 'modprobe: FATAL: Module nosuch not found.\n');
  fails(type('modprobe -q nosuch'), 1, '');
  assert.match(type('modprobe tun').text, /Error running install command for tun\n.*insert 'tun'/s);
  fails(type('modprobe -i tun'), 0, '');
  assert.is(type('runuser -u operator -- modprobe vhost').status, 1);
});

host('a group added to a user is his at the next login, not before', () => {
  const type = rootOn();
  type('groupadd -g 36 -r kvm');
  type('usermod -aG kvm operator');
  assert.is(
    type('id operator').stdout,
    'uid=1000(operator) gid=1000(operator) groups=1000(operator),10(wheel),36(kvm)\n',
  );
  assert.is(type('id').stdout, 'uid=0(root) gid=0(root) groups=0(root)\n');
  assert.is(type('runuser -u operator -- groups').stdout, 'operator wheel kvm\n');
  assert.is(type('getent group kvm').stdout, 'kvm:x:36:operator\n');
  fails(type('groupadd kvm'), 9, "groupadd: group 'kvm' already exists\n");
  fails(type('usermod -aG kvm nosuch'), 6, "usermod: user 'nosuch' does not exist\n");
});

host('test -w asks the kernel for the user who runs it', () => {
  const type = rootOn();
  const may = () => type('runuser -u operator -- test -w /dev/kvm').status === 0;
  assert.not(may());
  type('setfacl -m u:operator:rw /dev/kvm');
  assert.ok(may());
  type('setfacl -x u:operator /dev/kvm');
  assert.not(may());
  type('chmod 666 /dev/kvm');
  assert.ok(may(), 'a stranger gets in through other');
  type('chgrp wheel /dev/kvm');
  assert.not(may(), 'a member of the owning group does not: group:: is still empty');
  type('setfacl -m g::rw /dev/kvm');
  assert.ok(may());
});

host('becoming somebody else', () => {
  const type = rootOn();
  fails(type('su - nobody'), 1, 'This account is currently not available.\n');
  assert.is(type('runuser -u nobody -- whoami').stdout, 'nobody\n');
  assert.is(
    type('setpriv --reuid=1000 --regid=99 --clear-groups id').stdout,
    'uid=1000(operator) gid=99(nobody) groups=99(nobody)\n',
  );
  assert.is(type('sudo -u operator whoami').stdout, 'operator\n');
  fails(type('runuser -u nosuch -- id'), 1, 'runuser: user nosuch does not exist\n');
  assert.match(type('runuser -u nobody -- sudo id').text, /nobody is not in the sudoers file/);
});

host('ctime moves with every chmod and touch, and not with a setfacl that changes nothing', () => {
  const type = rootOn();
  const ctime = () => type('stat -c %z /dev/kvm').stdout;
  const moves = (line: string) => {
    const before = ctime();
    type(line);
    return ctime() !== before;
  };
  assert.ok(moves('chmod 600 /dev/kvm'));
  assert.ok(moves('touch -c /dev/kvm'));
  assert.ok(moves('chown root /dev/kvm'));
  assert.ok(moves('setfacl -m u:operator:rw /dev/kvm'));
  assert.not(moves('setfacl -m u:operator:rw /dev/kvm'));
  assert.not(moves('setfattr -x system.posix_acl_access /dev/kvm'), 'el7: removexattr is silent');
  assert.is(type('stat -c %a /dev/kvm').stdout, '660\n', 'and the mask stays as the group bits');
});

host('what is not modelled says so', () => {
  const type = rootOn();
  for (const line of [
    'poweroff',
    'passwd',
    'newgrp kvm',
    'yes',
    'ls -Z',
    'date -s now',
    'rm -I x',
    'dd',
  ])
    assert.match(type(line).stderr, /^kvmlab: .* is not modelled/, line);
  assert.match(
    type('telnet localhost 4444').stderr,
    /connect to address 127.0.0.1: Connection refused/,
  );
  fails(type('nc -U /nosuch'), 1, 'Ncat: No such file or directory.\n');
});

host.run();
