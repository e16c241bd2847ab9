/**
 * A package with one command more in its %post: as a file for a host's disk, so that a trace can carry it.
 */
import type { Package, ScriptletCommand } from '../rpm/package.ts';
import { AMENDMENTS, type Amendments, repository } from '../rpm/repository.ts';
import type { DiskFile } from './disk.ts';

/** Where in %post. */
export const positions = ['before the trigger', 'after the trigger'] as const;

export type Position = (typeof positions)[number];

const isTrigger = ({ argv }: ScriptletCommand) => argv[0] === 'udevadm' && argv[1] === 'trigger';

function postWith({ post }: Package, argv: readonly string[], position: Position) {
  const command: ScriptletCommand = { argv, text: `${argv.join(' ')} &> /dev/null || :` };
  const trigger = post.findIndex(isTrigger);
  const at = position === 'before the trigger' && trigger >= 0 ? trigger : post.length;
  return post.toSpliced(at, 0, command);
}

/** Throws where there is no such package. */
export function amended(name: string, argv: readonly string[], position: Position): DiskFile {
  const found = repository[name];
  if (found === undefined) throw new Error(`The repository has no package ${name}.`);
  const amendments: Amendments = { [name]: { post: postWith(found, argv, position) } };
  return { path: AMENDMENTS, content: JSON.stringify(amendments) };
}
