/**
 * One step of a search at the fine grain: a shared system call or a typed line, then every private call it leads to.
 *
 * It begins on the acting component alone. Whatever else turns out to be needed is put in where it is needed, and what
 * has been put in by the end is what the outcome depends on.
 *
 * What follows of itself depends on far less than the step as a whole (who has renamed a file goes on alike whatever
 * was in it). So it is gone in stretches, each of them remembered for the values of the components that it needs. A
 * stretch is one call with all that it needs, and then further private calls for as long as they need nothing more.
 */
import type { World } from '../../host/world.ts';
import { missing, missingIn } from './absent.ts';
import type { Apart } from './assemble.ts';
import type { ActorPart, Known, Parts } from './parts.ts';
import type { Stamp } from './stamp.ts';
import type { Asks } from './still.ts';
import { type Turns, untilQuiet } from './turns.ts';

export type Act = (world: World, asks: Asks) => World;

/** What a step of one actor changes, by component: a call of this process, or (null) the next line that is typed. `how` tells steps of a process apart. */
export type React = (
  seen: Parts,
  who: string,
  pid: number | null,
  act: Act,
  how: string | undefined,
) => Parts;

type Stretch = Readonly<{
  changes: Parts;
  /** The actors who go on by themselves. */
  awake: readonly string[];
}>;

/** Carries out an act, then whatever of `goOn` needs nothing more. What was needed is added to `known`. */
type Run = (seen: Parts, known: Set<string>, act: Act, goOn: Onward, typist?: string) => Stretch;

/** null: there is nothing more to do. */
type Onward = (world: World, known: Known, asks: Asks) => World | null;

export function stretches(parts: Apart, turn: Turns, stamp: Stamp): React {
  const differs = (a: unknown, b: unknown) => stamp(a) !== stamp(b);
  const run = running(parts, turn, differs);
  const stretch = remembered(stamp);
  const onward: Onward = (world, known, asks) => {
    const pid = turn.next(world, known);
    return pid === undefined ? null : turn.call(world, pid, asks);
  };

  return (seen, who, pid, act, how = '') => {
    const now: Parts = Object.create(seen);
    const { awake: first, changes } = stretch(seen, `${who} ${pid} ${how}`, [who], (known) =>
      run(seen, known, act, () => null, pid === null ? who : undefined),
    );
    laidOver(now, changes);
    untilQuiet(first, (awake) => {
      if (awake.length === 0) return null;
      const next = stretch(now, awake.join(), awake, (known) =>
        run(now, known, (world, asks) => onward(world, known, asks) ?? world, onward),
      );
      laidOver(now, next.changes);
      return next.awake;
    });
    const rested = Object.entries(now).map(([name, part]) => [name, parts.atRest(name, part)]);
    return Object.fromEntries(rested.filter(([name, part]) => differs(part, seen[name as string])));
  };
}

/** By definition, not by assignment: what is below may be a getter that notes who looks. */
const laidOver = (below: Parts, changes: Parts): Parts =>
  Object.defineProperties(below, Object.getOwnPropertyDescriptors(changes));

function running(parts: Apart, turn: Turns, differs: (a: unknown, b: unknown) => boolean): Run {
  /** Whether a call is private may need a component as well; then he is, until it is known. */
  const isAwake = (world: World, actor: string) =>
    unlessMissing(() => turn.next(world, new Set([actor])) ?? null, -1) !== null;

  return (seen, known, act, goOn, typist) => {
    const asks: Asks = (component) => {
      if (!known.has(component)) missing(component);
    };
    let begun = parts.assemble(seen, known);
    for (let name: string | null = ''; name !== null; ) {
      name = null;
      try {
        begun = act(begun, asks);
      } catch (error) {
        name = missingIn(error);
        if (name === null) throw error;
        known.add(name);
        begun = parts.widen(begun, name, seen[name]);
      }
    }
    const world = untilQuiet(begun, (at) => unlessMissing(() => goOn(at, known, asks), null));
    const before = Object.fromEntries([...known].map((name) => [name, seen[name]]));
    const typed = (actor: string) =>
      (before[actor] as ActorPart).typed + (actor === typist ? 1 : 0);
    const after = Object.entries(parts.take(world, known, before, typed));
    return {
      changes: Object.fromEntries(after.filter(([name, part]) => differs(part, before[name]))),
      awake: parts.layout.actors.filter((actor) => known.has(actor) && isAwake(world, actor)),
    };
  };
}

/** What a call leads to, or something else if it needs a component that is not there. */
function unlessMissing<Result>(call: () => Result, otherwise: Result): Result {
  try {
    return call();
  } catch (error) {
    if (missingIn(error) === null) throw error;
    return otherwise;
  }
}

/** The component that is looked at next, and what follows for each of its values. */
type Branch = Readonly<{ looks: string; below: Map<string, Branch | Stretch> }>;

const isBranch = (found: Branch | Stretch | undefined): found is Branch =>
  found !== undefined && 'looks' in found;

/** As in explore/found.ts, but of states on the way, which get no numbers. */
function remembered(stamp: Stamp) {
  const memory: Branch = { looks: '', below: new Map() };
  return (
    seen: Parts,
    what: string,
    needed: readonly string[],
    run: (known: Set<string>) => Stretch,
  ): Stretch => {
    let [branch, key] = [memory, what];
    let found = branch.below.get(key);
    const looked = new Set<string>();
    while (isBranch(found)) {
      branch = found;
      looked.add(branch.looks);
      key = stamp(seen[branch.looks]);
      found = branch.below.get(key);
    }
    if (found !== undefined) return found;
    const known = new Set([...needed, ...looked]);
    const fresh = run(known);
    for (const looks of [...known].filter((name) => !looked.has(name))) {
      const next: Branch = { looks, below: new Map() };
      branch.below.set(key, next);
      branch = next;
      key = stamp(seen[looks]);
    }
    branch.below.set(key, fresh);
    return fresh;
  };
}
