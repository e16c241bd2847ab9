/**
 * `kvmlab scenario --versions`: which scenarios can happen with which versions of a component, row by row as they are played.
 */
import { scenarios } from '../../scenarios/index.ts';
import { type Component, isComponent } from '../host/components.ts';
import { usageError } from '../host/usage.ts';
import { VERSION } from '../host/version.ts';
import { own } from '../kernel/own.ts';
import type { Catalogue } from '../play/list.ts';
import { markdownHead, markdownRow, type Row, rowOf, textHead, textRow } from '../play/versions.ts';
import { type Language, say, words } from '../play/words.ts';
import { noScenario } from './meant.ts';

export type VersionsOptions = Readonly<{
  versions: string | true;
  json?: true;
  markdown?: true;
}>;

const out = (text: string) => process.stdout.write(`${text}\n`);

function componentsOf(given: string | true, name: string | undefined): readonly Component[] {
  if (given === true) {
    return name === undefined ? ['libvirt'] : ['libvirt', 'qemu', 'systemd', 'acl', 'kernel'];
  }
  if (isComponent(given)) return [given];
  throw usageError(`--versions takes libvirt, qemu, systemd, acl or kernel, not ${given}.`);
}

function wanted(name: string | undefined): Catalogue {
  if (name === undefined) return scenarios;
  const known = own(scenarios, name);
  if (known === undefined) {
    throw usageError(noScenario(name));
  }
  return { [name]: known };
}

const heads = { text: textHead, markdown: markdownHead } as const;
const lines = { text: textRow, markdown: markdownRow } as const;

export function versions(
  name: string | undefined,
  { versions: given, json, markdown }: VersionsOptions,
  language: Language,
): number {
  const catalogue = wanted(name);
  const tables: { component: Component; rows: Row[] }[] = [];
  const form = markdown ? 'markdown' : 'text';
  for (const component of componentsOf(given, name)) {
    const rows: Row[] = [];
    if (!json) out(heads[form](component));
    for (const [each, scenario] of Object.entries(catalogue)) {
      const row = rowOf(each, scenario, component);
      rows.push(row);
      if (!json) out(lines[form](row));
    }
    if (!json) out('');
    tables.push({ component, rows });
  }
  if (json) out(JSON.stringify({ kvmlab: VERSION, tables }));
  else if (!markdown) out(say(words.versions, language));
  return 0;
}
