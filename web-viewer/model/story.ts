/**
 * Several futures of one host: branches that share their past, and the edits that made them.
 *
 * A story is a value. Whoever keeps the old one has undo.
 */
import { choiceWords } from '../../sim/explain/tell.ts';
import type { Seat } from '../../sim/host/choice.ts';
import type { Trace } from '../../sim/host/trace.ts';
import type { Line, Words } from '../../sim/play/scenario.ts';
import type { Item } from './item.ts';
import { continued, passedOver, type Shells } from './record.ts';

export type Edit =
  | Readonly<{ at: number; type: string }>
  | Readonly<{ at: number; choice: Extract<Line, { choice: unknown }>['choice'] }>
  | Readonly<{ at: number; swap: true }>
  | Readonly<{ at: number; drop: true }>;

/** A host told by its choices. */
export type Told = Pick<Trace, 'profile' | 'setup' | 'choices'>;

export type Branch = Readonly<{
  title: Words;
  items: readonly Item[];
  /** What was changed about the scenario, in order. */
  edits: readonly Edit[];
  /** The whole story, where it is no change of the scenario's: a found order, somebody's trace. */
  told: Told | null;
  /** The first item that the branch does not share with the one it grew from; 0 for the scenario itself. */
  from: number;
}>;

export const mainBranch = (items: readonly Item[]): Branch => ({
  title: { en: 'as it happened', zh: '原本的经过' },
  items,
  edits: [],
  told: null,
  from: 0,
});

/** What cannot be done here is passed over, and says so. */
function attempt(after: Item, line: Line, seat: Seat, shells: Shells): Item {
  try {
    return continued(after, line, seat, shells);
  } catch (error) {
    return passedOver(after, line, error instanceof Error ? error.message : String(error));
  }
}

function replay(past: readonly Item[], lines: readonly Line[], seat: Seat, shells: Shells) {
  const items = [...past];
  for (const line of lines) items.push(attempt(items.at(-1) as Item, line, seat, shells));
  return items;
}

const typedLine = (type: string): Line => ({ type, says: { en: type, zh: type } });

function typedTitle(edit: Extract<Edit, { type: string }>): Words {
  return { en: `then: ${edit.type}`, zh: `改为：${edit.type}` };
}

/**
 * Change a branch. A line typed at its end makes it longer; anything else grows a new one beside it.
 * `swap` exchanges the step with the next, `drop` leaves it out; what came later is done again.
 */
export function edited(branch: Branch, edit: Edit, seat: Seat): Branch {
  const { items, edits, told } = branch;
  const lines = items.map((item) => item.line);
  const [here, next] = [items[edit.at], items[edit.at + 1]];
  if (here === undefined) throw new Error(`there is no step ${edit.at} to change`);
  const all = [...edits, edit];
  if ('type' in edit || 'choice' in edit) {
    const line: Line =
      'type' in edit
        ? typedLine(edit.type)
        : { choice: edit.choice, says: choiceWords(edit.choice) };
    const title = 'type' in edit ? typedTitle(edit) : choiceWords(edit.choice);
    const kept = items.slice(0, edit.at + 1);
    const atEnd = edit.at === items.length - 1 && edits.length > 0;
    return {
      title: atEnd ? branch.title : title,
      items: replay(kept, [line], seat, 'one shell'),
      edits: all,
      told,
      from: atEnd ? branch.from : edit.at + 1,
    };
  }
  const kept = items.slice(0, edit.at);
  if (kept.length === 0) throw new Error('the host has to boot first');
  if ('drop' in edit) {
    const rest = lines.slice(edit.at + 1);
    const title = { en: `without: ${here.says.en}`, zh: `没有：${here.says.zh}` };
    return {
      title,
      items: replay(kept, rest, seat, 'new shells'),
      edits: all,
      told,
      from: edit.at,
    };
  }
  if (next === undefined) throw new Error('there is no next step to exchange it with');
  const rest = [next.line, here.line, ...lines.slice(edit.at + 2)];
  const title = { en: `first: ${next.says.en}`, zh: `先：${next.says.zh}` };
  return { title, items: replay(kept, rest, seat, 'new shells'), edits: all, told, from: edit.at };
}
