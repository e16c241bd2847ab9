/**
 * What would have prevented it: one thing changed, and everything played again.
 *
 * Dropped, moved or done otherwise: one event; changed: one version, one rule. Whether it would have helped is not
 * argued but tried; what is printed is what the node then is, and whether QEMU could use it.
 */
import type { Choice } from '../host/choice.ts';
import type { DiskFile } from '../host/disk.ts';
import type { Setup } from '../host/machine.ts';
import { profileNamed } from '../host/profiles.ts';
import { isUsageError } from '../host/usage.ts';
import type { World } from '../host/world.ts';
import { playedOf, type Told } from './history.ts';
import { nodeLine } from './node.ts';
import { choiceWords } from './tell.ts';
import { usable } from './usable.ts';
import type { Words } from './words.ts';

/** Choices that belong together, and what people call them. */
export type Unit = Readonly<{
  name: Words;
  choices: readonly Choice[];
  /** Somebody has to come in before he can type: neither dropped nor moved. */
  given?: true;
}>;

export type Change = Readonly<{
  kind: 'dropped' | 'moved' | 'changed' | 'rule' | 'version';
  says: Words;
  told: Told;
}>;

export type Trial = Change &
  Readonly<{
    node: string | null;
    /** `works`, or QEMU's reason; null while there is no QEMU. */
    qemu: string | null;
  }>;

type Base = Readonly<{ profile: string; setup: Setup; units: readonly Unit[] }>;

const toldOf = ({ profile, setup, units }: Base): Told => ({
  profile,
  setup,
  choices: units.flatMap(({ choices }) => choices),
});

/** Who has not come does not leave either. */
function withoutUnit(units: readonly Unit[], at: number): readonly Unit[] {
  const came = (units[at]?.choices ?? []).flatMap((choice) => ('login' in choice ? choice.on : []));
  const leaves = ({ choices }: Unit) =>
    choices.some((choice) => 'logout' in choice && came.includes(choice.logout));
  const last = units.findIndex((unit, i) => i > at && leaves(unit));
  return units.filter((_, i) => i !== at && i !== last);
}

const drops = (base: Base): Change[] =>
  base.units.flatMap(({ name, given }, i) =>
    given
      ? []
      : [
          {
            kind: 'dropped' as const,
            says: { en: `without ${name.en}`, zh: `没有 ${name.zh}` },
            told: toldOf({ ...base, units: withoutUnit(base.units, i) }),
          },
        ],
  );

/** Each unit brought forward to before each earlier one. */
const moves = (base: Base): Change[] =>
  base.units.flatMap((unit, i) =>
    base.units.slice(0, i).flatMap((before, j) =>
      unit.given || before.given
        ? []
        : [
            {
              kind: 'moved' as const,
              says: {
                en: `${unit.name.en} before ${before.name.en}`,
                zh: `${unit.name.zh} 先于 ${before.name.zh}`,
              },
              told: toldOf({ ...base, units: base.units.toSpliced(i, 1).toSpliced(j, 0, unit) }),
            },
          ],
    ),
  );

/** The same people at another door: root himself, or over the network. */
function logins(base: Base): Change[] {
  const isConsole = (choice: Choice): choice is Extract<Choice, { login: string }> =>
    'login' in choice && choice.login !== 'root' && !choice.on.startsWith('pts/');
  const all = base.units.flatMap(({ choices }) => choices);
  const [first] = all.filter(isConsole);
  if (first === undefined) return [];
  const redone = (change: (choice: Choice) => Choice): Told => ({
    ...toldOf(base),
    choices: all.map(change),
  });
  const elsewhere = (choice: Choice): Choice =>
    'logout' in choice && choice.logout === first.on ? { ...choice, logout: 'pts/7' } : choice;
  return [
    {
      kind: 'changed',
      says: { en: `root logs in on ${first.on} instead`, zh: `改由 root 登录 ${first.on}` },
      told: redone((c) => (isConsole(c) ? { ...c, login: 'root' } : c)),
    },
    {
      kind: 'changed',
      says: { en: `${first.login} logs in over ssh instead`, zh: `${first.login} 改用 ssh 登录` },
      told: redone((c) => (isConsole(c) ? { ...c, on: 'pts/7' } : elsewhere(c))),
    },
  ];
}

const rules: readonly (readonly [DiskFile, Words])[] = [
  [
    { path: '/etc/udev/rules.d/60-kvm.rules', content: 'KERNEL=="kvm", MODE="0666"\n' },
    {
      en: 'a rule from boot: KERNEL=="kvm", MODE="0666"',
      zh: '开机即有规则 KERNEL=="kvm", MODE="0666"',
    },
  ],
  [
    { path: '/etc/udev/rules.d/72-kvm.rules', content: 'KERNEL=="kvm", TAG-="uaccess"\n' },
    {
      en: 'a rule from boot: KERNEL=="kvm", TAG-="uaccess"',
      zh: '开机即有规则 KERNEL=="kvm", TAG-="uaccess"',
    },
  ],
];

const ruled = (base: Base): Change[] =>
  rules.map(([file, says]) => ({
    kind: 'rule',
    says,
    told: toldOf({ ...base, setup: { ...base.setup, files: [...(base.setup.files ?? []), file] } }),
  }));

const others = ['systemd=219', 'systemd=252', 'kernel=3.10.0-1062', 'kernel=6.18'];

function isJudged(profile: string): boolean {
  try {
    return profileNamed(profile) !== null;
  } catch (error) {
    if (isUsageError(error)) return false;
    throw error;
  }
}

/** One component as another release has it; a combination that nobody could judge is left out. */
function versions(base: Base): Change[] {
  const { components } = profileNamed(base.profile);
  return others.flatMap((swap): Change[] => {
    const [component = '', version = ''] = swap.split('=');
    if (components[component as keyof typeof components] === version) return [];
    const profile = `${base.profile},${swap}`;
    if (!isJudged(profile)) return [];
    const says = { en: `with ${component} ${version}`, zh: `换成 ${component} ${version}` };
    return [{ kind: 'version', says, told: toldOf({ ...base, profile }) }];
  });
}

/** null where the changed story cannot be told: somebody would type who has not logged in. */
function tried(change: Change): Trial | null {
  const history = playedOf(change.told);
  if (history === null) return null;
  return { ...change, node: nodeLine(history.worlds.at(-1) as World), qemu: usable(history) };
}

/** A story told call by call, once more with each line waiting until all is quiet. */
function settled(base: Base): Change[] {
  const told = toldOf(base);
  const lines = told.choices.filter((choice) => !('pick' in choice));
  if (lines.length === told.choices.length) return [];
  const choices = lines.map((choice) => {
    if (!('settle' in choice)) return choice;
    const { settle: _, ...rest } = choice;
    return rest as Choice;
  });
  const says = {
    en: 'udevadm settle after each line',
    zh: '每一步之后 udevadm settle',
  };
  return [{ kind: 'changed', says, told: { ...told, choices } }];
}

/** Every single change that can be told, tried. */
export function preventions(base: Base): Trial[] {
  const all = [
    ...settled(base),
    ...drops(base),
    ...moves(base),
    ...logins(base),
    ...ruled(base),
    ...versions(base),
  ];
  const trials = all.flatMap((change) => tried(change) ?? []);
  // A move that a simpler change has already shown to be enough is not told again.
  const seen = new Set<string>();
  return trials.filter(({ says }) => !seen.has(says.en) && seen.add(says.en));
}

const WHOLE: Words = { en: 'all of it', zh: '全部' };

/** A unit for each choice of a trace. Single calls stand where they stand: such a story is one unit. */
export const unitsOf = (choices: readonly Choice[]): Unit[] =>
  choices.some((choice) => 'pick' in choice)
    ? [{ name: WHOLE, choices, given: true }]
    : choices.map((choice) => ({
        name: choiceWords(choice),
        choices: [choice],
        ...('login' in choice && choice.on.startsWith('pts/') ? { given: true as const } : {}),
      }));
