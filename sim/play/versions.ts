/**
 * With which versions of a component can a scenario happen? Each is played with each, and ends as told or does not.
 *
 * Nothing here knows what a version does: a cell is what came of the play. A version that the host cannot have as it is
 * brings along what it needs (components.ts companionsOf), and the cell names the host that it was played on.
 */
import {
  type Component,
  type Components,
  checkedVersion,
  companionsOf,
  versionsOfComponent,
} from '../host/components.ts';
import { profileNamed } from '../host/profiles.ts';
import { isUsageError } from '../host/usage.ts';
import { play } from './play.ts';
import type { Scenario } from './scenario.ts';
import { broken } from './view.ts';

/** `host`: the first of its hosts on which it happens. null: there is none, or none that can be had. */
export type Cell = Readonly<{ version: string; happens: boolean | null; host: string | null }>;

export type Row = Readonly<{ name: string; cells: readonly Cell[]; span: string }>;

/** `centos7,libvirt=5.1.0,kernel=6.1`: a profile, the version, and what that needs. */
function hostWith(profile: string, component: Component, version: string): string {
  const [base = ''] = profile.split(',');
  const { components } = profileNamed(base);
  const swapped: Components = { ...components, [component]: checkedVersion(component, version) };
  const needs = Object.entries(companionsOf(swapped))
    .filter(([name]) => name !== component)
    .map(([name, v]) => `,${name}=${v}`);
  return `${base}${needs.join('')},${component}=${version}`;
}

/** The story alone: what helps is not tried again for each version. */
function storyOf({ remedies: _, ...story }: Scenario): Scenario {
  return story;
}

/** Some combinations nobody could judge, and so they are refused. */
function canBeHad(host: string): boolean {
  try {
    return profileNamed(host) !== undefined;
  } catch (refused) {
    if (isUsageError(refused)) return false;
    throw refused;
  }
}

export function cellOf(
  name: string,
  scenario: Scenario,
  component: Component,
  version: string,
): Cell {
  const all = scenario.profiles.map((profile) => hostWith(profile, component, version));
  const hosts = [...new Set(all)].filter(canBeHad);
  if (hosts.length === 0) return { version, happens: null, host: null };
  const story = storyOf(scenario);
  const host = hosts.find((each) => broken(play(name, story, each)).length === 0) ?? null;
  return { version, happens: host !== null, host };
}

/** `4.8.0 to 5.0.0`, `from 5.1.0`, `all`, `none`: when it came, and when it went. */
export function spanOf(cells: readonly Cell[]): string {
  const runs: Cell[][] = [];
  for (const [at, cell] of cells.entries()) {
    if (!cell.happens) continue;
    if (at > 0 && cells[at - 1]?.happens) runs.at(-1)?.push(cell);
    else runs.push([cell]);
  }
  const [first, last] = [cells[0], cells.at(-1)];
  const text = runs.map((run) => {
    const [from, to] = [run[0], run.at(-1)];
    if (from === first && to === last) return 'all';
    if (from === first) return `up to ${to?.version}`;
    if (to === last) return `from ${from?.version}`;
    return from === to ? `${from?.version}` : `${from?.version} to ${to?.version}`;
  });
  return text.join(', ') || 'none';
}

export function rowOf(name: string, scenario: Scenario, component: Component): Row {
  const cells = versionsOfComponent(component).map((version) =>
    cellOf(name, scenario, component, version),
  );
  return { name, cells, span: spanOf(cells) };
}

const HAPPENS = '●';
const NOT = '·';
const mark = ({ happens }: Cell): string => (happens === null ? '?' : happens ? HAPPENS : NOT);

/** 5.0.0 is 5.0 at the head of a column. */
const short = (version: string): string => version.replace(/^(\d+\.\d+)\.0$/, '$1');
const NAME = 27;
const width = (version: string): number => Math.max(5, short(version).length + 2);

export const textHead = (component: Component): string => {
  const columns = versionsOfComponent(component).map((version) =>
    short(version).padEnd(width(version)),
  );
  return `${component.padEnd(NAME)}${columns.join('')}`.trimEnd();
};

export const textRow = ({ name, cells, span }: Row): string => {
  const columns = cells.map((cell) => mark(cell).padEnd(width(cell.version)));
  return `${name.padEnd(NAME)}${columns.join('')}${span}`;
};

export const markdownHead = (component: Component): string => {
  const versions = versionsOfComponent(component);
  const rule = versions.map(() => '|:-:').join('');
  return `| ${component} | ${versions.map(short).join(' | ')} | |\n|---${rule}|---|`;
};

export const markdownRow = ({ name, cells, span }: Row): string =>
  `| ${name} | ${cells.map(mark).join(' | ')} | ${span} |`;
