/**
 * Which simulated host comes nearest to the one that a report is of.
 */
import { type Component, type Components, versionsOfComponent } from '../../host/components.ts';
import { profileNamed } from '../../host/profiles.ts';
import type { Words } from '../words.ts';
import type { Report } from './blocks.ts';
import { releaseIn } from './libvirt.ts';
import { answerOf, quoted } from './reading.ts';

export type Nearest = Readonly<{
  /** As `--profile` takes it. */
  profile: string;
  /** How it differs from the reported one, as far as that is known. */
  differs: readonly Words[];
}>;

const bases = [
  ['centos7', /(CentOS|Red Hat|Scientific|Oracle|AlmaLinux|Rocky).* 7\b/],
  ['debian12', /Debian.* 12\b/],
] as const;

const text = (number: number): string =>
  `${Math.floor(number / 1_000_000)}.${Math.floor(number / 1000) % 1000}.${number % 1000}`;

const numberOf = (version: string): number => {
  const [major = 0, minor = 0, patch = 0] = version.split('.').map(Number);
  return major * 1_000_000 + minor * 1000 + patch;
};

/** The newest version that is not newer: what changed later is not in it yet. */
function known(component: Component, number: number): string | null {
  return versionsOfComponent(component).findLast((version) => numberOf(version) <= number) ?? null;
}

function swapped(base: string, components: Components, report: Report): Nearest {
  const release = releaseIn(report);
  const version = release && known('libvirt', release.number);
  if (release === null || version === null || version === components.libvirt) {
    const same = release === null || release.number === numberOf(components.libvirt);
    const said = release === null ? '' : text(release.number);
    const differs = same
      ? []
      : [
          {
            en: `libvirt ${components.libvirt}, not ${said}`,
            zh: `libvirt ${components.libvirt}，而非 ${said}`,
          },
        ];
    return { profile: base, differs };
  }
  const profile = `${base},libvirt=${version}`;
  try {
    profileNamed(profile);
  } catch {
    const differs = [
      {
        en: `libvirt ${components.libvirt}, not ${text(release.number)}`,
        zh: `libvirt ${components.libvirt}，而非 ${text(release.number)}`,
      },
    ];
    return { profile: base, differs };
  }
  const exact = release.number === numberOf(version);
  return {
    profile,
    differs: exact
      ? []
      : [
          {
            en: `libvirt ${version}, not ${text(release.number)}`,
            zh: `libvirt ${version}，而非 ${text(release.number)}`,
          },
        ],
  };
}

export function nearestHost(report: Report): Nearest {
  const block = answerOf(report, 'grep ^PRETTY_NAME=');
  const name = /"([^"]*)"/.exec((block && quoted(block, /^PRETTY_NAME=/)?.line) ?? '')?.[1] ?? null;
  const base = bases.find(([, pattern]) => pattern.test(name ?? ''))?.[0];
  const chosen = base ?? 'debian12';
  const found = swapped(chosen, profileNamed(chosen).components, report);
  if (base !== undefined) return found;
  const differs =
    name === null
      ? { en: 'the report does not name its system', zh: '报告未写明其系统' }
      : { en: `Debian 12, not ${name}`, zh: `Debian 12，而非 ${name}` };
  return {
    ...found,
    differs: [differs, ...found.differs],
  };
}
