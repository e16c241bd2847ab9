/**
 * What a model can come to: the space of its worlds, and every order of steps that leads to a target.
 *
 *   const reach = reachOf(model)                              // a HostModel: coarse or fine, the same questions
 *   reach.space                                               // Space<World, string>: for any search of sim/explore
 *   reach.traceOf(witness)                                    // Trace v1: `kvmlab scenario FILE` replays it
 *   ordersTo(reach, (world) => ...)                           // every minimal order, each with its trace; or none, complete
 *   shortestTo(reach, (world) => ...)                         // one shortest order, or null; stops at the first
 *   countSchedules(reach.space, (world) => ...)               // how many maximal schedules end how (explore/count.ts)
 *
 * `complete: false` means that a bound was reached; then "no order" says nothing. A coarse model's steps are events
 * by name (`login`), a fine model's are `who: what` (`systemd-logind: set`).
 */
import { breadthFirst } from '../../explore/breadth.ts';
import { spaceOf } from '../../explore/objects.ts';
import { minimalOrders, type OrderBounds } from '../../explore/orders.ts';
import { type Path, replay } from '../../explore/replay.ts';
import type { Bounds } from '../../explore/report.ts';
import type { Kind, Space } from '../../explore/space.ts';
import type { Turn } from '../../explore/system.ts';
import { type SystemSpace, spaceOfSystem } from '../../explore/systems.ts';
import type { Choice } from '../../host/choice.ts';
import { type Host, newHost } from '../../host/machine.ts';
import { profileNamed } from '../../host/profiles.ts';
import { step } from '../../host/step.ts';
import { makeTrace, type Trace } from '../../host/trace.ts';
import type { World } from '../../host/world.ts';
import { fineSystem } from '../calls/fine.ts';
import type { Parts } from '../calls/parts.ts';
import { courseOf } from '../calls/picks.ts';
import { type Alphabet, alphabetOf, login, rootLogin } from './events.ts';
import { hostModel } from './hostModel.ts';
import { type CoarseModel, type FineModel, type HostModel, isFine } from './model.ts';
import { lawsOf, propertyOf } from './properties.ts';

export type Reach = Readonly<{
  model: HostModel;
  space: Space<World, string>;
  /** A fine model's space before its states are put together: for reductions, and the values of each component. */
  system: SystemSpace<Parts> | null;
  traceOf: (path: Path) => Trace;
}>;

const begun = ({ before = [] }: HostModel, { machinery, world }: Host): Host => ({
  machinery,
  world: [rootLogin, ...before].reduce((at, choice) => step(machinery, at, choice), world),
});

/** The host as it is when the search begins. */
export const hostOf = (model: HostModel): Host =>
  begun(model, newHost(profileNamed(model.profile), model.setup));

export function reachOf(model: HostModel): Reach {
  if (isFine(model)) return fineReach(model, hostOf(model));
  return coarseReach(model, newHost(profileNamed(model.profile), model.setup));
}

/** The events that the model names, from all that its host knows. */
function alphabetFor({ title, events, logins = [] }: CoarseModel, world: World): Alphabet {
  const known: Alphabet = {
    ...alphabetOf(world),
    ...Object.fromEntries(logins.map((user) => [`${user} login`, login(user)])),
  };
  const named = [...events, ...logins.map((user) => `${user} login`)];
  return Object.fromEntries(
    named.map((name) => {
      const event = known[name];
      if (event !== undefined) return [name, event];
      throw new Error(
        `${title}: this host has no event ${name}, only ${Object.keys(known).join(', ')}.`,
      );
    }),
  );
}

const trace = (model: HostModel, choices: readonly Choice[], end: World): Trace =>
  makeTrace(
    model.profile,
    model.setup ?? {},
    [rootLogin, ...(model.before ?? []), ...choices],
    end,
  );

function coarseReach(model: CoarseModel, host: Host): Reach {
  const alphabet = alphabetFor(model, host.world);
  const laws = lawsOf(model, (name) => propertyOf(name).holds);
  const space = spaceOf({ ...hostModel(model.title, host, alphabet, model.before), ...laws });
  const { machinery, world } = begun(model, host);
  const traceOf = (path: Path) => {
    const { steps } = replay(space, path);
    const choices = steps.flatMap((event) => alphabet[event]?.choices ?? []);
    const end = choices.reduce((at, choice) => step(machinery, at, choice), world);
    return trace(model, choices, end);
  };
  return { model, space, system: null, traceOf };
}

function fineReach(model: FineModel, host: Host): Reach {
  const { title, persons } = model;
  const { system, worldOf, watchOf } = fineSystem(host, { ...model, name: title });
  const laws = lawsOf(model, (name) => watchOf(propertyOf(name)));
  const inner = spaceOfSystem({ ...system, ...laws });
  const words = ({ actor, offer }: Turn) =>
    persons[actor] === undefined ? offer : `${actor}: ${offer}`;
  const space: Space<World, string> = {
    ...inner,
    state: (vector) => worldOf(inner.state(vector)),
    step: (from, place) => words(inner.step(from, place)),
    describe: (text) => text,
  };
  const traceOf = (path: Path) => {
    const course = courseOf(host, model);
    for (const { actor, offer } of replay(inner, path).steps) course.make({ actor, offer });
    return trace(model, course.choices(), course.world());
  };
  return { model, space, system: inner, traceOf };
}

export type Ordered = Readonly<{
  steps: readonly string[];
  /** The same but for neighbours that do not mind each other. */
  alike: readonly (readonly string[])[];
  trace: Trace;
}>;

export type Answer = Readonly<{
  states: number;
  transitions: number;
  /** False when a bound was reached. */
  complete: boolean;
  orders: readonly Ordered[];
}>;

export function ordersTo(
  reach: Reach,
  target: (world: World) => boolean,
  bounds: OrderBounds = {},
): Answer {
  const { states, transitions, hit, orders } = minimalOrders(reach.space, target, { bounds });
  return {
    states,
    transitions,
    complete: hit.length === 0,
    orders: orders.map(({ steps, alike, places, start }) => ({
      steps,
      alike,
      trace: reach.traceOf({ places, start }),
    })),
  };
}

/** `always`: wanted at any moment. `finally`: when nobody has anything left to do. */
export type When = Exclude<Kind, 'sometimes'>;

/** Only as far as the first state that is wanted, by a shortest way. */
export function shortestTo(
  reach: Reach,
  target: (world: World) => boolean,
  bounds: Bounds = {},
  kind: When = 'always',
): Answer {
  const wanted = { name: 'wanted', kind };
  const holds = (vector: Int32Array) => !target(reach.space.state(vector));
  const space = { ...reach.space, laws: [{ ...wanted, holds }] };
  const { states, transitions, hit, properties } = breadthFirst(space, {
    bounds,
    until: 'counterexample',
  });
  const witness = properties[0]?.witness ?? null;
  const orders = witness
    ? [{ steps: witness.steps, alike: [witness.steps], trace: reach.traceOf(witness) }]
    : [];
  return { states, transitions, complete: witness !== null || hit.length === 0, orders };
}
