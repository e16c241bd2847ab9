/**
 * What an answer to "why?" consists of, whatever the evidence was.
 *
 * A story that was recorded is *proved*; one that is only consistent with the evidence *fits*; one whose host would
 * look otherwise is *excluded*.
 */
import type { World } from '../host/world.ts';
import { type Diagnosis, diagnose } from './chain/ladder.ts';
import { type Decision, decisionOn } from './decision.ts';
import type { Families, Family } from './families.ts';
import { continued, type History, type Told } from './history.ts';
import { exists, typed } from './models/events.ts';
import type { Bounds } from './models/search.ts';
import type { NearMiss } from './nearMiss.ts';
import { emulatorOf } from './node.ts';
import { preventions, type Trial, type Unit, unitsOf } from './prevention.ts';
import type { Words } from './words.ts';

export type Verdict = 'proved' | 'fits' | 'excluded';

export type Suspect = Readonly<{ name: Words; verdict: Verdict }>;

/** One way in which it can have come about, played to its end. */
export type Story = Readonly<{
  name: Words | null;
  told: Told;
  history: History;
  diagnosis: Diagnosis;
  /** The fewest events that lead there. */
  essence: readonly Unit[];
  trials: readonly Trial[];
}>;

export type Explanation = Readonly<{
  kind: 'trace' | 'getfacl' | 'error';
  profile: string;
  /** What is explained, in one line: an ACL, an error, the node of a trace. */
  subject: string;
  /** The recorded story, or the shortest that fits; null if there is none. */
  story: Story | null;
  families: Families | null;
  /** For each family in turn. */
  verdicts: readonly Verdict[];
  /** The known causes, held against the evidence. */
  suspects: readonly Suspect[];
  near: readonly NearMiss[];
  decision: Decision | null;
  /** The trace went on after the symptom and ended well. */
  repaired: boolean;
  /** Names of people in the evidence, who stand for whoever sits at the console. */
  people: readonly string[];
}>;

export type Options = Readonly<{ profile: string; bounds?: Bounds; full?: boolean }>;

export const nothing = {
  story: null,
  families: null,
  verdicts: [],
  suspects: [],
  near: [],
  decision: null,
  repaired: false,
  people: [],
} as const;

/** libvirt comes too, so that there is a symptom to begin with; without a QEMU it would bring one, and change the host. */
export function withLibvirt(history: History): History {
  const world = history.worlds.at(-1) as World;
  if (emulatorOf(world) === null) return history;
  const hasDaemon = exists('/usr/sbin/libvirtd')(world);
  const install = hasDaemon ? [] : typed('yum -y install libvirt');
  return continued(history, [...install, ...typed('systemctl restart libvirtd')]);
}

/** `units`: the story's own events; what would have helped is tried on them. */
export function storyOf(name: Words | null, history: History, units: readonly Unit[]): Story {
  const diagnosis = diagnose(history);
  const { profile, setup, choices } = history;
  const broken = diagnosis.state === 'broken';
  return {
    name,
    told: { profile, setup, choices },
    history,
    diagnosis,
    essence: units,
    trials: broken ? preventions({ profile, setup, units }) : [],
  };
}

/** An order's events as what can be dropped or moved; root's own login is left alone. */
function unitsOfOrder({ orders, search }: Family): readonly Unit[] {
  const [order] = orders;
  if (order === undefined) return [];
  if (search === null) return unitsOf(order.told.choices);
  const before = order.told.choices.slice(0, 1);
  const events = order.events.map((event) => ({
    name: { en: event, zh: event },
    choices: search.alphabet[event]?.choices ?? [],
  }));
  return [...unitsOf(before).map((unit) => ({ ...unit, given: true as const })), ...events];
}

export const storyOfFamily = (family: Family): Story => ({
  ...storyOf(family.name, withLibvirt(family.history), unitsOfOrder(family)),
});

export const decisionOnFamilies = ({ families }: Families): Decision | null =>
  decisionOn(families.map(({ name, history }) => ({ name, history })));
