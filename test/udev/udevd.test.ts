/** udevd and its workers on the modelled kernel: the incident's orders, and the daemon's own laws. */
import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import { advance } from '../../sim/host/route.ts';
import { runnable } from '../../sim/host/world.ts';
import { chmod, writeFile } from '../../sim/libc/sys.ts';
import { systemd219, systemd252 } from '../../sim/udev/switches.ts';
import {
  BLOG,
  booted,
  install,
  loadKvm,
  node,
  putRule,
  RULE,
  reload,
  seat,
  startLogind,
  switchOn,
  trigger,
  unloadKvm,
} from './incident.ts';
import { act, content, inode, type Laboratory, quiet, run, startDaemon } from './laboratory.ts';

const udevd = suite('udevd');

udevd('a login, a logout and then the package: the group is locked out (S1)', () => {
  const lab = booted(systemd219);
  assert.is(node(lab), 'crw------- 0');
  seat(lab, null, 1000);
  assert.is(node(lab), 'crw-rw----+ 0 user::rw-,user:1000:rw-,group::---,mask::rw-,other::---');
  seat(lab, 1000, null);
  assert.is(node(lab), 'crw-------+ 0 user::rw-,group::---,mask::---,other::---');
  install(lab);
  assert.is(node(lab), BLOG);
});

udevd(
  'the same with the logout after the package ends at 0606, until any further event (S2)',
  () => {
    const lab = booted(systemd219);
    seat(lab, null, 1000);
    install(lab);
    const active = 'crw-rw-rw-+ 107 user::rw-,user:1000:rw-,group::---,mask::rw-,other::rw-';
    assert.is(node(lab), active);
    seat(lab, 1000, null);
    assert.is(node(lab), 'crw----rw-+ 107 user::rw-,group::---,mask::---,other::rw-');
    trigger(lab, 'change');
    assert.is(node(lab), BLOG);
  },
);

udevd('a restart of udevd applies the static node permissions to the same effect (S4)', () => {
  const lab = booted(systemd219);
  seat(lab, null, 1000);
  install(lab);
  seat(lab, 1000, null);
  run(lab, '/usr/bin/udevadm', 'control', '--exit');
  startDaemon(lab, '/usr/lib/systemd/systemd-udevd');
  assert.is(node(lab), BLOG);
});

udevd('udevadm test repairs what it is asked to look at (S5)', () => {
  const lab = booted(systemd219);
  seat(lab, null, 1000);
  install(lab);
  seat(lab, 1000, null);
  run(lab, '/usr/bin/udevadm', 'test', '/sys/devices/virtual/misc/kvm');
  assert.is(node(lab), BLOG);
});

udevd('near misses stay harmless: package first, or the module loaded anew', () => {
  const first = booted(systemd219);
  install(first);
  seat(first, null, 1000);
  seat(first, 1000, null);
  assert.is(node(first), 'crw-rw-rw-+ 107 user::rw-,group::rw-,mask::rw-,other::rw-');
  const anew = booted(systemd219);
  seat(anew, null, 1000);
  seat(anew, 1000, null);
  unloadKvm(anew);
  loadKvm(anew);
  install(anew);
  assert.is(node(anew), 'crw-rw-rw- 107');
});

udevd('in the incident every further trigger preserves the permissions', () => {
  const lab = booted(systemd219);
  seat(lab, null, 1000);
  seat(lab, 1000, null);
  install(lab);
  const { ctime } = inode(lab, '/dev/kvm') ?? { ctime: 0 };
  for (const action of ['add', 'change']) trigger(lab, action);
  assert.is(node(lab), BLOG);
  assert.ok((inode(lab, '/dev/kvm')?.ctime ?? 0) > ctime, 'utimensat moves ctime all the same');
});

udevd('with 252 the group comes in the first event, so no order of these locks it out', () => {
  for (const packageFirst of [true, false]) {
    const lab = booted(systemd252);
    assert.is(node(lab), 'crw-rw---- 107');
    if (packageFirst) install(lab);
    seat(lab, null, 1000);
    seat(lab, 1000, null);
    install(lab);
    assert.is(node(lab), 'crw-rw-rw-+ 107 user::rw-,group::rw-,mask::rw-,other::rw-');
  }
});

const later = (lab: Laboratory, ms: number) => {
  lab.world = { ...lab.world, now: lab.world.now + ms };
};

udevd('without a reload, a rule that comes within 3 seconds of a look is not seen', () => {
  const lab = booted(systemd219);
  later(lab, 10_000);
  trigger(lab);
  later(lab, 1000);
  putRule(lab);
  trigger(lab);
  assert.is(node(lab), 'crw------- 0', 'handled with the old rules');
  later(lab, 4000);
  trigger(lab);
  assert.is(node(lab), 'crw-rw-rw- 107');
});

udevd('a reload only marks the rules; they are read when the next event comes', () => {
  const lab = booted(systemd219);
  later(lab, 10_000);
  trigger(lab);
  reload(lab);
  putRule(lab);
  trigger(lab);
  assert.is(node(lab), 'crw-rw-rw- 107', 'the file came after the reload and counts');
});

udevd('with 252 a reload reads the rules at once', () => {
  const lab = booted(systemd252);
  later(lab, 10_000);
  trigger(lab);
  reload(lab);
  putRule(lab);
  trigger(lab);
  assert.is(node(lab), 'crw-rw---- 107', 'the file came after the reload and does not count yet');
});

udevd('an unknown group is root in 219, with the mode applied; 252 leaves the group alone', () => {
  for (const [switches, expected] of [
    [systemd219, 'crw-rw-rw- 0'],
    [systemd252, 'crw-rw-rw- 107'],
  ] as const) {
    const lab = booted(switches);
    putRule(lab, RULE.replace('"kvm", MODE', '"nosuch", MODE'));
    reload(lab);
    trigger(lab);
    assert.is(node(lab), expected);
    const journal = content(lab, '/run/log/journal/system.journal') ?? '';
    const text =
      switches === systemd219
        ? "specified group 'nosuch' unknown"
        : "/etc/udev/rules.d/80-kvm.rules:1 Unknown group 'nosuch', ignoring";
    assert.ok(journal.includes(text));
  }
});

udevd(
  'a name is looked up when the rules are loaded: a group made later counts after a reload',
  () => {
    const lab = booted(systemd219);
    putRule(lab, RULE.replace('"kvm", MODE', '"late", MODE'));
    reload(lab);
    trigger(lab);
    act(lab, () => writeFile('/etc/group', 'root:x:0:\nlate:x:500:\n'));
    later(lab, 10_000);
    trigger(lab);
    assert.is(node(lab), 'crw-rw-rw- 0');
    reload(lab);
    trigger(lab);
    assert.is(node(lab), 'crw-rw-rw- 500');
  },
);

udevd('an event without a rule: `add` forces 0600 in 219, `change` and 252 leave it', () => {
  const chmodNode = (lab: Laboratory) => act(lab, () => chmod('/dev/kvm', 0o640));
  for (const [switches, action, expected] of [
    [systemd219, 'add', 'crw------- 0'],
    [systemd219, 'change', 'crw-r----- 0'],
    [systemd252, 'change', 'crw-r----- 107'],
  ] as const) {
    const lab = booted(switches);
    chmodNode(lab);
    trigger(lab, action);
    assert.is(node(lab), expected);
  }
});

udevd('the database knows the tags; removing the device removes them', () => {
  const lab = booted(systemd219);
  assert.match(content(lab, '/run/udev/data/c10:232') ?? '', /^I:\d+\nG:seat\nG:uaccess\n$/);
  assert.ok(inode(lab, '/run/udev/tags/uaccess/c10:232'));
  assert.is(content(lab, '/dev/char/10:232'), '../kvm');
  unloadKvm(lab);
  assert.is(inode(lab, '/run/udev/data/c10:232'), undefined);
  assert.is(inode(lab, '/run/udev/tags/uaccess/c10:232'), undefined);
  assert.is(inode(lab, '/dev/char/10:232'), undefined);
});

udevd('the queue file is there exactly while events are waiting or being handled', () => {
  const lab = booted(systemd219);
  assert.is(inode(lab, '/run/udev/queue'), undefined);
  run(lab, '/usr/bin/udevadm', 'control', '--stop-exec-queue');
  trigger(lab);
  assert.ok(inode(lab, '/run/udev/queue'));
  assert.is(run(lab, '/usr/bin/udevadm', 'settle', '--timeout=1').code, 1);
  run(lab, '/usr/bin/udevadm', 'control', '--start-exec-queue');
  quiet(lab);
  assert.is(inode(lab, '/run/udev/queue'), undefined);
  assert.is(run(lab, '/usr/bin/udevadm', 'settle').code, 0);
});

udevd('two events of one device never run at the same time, whatever the schedule', () => {
  const lab = booted(systemd219);
  run(lab, '/usr/bin/udevadm', 'control', '--stop-exec-queue');
  trigger(lab);
  trigger(lab, 'change');
  const seen = new Set<number>();
  const machinery = {
    ...lab.machinery,
    watch: ({ after }: { after: typeof lab.world }) => {
      const tasks = Object.values(after.kernel.tasks);
      const live = (t: (typeof tasks)[number]) =>
        t.comm.startsWith('systemd-udevd-') && t.state !== 'zombie';
      seen.add(tasks.filter(live).length);
    },
  };
  lab.machinery = machinery;
  run(lab, '/usr/bin/udevadm', 'control', '--start-exec-queue');
  for (let ready = runnable(lab.world); ready.length > 0; ready = runnable(lab.world)) {
    lab.world = advance(machinery, lab.world, ready.at(-1) ?? 0);
  }
  assert.equal([...seen].sort(), [0, 1]);
});

udevd('within an event the order is lstat, chmod, chown, utimensat, then the ACL', () => {
  const lab = booted(systemd219);
  act(lab, () => writeFile('/run/systemd/seats/seat0', 'ACTIVE=c1\nACTIVE_UID=1000\n'));
  putRule(lab);
  reload(lab);
  const calls: string[] = [];
  lab.machinery = {
    ...lab.machinery,
    watch: ({ request }) => {
      if ('path' in request && request.path === '/dev/kvm') calls.push(request.call);
    },
  };
  trigger(lab);
  const order = ['lstat', 'chmod', 'chown', 'utimensat', 'getxattr', 'stat', 'setxattr'];
  assert.equal(calls, order);
});

udevd('the builtin keeps its hands off while there is no logind', () => {
  const lab = switchOn(systemd219);
  loadKvm(lab);
  assert.is(node(lab), 'crw------- 0');
  startLogind(lab);
  act(lab, () => writeFile('/run/systemd/seats/seat0', 'ACTIVE=c1\nACTIVE_UID=1000\n'));
  trigger(lab);
  assert.is(node(lab), 'crw-rw----+ 0 user::rw-,user:1000:rw-,group::---,mask::rw-,other::---');
});

udevd.run();
