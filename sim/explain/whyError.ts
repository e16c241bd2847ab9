/**
 * From an error message: which of the known causes print it, and which orders of events lead to it?
 */
import type { World } from '../host/world.ts';
import { strerror } from '../kernel/errno.ts';
import { type Cause, causesOn } from './causes.ts';
import { decisionOn } from './decision.ts';
import { type KnownError, knownErrors, sameError } from './errorText.ts';
import { type Explanation, nothing, type Options, storyOf } from './explanation.ts';
import { familiesTo } from './families.ts';
import type { Target } from './models/search.ts';
import { emulatorOf, qemuOpens } from './node.ts';
import { unitsOf } from './prevention.ts';

/** All that a host says about KVM to somebody who tries: libvirt, and the QEMU below it. */
const complaints = ({ diagnosis }: Cause): KnownError[] => [
  ...knownErrors(diagnosis.symptom),
  ...diagnosis.links.flatMap(({ says }) => says.en.split(' / ').flatMap(knownErrors)),
];

/** The known causes that print this error on a host of this profile. */
export const causesOf = (error: KnownError, profile: string): Cause[] =>
  causesOn(profile).filter((cause) => complaints(cause).some((said) => sameError(said, error)));

/** The worlds that go with an error: QEMU's open fails, for this reason if the message names one. */
function targetOf({ reason }: KnownError): Target {
  return (world: World) => {
    const answer = emulatorOf(world) === null ? null : qemuOpens(world);
    if (answer === null || answer === 'opens') return false;
    return !/^[A-Z]/.test(reason) || strerror(answer) === reason;
  };
}

export function whyError(
  error: KnownError,
  { profile, bounds, full = false }: Options,
): Explanation {
  const causes = causesOn(profile);
  const fits = causesOf(error, profile);
  const [first] = fits;
  const families = first
    ? familiesTo(profile, {}, targetOf(error), {
        bounds,
        races: full ? 'always' : 'if nothing else',
      })
    : null;
  return {
    ...nothing,
    kind: 'error',
    profile,
    subject: error.line,
    families,
    verdicts: families?.families.map(() => 'fits') ?? [],
    suspects: causes.map((cause) => ({
      name: cause.name,
      verdict: fits.includes(cause) ? 'fits' : 'excluded',
    })),
    story: first ? storyOf(first.name, first.history, unitsOf(first.history.choices)) : null,
    decision: decisionOn(fits),
  };
}
