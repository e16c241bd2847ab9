/**
 * Follows a search and notes where each property was first decided.
 *
 * A note is whatever the search can find the place again by: a layer, a state's number, a walk.
 */
import { type Path, witnessOf } from './replay.ts';
import { chosenLaws, type SearchOptions, type Verdict } from './report.ts';
import { decides, type Kind, type Law, type Space, type Vector } from './space.ts';

export type Jury = Readonly<{
  /** Looks at a state; `atEnd` says that nothing more can happen in it. */
  look: (vector: Vector, note: number, atEnd: boolean) => void;
  /** Has the search seen what it was sent for? */
  enough: () => boolean;
  notes: ReadonlyMap<Law, number>;
  verdicts: (complete: boolean, pathTo: (law: Law, note: number) => Path) => readonly Verdict[];
}>;

export function jury<State, Step>(
  space: Space<State, Step>,
  { only, until = 'exhausted' }: SearchOptions,
): Jury {
  const laws = chosenLaws(space, only);
  const notes = new Map<Law, number>();
  let openAlways = laws.filter(({ kind }) => kind !== 'finally');
  let openFinally = laws.filter(({ kind }) => kind === 'finally');
  return {
    notes,
    look(vector, note, atEnd) {
      const open = atEnd ? openFinally : openAlways;
      let news = false;
      for (const law of open) {
        if (!decides(law, vector)) continue;
        notes.set(law, note);
        news = true;
      }
      if (!news) return;
      if (atEnd) openFinally = open.filter((law) => !notes.has(law));
      else openAlways = open.filter((law) => !notes.has(law));
    },
    enough() {
      if (until === 'decided') return openAlways.length + openFinally.length === 0;
      return (
        until === 'counterexample' && [...notes.keys()].some((law) => law.kind !== 'sometimes')
      );
    },
    verdicts: (complete, pathTo) =>
      laws.map((law) => {
        const note = notes.get(law);
        return {
          property: law.name,
          kind: law.kind,
          verdict: verdictOf(law.kind, note !== undefined, complete),
          witness: note === undefined ? null : witnessOf(space, pathTo(law, note)),
        };
      }),
  };
}

/** A witness decides. Without one, only a complete search does. */
function verdictOf(kind: Kind, found: boolean, complete: boolean): Verdict['verdict'] {
  if (found) return kind === 'sometimes' ? 'holds' : 'fails';
  if (!complete) return 'open';
  return kind === 'sometimes' ? 'fails' : 'holds';
}
