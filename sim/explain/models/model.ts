/**
 * What a model is made of, as data: like a scenario, but without the order.
 *
 * Coarse: events of an alphabet, each running to its end before the next. Fine: people at terminals, each with lines to
 * type, and daemons, any of whom may act between two system calls that touch what is shared. The grain decides what
 * can be found, so every result names it.
 */
import type { Choice } from '../../host/choice.ts';
import type { Setup } from '../../host/machine.ts';
import type { Failing } from '../calls/failing.ts';
import type { Shared } from '../calls/grain.ts';
import type { Persons } from '../calls/persons.ts';
import type { PropertyName } from './properties.ts';

type Common = Readonly<{
  title: string;
  /** One sentence: what is asked. */
  asks: string;
  profile: string;
  setup?: Setup;
  /** What has happened on the host when the search begins, root over ssh at hand. */
  before?: readonly Choice[];
  always?: readonly PropertyName[];
  sometimes?: readonly PropertyName[];
  finally?: readonly PropertyName[];
  /** To see it whole takes about a minute. */
  large?: true;
}>;

export type CoarseModel = Common &
  Readonly<{
    grain: 'coarse';
    /** Names of explain/models/events.ts. */
    events: readonly string[];
    /** Users besides the operator who may log in on the console: `guest login`. */
    logins?: readonly string[];
  }>;

export type FineModel = Common &
  Readonly<{
    grain: readonly Shared[];
    persons: Persons;
    /** May the next second begin? Otherwise all happens in one: enough where libvirtd looks at the node only once. */
    seconds?: true;
    /** Calls that may fail for no reason of the host's own. */
    failing?: Failing;
  }>;

export type HostModel = CoarseModel | FineModel;

export const isFine = (model: HostModel): model is FineModel => model.grain !== 'coarse';
