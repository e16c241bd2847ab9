/**
 * Some device nodes, each with two who change its access control list: a session manager that takes a user's
 * entry away at logout, and a device manager that opens the node to everyone and looks after the same entry.
 *
 * Models: systemd v219 src/shared/logind-acl.c devnode_acl; src/login/logind-seat.c seat_set_active (the
 *   list first, the seat's file after it); src/udev/udev-node.c node_permissions_apply;
 *   src/udev/udev-builtin-uaccess.c. Each system call is a step, chmod and chown together are one, and a
 *   list that did not change is written all the same.
 * Leaves out: everything else. It shows what the search does with a race, not what a host does.
 */
import type { Actor, Footprint, System } from '../../../sim/explore/system.ts';

/** The permission bits of the entries; null where there is no such entry. */
type List = Readonly<{ user: number | null; group: number; mask: number | null; other: number }>;
type Worker = Readonly<{ at: number; list: List | null; active: boolean }>;
export type Devices = Readonly<Record<string, List | Worker | boolean>>;

const start: Worker = { at: 0, list: null, active: false };
const loggedIn: List = { user: 6, group: 0, mask: 6, other: 0 };

const withMask = (list: List): List => ({ ...list, mask: (list.user ?? 0) | list.group });
const chmod0666 = (list: List): List =>
  list.mask === null ? { ...list, group: 6, other: 6 } : { ...list, mask: 6, other: 6 };

/** The two workers of a device, as programs: what each step touches, and what it changes. */
function workers(device: string): readonly Actor<Devices>[] {
  const [node, seat] = [`${device}.node`, `${device}.seat`];
  const [logind, udevd] = [`${device}.logind`, `${device}.udevd`];
  const nodeOf = (seen: Devices) => seen[node] as List;
  const listOf = (seen: Devices, own: string) => (seen[own] as Worker).list as List;
  const program = (own: string, steps: readonly ProgramStep[]): Actor<Devices> => ({
    name: own,
    own,
    offers(seen) {
      const worker = seen[own] as Worker;
      const step = steps[worker.at];
      if (step === undefined) return [];
      const react = (all: Devices) => {
        const { note, ...changes } = step.does(all);
        return [
          { ...changes, [own]: { ...worker, ...note, at: worker.at + 1 } } as Partial<Devices>,
        ];
      };
      return [{ name: step.name, reads: step.reads, writes: step.writes, react }];
    },
    future: (seen) => togetherOf(steps.slice((seen[own] as Worker).at)),
  });
  return [
    program(logind, [
      step('get', [node], [], (seen) => ({
        note: { list: withMask({ ...nodeOf(seen), user: null }) },
      })),
      step('set', [], [node], (seen) => ({ [node]: listOf(seen, logind), note: { list: null } })),
      step('save', [], [seat], () => ({ [seat]: false })),
    ]),
    program(udevd, [
      step('lstat', [node], [], () => ({})),
      step('chmod', [], [node], (seen) => ({ [node]: chmod0666(nodeOf(seen)) })),
      step('seat', [seat], [], (seen) => ({ note: { active: seen[seat] as boolean } })),
      step('get', [node], [], (seen) => ({
        note: { list: afterFlush(nodeOf(seen), (seen[udevd] as Worker).active) },
      })),
      step('set', [], [node], (seen) => ({ [node]: listOf(seen, udevd), note: { list: null } })),
    ]),
  ];
}

/** The builtin drops every named user, then adds the active one; a list without change stays as it was. */
const afterFlush = (list: List, active: boolean): List =>
  list.user === null && !active ? list : withMask({ ...list, user: active ? 6 : null });

type Effect = Readonly<Record<string, unknown>> & Readonly<{ note?: Partial<Worker> }>;
type ProgramStep = Footprint<Devices> & Readonly<{ name: string; does: (seen: Devices) => Effect }>;

const step = (
  name: string,
  reads: readonly string[],
  writes: readonly string[],
  does: ProgramStep['does'],
): ProgramStep => ({ name, reads, writes, does });

const togetherOf = (steps: readonly ProgramStep[]): Footprint<Devices> => ({
  reads: steps.flatMap(({ reads }) => reads),
  writes: steps.flatMap(({ writes }) => writes),
});

/** The state in which everyone but the group may enter. */
export const groupLockedOut = ({ user, group, mask, other }: List): boolean =>
  user === null && group === 0 && mask === 6 && other === 6;

export function devices(names: readonly string[]): System<Devices> {
  const initial = names.flatMap((name) => [
    [`${name}.node`, loggedIn],
    [`${name}.seat`, true],
    [`${name}.logind`, start],
    [`${name}.udevd`, start],
  ]);
  const each = (said: string, holds: (list: List) => boolean) =>
    Object.fromEntries(
      names.map((name) => [
        `${name}: ${said}`,
        {
          watches: [`${name}.node`],
          holds: (seen: Devices) => holds(seen[`${name}.node`] as List),
        },
      ]),
    );
  return {
    name: `${names.length} devices`,
    initial: [Object.fromEntries(initial)],
    actors: names.flatMap(workers),
    always: {
      ...each('a mask stays a mask', ({ mask }) => mask !== null),
      ...each('strangers stay out', ({ other }) => other === 0),
    },
    sometimes: {
      ...each('the group is locked out', groupLockedOut),
      ...each('the group is let in', ({ group }) => group !== 0),
    },
    finally: each('someone may enter', ({ user, other }) => user === 6 || other === 6),
  };
}

/** The outcome of one device, in the words of the table of races. */
export function outcome(seen: Devices, device: string): string {
  const { user, mask, other } = seen[`${device}.node`] as List;
  const mode = `06${mask ?? 0}${other}`;
  return user === null ? mode : `${mode} user`;
}
