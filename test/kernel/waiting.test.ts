/**
 * If this fails, a sleeper is left asleep although its call could go on: a lost wake-up.
 *
 * The kernel asks a sleeper's condition (waiting.ts) instead of making its call again; both must agree.
 */
import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import { newHost } from '../../sim/host/machine.ts';
import { profileNamed } from '../../sim/host/profiles.ts';
import { step } from '../../sim/host/step.ts';
import { handle } from '../../sim/kernel/kernel.ts';
import { get, inPages, numbered, put, remove, without, withThing } from '../../sim/kernel/pages.ts';
import { stillWaits } from '../../sim/kernel/waiting.ts';

const waiting = suite('waiting');

waiting('a call that is said to wait does wait, for every sleeper of a boot and a login', () => {
  let sleepers = 0;
  const waits = new Set<string>();
  const { machinery, world } = newHost(
    profileNamed('centos7'),
    {},
    ({ after: { kernel, now } }) => {
      for (const task of Object.values(kernel.tasks)) {
        // Signals and time limits end a wait whatever its condition says.
        if (task.parked === null || task.deadline !== null || task.pending.length > 0) continue;
        if (!stillWaits(kernel, task, task.parked)) continue;
        const { replies } = handle(kernel, task.pid, task.parked, now);
        const answered = replies.some(({ pid }) => pid === task.pid);
        assert.not.ok(answered, `pid ${task.pid} ${task.comm} waits in ${task.parked.call}`);
        sleepers++;
        waits.add(task.parked.call);
      }
    },
  );
  step(machinery, world, { login: 'operator', on: 'tty1' });
  assert.ok(sleepers > 1000, `only ${sleepers} sleepers were met`);
  assert.equal([...waits].sort(), ['poll', 'read', 'wait']);
});

waiting('a table in pages holds what a flat one holds, and nothing of what was removed', () => {
  const flat = { 1: 'a', 31: 'b', 32: 'c', 700: 'd' };
  const pages = inPages(flat);
  assert.equal(Object.fromEntries(numbered(pages)), flat);
  assert.is(get(pages, 700), 'd');
  assert.is(get(pages, 699), undefined);
  const { 700: _, ...rest } = flat;
  assert.equal(without(pages, 700), inPages(rest));
  assert.equal(without(withThing(pages, 5000, 'e'), 5000), pages);
  const built: (string | null)[][] = [];
  put(built, 3, 'x');
  remove(built, 3);
  assert.equal(built, []);
});

waiting.run();
