/**
 * From a pasted ACL: which orders of events lead exactly there?
 */
import { shortText } from '../acl/text.ts';
import type { World } from '../host/world.ts';
import { storiesOn } from './causes.ts';
import { type GetfaclText, type Refused, readGetfacl } from './evidence.ts';
import {
  decisionOnFamilies,
  type Explanation,
  nothing,
  type Options,
  type Suspect,
  storyOfFamily,
} from './explanation.ts';
import { familiesTo } from './families.ts';
import { nearMisses } from './nearMiss.ts';
import { idsOf, shows } from './people.ts';

/** The known causes by what their node looks like in the end. */
const suspectsFor = (profile: string, target: GetfaclText): Suspect[] =>
  storiesOn(profile).map(({ name, history }) => ({
    name,
    verdict: shows(history.worlds.at(-1) as World, target) ? 'fits' : 'excluded',
  }));

export function whyAcl(text: string, options: Options): Explanation | Refused {
  const { profile, bounds, full = false } = options;
  const target = readGetfacl(text, idsOf(profile));
  if ('refused' in target) return target;
  const fits = (world: World) => shows(world, target);
  const families = familiesTo(profile, {}, fits, {
    bounds,
    races: full ? 'always' : 'if nothing else',
  });
  const [first] = families.families;
  const { owner, group } = target;
  const whose = owner === null && group === null ? '' : `${owner ?? '?'}:${group ?? '?'} `;
  const subject = `${whose}${shortText(target.acl)}`;
  return {
    ...nothing,
    kind: 'getfacl',
    profile,
    subject,
    people: target.people,
    families,
    verdicts: families.families.map(() => 'fits'),
    suspects: full ? suspectsFor(profile, target) : [],
    story: first === undefined ? null : storyOfFamily(first),
    near:
      first?.search == null ? [] : nearMisses(first.search, first.orders[0]?.events ?? [], fits),
    decision: decisionOnFamilies(families),
  };
}
