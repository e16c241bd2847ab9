/**
 * If this fails, a search over a host sees fewer states of /dev/kvm than there are, or more.
 *
 * Another program, made apart from this one, found the same numbers of states of the node.
 */
import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import {
  type Alphabet,
  login,
  machine,
  packages,
  people,
  rarities,
} from '../../sim/explain/models/events.ts';
import { fingerprint, hostModel, nodeState } from '../../sim/explain/models/hostModel.ts';
import type { Choice } from '../../sim/host/choice.ts';
import { newHost } from '../../sim/host/machine.ts';
import { profileNamed } from '../../sim/host/profiles.ts';

const states = suite('states of /dev/kvm');

const useradd: Choice[] = [{ run: ['useradd', 'guest'], as: 'root@pts/0' }];

/** Every state of a host under an alphabet; plain breadth first, which owes nothing to the explorer. */
function reached(alphabet: Alphabet) {
  const host = newHost(profileNamed('centos7'));
  const model = hostModel('a host', host, { ...alphabet, 'guest login': login('guest') }, useradd);
  const seen = new Map(model.initial.map((world) => [fingerprint(world), world]));
  let transitions = 0;
  for (const world of seen.values()) {
    for (const event of model.enabled(world)) {
      const next = model.next(world, event);
      transitions++;
      const name = fingerprint(next);
      if (!seen.has(name)) seen.set(name, next);
    }
  }
  const nodes = new Set([...seen.values()].map(nodeState));
  return { states: seen.size, transitions, nodes: nodes.size };
}

const everyday = { ...people, ...packages, ...machine };

states('two users, a package and a machine: the node has 12 states', () => {
  assert.equal(reached(everyday), { states: 18, transitions: 120, nodes: 12 });
});

states('with udevadm test, 14', () => {
  const test = { 'udevadm test': rarities['udevadm test'] as Alphabet[string] };
  assert.equal(reached({ ...everyday, ...test }), { states: 20, transitions: 152, nodes: 14 });
});

states('with a logind that is away for a moment, 18', () => {
  assert.equal(reached({ ...everyday, ...rarities }), { states: 52, transitions: 486, nodes: 18 });
});

states.run();
