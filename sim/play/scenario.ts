/**
 * A scenario: a story told in command lines, in two languages, with what it ends with.
 *
 * Data, not code. A line is what a person types at a terminal; everything that is shown comes from the host.
 */
import type { Choice, Seat } from '../host/choice.ts';
import type { Setup } from '../host/machine.ts';

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

export type Chapter = Readonly<{
  title: Words;
  /**
   * `node`: a table of what each line does to /dev/kvm. `layers`: a table of what libvirt's memories hold after
   * each line. `screen`: what each line shows.
   */
  view: 'node' | 'layers' | 'screen';
  lines: readonly Line[];
}>;

/** The faces that the scenarios show, in the order of the list. */
export const symptoms = {
  healthy: { en: 'KVM works', zh: 'KVM 正常' },
  'kvm missing': {
    en: "virsh capabilities lacks <domain type='kvm'/>, virsh create finds no capabilities",
    zh: "virsh capabilities 没有 <domain type='kvm'/>，virsh create 找不到 capabilities",
  },
} as const satisfies Record<string, Words>;

/** A remedy, tried on a copy of the host as it is after the chapter `after`. */
export type Remedy = Readonly<{
  /** What people call it, in the field's words: `setfacl -b, then trigger`. */
  name: string;
  lines: readonly string[];
  says: Words;
}>;

export type Scenario = Readonly<{
  title: Words;
  /** What somebody sees who looks for it; the list is grouped by this. */
  symptom: keyof typeof symptoms;
  story: Words;
  /** The real source or public thread that it rests on. */
  source: string;
  setup?: Setup;
  /** The profiles that it plays on, where not on every one. */
  profiles?: readonly string[];
  /** Who types where no line says so. */
  seat: Seat;
  chapters: readonly Chapter[];
  remedies?: Readonly<{
    title: Words;
    /** How many chapters have been played when the remedies are tried. */
    after: number;
    /** A domain's XML file, for the question whether `virsh create` works. */
    domain: string;
    tries: readonly Remedy[];
  }>;
  /** What is shown somewhere, and what the last chapter must not show. */
  ends: Readonly<{ shows: readonly string[]; lacks: readonly string[] }>;
}>;

/** Steps are numbered from 1 through all chapters. */
export const stepCount = ({ chapters }: Scenario): number =>
  chapters.reduce((sum, { lines }) => sum + lines.length, 0);
