/**
 * A cell of the table of versions is what came of the play: a switch flipped on the host changes it.
 */
import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import { scenarios } from '../../scenarios/index.ts';
import { type Component, versionsOfComponent } from '../../sim/host/components.ts';
import { type LibvirtSwitches, libvirt500 } from '../../sim/libvirt/switches.ts';
import type { Scenario } from '../../sim/play/scenario.ts';
import { cellOf, rowOf, spanOf, textHead, textRow } from '../../sim/play/versions.ts';

const table = suite('versions');

function named(name: string): Scenario {
  const scenario = scenarios[name];
  if (scenario === undefined) throw new Error(`no scenario ${name}`);
  return scenario;
}

const happens = (name: string, component: Component, version: string, scenario = named(name)) =>
  cellOf(name, scenario, component, version).happens;

/** The scenario on a libvirt 5.0.0 with one switch the other way. */
function flipped(name: string, flip: Partial<LibvirtSwitches>): Scenario {
  const scenario = named(name);
  const content = JSON.stringify({ ...libvirt500, ...flip });
  const file = { path: '/usr/lib/kvmlab/libvirt.json', content };
  const files = [...(scenario.setup?.files ?? []), file];
  return { ...scenario, profiles: ['centos7'], setup: { ...scenario.setup, files } };
}

const flips: readonly (readonly [name: string, flip: Partial<LibvirtSwitches>])[] = [
  ['group-added-cache-stale', { kvmUsable: 'each lookup' }],
  ['same-second-fix-missed', { kvmUsable: 'each lookup' }],
  ['driver-caps-stale', { parseAsksDriverCaps: 'never' }],
  [
    'qemu-not-in-group',
    { kvmAdvert: 'device exists', parseAsksDriverCaps: 'arch or machine missing' },
  ],
];

for (const [name, flip] of flips) {
  table(`${name} happens on 5.0.0, and not with ${JSON.stringify(flip)}`, () => {
    assert.is(happens(name, 'libvirt', '5.0.0', flipped(name, {})), true);
    assert.is(happens(name, 'libvirt', '5.0.0', flipped(name, flip)), false);
  });
}

const appeared: readonly (readonly [name: string, component: Component, span: string])[] = [
  ['same-second-break-missed', 'libvirt', 'from 5.0.0'],
  ['acl-from-greeter', 'systemd', 'up to 219'],
  ['vt-busy', 'kernel', 'up to 6.1'],
];

for (const [name, component, span] of appeared) {
  table(`${name} is reachable with ${component} ${span}`, () => {
    assert.is(rowOf(name, named(name), component).span, span);
  });
}

table('a version says which host it was played on, and what that had to have besides', () => {
  const cell = cellOf('module-not-loaded', named('module-not-loaded'), 'libvirt', '9.0.0');
  assert.is(cell.host, 'centos7,kernel=6.1,qemu=7.2,libvirt=9.0.0');
});

table('what nobody could judge is neither yes nor no', () => {
  const debian = { ...named('kvm-works'), profiles: ['debian12'] };
  const cell = cellOf('kvm-works', debian, 'kernel', '3.10.0-1062');
  assert.equal([cell.happens, cell.host], [null, null]);
  const row = { name: 'kvm-works', cells: [cell], span: spanOf([cell]) };
  assert.match(textRow(row), / \? /);
});

table('spans', () => {
  const cells = (text: string) =>
    [...text].map((mark, i) => ({ version: `${i}`, happens: mark === 'x', host: null }));
  const spans = ['xxxx', '....', 'xx..', '..xx', '.xx.', '.x..', 'x.x.'].map((t) =>
    spanOf(cells(t)),
  );
  assert.equal(spans, ['all', 'none', 'up to 1', 'from 2', '1 to 2', '1', 'up to 0, 2']);
});

table('the head has a column for each version, under 80 wide', () => {
  for (const component of ['libvirt', 'qemu', 'systemd', 'acl', 'kernel'] as const) {
    assert.ok(versionsOfComponent(component).length > 1);
    assert.ok(textHead(component).length <= 62, component);
  }
});

table.run();
