/**
 * One link of a chain: what holds at this layer, and where in the real source that is decided.
 */
import type { Components } from '../../host/components.ts';
import type { Act, History } from '../history.ts';
import { actSource, callText, momentWords, whoText } from '../tell.ts';
import type { Words } from '../words.ts';

/** The layers of the stack, and the questions that are asked of rights. */
export type Rung =
  | 'symptom'
  | 'driver'
  | 'cache'
  | 'access'
  | 'probe'
  | 'qmp'
  | 'accelerator'
  | 'open'
  | 'module'
  | 'node'
  | 'rule'
  | 'written'
  | 'frozen'
  | 'emptied'
  | 'missed'
  | 'since';

export type Link = Readonly<{
  rung: Rung;
  says: Words;
  /** The same in fewer words, for a first line. */
  brief?: Words;
  source: string;
  /** The event that a call of this link belongs to. */
  event: Words | null;
  /** Its number in the trace, from 1; 0 while the host booted. */
  step: number | null;
}>;

export const link = (rung: Rung, says: Words, source: string): Link => ({
  rung,
  says,
  source,
  event: null,
  step: null,
});

/** A link that is a system call: who made it, in which event. */
export function actLink(
  rung: Rung,
  history: History,
  act: Act,
  components: Components,
  says: Words,
): Link {
  return {
    rung,
    says,
    source: actSource(act, components),
    event: momentWords(history, act.moment),
    step: act.moment + 1,
  };
}

/** `systemd-logind: setxattr(user::rw-,...)`. */
export const did = (act: Act): string => `${whoText(act)}: ${callText(act)}`;
