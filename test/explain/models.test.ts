/**
 * If this fails, a model that `kvmlab explore` offers does not show what it says, or its proof does not replay.
 */
import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import { models } from '../../models/index.ts';
import { nodeState } from '../../sim/explain/models/hostModel.ts';
import type { FineModel, HostModel } from '../../sim/explain/models/model.ts';
import { type PropertyName, propertyOf } from '../../sim/explain/models/properties.ts';
import { ordersTo, type Reach, reachOf, shortestTo } from '../../sim/explain/models/reach.ts';
import { breadthFirst } from '../../sim/explore/breadth.ts';
import { depthFirst } from '../../sim/explore/depth.ts';
import { reductionOf } from '../../sim/explore/reduce.ts';
import type { Witness } from '../../sim/explore/report.ts';
import { lastWorld, replayFails, type Trace } from '../../sim/host/trace.ts';

const tests = suite('models');
const { holds: isIncident } = propertyOf('the incident is there');

const small = Object.entries(models).filter(([, { large }]) => !large);
const reaches = new Map<string, Reach>(small.map(([name, model]) => [name, reachOf(model)]));

function named(name: string): Reach {
  const reach = reaches.get(name);
  if (reach) return reach;
  throw new Error(`there is no model ${name}`);
}

for (const [name, model] of small) {
  tests(`${name}: every property holds, and each witness replays to its hash`, () => {
    const reach = named(name);
    const { properties, hit } = breadthFirst(reach.space);
    assert.equal(hit, []);
    assert.ok(properties.some(({ kind }) => kind === 'sometimes'));
    for (const { property, verdict, witness } of properties) {
      assert.is(verdict, 'holds', property);
      if (witness === null) continue;
      const trace = reach.traceOf(witness);
      assert.is(replayFails(trace), null, property);
      assert.ok(propertyOf(property as PropertyName).holds(lastWorld(trace)), property);
    }
    assert.ok(model.asks.endsWith('?'));
  });
}

for (const [name, model] of Object.entries(models)) {
  tests(`${name}: a reduced search says the same of every property`, () => {
    const { space, system } = reaches.get(name) ?? reachOf(model);
    if (system === null) return;
    for (const { name: law } of space.laws) {
      const asked = { only: [law], until: 'decided' } as const;
      const [full] = breadthFirst(system, asked).properties;
      const [reduced] = breadthFirst(system, asked, reductionOf(system, [law])).properties;
      assert.is(reduced?.verdict, full?.verdict, law);
      assert.is.not(reduced?.verdict, 'open', law);
    }
  });
}

const counts = (name: string) => {
  const { space } = named(name);
  const { states, transitions } = breadthFirst(space, { only: [] });
  return [states, transitions];
};

tests('as many states and transitions as the text says', () => {
  assert.equal(counts('incident'), [18, 120]);
  assert.equal(counts('first-login'), [180, 250]);
});

tests(
  "one failing call of logind's can leave an entry for good; where none fails, none is left",
  () => {
    const { holds: isRight } = propertyOf('only who sits at the seat has an entry');
    const left = (model: HostModel | undefined) =>
      shortestTo(reachOf(model as HostModel), (world) => !isRight(world), {}, 'finally');
    const model = models['logind-fails'] as FineModel;
    const { failing: _, ...sound } = model;
    const never = left(sound);
    assert.equal([never.complete, never.orders], [true, []]);
    const [order] = left(model).orders;
    assert.ok(order?.steps.includes('systemd-logind: get fails with EIO'));
    assert.is(replayFails(order?.trace as Trace), null);
    assert.is(isRight(lastWorld(order?.trace as Trace)), false);
    const twice = { ...model, failing: { ...model.failing, atMost: 2 } } as HostModel;
    const states = (one: HostModel) => breadthFirst(reachOf(one).space, { only: [] }).states;
    assert.equal([sound, model, twice].map(states), [9, 18, 20]);
  },
);

tests('with the rule from boot: no order of whole events, but some order of calls', () => {
  const never = ordersTo(named('rule-from-boot'), isIncident);
  assert.equal([never.complete, never.orders], [true, []]);
  const once = shortestTo(named('module-reload'), isIncident);
  const [order] = once.orders;
  assert.is(order?.steps.length, 22);
  const end = order ? lastWorld(order.trace) : null;
  assert.is(
    end && nodeState(end),
    '666 0:36 0200000001000600ffffffff04000000ffffffff10000600ffffffff20000600ffffffff',
  );
});

tests(
  'the large model: some witness of each property, found in the deep, replays to its hash',
  () => {
    const { space, traceOf } = reachOf(models['busy-host'] as HostModel);
    for (const { name } of space.laws) {
      const [verdict] = depthFirst(space, { only: [name], until: 'decided' }).properties;
      assert.is(verdict?.verdict, 'holds', name);
      const trace = traceOf(verdict?.witness as Witness);
      assert.is(replayFails(trace), null, name);
      assert.ok(propertyOf(name as PropertyName).holds(lastWorld(trace)), name);
    }
  },
);

tests('a search that reaches its bound has not seen everything, and says so', () => {
  const { hit, properties } = breadthFirst(named('first-login').space, { bounds: { states: 20 } });
  assert.equal(hit, ['states']);
  assert.is(properties.find(({ kind }) => kind === 'always')?.verdict, 'open');
});

tests.run();
