/** Which events wait for which, and the machine that keeps them. */
import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import { blocker, type QueuedEvent, startable } from '../../sim/udev/queue.ts';
import {
  idleUdevd,
  type UdevdEvent,
  type UdevdSnapshot,
  udevdAfter,
} from '../../sim/udev/udevd.machine.ts';

const event = (
  seqnum: number,
  devpath: string,
  properties: Record<string, string> = {},
  worker: number | null = null,
): QueuedEvent => ({
  seqnum,
  worker,
  uevent: { action: 'add', devpath, subsystem: 'misc', seqnum, properties },
});

const queue = suite('udev queue');

queue(
  'an event waits for earlier ones of the same device, of its parents and of its children',
  () => {
    const kvm = event(1, '/devices/virtual/misc/kvm', { MAJOR: '10', MINOR: '232' });
    for (const version of [219, 252] as const) {
      const waits = (later: QueuedEvent) => blocker([kvm, later], later, version)?.seqnum;
      assert.is(waits(event(2, '/devices/virtual/misc/kvm', { MAJOR: '10', MINOR: '232' })), 1);
      assert.is(waits(event(2, '/devices/virtual/misc/kvm/x')), 1);
      assert.is(waits(event(2, '/devices/virtual')), 1);
      assert.is(waits(event(2, '/devices/virtual/misc/kvm2')), undefined);
      assert.is(
        waits(event(2, '/devices/virtual/misc/tun', { MAJOR: '10', MINOR: '200' })),
        undefined,
      );
      assert.is(
        waits(event(0, '/devices/virtual/misc/kvm')),
        undefined,
        'a later one blocks nobody',
      );
    }
  },
);

queue('the same path with another number is another device in 219, a conflict in 252', () => {
  const old = event(1, '/devices/a/b', { MAJOR: '10', MINOR: '1' });
  const taken = event(2, '/devices/a/b', { MAJOR: '10', MINOR: '2' });
  assert.is(blocker([old, taken], taken, 219), undefined);
  assert.is(blocker([old, taken], taken, 252)?.seqnum, 1);
});

queue('all that do not wait start, in order, as far as there is room', () => {
  const events = [
    event(1, '/devices/a', {}, 77),
    event(2, '/devices/a/b'),
    event(3, '/devices/c'),
    event(4, '/devices/d'),
  ];
  const seqnums = (max: number) => startable(events, 219, max).map(({ seqnum }) => seqnum);
  assert.equal(seqnums(16), [3, 4]);
  assert.equal(seqnums(2), [3]);
  assert.equal(seqnums(1), []);
});

function play(...events: UdevdEvent[]): { udevd: UdevdSnapshot; effects: string[] } {
  let udevd = idleUdevd;
  const effects: string[] = [];
  for (const one of events) {
    const after = udevdAfter(udevd, one);
    udevd = after.udevd;
    effects.push(...after.effects);
  }
  return { udevd, effects };
}

const announced = (seqnum: number): UdevdEvent => ({
  type: 'kernel.announced',
  event: event(seqnum, `/devices/${seqnum}`),
});

queue('idle, busy, idle: the queue file is touched and unlinked once each', () => {
  const { udevd, effects } = play(
    announced(1),
    { type: 'worker.started', seqnum: 1, pid: 9 },
    announced(2),
    { type: 'worker.started', seqnum: 2, pid: 10 },
    { type: 'worker.ended', pid: 9 },
    { type: 'worker.ended', pid: 10 },
  );
  assert.is(udevd.value, 'idle');
  assert.equal(
    effects.filter((effect) => effect !== 'startEvents'),
    ['touchQueue', 'unlinkQueue'],
  );
});

queue('told to exit it drops what waits and lets what runs come to its end', () => {
  const started = [
    announced(1),
    { type: 'worker.started', seqnum: 1, pid: 9 },
    announced(2),
  ] as const;
  const leaving = play(...started, { type: 'exit.asked' }).udevd;
  assert.is(leaving.value, 'leaving');
  assert.equal(
    leaving.context.queue.map(({ seqnum }) => seqnum),
    [1],
  );
  assert.is(udevdAfter(leaving, { type: 'worker.ended', pid: 9 }).udevd.value, 'gone');
  assert.is(play({ type: 'exit.asked' }).udevd.value, 'gone');
});

queue('outdated rules stay outdated until they are read again', () => {
  const { udevd } = play({ type: 'rules.outdated' }, announced(1));
  assert.is(udevd.context.stale, true);
  assert.is(udevdAfter(udevd, { type: 'rules.loaded' }).udevd.context.stale, false);
});

queue.run();
