/**
 * When logind and udevd meet at the same node, the order of their single steps decides what is left.
 *
 * Counted are maximal schedules of logind's get, set and save against udev's steps, on a whole host; steps
 * that have nothing to do are kept. Upstream has admitted this race (systemd v258 makes logind trigger events instead).
 */
import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import { type Actor, scheduleModel, type Turn } from '../../sim/explain/calls/schedules.ts';
import { countSchedules } from '../../sim/explore/count.ts';
import { spaceOf } from '../../sim/explore/objects.ts';
import type { Choice } from '../../sim/host/choice.ts';
import { newHost } from '../../sim/host/machine.ts';
import { profileNamed } from '../../sim/host/profiles.ts';
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
const { machinery, world: booted } = newHost(profileNamed('centos7'));
const login = { login: 'operator', on: 'tty1' } as const;
const logout = { logout: 'tty1' } as const;
const pending = { pace: 0, settle: false } as const;

/** People come and go as `before` says; then the package's rule is unpacked and udevd told to reload. */
function beforeTheTrigger(before: readonly Choice[]): World {
  const rule = { fd: 1, mode: 'write', path: '/usr/lib/udev/rules.d/80-kvm.rules' } as const;
  const text = 'KERNEL=="kvm", GROUP="kvm", MODE="0666", OPTIONS+="static_node=kvm"\n';
  const choices: readonly Choice[] = [
    { login: 'root', on: 'pts/0' },
    ...before,
    { run: ['yum', '-y', 'install', 'qemu-kvm-common-ev'], as: root },
    { run: ['cat'], as: root, stdin: text, redirects: [rule] },
    { run: ['udevadm', 'control', '--reload'], as: root },
  ];
  return choices.reduce((at, choice) => step(machinery, at, choice), booted);
}

const triggered = (from: World) =>
  step(machinery, from, { run: TRIGGER, as: root, pace: 0, settle: false });

const logind: Actor = { program: 'systemd-logind', turns: [['get'], ['set'], ['save seat']] };
const udev = (...turns: Turn[]): Actor => ({ program: 'systemd-udevd-worker', turns });

/** Every final state of the node, with the number of schedules that end in it; counted, not walked. */
function tally(from: World, actors: readonly Actor[]): Record<string, number> {
  const space = spaceOf(scheduleModel({ machinery, world: from }, actors));
  const { ends } = countSchedules(space, ({ world }) => nodeLine(nodeRow(world)));
  return Object.fromEntries(Object.entries(ends).map(([line, count]) => [line, Number(count)]));
}

const INCIDENT = 'crw-rw-rw-+ root:kvm g:--- m:rw- o:rw-';
const STALE = 'crw-rw-rw-+ root:kvm operator g:--- m:rw- o:rw-';
const LOST_CHMOD = 'crw-rw----+ root:kvm operator g:--- m:rw- o:---';
const EMPTY_MASK = 'crw----rw-+ root:kvm g:--- m:--- o:rw-';
const HARMLESS = 'crw-rw-rw-+ root:kvm g:rw- m:rw- o:rw-';
const HARMLESS_USER = 'crw-rw-rw-+ root:kvm operator g:rw- m:rw- o:rw-';
const SHUT = 'crw-------+ root:kvm g:--- m:--- o:---';

const together = [
  logind,
  udev(['lstat'], ['chmod', 'chown', 'utimensat'], ['read seat'], ['get'], ['set']),
];

/** Both have begun and neither has touched the node. */
const meeting = (before: readonly Choice[], act: Choice): World =>
  triggered(step(machinery, beforeTheTrigger(before), { ...act, ...pending } as Choice));

const leaving = meeting([login], logout);
const total = (counts: Record<string, number>) => Object.values(counts).reduce((a, b) => a + b, 0);

races(
  'logout against the trigger: 7 of 56 are the incident, with chmod and chown as one step',
  () => {
    const counts = tally(leaving, [
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
  const counts = tally(leaving, [
    logind,
    udev(['lstat'], ['chmod'], ['chown', 'utimensat'], ['read seat'], ['get'], ['set']),
  ]);
  assert.equal([total(counts), counts[INCIDENT]], [84, 10]);
});

races('with utimensat as a step of its own 13 of 120', () => {
  const counts = tally(leaving, [
    logind,
    udev(['lstat'], ['chmod'], ['chown'], ['utimensat'], ['read seat'], ['get'], ['set']),
  ]);
  assert.equal([total(counts), counts[INCIDENT]], [120, 13]);
});

/** A schedule walked turn by turn: logind has three, udev five. */
function walked(order: string): string {
  const model = scheduleModel({ machinery, world: leaving }, together);
  const [start] = model.initial;
  if (start === undefined) throw new Error('schedules start somewhere');
  const end = [...order].reduce((at, who) => model.next(at, who === 'l' ? 0 : 1), start);
  return nodeLine(nodeRow(end.world));
}

races('single schedules: logout first is the incident, the trigger first a near miss', () => {
  assert.is(walked('llluuuuu'), INCIDENT);
  assert.is(walked('uuuuulll'), EMPTY_MASK);
});

races('a second login against the trigger: the incident is not among the 56', () => {
  const counts = tally(meeting([login, logout], login), together);
  assert.equal(counts, { [STALE]: 18, [EMPTY_MASK]: 18, [SHUT]: 12, [LOST_CHMOD]: 8 });
});

races(
  'the first login against the trigger: 36 of 56 lock the group out, none is the incident',
  () => {
    const counts = tally(meeting([], login), together);
    assert.equal(counts, {
      [STALE]: 7,
      [EMPTY_MASK]: 9,
      [LOST_CHMOD]: 8,
      [SHUT]: 12,
      [HARMLESS_USER]: 11,
      [HARMLESS]: 9,
    });
  },
);

races.run();
