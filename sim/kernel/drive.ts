/**
 * A statechart as the pure function it is: a state and an event in; the state after and what is to be done out.
 *
 * Models: nothing of a host; xstate 5's `transition`, whose one actor a call is made once for each machine here
 *
 * A machine holds no actor, no clock and no timer (docs/architecture.md, "Machines decide, programs act"): what it is
 * given to stand on is inert, and the same for every call. Making it anew takes longer than the transition itself.
 */
import {
  type ActorScope,
  type AnyMachineSnapshot,
  type AnyStateMachine,
  type ContextFrom,
  createActor,
  type EventFromLogic,
  type EventObject,
  type StateValueFrom,
} from 'xstate';
import { memoOf } from './memo.ts';

/** Where a machine stands, as plain data. */
export type Standing<M extends AnyStateMachine> = Readonly<{
  value: StateValueFrom<M>;
  context: ContextFrom<M>;
}>;

type Scope = ActorScope<AnyMachineSnapshot, EventObject>;

/** Nothing is started, sent or logged; actions are collected by whoever asks. */
const inert = memoOf((machine: AnyStateMachine): Omit<Scope, 'actionExecutor'> => {
  const self = createActor(machine);
  const ignore = () => {};
  return {
    self,
    system: self.system,
    id: '',
    sessionId: '',
    logger: ignore,
    defer: ignore,
    emit: ignore,
    stopChild: ignore,
  };
});

/** One event. `effects` are the names of all actions, in order, those included that only wrote to the context. */
export function drive<M extends AnyStateMachine>(
  machine: M,
  at: Standing<M>,
  event: EventFromLogic<M>,
): Standing<M> & Readonly<{ effects: readonly string[] }> {
  const effects: string[] = [];
  const scope: Scope = {
    ...inert(machine),
    actionExecutor: ({ type }) => {
      effects.push(type);
    },
  };
  const after: AnyMachineSnapshot = machine.transition(machine.resolveState(at), event, scope);
  return { value: after.value, context: after.context, effects } as ReturnType<typeof drive<M>>;
}
