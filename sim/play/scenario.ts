/**
 * A scenario: a story told in command lines, in two languages, with what it ends with.
 *
 * Data, not code. A line is what a person types at a terminal; everything that is shown comes from the host.
 */
import type { Choice, Seat } from '../host/choice.ts';
import type { Setup } from '../host/machine.ts';
import type { Proof } from './facts.ts';

/** Our own words, in English and Chinese. */
export type Words = Readonly<{ en: string; zh: string }>;

export type Line = Readonly<{ says: Words }> &
  (
    | Readonly<{
        /** A line of shell, typed at `as`. */
        type: string;
        as?: Seat;
        /** Left out of the default view (`--full` shows it); for long artifacts. */
        brief?: true;
      }>
    | Readonly<{ choice: Exclude<Choice, { run: unknown }> }>
    /** Nothing happens; the state is told. */
    | Readonly<{ look: true }>
  );

/** Chapters that many scenarios have. */
export const headings = {
  before: { en: 'How it came about', zh: '来龙去脉' },
  seen: { en: 'What one sees', zh: '看到的现象' },
  cause: { en: 'What it comes from', zh: '原因所在' },
  mended: { en: 'What helps, and what does not', zh: '哪些办法有用，哪些没用' },
} as const satisfies Record<string, Words>;

export type Chapter = Readonly<{
  title: Words | keyof typeof headings;
  /**
   * `node`: a table of what each line does to /dev/kvm. `layers`: a table of what libvirt's memories hold after
   * each line. `screen`, where nothing is said: what each line shows.
   */
  view?: 'node' | 'layers' | 'screen';
  lines: readonly Line[];
}>;

export const titleOf = ({ title }: Chapter): Words =>
  typeof title === 'string' ? headings[title] : title;

/**
 * The faces that the scenarios show, in the order of the list, each with what the tools say. The first five begin with the
 * same error, `could not find capabilities for ... domaintype=kvm`; a second look tells them apart.
 */
export const symptoms = {
  'no node': {
    says: {
      en: 'could not find capabilities ... domaintype=kvm, and there is no /dev/kvm',
      zh: 'could not find capabilities ... domaintype=kvm，而且没有 /dev/kvm',
    },
    messages: [
      'could not find capabilities',
      'No such file or directory',
      'could not insert',
      'Domain requires KVM',
    ],
  },
  denied: {
    says: {
      en: 'could not find capabilities ..., and QEMU gets: Permission denied',
      zh: 'could not find capabilities ...，QEMU 得到 Permission denied',
    },
    messages: ['could not find capabilities', 'Permission denied', 'does not support virt type'],
  },
  unusable: {
    says: {
      en: 'could not find capabilities ..., and QEMU gets another error (busy, no device)',
      zh: 'could not find capabilities ...，QEMU 得到别的错误（被占用、无设备）',
    },
    messages: [
      'could not find capabilities',
      'Device or resource busy',
      'No such device',
      'Operation not permitted',
    ],
  },
  remembered: {
    says: {
      en: 'could not find capabilities ..., though QEMU can use KVM by now',
      zh: 'could not find capabilities ...，其实 QEMU 已经能用 KVM 了',
    },
    messages: ['could not find capabilities', 'KVM is not supported by'],
  },
  'other wish': {
    says: {
      en: 'could not find capabilities ..., and KVM is fine: it was asked for otherwise',
      zh: 'could not find capabilities ...，KVM 没问题：是请求本身不对',
    },
    messages: ['could not find capabilities', 'Cannot check QEMU binary', 'does not support virt'],
  },
  'guests fail': {
    says: {
      en: "<domain type='kvm'/> is listed, and guests fail or crawl",
      zh: "列出了 <domain type='kvm'/>，虚拟机却起不来或很慢",
    },
    messages: ['process exited while connecting to monitor', 'Permission denied'],
  },
  slow: {
    says: {
      en: 'It works, and libvirt asks QEMU again (Outdated capabilities ..., ... changed)',
      zh: '能用，但 libvirt 又去问 QEMU（Outdated capabilities ...、... changed）',
    },
    messages: ['Outdated capabilities', 'Failed to load cached data', 'not available now'],
  },
  healthy: { says: { en: 'It works, to compare with', zh: '正常的，用来对照' }, messages: [] },
} as const satisfies Record<string, Readonly<{ says: Words; messages: readonly string[] }>>;

/** Where the cause lies. */
export const kinds = {
  kernel: { en: 'kernel', zh: '内核' },
  udev: { en: 'udev', zh: 'udev' },
  rights: { en: 'rights', zh: '权限' },
  qemu: { en: 'qemu', zh: 'qemu' },
  libvirt: { en: 'libvirt', zh: 'libvirt' },
  none: { en: '', zh: '' },
} as const satisfies Record<string, Words>;

/** A remedy, tried on a copy of the host as it is after the chapter `after`. */
export type Remedy = Readonly<{
  /** What people call it, in the field's words: `setfacl -b, then trigger`. */
  name: string;
  lines: readonly string[];
  says: Words;
}>;

/**
 * What mends its host as it stands where it is broken and not yet repaired: shortest repairs, named as `kvmlab fixes NAME` names
 * them, the commands of one separated by `, `; or why that finds none. A test searches.
 */
export type Repairs = Readonly<{ proved: readonly string[] }> | Readonly<{ none: Words }>;

/** A line that root types, or somebody who comes or goes. */
export type Piece = string | Readonly<{ login: string; on: string }> | Readonly<{ logout: string }>;

/**
 * For a scenario that is about order: who does what, and in how many of all orders the host ends so. Everybody's own pieces
 * keep their order, and each runs to its end. `kvmlab explore` and `why` take the steps of daemons apart as well.
 */
export type Order = Readonly<{
  first: readonly Piece[];
  among: Readonly<Record<string, readonly Piece[]>>;
  last: readonly Piece[];
  /** All within one second; for lines only. */
  together?: true;
  /** Root's question to the host, afterwards: it ends so where this succeeds. */
  so: string;
  count: readonly [so: number, of: number];
}>;

export type Scenario = Readonly<{
  title: Words;
  /** What somebody sees who looks for it; the list is grouped by this. */
  symptom: keyof typeof symptoms;
  kind: keyof typeof kinds;
  story: Words;
  /** The real source or public thread that it rests on. */
  source: string;
  setup?: Setup;
  /** The hosts that it plays on; it is told on the first. */
  profiles: readonly string[];
  /** Every other host, and why it cannot be played there. */
  cannot?: Readonly<Record<string, Words>>;
  /** Who types where no line says so, logging in first if need be; root over ssh where nothing is said. */
  seat?: Seat;
  chapters: readonly Chapter[];
  remedies?: Readonly<{
    title: Words;
    /** How many chapters have been played when the remedies are tried. */
    after: number;
    /** A domain's XML file, for the question whether `virsh create` works. */
    domain: string;
    tries: readonly Remedy[];
  }>;
  /** What is shown somewhere, and what the last chapter must not show. Another scenario may promise the same words, if one of both names its twin. */
  twin?: string;
  /** What to do about it, and what not, in one line. */
  now: Words;
  /** What of a host's report proves it: `kvmlab why REPORT` holds every report against it. */
  facts: Proof;
  fixes: Repairs;
  order?: Order;
  ends: Readonly<{ shows: readonly string[]; lacks: readonly string[] }>;
}>;

/** Steps are numbered from 1 through all chapters. */
export const stepCount = ({ chapters }: Scenario): number =>
  chapters.reduce((sum, { lines }) => sum + lines.length, 0);
