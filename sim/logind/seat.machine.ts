/**
 * Which session is in front on seat0.
 *
 * Models: systemd v219 src/login/logind-seat.c seat_set_active, seat_active_vt_changed; logind-session.c session_finalize
 * Leaves out: seats other than seat0, session devices (pause and resume), locking, idle hints.
 *
 *   vacant --session.activated--> occupied --session.activated (other)--> occupied
 *                                    |
 *                                    +--seat.vacated--> vacant
 *
 * Invariant: every change of the active session names the effects `applyAcls` and then `saveSeat`, in this order:
 *   between the two, the seat file still tells udev about the old user.
 */
import { assign, setup } from 'xstate';
import { drive } from '../kernel/drive.ts';

export type SeatMemory = Readonly<{ session: string | null; uid: number | null }>;

export type SeatEvent =
  | { type: 'session.activated'; session: string; uid: number }
  | { type: 'seat.vacated' };

export const seat = setup({
  types: { context: {} as SeatMemory, events: {} as SeatEvent },
  guards: {
    same: ({ context, event }) =>
      event.type === 'session.activated' && event.session === context.session,
  },
  actions: {
    applyAcls: () => {},
    saveSeat: () => {},
    seatUser: assign(({ event }) =>
      event.type === 'session.activated' ? { session: event.session, uid: event.uid } : {},
    ),
    clear: assign({ session: null, uid: null }),
  },
}).createMachine({
  id: 'seat',
  context: { session: null, uid: null },
  initial: 'vacant',
  states: {
    vacant: {
      description: 'Nobody is in front: a getty, or nothing at all.',
      on: {
        'session.activated': { target: 'occupied', actions: ['seatUser', 'applyAcls', 'saveSeat'] },
      },
    },
    occupied: {
      description:
        'One session is in front; its user has an entry in the ACL of every uaccess device.',
      on: {
        'session.activated': [
          { guard: 'same' },
          { actions: ['seatUser', 'applyAcls', 'saveSeat'] },
        ],
        'seat.vacated': { target: 'vacant', actions: ['clear', 'applyAcls', 'saveSeat'] },
      },
    },
  },
});

export type SeatState = 'vacant' | 'occupied';
export type SeatSnapshot = Readonly<{ value: SeatState; context: SeatMemory }>;

export const vacantSeat: SeatSnapshot = { value: 'vacant', context: { session: null, uid: null } };

/** The seat after an event, and the effects it names, in order. */
export function seatAfter(
  before: SeatSnapshot,
  event: SeatEvent,
): { seat: SeatSnapshot; effects: readonly string[] } {
  const { value, context, effects } = drive(seat, before, event);
  return {
    seat: { value, context },
    effects: effects.filter((type) => type === 'applyAcls' || type === 'saveSeat'),
  };
}
