/**
 * If this fails, somebody whose KVM is missing for another reason is told the story of the ACL, or none.
 *
 * Each host is broken in its own way; the chain is asked for its layers and must end at what was really done.
 */
import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import { scenarios } from '../../scenarios/index.ts';
import { diagnose } from '../../sim/explain/chain/ladder.ts';
import { historyOf, type Told } from '../../sim/explain/history.ts';
import { why } from '../../sim/explain/why.ts';
import type { Choice } from '../../sim/host/choice.ts';
import type { Setup } from '../../sim/host/machine.ts';
import { memoOf } from '../../sim/kernel/memo.ts';
import { play } from '../../sim/play/play.ts';

const chains = suite('the causal chain');

const run = (line: string): Choice => ({ run: line.split(' '), as: 'root@pts/0' });
const enter: Choice = { login: 'root', on: 'pts/0' };
const into: Choice = { login: 'operator', on: 'tty1' };
const out: Choice = { logout: 'tty1' };
const installed = [run('yum -y install qemu-kvm-ev libvirt'), run('systemctl start libvirtd')];
const blacklist: Setup = {
  files: [{ path: '/etc/modprobe.d/kvm.conf', content: 'blacklist kvm_intel\n' }],
};

const told = (choices: readonly Choice[], setup: Setup = {}, profile = 'centos7'): Told => ({
  profile,
  setup,
  choices: [enter, ...choices],
});

const incident = told([into, out, ...installed]);
const cgroup: Choice = { fault: { refuse: 'device-cgroup', rdev: [10, 232], subject: '/' } };

const lsm: Choice = { fault: { refuse: 'lsm', rdev: [10, 232], subject: '/usr/libexec/qemu-kvm' } };

type Case = readonly [name: string, told: Told, rungs: string, last: RegExp];

const LIBVIRT = 'symptom driver access probe qmp accelerator open';

const cases: readonly Case[] = [
  [
    'the incident',
    incident,
    `${LIBVIRT} rule written frozen emptied missed`,
    /^systemd-udevd: chmod\(0666\) .* never reaches group::--- \| # yum install qemu-kvm-ev libvirt$/,
  ],
  [
    'a mask emptied by a logout',
    told([into, installed[0] as Choice, out, installed[1] as Choice]),
    `${LIBVIRT} rule written written frozen missed emptied`,
    /^systemd-logind: setxattr\(-user:operator,mask::---\).* \| logout on tty1$/,
  ],
  [
    'VT switched off in the BIOS',
    told(installed, { hardware: { virtEnabledInBios: false } }),
    `${LIBVIRT} node module`,
    /init_module\(kvm_intel\) = EOPNOTSUPP, dmesg: kvm: disabled by bios \| while the host booted$/,
  ],
  [
    'the module not loaded',
    told(installed, blacklist),
    `${LIBVIRT} node module`,
    /^nobody has loaded kvm_intel/,
  ],
  [
    'a processor without VT',
    told(installed, { hardware: { flags: ['fpu', 'lm'] } }),
    `${LIBVIRT} node module`,
    /^the processor has neither vmx nor svm/,
  ],
  [
    'the module taken away under a running libvirtd',
    told([...installed, run('modprobe -r kvm_intel')]),
    'symptom qmp accelerator open node module',
    /^modprobe: delete_module\(kvm_intel\) .* \| # modprobe -r kvm_intel$/,
  ],
  [
    'chmod 600 by hand',
    told([...installed, run('chmod 600 /dev/kvm'), run('systemctl restart libvirtd')]),
    `${LIBVIRT} rule written`,
    /^group::--- was written by chmod: chmod\(0600\) \| # chmod 600 \/dev\/kvm$/,
  ],
  [
    'qemu not in the group of a 0660 node',
    told([
      ...installed,
      run('gpasswd -d qemu kvm'),
      run('chmod 660 /dev/kvm'),
      run('systemctl restart libvirtd'),
    ]),
    `${LIBVIRT} rule written written`,
    /^qemu is not a member of kvm.* \| # gpasswd -d qemu kvm$/,
  ],
  [
    'the node removed by hand',
    told([...installed, run('rm /dev/kvm'), run('virsh capabilities')]),
    `${LIBVIRT} node module`,
    /^rm: unlink removes the node; the module stays \| # rm \/dev\/kvm$/,
  ],
  [
    'a device control group',
    told([...installed, cgroup, run('touch /dev/kvm'), run('virsh capabilities')]),
    `${LIBVIRT} rule`,
    /the device control group refuses \| the device control group begins to refuse$/,
  ],
  [
    'a security module',
    told([...installed, lsm, run('systemctl restart libvirtd')]),
    'symptom accelerator open rule',
    /^mode and ACL allow it; the security module refuses \| the security module begins to refuse/,
  ],
  [
    '/dev closed to others by hand',
    told([...installed, run('chmod 700 /dev'), run('systemctl restart libvirtd')]),
    'symptom accelerator open rule',
    /^\/dev itself may not be searched \| # chmod 700 \/dev$/,
  ],
  [
    '/dev mounted nodev',
    told([...installed, run('mount -o remount,nodev /dev'), run('systemctl restart libvirtd')]),
    'symptom accelerator open rule',
    /^\/dev is mounted nodev \| # mount -o remount,nodev \/dev$/,
  ],
  [
    'a node made by hand, without a driver',
    told([run('mknod -m 666 /dev/kvm c 10 232'), ...installed], blacklist),
    `${LIBVIRT} node written module`,
    /^nobody has loaded kvm_intel/,
  ],
  [
    'another hypervisor',
    told([run('modprobe vboxdrv'), ...installed]),
    `${LIBVIRT} module module`,
    /^modprobe: init_module\(vboxdrv\) \| # modprobe vboxdrv$/,
  ],
  [
    'the node repaired, libvirt not told',
    told([into, out, ...installed, run('setfacl -m g::rw /dev/kvm')]),
    `${LIBVIRT} rule written frozen emptied missed since`,
    /^since then QEMU may open the node.* \| # setfacl -m g::rw \/dev\/kvm$/,
  ],
  [
    'the emulator not executable',
    told([...installed, run('chmod 644 /usr/libexec/qemu-kvm'), run('systemctl restart libvirtd')]),
    'symptom driver probe',
    /^QEMU binary \/usr\/libexec\/qemu-kvm is not executable: Permission denied/,
  ],
  [
    'the incident under libvirt 4.5.0: the guest itself is refused',
    told([into, out, ...installed], {}, 'centos7,libvirt=4.5.0'),
    'symptom accelerator open rule written frozen emptied missed',
    /never reaches group::---/,
  ],
  [
    'without libvirt: QEMU by hand',
    told([into, out, run('yum -y install qemu-kvm-ev')]),
    'symptom accelerator open rule written frozen emptied missed',
    /never reaches group::---/,
  ],
];

const diagnosed = memoOf((story: Told) => diagnose(historyOf(story)));
const lastOf = (story: Told) => {
  const last = diagnosed(story).links.at(-1);
  return `${last?.says.en}${last?.event ? ` | ${last.event.en}` : ''}`;
};
const rungsOf = (story: Told) =>
  diagnosed(story)
    .links.map(({ rung }) => rung)
    .join(' ');

for (const [name, story, rungs, last] of cases) {
  chains(`${name}: down to what was done`, () => {
    assert.is(rungsOf(story), rungs);
    assert.match(lastOf(story), last);
  });
}

chains('every link names a file and a function, of the version that is played', () => {
  for (const [, story] of cases) {
    for (const { source } of diagnosed(story).links)
      assert.match(source, /^\S+ .*(\.c [A-Za-z_]|getgrouplist)/, source);
  }
  const sources = diagnose(historyOf(told([into, out, ...installed], {}, 'centos7,kernel=6.18')));
  assert.ok(sources.links.some(({ source }) => source.includes('linux 6.18 fs/posix_acl.c')));
});

chains('a healthy host: nothing is broken', () => {
  assert.is(diagnose(historyOf(told(installed))).state, 'works');
  assert.is(
    diagnose(historyOf({ profile: 'debian12', setup: {}, choices: [enter] })).state,
    'works',
  );
  assert.is(diagnose(historyOf(told([into, out]))).state, 'nobody');
});

const nameOf = (profile: string, story: Told) => {
  const found = why({ kind: 'trace', trace: { ...story, v: 1 } as never }, { profile });
  if ('refused' in found) throw new Error(found.refused);
  const verdicts = found.families?.families.flatMap(({ name }, i) =>
    found.verdicts[i] === 'proved' ? name.en : [],
  );
  return { name: found.story?.name?.en, essence: found.story?.essence.length, verdicts };
};

const FROZEN = "an ACL frozen by a console login before the package's rule";

chains('the scenario of the incident: proved, by login, logout and install', () => {
  const scenario = scenarios['acl-group-empty'];
  if (scenario === undefined) throw new Error('the scenario is gone');
  const trace = play('acl-group-empty', scenario, 'centos7').trace();
  assert.equal(nameOf('centos7', trace), { name: FROZEN, essence: 4, verdicts: [FROZEN] });
});

/** The same story on a host where everybody has another number, and at another pace. */
function permuted({ choices }: Told): Told {
  const passwd = `root:x:0:0:root:/root:/bin/bash
gdm:x:42:42::/var/lib/gdm:/sbin/nologin
sshd:x:74:74::/var/empty/sshd:/sbin/nologin
jsmith:x:2345:2345::/home/jsmith:/bin/bash
`;
  const group = 'root:x:0:\ntty:x:5:\ngdm:x:42:\nsshd:x:74:\njsmith:x:2345:\nkvm:x:78:\n';
  const files = [
    { path: '/etc/passwd', content: passwd },
    { path: '/etc/group', content: group },
  ];
  const renamed = choices.flatMap((choice, i): Choice[] => [
    'login' in choice && choice.login === 'operator' ? { ...choice, login: 'jsmith' } : choice,
    { tick: 1_000 * (i * 7919 + 13) },
  ]);
  return { profile: 'centos7', setup: { files }, choices: renamed };
}

chains('other names, numbers and times: the same chain, link for link', () => {
  const plain = (story: Told) =>
    diagnose(historyOf(story)).links.map(({ rung, source, says }) => [
      rung,
      source,
      says.en.replaceAll('jsmith', 'operator'),
    ]);
  assert.equal(plain(permuted(incident)), plain(incident));
});

chains('a world without its history: the text of its ACL alone gives the same mechanism', () => {
  const world = historyOf(permuted(incident)).worlds.at(-1);
  assert.ok(world);
  const text = 'user::rw-\ngroup::---\nmask::rw-\nother::rw-\n';
  const found = why({ kind: 'getfacl', text }, { profile: 'centos7' });
  if ('refused' in found) throw new Error(found.refused);
  assert.is(found.story?.name?.en, FROZEN);
});

chains.run();
