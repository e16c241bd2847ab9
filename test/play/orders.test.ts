/**
 * In how many of all orders a scenario's host ends so: each is played, and the count is the one that the scenario names.
 */
import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import { scenarios } from '../../scenarios/index.ts';
import { countOrders } from '../../sim/play/orders.ts';
import { play } from '../../sim/play/play.ts';
import { plain, view } from '../../sim/play/view.ts';

const orders = suite('orders');

const about = Object.entries(scenarios).flatMap(([name, scenario]) =>
  scenario.order === undefined ? [] : [{ name, scenario, order: scenario.order }],
);

for (const { name, scenario, order } of about) {
  const [so, of] = order.count;
  orders(`${name}: ${so} of ${of} orders end so`, () => {
    const counted = countOrders(scenario, order);
    assert.equal([counted.so, counted.of], order.count);
    assert.ok(so > 0 && so < of, 'order decides');
  });
}

orders('those that are about order say so: the incident, its near misses, races, seconds', () => {
  const named = about.map(({ name }) => name);
  for (const name of [
    'acl-group-empty',
    'acl-near-misses',
    'boot-race',
    'trigger-without-settle',
    'module-reload-race',
    'same-second-fix-missed',
    'same-second-break-missed',
    'negative-cache-hysteresis',
    'group-added-cache-stale',
  ])
    assert.ok(named.includes(name), name);
});

orders(
  'the near misses are what is left of the incident: the same people, the other orders',
  () => {
    const [incident, misses] = ['acl-group-empty', 'acl-near-misses'].map(
      (name) => scenarios[name]?.order,
    );
    assert.equal(incident?.among, misses?.among);
    assert.is((incident?.count[0] ?? 0) + (misses?.count[0] ?? 0), incident?.count[1]);
  },
);

orders('the scenario shows it', () => {
  const [found] = about.filter(({ name }) => name === 'boot-race');
  assert.ok(found);
  const playback = play('boot-race', found.scenario);
  const shown = view(playback, { language: 'en', paint: plain, full: false });
  assert.match(
    shown,
    /\nIn every order of these\n( .*\n)* {2}1 of 2 orders end so \(each step to its end\)\n/,
  );
});

orders.run();
