/**
 * One moment of a timeline, as the page draws it: what was done, what was shown, and the host afterwards.
 *
 * Plain data but for `frame`, which is worked out when somebody looks: ten thousand moments cost nothing until then.
 */
import type { Line, Words } from '../../sim/play/scenario.ts';

/** The layers of the stack, the user's end first. */
export const layerIds = [
  'virsh',
  'libvirt',
  'qemu',
  'rpm',
  'logind',
  'udev',
  'node',
  'kernel',
] as const;
export type LayerId = (typeof layerIds)[number];

/** Who acts: the layers' programs, and the people who type. */
export const laneIds = ['people', ...layerIds.filter((id) => id !== 'node')] as const;
export type LaneId = (typeof laneIds)[number];

/** One system call that crosses from one part of the stack to another. */
export type Message = Readonly<{
  from: LaneId;
  to: LayerId;
  program: string;
  /** `chmod("/dev/kvm", 0666)`. */
  call: string;
  /** `0`, or an errno. */
  answer: string;
  /** It changed what /dev/kvm allows. */
  wrote: boolean;
}>;

export type LayerView = Readonly<{
  id: LayerId;
  /** One line that tells how this layer sees the matter; verbatim where `said` names who prints it. */
  line: Words;
  said: string | null;
  mark: 'good' | 'bad' | 'odd' | 'quiet';
}>;

export type AclRow = Readonly<{
  /** `user:operator:rw-`, as getfacl prints it. */
  text: string;
  perm: string;
  /** What the mask leaves of it; null for entries that the mask does not limit. */
  effective: string | null;
  masked: boolean;
}>;

/** What the kernel does with one entry (or one class of the mode bits) for one user. */
export type Judged = Readonly<{
  row: number;
  fate: 'decides' | 'refused' | 'passed' | 'not reached' | 'not asked';
  why: Words;
}>;

export type Verdict = Readonly<{
  user: string;
  uid: number;
  groups: readonly string[];
  /** null: open(2) succeeds. */
  errno: string | null;
  by: string;
  judged: readonly Judged[];
}>;

export type NodeView = Readonly<{
  /** As `ls -l` prints it. */
  ls: string;
  mode: string;
  owner: string;
  group: string;
  ctime: number;
  rows: readonly AclRow[];
  mask: string | null;
  /** The group bits are zero: the kernel does not read the ACL at all. */
  shortcut: boolean;
}>;

/** A machine of the simulator: which chart, whose, in which state. */
export type Standing = Readonly<{ chart: string; of: string; value: string }>;

export type Frame = Readonly<{
  clock: string;
  layers: readonly LayerView[];
  node: NodeView | null;
  verdicts: readonly Verdict[];
  standings: readonly Standing[];
}>;

export type Item = Readonly<{
  says: Words;
  /** What was typed; null for what is no command. */
  typed: string | null;
  prompt: string;
  text: string;
  status: number;
  messages: readonly Message[];
  /** How many system calls each lane made. */
  calls: Readonly<Partial<Record<LaneId, number>>>;
  /** How to do it again: a line of a scenario. */
  line: Line;
  frame: () => Frame;
}>;

/** What the build bakes of the first screen: the same, with the frame worked out. */
export type BakedItem = Omit<Item, 'frame'> & Readonly<{ frame: Frame }>;
