/**
 * Two hundred ACLs that a host really came to are explained, and two hundred that none comes to are not.
 *
 * The reachable ones are read off hosts by the simulated getfacl after random events, then written down otherwise: lines
 * shuffled, people renamed. For the others a plain search that owes nothing to the explorer is the judge.
 */
import * as fc from 'fast-check';
import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import { type Acl, check, entry, inOrder } from '../../sim/acl/entry.ts';
import { entryText } from '../../sim/acl/text.ts';
import { asked, typed } from '../../sim/explain/asking.ts';
import { readGetfacl } from '../../sim/explain/evidence.ts';
import { familiesTo } from '../../sim/explain/families.ts';
import { continued, type History, historyOf } from '../../sim/explain/history.ts';
import { fingerprint, hostModel } from '../../sim/explain/models/hostModel.ts';
import { searchOf } from '../../sim/explain/models/search.ts';
import { devOf, inodeOf } from '../../sim/explain/node.ts';
import { idsOf, shows } from '../../sim/explain/people.ts';
import { newHost } from '../../sim/host/machine.ts';
import { profileNamed } from '../../sim/host/profiles.ts';
import { lastWorld } from '../../sim/host/trace.ts';
import type { World } from '../../sim/host/world.ts';

const laws = suite('why, by the hundreds');

const CASES = 200;
const SEED = 20190714;
const PROFILE = 'centos7';
const ids = idsOf(PROFILE);
const starts = [{}, { packages: ['qemu-kvm-ev'] }];

/** Where a host comes to by events drawn from an alphabet; those that are not possible are passed over. */
function wander(draws: readonly number[], start: number, people: boolean): History {
  const setup = starts[start] ?? {};
  const { alphabet } = searchOf(PROFILE, setup, people ? 'people' : 'inheritance');
  const events = Object.entries(alphabet);
  let history = historyOf({ profile: PROFILE, setup, choices: [{ login: 'root', on: 'pts/0' }] });
  for (const draw of draws) {
    const [, event] = events[draw % events.length] ?? [];
    const world = history.worlds.at(-1) as World;
    if (event?.possible(world)) history = continued(history, event.choices);
  }
  return history;
}

const walks = fc.tuple(
  fc.array(fc.nat(1000), { maxLength: 6 }),
  fc.nat(1),
  fc.boolean(),
  fc.constantFrom('operator', 'jsmith', '1000', '54321'),
  fc.nat(5),
);

/** As a person pastes it: with or without the header, in any order, the console user by any name. */
function pasted(text: string, who: string, turn: number): string {
  const lines = text.split('\n').filter((line) => line !== '');
  const body = lines.filter((line) => !line.startsWith('#'));
  const head = lines.filter((line) => line.startsWith('#'));
  const turned = [...body.slice(turn % body.length), ...body.slice(0, turn % body.length)];
  const shown = turned.map((line) => line.replace('user:operator:', `user:${who}:`));
  // The first line decides what the text is taken for.
  const first = shown.find((line) => line.startsWith('user::')) ?? '';
  return [...head, first, ...shown.filter((line) => line !== first)].join('\n');
}

laws(`${CASES} random reachable texts: some order is found, and each ends there exactly`, () => {
  let explained = 0;
  const seen = new Set<string>();
  const property = fc.property(walks, ([draws, start, people, who, turn]) => {
    const history = wander(draws, start, people);
    const { stdout } = asked(history, [typed(['getfacl', '/dev/kvm'])]);
    if (inodeOf(history.worlds.at(-1) as World) === null) return;
    const target = readGetfacl(pasted(stdout, who, turn), ids);
    if ('refused' in target) throw new Error(target.refused);
    const { families, complete } = familiesTo(PROFILE, {}, (world) => shows(world, target), {
      races: 'never',
    });
    const orders = families.flatMap((family) => family.orders);
    assert.ok(complete);
    // The node of a host on which nothing has happened yet needs no event.
    const atOnce = starts.some((setup) =>
      shows(lastWorld({ profile: PROFILE, setup, choices: [] }), target),
    );
    assert.ok(orders.length > 0 || atOnce, stdout);
    const key = stdout;
    if (!seen.has(key)) for (const { told } of orders) assert.ok(shows(lastWorld(told), target));
    seen.add(key);
    explained++;
  });
  fc.assert(property, { numRuns: CASES, seed: SEED });
  assert.ok(explained > 150, `only ${explained} of the hosts had a node`);
  assert.ok(seen.size > 8, `only ${seen.size} different nodes came up`);
});

/** Every world of a host under its events; plain breadth first. */
function reached(start: number, people: boolean): World[] {
  const setup = starts[start] ?? {};
  const { alphabet } = searchOf(PROFILE, setup, people ? 'people' : 'inheritance');
  const model = hostModel('judge', newHost(profileNamed(PROFILE), setup), alphabet);
  const name = (world: World) => fingerprint(world) + JSON.stringify(devOf(world)?.defaultAcl);
  const seen = new Map(model.initial.map((world) => [name(world), world]));
  for (const world of seen.values()) {
    for (const event of model.enabled(world)) {
      const next = model.next(world, event);
      if (!seen.has(name(next))) seen.set(name(next), next);
    }
  }
  return [...seen.values()];
}

const perm = fc.constantFrom(0, 4, 6, 7);
const acls = fc
  .record({
    user: perm,
    group: perm,
    other: perm,
    mask: fc.option(perm),
    named: fc.option(fc.tuple(fc.constantFrom(1000, 42, 107), perm)),
    owner: fc.constantFrom('root', 'qemu', 'operator'),
    ownedBy: fc.constantFrom('root', 'kvm', 'disk'),
  })
  .map(({ user, group, other, mask, named, owner, ownedBy }) => {
    const entries: Acl = [
      entry('user_obj', user),
      ...(named === null ? [] : [entry('user', named[1], named[0])]),
      entry('group_obj', group),
      ...(mask === null && named === null ? [] : [entry('mask', mask ?? 6)]),
      entry('other', other),
    ];
    const lines = inOrder(entries).map((e) => entryText(e));
    return {
      acl: inOrder(entries),
      text: [`# owner: ${owner}`, `# group: ${ownedBy}`, ...lines].join('\n'),
    };
  });

laws(
  `${CASES} random ACLs: unreachable here is unreachable for the judge, and the other way round`,
  () => {
    const worlds = [0, 1].flatMap((start) => [true, false].flatMap((p) => reached(start, p)));
    let unreachable = 0;
    const property = fc.property(acls, ({ acl, text }) => {
      if (check(acl) !== null) return;
      const target = readGetfacl(text, ids);
      if ('refused' in target) throw new Error(target.refused);
      const fits = (world: World) => shows(world, target);
      const known = worlds.some(fits);
      if (!known) unreachable++;
      const { families, complete } = familiesTo(PROFILE, {}, fits, { races: 'never' });
      assert.ok(complete);
      assert.is(families.length > 0, known, text);
    });
    fc.assert(property, { numRuns: CASES, seed: SEED });
    assert.ok(unreachable > 150, `${unreachable} of ${CASES} were unreachable`);
  },
);

laws.run();
