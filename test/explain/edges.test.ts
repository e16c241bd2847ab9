/**
 * If this fails, a search over components does something else than the host it was made of.
 *
 * Random walks are walked twice: through the search, whose steps are remembered by the components they looked at, and
 * on a real host through `step` and `advance`, where the clock runs, ids grow and logs fill. After each step the
 * same moves must be possible and the same must be true. So what the search leaves out of a state (times, pids, sequence
 * numbers, logs, what terminals show) is read by no decision on the way.
 */
import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import { models } from '../../models/index.ts';
import { courseOf, type Move } from '../../sim/explain/calls/picks.ts';
import { nodeState } from '../../sim/explain/models/hostModel.ts';
import { type FineModel, isFine } from '../../sim/explain/models/model.ts';
import { hostOf, type Reach, reachOf } from '../../sim/explain/models/reach.ts';
import { inodeOf } from '../../sim/explain/node.ts';
import { dice } from '../../sim/explore/random.ts';
import { textOf } from '../../sim/host/ask.ts';
import { libvirtState } from '../../sim/host/libvirtState.ts';
import type { Host } from '../../sim/host/machine.ts';
import type { World } from '../../sim/host/world.ts';

const edges = suite('search and host, edge by edge');

const EDGES = 10_000;

/** Sessions by their order: their numbers only grow on a real host. */
function bySession(seat: string | null): string | undefined {
  const ids = [...(seat ?? '').matchAll(/^(?:ACTIVE|SESSIONS)=(.*)$/gm)].flatMap(([, list = '']) =>
    list.split(' ').map(Number),
  );
  const ranks = [...new Set(ids)].sort((a, b) => a - b);
  return seat?.replace(/^(ACTIVE|SESSIONS)=(.*)$/gm, (_, key: string, list: string) => {
    const ranked = list.split(' ').map((id) => ranks.indexOf(Number(id)));
    return `${key}=${ranked.join(' ')}`;
  });
}

/** Everything that can be told of a host without naming a moment, a number of a process or a line of a log. */
function outline(world: World) {
  const record = textOf(world, '/run/udev/data/c10:232')?.replace(/^I:\d+$/m, 'I:');
  const processes = Object.values(world.kernel.tasks).map(({ pid, comm, tty, state, cred }) => {
    const request = world.processes[pid]?.request;
    const about = request && 'path' in request ? request.path : '';
    return `${comm} ${tty} ${state} ${cred.uid} ${request?.call} ${about}`;
  });
  return {
    node: nodeState(world),
    seat: bySession(textOf(world, '/run/systemd/seats/seat0')),
    record,
    tagged: textOf(world, '/run/udev/tags/uaccess/c10:232'),
    busy: textOf(world, '/run/udev/queue'),
    groups: textOf(world, '/etc/group'),
    rule: textOf(world, '/usr/lib/udev/rules.d/80-kvm.rules'),
    libvirtd: libvirtOf(world),
    modules: world.kernel.modules,
    inFront: world.kernel.vt.active,
    processes: processes.sort(),
  };
}

/** What libvirtd remembers; of the second in which it looked at the node only whether that is the one of its last change. */
function libvirtOf(world: World) {
  const state = libvirtState(world);
  const second = Math.floor((inodeOf(world)?.ctime ?? 0) / 1000);
  return [state?.entries, state?.memo?.usable, state?.memo?.ctime === second];
}

const names = (moves: readonly Move[]) =>
  moves.map(({ actor, offer }) => `${actor}/${offer}`).sort();

/** One walk to its end; answers how many edges it had. */
function walk(model: FineModel, host: Host, reach: Reach, seed: number): number {
  const { space } = reach;
  const inner = reach.system;
  if (inner === null) throw new Error(`${model.title} has no components`);
  const course = courseOf(host, model);
  const roll = dice(seed);
  let here = space.starts[0] as Int32Array;
  for (let length = 0; ; length++) {
    const onward: { move: Move; next: Int32Array }[] = [];
    inner.expand(here, (next, place) => {
      const { actor, offer } = inner.step(here, place);
      onward.push({ move: { actor, offer }, next: next.slice() });
    });
    const at = `${model.title}, walk ${seed}, step ${length}`;
    assert.equal(names(onward.map(({ move }) => move)), names(course.moves()), at);
    assert.equal(outline(space.state(here)), outline(course.world()), at);
    const chosen = onward[roll(onward.length)];
    if (chosen === undefined) return length;
    course.make(chosen.move);
    here = chosen.next;
  }
}

edges(`${EDGES} random edges agree`, () => {
  const fine = Object.values(models)
    .filter(isFine)
    .map((model) => ({ model, host: hostOf(model), reach: reachOf(model) }));
  let walked = 0;
  for (let seed = 1; walked < EDGES; seed++) {
    const { model, host, reach } = fine[seed % fine.length] as (typeof fine)[number];
    walked += walk(model, host, reach, seed);
  }
  assert.ok(walked >= EDGES);
});

edges.run();
