/**
 * Which accelerators are tried, in which order, and what is said about each.
 *
 * Models: QEMU v2.12.0 accel/accel.c configure_accelerator (with el7's default "kvm:tcg"), v4.0.0 the same with
 *   g_strsplit, v5.0 to v7.2.0 softmmu/vl.c configure_accelerators, do_configure_accelerator
 * Leaves out: xen, hax, hvf, qtest: no modelled build has the first three, nobody asks for the last.
 *
 * In 2.12 a name that nobody knows is skipped without a word, so that `accel=bogus:tcg` just works and
 * `accel=kvm:bogus` fails with KVM's complaint alone. 5.0 complains about every such name before it tries any.
 */
import type { Errno } from '../kernel/errno.ts';
import { strerror } from '../kernel/errno.ts';
import type { Complaint } from './complaint.ts';
import type { Accelerator } from './qemu.machine.ts';
import type { QemuSwitches } from './switches.ts';

/** What the command line says: -machine accel=, and each -accel with its option as typed. */
export type Wish = Readonly<{
  machine: string | null;
  accel: readonly Readonly<{ name: string; at: string }>[];
}>;

export type Candidate = Readonly<{ accelerator: Accelerator; name: string; at: string }>;

export type Plan = Readonly<{
  /** Printed before anything is tried. */
  complaints: readonly Complaint[];
  /** True: not even tried, exit 1. */
  hopeless: boolean;
  candidates: readonly Candidate[];
  /** Has anything failed already? */
  failed: boolean;
  /** For "No accelerator found": the list as given. */
  asked: string;
}>;

/** The class is there if it was built: accel_find. */
const known = (name: string, { hasKvm }: QemuSwitches): Accelerator | null =>
  (name === 'kvm' && hasKvm) || name === 'tcg' ? (name as Accelerator) : null;

function byDefault(program: string, switches: QemuSwitches): string {
  if (switches.defaultAccelerator === 'tcg') return 'tcg';
  if (switches.defaultAccelerator === 'kvm:tcg' || program.endsWith('kvm')) return 'kvm:tcg';
  return switches.defaultAccelerator === 'by-name-tcg' ? 'tcg' : 'tcg:kvm';
}

/** 2.12 and 4.0: one list with colons, the last option wins, unknown names vanish. */
function planColons(program: string, wish: Wish, switches: QemuSwitches): Plan {
  const asked = wish.machine ?? byDefault(program, switches);
  const cut = switches.accelerators === 'colon-cut' ? 9 : asked.length;
  const candidates = asked.split(':').flatMap((word) => {
    const name = word.slice(0, cut);
    const accelerator = known(name, switches);
    return accelerator === null ? [] : [{ accelerator, name, at: '' }];
  });
  return { complaints: [], hopeless: false, candidates, failed: false, asked };
}

const INCOMPATIBLE = 'The -accel and "-machine accel=" options are incompatible';

/** 5.0: -accel options in their order; -machine accel= and the default become such options. */
function planList(program: string, wish: Wish, switches: QemuSwitches): Plan {
  const none = { complaints: [], hopeless: false, candidates: [], failed: false, asked: '' };
  if (wish.accel.length > 0 && wish.machine !== null) {
    return { ...none, complaints: [{ message: INCOMPATIBLE }], hopeless: true };
  }
  const names = (wish.machine ?? byDefault(program, switches)).split(':');
  const wishes = wish.accel.length > 0 ? wish.accel : names.map((name) => ({ name, at: '' }));
  const strangers = wishes.filter(({ name }) => known(name, switches) === null);
  const candidates = wishes.flatMap(({ name, at }) => {
    const accelerator = known(name, switches);
    return accelerator === null ? [] : [{ accelerator, name, at }];
  });
  const complaints = strangers.map(({ name, at }) => ({
    message: `invalid accelerator ${name}`,
    at,
  }));
  return { ...none, complaints, candidates, failed: strangers.length > 0 };
}

export const planAccelerators = (program: string, wish: Wish, switches: QemuSwitches): Plan =>
  switches.accelerators === 'list'
    ? planList(program, wish, switches)
    : planColons(program, wish, switches);

/** AccelClass::name; 5.0 prints the option's own word instead. */
const className: Readonly<Record<Accelerator, string>> = { kvm: 'KVM', tcg: 'tcg' };

export function initFailure(
  { accelerator, name, at }: Candidate,
  errno: Errno,
  switches: QemuSwitches,
): Complaint {
  const called = switches.accelerators === 'list' ? name : className[accelerator];
  return { message: `failed to initialize ${called}: ${strerror(errno)}`, at };
}

/** The last word, when every candidate has been tried or one has come up. */
export function verdict(
  plan: Plan,
  chosen: Accelerator | null,
  anyFailed: boolean,
  switches: QemuSwitches,
): Complaint | null {
  const list = switches.accelerators === 'list';
  if (chosen === null) {
    if (anyFailed) return null;
    const asked = `-machine accel=${plan.asked}: No accelerator found`;
    return { message: list ? 'no accelerator found' : asked };
  }
  if (!anyFailed) return null;
  const name = className[chosen];
  return { message: list ? `falling back to ${name}` : `Back to ${name} accelerator` };
}
