/**
 * Claims of docs/fidelity.md that no other test holds: what is ours, and what is known to differ, shown on a host.
 */
import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import { newHost } from '../sim/host/machine.ts';
import { profileNamed } from '../sim/host/profiles.ts';
import { step } from '../sim/host/step.ts';
import { played } from './libvirt/steps.ts';

const claims = suite('claims');

const lines = (profile: string, script: string) => played(profile, script).trim().split('\n');

for (const [profile, tick] of [
  ['centos7', 1],
  ['debian12', 4],
] as const) {
  claims(`${profile}: a system call takes ${tick} ms, and nothing else takes time`, () => {
    let calls = 0;
    const host = newHost(profileNamed(profile), {}, () => calls++);
    const from = step(host.machinery, host.world, { login: 'root', on: 'pts/0' });
    calls = 0;
    const to = step(host.machinery, from, { run: ['date'], as: 'root@pts/0', pace: 0 });
    assert.ok(calls > 5);
    assert.is(to.now - from.now, calls * tick);
  });
}

claims(
  "no hard link to another's file; set-group-id is inherited; `.` is neither renamed nor removed",
  () => {
    const said = lines(
      'centos7',
      `cd /tmp; touch a; chmod 600 a
setpriv --reuid operator --regid operator --clear-groups ln /tmp/a /tmp/b
mkdir d; chgrp operator d; chmod g+s d; mkdir d/e; stat -c '%a %G' d/e; mv . x; rmdir .`,
    );
    assert.equal(said, [
      "ln: failed to create hard link '/tmp/b' => '/tmp/a': Operation not permitted",
      '2755 operator',
      "mv: cannot move '.' to 'x': Device or resource busy",
      "rmdir: failed to remove '.': Invalid argument",
    ]);
  },
);

claims('ten pts nodes and /dev/network are always there', () => {
  const said = lines('centos7', 'ls /dev/pts | wc -l; stat -c "%t:%T" /dev/network');
  assert.equal(said, ['10', '7f:0']);
});

claims("SIGTERM's line names no sender", () => {
  const log = played(
    'recorded500',
    'systemctl start libvirtd; virsh create dom500.xml; virsh destroy t1; cat /var/log/libvirt/qemu/t1.log',
  );
  assert.match(log, /qemu-kvm: terminating on signal 15\n/);
});

claims(
  'a UUID follows from the name and the moment: the same in every run, another for the next domain',
  () => {
    const script = `systemctl start libvirtd; virsh create dom500.xml >/dev/null; virsh domuuid t1; virsh destroy t1 >/dev/null
virsh create dom500.xml >/dev/null; virsh domuuid t1`;
    const [first, second] = [played('recorded500', script), played('recorded500', script)];
    assert.is(first, second);
    assert.is(new Set(first.match(/[0-9a-f]{8}-[0-9a-f-]{27}/g)).size, 2);
  },
);

claims('session daemons and sysinfo are refused by name', () => {
  const said = played('recorded500', 'virsh -c qemu:///session list; virsh sysinfo');
  assert.match(said, /kvmlab does not model qemu:\/\/\/session/);
  assert.match(said, /unknown command: 'sysinfo'|does not model/);
});

claims('without KVM and without a machine, 6.0.0 answers here as 9.0 does', () => {
  const said = played(
    'recorded500,libvirt=6.0.0',
    `sed "s/ machine='pc'//" dom500.xml > n.xml; rm /dev/kvm; systemctl start libvirtd; virsh create n.xml`,
  );
  assert.match(said, /could not get preferred machine for \/usr\/libexec\/qemu-kvm type=kvm/);
});

claims('mktemp, .ko files, type, /bin/sh: ours, or known to differ', () => {
  const said = played(
    'centos7',
    `mktemp; head -n 1 $(find /lib/modules -name 'kvm.ko*' | head -n 1); ls / > /dev/null; type ls; hash -r; type ls`,
  );
  assert.match(
    said,
    /^\/tmp\/tmp\.\w{10}\nlicense=GPL\nls is hashed \(\/usr\/bin\/ls\)\nls is \/usr\/bin\/ls\n/,
  );
  assert.match(played('debian12', 'sh -c nosuch'), /^sh: 1: nosuch: not found/);
  assert.is(played('centos7', 'cat <(echo a)'), 'a\n');
});

claims.run();
