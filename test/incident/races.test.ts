/**
 * When logind and udevd meet at the same node, the order of their single steps decides what is left.
 *
 * Counted are maximal schedules of logind's get, set and save against udev's steps, on a whole host; steps
 * that have nothing to do are kept. Upstream has admitted this race (systemd v258 makes logind trigger events instead).
 */
import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import { type Actor, schedules, type Turn } from '../../sim/explain/schedules.ts';
import { newHost } from '../../sim/host/machine.ts';
import { profileNamed } from '../../sim/host/profiles.ts';
import type { Machinery } from '../../sim/host/route.ts';
import { step } from '../../sim/host/step.ts';
import type { World } from '../../sim/host/world.ts';
import { nodeRow } from '../../sim/play/node.ts';
import { nodeLine } from '../support/host.ts';

const races = suite('logind against udevd');

const TRIGGER = [
  'udevadm',
  'trigger',
  '--subsystem-match=misc',
  '--sysname-match=kvm',
  '--action=add',
];
const root = 'root@pts/0';

/** The operator is in front; the package's rule has just been unpacked and udevd told to reload. */
function beforeTheTrigger(): { machinery: Machinery; world: World } {
  const { machinery, world } = newHost(profileNamed('centos7'));
  const rule = { fd: 1, mode: 'write', path: '/usr/lib/udev/rules.d/80-kvm.rules' } as const;
  const text = 'KERNEL=="kvm", GROUP="kvm", MODE="0666", OPTIONS+="static_node=kvm"\n';
  const choices = [
    { login: 'root', on: 'pts/0' },
    { login: 'operator', on: 'tty1' },
    { run: ['yum', '-y', 'install', 'qemu-kvm-common-ev'], as: root },
    { run: ['cat'], as: root, stdin: text, redirects: [rule] },
    { run: ['udevadm', 'control', '--reload'], as: root },
  ] as const;
  return { machinery, world: choices.reduce((at, choice) => step(machinery, at, choice), world) };
}

const { machinery, world } = beforeTheTrigger();
const triggered = (from: World) =>
  step(machinery, from, { run: TRIGGER, as: root, pace: 0, settle: false });

const logind: Actor = { program: 'systemd-logind', turns: [['get'], ['set'], ['save seat']] };
const udev = (...turns: Turn[]): Actor => ({ program: 'systemd-udevd-worker', turns });

/** Every final state of the node, with the number of schedules that end in it. */
function tally(from: World, actors: readonly Actor[]): Record<string, number> {
  const counts: Record<string, number> = {};
  for (const { end } of schedules(machinery, from, actors)) {
    const line = nodeLine(nodeRow(end));
    counts[line] = (counts[line] ?? 0) + 1;
  }
  return counts;
}

const INCIDENT = 'crw-rw-rw-+ root:kvm g:--- m:rw- o:rw-';
const STALE = 'crw-rw-rw-+ root:kvm operator g:--- m:rw- o:rw-';
const LOST_CHMOD = 'crw-rw----+ root:kvm operator g:--- m:rw- o:---';
const EMPTY_MASK = 'crw----rw-+ root:kvm g:--- m:--- o:rw-';
const SHUT = 'crw-------+ root:kvm g:--- m:--- o:---';

const logout = triggered(step(machinery, world, { logout: 'tty1', pace: 0, settle: false }));
const total = (counts: Record<string, number>) => Object.values(counts).reduce((a, b) => a + b, 0);

races(
  'logout against the trigger: 7 of 56 are the incident, with chmod and chown as one step',
  () => {
    const counts = tally(logout, [
      logind,
      udev(['lstat'], ['chmod', 'chown', 'utimensat'], ['read seat'], ['get'], ['set']),
    ]);
    assert.equal(counts, {
      [STALE]: 28,
      [LOST_CHMOD]: 12,
      [INCIDENT]: 7,
      [EMPTY_MASK]: 5,
      [SHUT]: 4,
    });
  },
);

races('with chmod and chown apart it is 10 of 84', () => {
  const counts = tally(logout, [
    logind,
    udev(['lstat'], ['chmod'], ['chown', 'utimensat'], ['read seat'], ['get'], ['set']),
  ]);
  assert.equal([total(counts), counts[INCIDENT]], [84, 10]);
});

races('with utimensat as a step of its own 13 of 120', () => {
  const counts = tally(logout, [
    logind,
    udev(['lstat'], ['chmod'], ['chown'], ['utimensat'], ['read seat'], ['get'], ['set']),
  ]);
  assert.equal([total(counts), counts[INCIDENT]], [120, 13]);
});

races('a schedule replays: the first and the last, step by step', () => {
  const actors = [
    logind,
    udev(['lstat'], ['chmod', 'chown', 'utimensat'], ['read seat'], ['get'], ['set']),
  ];
  const all = [...schedules(machinery, logout, actors)];
  assert.is(all.length, 56);
  assert.is(new Set(all.map(({ order }) => order.join())).size, 56);
  assert.is(
    nodeLine(nodeRow(all[0]?.end ?? world)),
    INCIDENT,
    'logout first, then the trigger: S1',
  );
  assert.is(
    nodeLine(nodeRow(all.at(-1)?.end ?? world)),
    EMPTY_MASK,
    'the trigger first: a near miss',
  );
});

races.run();
