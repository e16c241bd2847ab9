/**
 * `kvmlab fixes WHAT --prove COMMAND`: one command more in the package's %post, held against all orders of events.
 */

import type { Patient } from '../explain/fixes/patient.ts';
import { PACKAGE, prove } from '../explain/fixes/prove.ts';
import { exists } from '../explain/models/events.ts';
import { nodeLine } from '../explain/node.ts';
import { newHost } from '../host/machine.ts';
import { profileNamed } from '../host/profiles.ts';
import { amended, positions } from '../host/scriptlet.ts';
import { step } from '../host/step.ts';
import { shellOn } from '../host/terminal.ts';
import { usageError } from '../host/usage.ts';
import type { World } from '../host/world.ts';
import { say } from '../play/words.ts';
import type { FixesView } from './fixesLines.ts';
import { words } from './fixesWords.ts';
import { examplesOf, keeps, proveView } from './proveView.ts';

const out = (text: string) => process.stdout.write(`${text}\n`);

/** Is nobody at the prompt any more when the package is in? So with a reboot: then there is no order of events to go on with. */
const cutsOff = (profile: string, argv: readonly string[]): boolean =>
  positions.some((position) => {
    const files = [amended(PACKAGE, argv, position)];
    const { machinery, world } = newHost(profileNamed(profile), { files });
    const inside = step(machinery, world, { login: 'root', on: 'pts/0' });
    const run = ['yum', '-y', 'install', PACKAGE];
    return shellOn(step(machinery, inside, { run, as: 'root@pts/0' }), 'pts/0') === null;
  });

/** A scriptlet's line is run by itself, without a shell: so it is one simple command that the host has. */
function commandIn(given: string, profile: string): readonly string[] {
  const argv = given.split(/\s+/).filter((word) => word !== '');
  const [name = ''] = argv;
  if (/[;&|<>$`'"]/.test(given) || name === '')
    throw usageError('--prove takes one simple command, without quotes, pipes or redirections.');
  const { world } = newHost(profileNamed(profile));
  if (!exists('/usr/bin/yum')(world))
    throw usageError(
      `On ${profile} the packages are there from the start: there is no scriptlet to amend.`,
    );
  if (!['/usr/bin', '/usr/sbin'].some((path) => exists(`${path}/${name}`)(world)))
    throw usageError(`${name}: no such command on the simulated host.`);
  if (cutsOff(profile, argv))
    throw usageError(`${given}: this ends the session that installs the package.`);
  return argv;
}

/** Counts of orders outgrow a number of JSON. */
const inDigits = (_: string, value: unknown) => (typeof value === 'bigint' ? String(value) : value);

type Asked = Readonly<{ prove: string; order: string | undefined; json: boolean; what: string }>;

/** The exit code, of whole events: 0 if it holds before the trigger, 1 if it does not, 4 if a bound leaves it open. */
export function printProof(patient: Patient, asked: Asked, view: FixesView): number {
  const { profile } = patient.history;
  const command = commandIn(asked.prove, profile);
  const proofs = prove(profile, nodeLine(patient.history.worlds.at(-1) as World), command);
  const examples = examplesOf(proofs);
  if (asked.order !== undefined) {
    const example = examples[Number(asked.order) - 1];
    if (example === undefined)
      throw usageError(`There is no order ${asked.order}: there are ${examples.length}.`);
    out(JSON.stringify(example.trace()));
    return 0;
  }
  if (asked.json) out(JSON.stringify({ v: 1, changesThisComputer: false, ...proofs }, inDigits));
  else {
    out(proveView(proofs, view));
    const line = `kvmlab fixes ${asked.what} --prove "${asked.prove}"`;
    if (examples.length > 0)
      out(`\n${say(words.replay, view.language)} ${line} --order N | kvmlab scenario -`);
  }
  const open = proofs.proofs.some((proof) => proof.with['before the trigger'].hit.length > 0);
  if (open) return 4;
  return keeps(proofs, 'before the trigger') ? 0 : 1;
}
