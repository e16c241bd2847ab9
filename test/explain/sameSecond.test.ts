/**
 * If this fails, libvirtd is quicker to forget a closed node than it is in truth, or slower.
 */
import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import { models } from '../../models/index.ts';
import type { HostModel } from '../../sim/explain/models/model.ts';
import { propertyOf } from '../../sim/explain/models/properties.ts';
import { hostOf, reachOf, shortestTo } from '../../sim/explain/models/reach.ts';
import { qemuOpens } from '../../sim/explain/node.ts';
import { breadthFirst } from '../../sim/explore/breadth.ts';
import { graphOf, stepsOf, vectorOf } from '../../sim/explore/graph.ts';
import type { Choice } from '../../sim/host/choice.ts';
import { libvirtState } from '../../sim/host/libvirtState.ts';
import { step } from '../../sim/host/step.ts';
import { lastWorld, replayFails } from '../../sim/host/trace.ts';
import type { World } from '../../sim/host/world.ts';

const tests = suite('changed twice in one second');

const model = models['same-second'] as HostModel;
const reach = reachOf(model);
const { machinery } = hostOf(model);
const stale = propertyOf('libvirt says no though QEMU opens the node').holds;

/** Typed by people, each line on a second of its own. */
const touch: Choice = { run: ['touch', '/dev/kvm'], as: 'root@pts/0' };
const look: Choice = { run: ['virsh', 'domcapabilities', '--virttype', 'qemu'], as: 'root@pts/1' };

const later = (world: World, choices: readonly Choice[]) =>
  choices.reduce((at, choice) => step(machinery, at, choice), world);

const hasKvm = (world: World) => libvirtState(world)?.entries.every(({ kvm }) => kvm);

tests('a node that is opened in the second in which libvirtd saw it closed', () => {
  const [order] = shortestTo(reach, stale).orders;
  assert.ok(order);
  assert.equal(order.steps.slice(-2), ['libvirt-access-check: access', 'admin: chmod: chmod']);
  assert.is(replayFails(order.trace), null);
  const world = lastWorld(order.trace);
  assert.is(qemuOpens(world), 'opens');
  assert.not.ok(hasKvm(later(world, [look, look])), 'asked again, whole seconds later');
  assert.ok(hasKvm(later(world, [touch, look])), 'touched in a later second');
});

tests(
  'whenever libvirtd says no to a node that QEMU opens, waiting is not enough, and a touch is',
  () => {
    const { space } = reach;
    const graph = graphOf(space);
    let found = 0;
    for (let state = 0; state < graph.states.size(); state++) {
      const world = space.state(vectorOf(space, graph, state));
      if (!stale(world) || stepsOf(graph, state).length > 0) continue;
      found++;
      assert.not.ok(hasKvm(later(world, [look])));
      assert.ok(hasKvm(later(world, [touch, look])));
    }
    assert.ok(found > 0);
  },
);

tests('however many seconds pass, there are no more states', () => {
  const { states, hit } = breadthFirst(reach.space, { only: [] });
  assert.equal([states, hit], [278, []]);
});

tests.run();
