/**
 * What a whole search has learnt of a system, as tables: which offers an actor has, and what they lead to.
 *
 * With them nothing has to be run any more; pan is given the same (promela.ts). So our search of the tables and pan's are
 * measured alike: each in a process of its own that holds nothing else.
 */
import { answerList } from '../../sim/explore/answers.ts';
import { expander } from '../../sim/explore/expand.ts';
import { type ForestTables, forest } from '../../sim/explore/found.ts';
import { type OfferedTables, offeredList } from '../../sim/explore/offered.ts';
import type { Space, Vector } from '../../sim/explore/space.ts';
import type { SystemSpace } from '../../sim/explore/systems.ts';

export type Tables = Readonly<{
  name: string;
  starts: readonly Vector[];
  /** By actor: which component is its own. */
  owns: Int32Array;
  offered: OfferedTables;
  trees: ForestTables;
  answers: Int32Array;
}>;

export const tablesOf = <State>({ name, starts, reactions }: SystemSpace<State>): Tables => ({
  name,
  starts,
  owns: reactions.owns,
  offered: reactions.offered.tables(),
  trees: reactions.trees.tables(),
  answers: reactions.answers.table(),
});

/** No laws and no names of steps: only what is to be measured. */
export function spaceOfTables(tables: Tables): Space<null, number> {
  const { name, starts, owns, offered, trees, answers } = tables;
  const width = starts[0]?.length ?? 0;
  const unknown = () => {
    throw new Error(`${name}: this is not in the tables.`);
  };
  const known = {
    offered: offeredList(owns, unknown, offered),
    trees: forest(trees),
    answers: answerList(answers),
  };
  const expandSome = expander(known, width, owns.length);
  return {
    name,
    width,
    starts,
    laws: [],
    expand: (from, found) => expandSome(from, (1 << owns.length) - 1, found),
    state: () => null,
    step: (_, place) => place,
    describe: String,
  };
}
